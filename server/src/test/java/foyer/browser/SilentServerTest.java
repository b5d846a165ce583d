package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the door does with time, and with a server that says little or nothing. */
class SilentServerTest {

  @RegisterExtension static final Browsers browsers = new Browsers();
  private Stage stage;

  @BeforeEach
  void openStage() {
    stage = new Stage(Set.of("door"));
  }

  @AfterEach
  void closeStage() {
    browsers.closePages();
    stage.close();
  }

  @Test
  void aServerThatWasHeardJustNowIsNoMatterOfWords() {
    Page page = door("running.json", "2026-11-23T02:22:10Z", Duration.ofSeconds(20));
    assertThat(state(page, "in-use")).isVisible();
    assertThat(page.locator("live-ribbon p")).hasCount(0);
    assertThat(page.locator(".end")).isEnabled();
  }

  @Test
  void afterThirtySecondsOfSilenceTheDoorSaysThatItIsOfflineAndOffersNothing() {
    Page page = door("running.json", "2026-11-23T02:22:10Z", Duration.ofSeconds(31));
    assertThat(page.locator("live-ribbon p .zh")).hasText("离线·按 10:21 的日程显示");
    assertThat(state(page, "in-use")).hasAttribute("stale", "");
    assertThat(page.locator(".end")).isDisabled();
    assertThat(page.locator("door-actions .hint")).containsText("离线时不能预订或签到");
  }

  @Test
  void fromAMinuteOnItSaysForHowLong() {
    Page page = door("running.json", "2026-11-23T02:22:10Z", Duration.ofSeconds(725));
    assertThat(page.locator("live-ribbon p .zh")).hasText("离线 12 分钟·按 10:10 的日程显示");
    assertThat(page.locator("live-ribbon p .en")).hasText("Offline 12 min, schedule as of 10:10");
  }

  @Test
  void theSilenceIsNoticedWithoutAnyMessage() {
    Page page = door("running.json", "2026-11-23T02:22:10Z", Duration.ofSeconds(28));
    assertThat(page.locator("live-ribbon p")).hasCount(0);
    assertThat(page.locator("live-ribbon p")).isVisible(within(30));
  }

  @Test
  void timePassesWithoutAnyMessage() {
    Page page = door("running.json", "2026-11-23T02:49:50Z", Duration.ZERO);
    assertThat(state(page, "in-use")).isVisible();
    assertThat(state(page, "ending")).isVisible(within(30));
  }

  @Test
  void aDeviceWithAWrongClockShowsTheServersTime() {
    stage.show(Stage.golden("running.json"), Instant.parse("2026-11-23T02:22:10Z"));
    Page page = browsers.page(1280, 800);
    page.clock().setFixedTime("2020-02-02T02:02:02Z");
    page.navigate(stage.url("/door/?room=sh-0801"));
    assertThat(state(page, "in-use")).isVisible();
    assertThat(page.locator("door-top time")).hasText("10:22");
  }

  @Test
  void whatIsPastItsWindowIsUnknownAndNeverFree() {
    Page page = door("closed.json", "2026-11-24T12:00:00Z", Duration.ZERO);
    assertThat(state(page, "unknown")).isVisible();
    assertThat(page.locator("door-actions .keys button")).hasCount(0);
    assertThat(page.locator("day-strip")).isHidden();
  }

  @Test
  void aDoorThatNeverHeardAnythingKnowsNothing() {
    Page page = browsers.page(1280, 800);
    page.routeWebSocket("**/live/**", route -> {});
    page.navigate(stage.url("/door/?room=sh-0801"));
    assertThat(page.locator("door-state .lead .zh")).hasText("正在连接服务器");
    assertThat(state(page, "unknown")).isVisible();
    assertThat(page.locator("door-actions .keys button")).hasCount(0);
  }

  @Test
  void aDoorWithoutARoomSaysSo() {
    Page page = browsers.page(1280, 800);
    page.navigate(stage.url("/door/"));
    assertThat(page.locator("door-state .lead .en")).hasText("No room was named");
  }

  @Test
  void whereSocketsAreBlockedTheTimelineIsFetched() {
    stage.blockingSockets();
    Page page = door("usual-day.json", "2026-11-23T01:22:10Z", Duration.ZERO);
    assertThat(state(page, "free")).isVisible(within(20));
    assertThat(page.locator(".book"))
        .isEnabled(new LocatorAssertions.IsEnabledOptions().setTimeout(20_000));
    browsers.forgive();
  }

  @Test
  void onlyANewerTimelineIsShown() {
    Page page = door("running.json", "2026-11-23T02:22:10Z", Duration.ZERO);
    assertThat(state(page, "in-use")).isVisible();
    stage.push(Stage.golden("usual-day.json"));
    stage.push(
        Stage.golden("running.json")
            .replace("\"revision\":43", "\"revision\":44")
            .replace("客服周例会", "客服月例会"));
    assertThat(page.locator("door-state .title")).hasText("客服月例会");
    assertThat(state(page, "in-use")).isVisible();
  }

  @Test
  void theResultOfATouchIsPaintedBeforeTheServerAnswers() {
    Page page = door("usual-day.json", "2026-11-23T01:22:10Z", Duration.ZERO);
    page.route("**/walk-up", route -> {});
    page.locator(".book").click();
    page.locator(".length").last().click();
    assertThat(state(page, "in-use")).isVisible();
    assertThat(page.locator("door-state .confirming")).isVisible();
  }

  private Page door(String golden, String now, Duration silence) {
    stage.show(Stage.golden(golden), Instant.parse(now)).silentFor(silence);
    Page page = browsers.page(1280, 800);
    page.navigate(stage.url("/door/?room=sh-0801"));
    return page;
  }

  private static Locator state(Page page, String state) {
    return page.locator("door-state[state=" + state + "]");
  }

  private static LocatorAssertions.IsVisibleOptions within(int seconds) {
    return new LocatorAssertions.IsVisibleOptions().setTimeout(seconds * 1000.0);
  }
}
