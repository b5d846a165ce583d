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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page of one booking on a real server. It is Monday, 10:00 in Shanghai. */
class BookingPageTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeAll
  static void colleaguesSignIn() {
    server.sql(SignedIn.rows("1002") + SignedIn.rows("1003"));
  }

  @BeforeEach
  void anEmptyHouse() {
    server.sql("DELETE FROM booking; UPDATE room SET revision = revision + 1");
  }

  @Test
  void aBookingSaysWhatWhereWhenAndWhatHasBecomeOfIt() {
    long id = book("1002", "a", "06:00", "07:00", "\"subject\":\"客户回访\",\"goal\":\"查找原因\"");
    send("1002", "/api/bookings/" + id + "/move", "{\"room\":\"b\"}", "\"1\"");
    try (BrowserContext context = as("1002", "zh-CN", 1440)) {
      Page page = open(context, id);
      assertThat(page.locator("h1")).hasText("客户回访");
      assertThat(page.locator(".where a")).hasText("竹影");
      assertThat(page.locator(".when")).containsText("14:00–15:00");
      assertThat(page.locator("dl")).containsText("李伟");
      assertThat(page.locator("dl")).containsText("查找原因");
      assertThat(page.locator("dl")).containsText("F-1");
      assertThat(page.locator("booking-spine .what")).hasText(new String[] {"预订", "改期"});
      Axe.findsNothingSerious(page, "a booking");
      page.locator("console-top .theme").click();
      Axe.findsNothingSerious(page, "a booking by night");
    }
  }

  @Test
  void whoMayNotReadItReadsOnlyWhenItIs() {
    long id = book("1002", "a", "06:00", "07:00", "\"subject\":\"并购\",\"level\":\"confidential\"");
    try (BrowserContext context = as("1003", "zh-CN", 1440)) {
      Page page = open(context, id);
      assertThat(page.locator("h1")).hasText("保密");
      assertThat(page.locator(".masked")).isVisible();
      assertThat(page.locator(".sheet button")).hasCount(0);
      assertThat(page.locator("booking-spine")).hasCount(0);
      assertThat(page.locator("booking-page")).not().containsText("李伟");
    }
  }

  @Test
  void aMeetingIsSignedInExtendedEndedAndResumed() {
    long id = book("1002", "a", "02:00", "03:00", "\"subject\":\"例会\"");
    try (BrowserContext context = as("1002", "zh-CN", 1440)) {
      Page page = open(context, id);
      assertThat(page.locator(".title .tag")).hasText("待签到");
      page.locator(".check-in").click();
      assertThat(page.locator(".title .tag")).hasText("会议中");
      page.locator(".extend").first().click();
      assertThat(page.locator(".when")).containsText("10:00–11:15");
      page.locator("button.end").click();
      page.locator("button.resume").click();
      assertThat(page.locator(".done")).containsText("会议继续");
      assertThat(page.locator("booking-spine li")).hasCount(5);
    }
  }

  @Test
  void aNoIsExplained() {
    long id = book("1002", "a", "02:00", "03:00", "\"subject\":\"例会\"");
    book("1003", "a", "03:00", "04:00", "\"subject\":\"下一场\"");
    send("1002", "/api/bookings/" + id + "/check-in", "{}", null);
    try (BrowserContext context = as("1002", "en-GB", 1440)) {
      Page page = open(context, id);
      page.locator(".extend").first().click();
      assertThat(page.locator("booking-refused")).containsText("Time conflict");
      browsers.forgive();
    }
  }

  @Test
  void whoIsLateToMoveItHearsWhatHasChangedAndLosesNothing() {
    long id = book("1002", "a", "06:00", "07:00", "\"subject\":\"评审\"");
    try (BrowserContext context = as("1002", "en-GB", 1440)) {
      Page page = open(context, id);
      page.locator("button.move").click();
      page.locator("booking-move #from").selectOption("16:00");
      page.locator("booking-move #to").selectOption("17:00");
      send("1002", "/api/bookings/" + id + "/move", "{\"room\":\"c\"}", "\"1\"");
      page.locator("booking-move .primary").click();
      assertThat(page.locator("booking-move .changed"))
          .containsText("moved it meanwhile to Meixiang, 14:00–15:00");
      assertThat(page.locator("booking-move #from")).hasValue("16:00");
      Axe.findsNothingSerious(page, "moving what has changed");
      page.locator("booking-move .primary").click();
      assertThat(page.locator(".when")).containsText("16:00–17:00");
      browsers.forgive();
    }
  }

  @Test
  void anAdminCancelsSomebodyElsesMeetingWithAReason() {
    long id = book("1002", "a", "06:00", "07:00", "\"subject\":\"评审\"");
    try (BrowserContext context = as("1001", "zh-CN", 1440)) {
      Page page = open(context, id);
      page.locator("button.cancel").click();
      page.locator("booking-cancel .primary").click();
      assertThat(page.locator("booking-cancel .error")).isVisible();
      page.locator("booking-cancel #reason").fill("会议室检修");
      page.keyboard().press("Enter");
      assertThat(page.locator(".title .tag")).hasText("已取消");
      assertThat(page.locator("booking-spine .why")).hasText("会议室检修");
    }
  }

  @Test
  void aRequestSaysWithWhomItLiesAndIsTakenBack() {
    server.sql("UPDATE room SET booking = 'approval' WHERE id = 'c'");
    long id = book("1003", "c", "06:00", "07:00", "\"subject\":\"申请\"");
    try (BrowserContext context = as("1003", "zh-CN", 1440)) {
      Page page = open(context, id);
      assertThat(page.locator(".title .tag")).hasText("待审批");
      assertThat(page.locator(".waits")).hasText("待行政部审批");
      page.locator("button.withdraw").click();
      page.locator("booking-cancel .primary").click();
      assertThat(page.locator(".title .tag")).hasText("已撤回");
    } finally {
      server.sql("UPDATE room SET booking = 'automatic' WHERE id = 'c'");
    }
  }

  @Test
  void whatIsNotThereIsSaidKindly() {
    try (BrowserContext context = as("1003", "en-GB", 390)) {
      Page page = context.newPage();
      page.navigate("/bookings/999999");
      assertThat(page.locator("booking-page h1")).hasText("There is no such meeting");
      Axe.findsNothingSerious(page, "no such meeting");
      page.locator("booking-page a").click();
      assertThat(page).hasURL(Pattern.compile(".*/board$"));
      browsers.forgive();
    }
  }

  @Test
  void onAPhoneNothingScrollsSideways() {
    long id = book("1002", "a", "06:00", "07:00", "\"subject\":\"" + "很长的会议主题".repeat(9) + "\"");
    for (String language : List.of("zh-CN", "en-GB")) {
      try (BrowserContext context = as("1002", language, 390)) {
        Page page = open(context, id);
        assertThat(page.locator("booking-spine li")).hasCount(1);
        assertThat(
                (Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
            .isTrue();
        Axe.findsNothingSerious(page, "a booking on a phone, " + language);
      }
    }
  }

  private static Page open(BrowserContext context, long id) {
    Page page = context.newPage();
    page.navigate("/bookings/" + id);
    assertThat(page.locator("booking-page .when")).isVisible();
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

  private static long book(String by, String room, String start, String end, String members) {
    String json =
        "{%s,\"start\":\"2026-11-23T%s:00Z\",\"end\":\"2026-11-23T%s:00Z\"}"
            .formatted(members, start, end);
    return send(by, "/api/rooms/" + room + "/bookings", json, null).json().path("id").asLong();
  }

  private static Reply send(String by, String path, String json, @Nullable String tag) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Cookie", "foyer-session=" + token(by))
            .header("X-Csrf-Token", Tokens.csrf(token(by)))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json));
    Reply reply = server.send(tag == null ? request : request.header("If-Match", tag));
    assertThat(reply.status()).as(reply.response().body()).isBetween(200, 201);
    return reply;
  }
}
