package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.org.Tokens;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The first page, and the search that leads everywhere. It is Monday, 10:00 in Shanghai. */
class TodayTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeAll
  static void colleaguesSignIn() {
    server.sql(SignedIn.rows("1002") + SignedIn.rows("1003"));
    server.sql(
        "UPDATE department SET approver_id = (SELECT id FROM person WHERE staff_number = '1002')"
            + " WHERE id = 'sales'");
  }

  @BeforeEach
  void anEmptyHouse() {
    server.sql(
        "DELETE FROM booking; UPDATE room SET revision = revision + 1, booking = 'automatic'");
  }

  @Test
  void theNextMeetingStandsLargeAndIsSignedInWhenItIsTime() {
    book("1003", "a", "02:00", "03:00", "周会");
    book("1003", "b", "08:00", "09:00", "评审");
    try (BrowserContext context = as("1003", "zh-CN", 1440)) {
      Page page = open(context);
      assertThat(page.locator("today-day .next h3")).hasText("周会");
      assertThat(page.locator("today-day .next .lead")).containsText("已开始，还剩");
      assertThat(page.locator("today-day .next .way")).containsText("松涛 · 总部 · 主楼 · 8F");
      assertThat(page.locator("today-day li .what a")).hasText("评审");
      page.locator("today-day .check-in").click();
      assertThat(page.locator("today-day .check-in")).hasCount(0);
      assertThat(server.number("SELECT count(*) FROM booking WHERE checked_in_at IS NOT NULL"))
          .isEqualTo(1);
    }
  }

  @Test
  void nothingToDoIsSaidOnceAndARoomIsBookedByOneClick() {
    try (BrowserContext context = as("1003", "en-GB", 1440)) {
      Page page = open(context);
      assertThat(page.locator("today-day")).containsText("No meetings this week");
      assertThat(page.locator("today-waiting")).hasText("Nothing waits for you.");
      assertThat(page.locator("today-free li")).hasCount(3);
      page.locator("today-free li[data-room=b] button").last().click();
      assertThat(page.locator("booking-done")).containsText("Booked Zhuying 10:");
      assertThat(page.locator("today-day .next h3")).hasText("Ad-hoc meeting");
      assertThat(page.locator("today-free li[data-room=b]")).hasCount(0);
    }
  }

  @Test
  void whatIsBookedElsewhereAppearsByItself() {
    try (BrowserContext context = as("1003", "zh-CN", 1440)) {
      Page page = open(context);
      assertThat(page.locator("today-free li")).hasCount(3);
      book("1003", "c", "08:00", "09:00", "新客户");
      assertThat(page.locator("today-day .next h3")).hasText("新客户");
    }
  }

  @Test
  void aLeaderSeesWhatLiesWithHimAndWhoAskedSeesWithWhom() {
    server.sql("UPDATE room SET booking = 'approval' WHERE id = 'c'");
    book("1003", "c", "06:00", "07:00", "新产品发布");
    try (BrowserContext context = as("1003", "zh-CN", 1440)) {
      assertThat(open(context).locator("today-waiting"))
          .containsText(Pattern.compile("我的申请.*新产品发布.*待李伟审批", Pattern.DOTALL));
    }
    try (BrowserContext context = as("1002", "zh-CN", 1440)) {
      Page page = open(context);
      assertThat(page.locator("today-waiting"))
          .containsText(Pattern.compile("待您审批.*新产品发布.*张敏", Pattern.DOTALL));
      page.locator("today-waiting a").click();
      assertThat(page.locator("booking-page h1")).hasText("新产品发布");
    }
  }

  @Test
  void anAdminSeesTheHouseAndTheScreensThatAreNotHeardFrom() {
    book("1003", "a", "02:00", "03:00", "周会");
    server.sql(
        "UPDATE device SET status = '{\"state\":\"offline\"}', status_at = app_now() WHERE id ="
            + " 'door'");
    try (BrowserContext context = as("1001", "zh-CN", 1440)) {
      Page page = open(context);
      assertThat(page.locator("today-house .soon .number").first()).hasText("1");
      assertThat(page.locator("today-house .free .number").first()).hasText("2");
      assertThat(page.locator("today-waiting")).containsText("离线的屏幕");
      Axe.findsNothingSerious(page, "an admin's day");
      page.locator("console-top .theme").click();
      Axe.findsNothingSerious(page, "an admin's night");
    }
  }

  @Test
  void onAPhoneItIsOneColumn() {
    book("1003", "a", "06:00", "07:00", "周会");
    for (String language : List.of("zh-CN", "en-GB")) {
      try (BrowserContext context = as("1003", language, 390)) {
        Page page = open(context);
        assertThat(page.locator("today-day .next")).isVisible();
        assertThat(
                (Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
            .isTrue();
        Axe.findsNothingSerious(page, "today on a phone, " + language);
      }
    }
  }

  @Test
  void theSearchLeadsToRoomsPeopleMeetingsAndPlaces() {
    book("1003", "a", "06:00", "07:00", "季度复盘");
    try (BrowserContext context = as("1003", "zh-CN", 1440)) {
      Page page = open(context);
      page.keyboard().press("Control+k");
      assertThat(page.locator("console-search input")).isFocused();
      page.keyboard().type("复盘");
      assertThat(page.locator("console-search .hit")).containsText(new String[] {"季度复盘"});
      Axe.findsNothingSerious(page, "searching");
      page.keyboard().press("Enter");
      assertThat(page.locator("booking-page h1")).hasText("季度复盘");
      page.keyboard().press("/");
      page.keyboard().type("王芳");
      assertThat(page.locator("console-search .hit").first()).containsText("1001");
      page.locator("console-search input").fill("board");
      assertThat(page.locator("console-search .hit")).hasText(new String[] {"看板"});
      page.keyboard().press("ArrowDown");
      page.keyboard().press("Enter");
      assertThat(page).hasURL(Pattern.compile(".*/board$"));
    }
  }

  @Test
  void theKeysAreShownAndEscapeClosesThem() {
    try (BrowserContext context = as("1003", "en-GB", 1440)) {
      Page page = open(context);
      page.keyboard().press("?");
      assertThat(page.locator("console-search dialog.help")).containsText("move a meeting");
      Axe.findsNothingSerious(page, "the keys");
      page.keyboard().press("Escape");
      assertThat(page.locator("console-search dialog.help")).hasCount(0);
      page.keyboard().press("g");
      page.keyboard().press("r");
      assertThat(page).hasURL(Pattern.compile(".*/rooms$"));
    }
  }

  private static Page open(BrowserContext context) {
    Page page = context.newPage();
    page.navigate("/");
    assertThat(page.locator("today-day")).isVisible();
    return page;
  }

  private static BrowserContext as(String staffNumber, String language, int width) {
    BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions()
                .setViewportSize(width, 900)
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBaseURL(server.uri("/").toString()));
    context.addCookies(
        List.of(
            new Cookie("foyer-session", token(staffNumber)).setDomain("127.0.0.1").setPath("/")));
    return context;
  }

  private static String token(String staffNumber) {
    return staffNumber.equals("1001") ? SignedIn.TOKEN : SignedIn.token(staffNumber);
  }

  private static void book(String by, String room, String start, String end, String subject) {
    String json =
        "{\"subject\":\"%s\",\"start\":\"2026-11-23T%s:00Z\",\"end\":\"2026-11-23T%s:00Z\"}"
            .formatted(subject, start, end);
    Reply reply =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/rooms/" + room + "/bookings"))
                .header("Cookie", "foyer-session=" + token(by))
                .header("X-Csrf-Token", Tokens.csrf(token(by)))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(json)));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }
}
