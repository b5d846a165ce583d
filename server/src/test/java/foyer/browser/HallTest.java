package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.TestServer;
import foyer.wire.Json;
import foyer.wire.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The kiosk's hall page: what it shows of a site's day, live, page by page, and without network.
 */
class HallTest {

  /** Half past nine of a Monday in Shanghai, less five minutes. */
  private static final Instant MORNING = Hall.SIX.plus(Duration.ofMinutes(205));

  private static final String ROWS_CUT_OFF =
      """
      () => {
        const list = document.querySelector('kiosk-app').renderRoot.querySelector('hall-list').renderRoot.querySelector('ol');
        const bottom = list.getBoundingClientRect().bottom;
        return [...list.children].filter((row) => row.getBoundingClientRect().bottom > bottom + 1).length;
      }""";

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();
  private static HallStage stage;

  @BeforeAll
  static void open() {
    stage = new HallStage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @AfterEach
  void closePages() {
    browsers.closePages();
  }

  @Test
  void aBookingComesIntoTheHallAndGoesWithItsCancellation() {
    Page page = context("zh-CN").newPage();
    page.navigate(server.uri("/kiosk/?site=hq").toString());
    assertThat(page.locator("hall-top .free b")).hasText("3");
    TestServer.Reply booked =
        server.post(
            "/api/rooms/a/bookings",
            """
            {"subject": "季度复盘", "start": "2026-11-23T02:00:00Z", "end": "2026-11-23T03:00:00Z", "convener": "1001"}""");
    assertThat(booked.status()).isEqualTo(201);
    assertThat(rows(page)).hasCount(1);
    assertThat(rows(page)).containsText("季度复盘");
    assertThat(rows(page)).containsText("松涛");
    assertThat(rows(page)).containsText("Wang Fang");
    assertThat(page.locator("hall-top .free b")).hasText("2");
    server.post("/api/bookings/" + booked.json().path("id").asText() + "/cancel", "{}");
    assertThat(rows(page)).hasCount(0);
    assertThat(page.locator("hall-top .free b")).hasText("3");
  }

  @Test
  void whatDoesNotFitIsShownPageByPageAndNoRowIsCutOff() {
    Page page = hall(standingStill("zh-CN"), 24);
    List<String> shown = new ArrayList<>();
    int pages = pages(page);
    assertThat(pages).isGreaterThan(1);
    page.keyboard().press("Tab");
    assertThat(pager(page)).isFocused();
    for (int turned = 1; turned <= pages; turned++) {
      assertThat(pager(page)).containsText("第 " + turned + " / " + pages + " 页");
      assertThat(page.evaluate(ROWS_CUT_OFF)).as("rows cut off").isEqualTo(0);
      shown.addAll(meetings(page));
      page.keyboard().press("Enter");
    }
    assertThat(pager(page)).containsText("第 1 / " + pages + " 页");
    assertThat(shown).doesNotHaveDuplicates().hasSize(unended(24));
  }

  @Test
  void pagesTurnByThemselvesAndByATouch() {
    BrowserContext context = standingStill("zh-CN");
    Page page = hall(context, 24);
    assertThat(pager(page)).containsText("第 1 /");
    context.clock().runFor(12_000);
    assertThat(pager(page)).containsText("第 2 /");
    pager(page).tap();
    assertThat(pager(page)).containsText("第 3 /");
  }

  @Test
  void withoutNetworkAReloadStillShowsTheDayAndSaysThatItIsOffline() {
    BrowserContext context = standingStill("zh-CN");
    Page page = hall(context, 6);
    List<String> known = meetings(page);
    page.waitForFunction("() => navigator.serviceWorker.controller !== null");
    context.clock().runFor(1_000);
    context.setOffline(true);
    page.reload();
    assertThat(rows(page)).hasCount(known.size());
    assertThat(meetings(page)).isEqualTo(known);
    assertThat(page.locator("live-ribbon p")).hasCount(0);
    context.clock().runFor(31_000);
    assertThat(page.locator("live-ribbon p")).containsText("离线");
    assertThat(page.locator("live-ribbon p")).containsText("Offline");
    assertThat(page.locator("hall-list")).hasClass("stale");
    context.clock().resume();
    Axe.findsNothingSerious(page, "offline");
    context.setOffline(false);
    assertThat(page.locator("live-ribbon p")).hasCount(0);
    browsers.forgive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zh-CN", "en-GB"})
  void bothLanguagesStandInEachRowAndAxeFindsNothingSerious(String language) {
    Page page = hall(context(language), 24);
    assertThat(page.locator("hall-row:has(:lang(zh-CN)):has(:lang(en))"))
        .hasCount(rows(page).count());
    Axe.findsNothingSerious(page, language);
  }

  @Test
  void axeFindsNothingSeriousWhereThereIsNothingToList() {
    Page page = context("zh-CN").newPage();
    say(page, Hall.SIX.plus(Duration.ofHours(15)), Duration.ZERO, "No further meeting today");
    Axe.findsNothingSerious(page, "evening");
    say(
        page,
        Hall.SIX.plus(Duration.ofHours(50)),
        Duration.ofHours(20),
        "The schedule has run out");
    Axe.findsNothingSerious(page, "unknown");
  }

  private static void say(Page page, Instant now, Duration silence, String words) {
    stage.show(Hall.timelines(24), now, silence);
    page.navigate(stage.url());
    assertThat(page.locator(".say")).containsText(words);
  }

  private static Page hall(BrowserContext context, int rooms) {
    stage.show(Hall.timelines(rooms), MORNING, Duration.ZERO);
    Page page = context.newPage();
    page.navigate(stage.url());
    assertThat(page.locator("hall-top .free")).isVisible();
    assertThat(page.locator("hall-top time")).hasText("09:25");
    return page;
  }

  /** A context in whose pages time passes only when the test lets it. */
  private static BrowserContext standingStill(String language) {
    BrowserContext context = context(language);
    context.clock().install();
    context.clock().pauseAt(System.currentTimeMillis() + 60_000);
    return context;
  }

  private static BrowserContext context(String language) {
    return browsers.admin(
        new Browser.NewContextOptions()
            .setViewportSize(1366, 1024)
            .setLocale(language)
            .setHasTouch(true)
            .setReducedMotion(ReducedMotion.REDUCE));
  }

  private static Locator rows(Page page) {
    return page.locator("hall-row");
  }

  /** Which meetings the page shows now. */
  @SuppressWarnings("unchecked")
  private static List<String> meetings(Page page) {
    return (List<String>) rows(page).evaluateAll("rows => rows.map(({ row }) => row.key)");
  }

  private static Locator pager(Page page) {
    return page.locator("hall-list button");
  }

  private static int pages(Page page) {
    var said = Pattern.compile("/ (\\d+) 页").matcher(pager(page).innerText());
    assertThat(said.find()).isTrue();
    return Integer.parseInt(said.group(1));
  }

  /** How many meetings of the day are not over. */
  private static int unended(int rooms) {
    return (int)
        Hall.timelines(rooms).stream()
            .map(text -> Json.read(text.getBytes(StandardCharsets.UTF_8), Timeline.class))
            .flatMap(timeline -> timeline.meetings().stream())
            .filter(meeting -> meeting.until().isAfter(MORNING))
            .count();
  }
}
