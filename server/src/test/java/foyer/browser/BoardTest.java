package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Mouse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsFocusedOptions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The board of rooms and time on a real server. It is Monday, 10:00 in Shanghai. */
class BoardTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeAll
  static void aColleagueSignsIn() {
    server.sql(SignedIn.rows("1002"));
  }

  @BeforeEach
  void anEmptyHouse() {
    server.sql("DELETE FROM booking; UPDATE room SET revision = revision + 1");
  }

  @Test
  void freeTimeThatAHandDrawsIsBooked() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      drag(page, at(page, "b", 14, 0), at(page, "b", 15, 20));
      assertThat(page.locator("booking-form #subject")).isFocused();
      assertThat(page.locator("booking-form #room")).hasValue("b");
      assertThat(page.locator("booking-form #from")).hasValue("14:00");
      assertThat(page.locator("booking-form #to")).hasValue("15:30");
      page.locator("booking-form #subject").fill("季度复盘");
      page.keyboard().press("Enter");
      assertThat(slip(page, "季度复盘")).isVisible();
      assertThat(page.locator("booking-done .undo")).isVisible();
      assertThat(server.number("SELECT count(*) FROM booking WHERE room_id = 'b'")).isEqualTo(1);
      page.locator("booking-done .undo").click();
      assertThat(slip(page, "季度复盘")).hasCount(0);
    }
  }

  @Test
  void aBookingThatAHandCarriesSaysWhatComesOfItAndGoesBackWhenThatIsUndone() {
    book(SignedIn.TOKEN, "a", "06:00", "07:00", "评审");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      grab(page, slip(page, "评审"));
      glide(page, at(page, "b", 16, 25));
      assertThat(page.locator(".consequence")).hasText("移到 竹影 16:00–17:00 · 不会自动通知任何人");
      page.mouse().up();
      assertThat(page.locator("move-done")).containsText("已移动 竹影 16:00–17:00");
      assertThat(page.locator(".row[data-room=b] .slip")).containsText("评审");
      assertThat(where()).isEqualTo("b 2026-11-23 08:00");
      page.locator("move-done .undo").click();
      assertThat(page.locator("move-done")).containsText("已移回");
      assertThat(page.locator(".row[data-room=a] .slip")).containsText("评审");
      assertThat(where()).isEqualTo("a 2026-11-23 06:00");
    }
  }

  @Test
  void anEdgeThatIsDrawnMakesABookingLonger() {
    book(SignedIn.TOKEN, "a", "06:00", "07:00", "评审");
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/board?zoom=hour");
      assertThat(slip(page, "评审")).isInViewport();
      assertThat(page.locator(".tick").getByText("10:00")).isInViewport();
      assertThat(page.locator(".tick").getByText("06:00")).not().isInViewport();
      BoundingBox box = slip(page, "评审").boundingBox();
      page.mouse().move(box.x + box.width - 3, box.y + 20);
      page.mouse().down();
      glide(page, new Place(box.x + box.width * 1.5, box.y + 20));
      assertThat(page.locator(".consequence")).containsText("14:00–15:30, 1 h 30 min");
      page.mouse().up();
      assertThat(page.locator("move-done")).containsText("14:00–15:30");
      assertThat(
              server.number(
                  "SELECT extract(epoch FROM upper(during) - lower(during)) FROM booking"))
          .isEqualTo(5400);
    }
  }

  @Test
  void whereTheServerSaysNoThereAreWaysOut() {
    book(SignedIn.TOKEN, "a", "06:00", "07:00", "评审");
    book(SignedIn.token("1002"), "b", "08:00", "09:00", "周会");
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/board");
      grab(page, slip(page, "评审"));
      glide(page, at(page, "b", 16, 25));
      assertThat(page.locator(".consequence")).containsText("clashes with “周会”");
      page.mouse().up();
      assertThat(page.locator("move-done")).containsText("Time conflict");
      assertThat(page.locator(".row[data-room=a] .slip")).containsText("评审");
      page.locator("move-done .alternative").first().click();
      assertThat(page.locator("move-done .undo")).isVisible();
      assertThat(where()).isNotEqualTo("a 2026-11-23 06:00");
      browsers.forgive();
    }
  }

  @Test
  void whoMovesSomebodyElsesMeetingIsAskedWhy() {
    book(SignedIn.token("1002"), "a", "06:00", "07:00", "周会");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      grab(page, slip(page, "周会"));
      glide(page, at(page, "c", 14, 25));
      page.mouse().up();
      assertThat(page.locator("dialog.ask")).containsText("移到 梅香 14:00–15:00");
      page.locator("dialog.ask .primary").click();
      assertThat(page.locator("dialog.ask .error")).hasText("请简要说明原因。");
      page.locator("#why").fill("投影仪坏了");
      page.keyboard().press("Enter");
      assertThat(page.locator("move-done .undo")).isVisible();
      assertThat(server.number("SELECT count(*) FROM audit_entry WHERE reason = '投影仪坏了'"))
          .isEqualTo(1);
    }
  }

  @Test
  void theKeyboardBooksAndMoves() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/board");
      page.locator("board-bar summary").focus();
      page.keyboard().press("Tab");
      assertThat(page.locator(".canvas")).isFocused(new IsFocusedOptions());
      heard(page, "Songtao, 10:00–11:00, free");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowRight");
      heard(page, "Zhuying, 11:00–12:00, free");
      page.keyboard().press("Shift+ArrowRight");
      page.keyboard().press("Shift+ArrowRight");
      heard(page, "Zhuying, 11:00–12:30, free");
      page.keyboard().press("Enter");
      assertThat(page.locator("booking-form #subject")).isFocused();
      page.keyboard().type("Review");
      page.keyboard().press("Enter");
      assertThat(slip(page, "Review")).isVisible();
      assertThat(page.locator(".canvas")).isFocused();
      page.keyboard().press("ArrowUp");
      page.keyboard().press("ArrowDown");
      heard(page, "Zhuying, Review, 11:00–12:30, Wang Fang, Booked");
      page.keyboard().press("m");
      page.keyboard().press("ArrowDown");
      page.keyboard().press("ArrowRight");
      page.keyboard().press("Shift+ArrowLeft");
      assertThat(page.locator(".consequence")).containsText("Move to Meixiang, 11:15–12:30");
      page.keyboard().press("Enter");
      assertThat(page.locator("move-done")).containsText("Meixiang 11:15–12:30");
      assertThat(where()).isEqualTo("c 2026-11-23 03:15");
    }
  }

  @Test
  void whatIsHeldIsPutBackByEscape() {
    book(SignedIn.TOKEN, "a", "06:00", "07:00", "评审");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      grab(page, slip(page, "评审"));
      glide(page, at(page, "b", 16, 25));
      page.keyboard().press("Escape");
      assertThat(page.locator(".consequence")).isHidden();
      page.mouse().up();
      assertThat(page.locator(".slip.lifted")).hasCount(0);
      assertThat(where()).isEqualTo("a 2026-11-23 06:00");
    }
  }

  @Test
  void whatAnotherDoesAppearsByItself() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      book(SignedIn.token("1002"), "c", "06:00", "07:00", "新客户");
      assertThat(slip(page, "新客户")).isVisible();
      book(SignedIn.token("1002"), "a", "08:00", "09:00", "例会");
      assertThat(slip(page, "例会")).isVisible();
      server.sql(
          "UPDATE booking SET status = 'cancelled', cancelled_at = app_now() WHERE room_id = 'c'");
      server.sql("UPDATE room SET revision = revision + 1 WHERE id = 'c'");
      assertThat(slip(page, "新客户")).hasCount(0);
    }
  }

  @Test
  void whatWaitsForApprovalIsHatchedAndWhatIsConfidentialSaysNoMore() {
    book(SignedIn.token("1002"), "a", "06:00", "07:00", "密谈");
    server.sql("UPDATE booking SET level = 'confidential'");
    book(SignedIn.TOKEN, "b", "06:00", "07:00", "申请");
    server.sql("UPDATE booking SET status = 'requested' WHERE room_id = 'b'");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      assertThat(page.locator(".row[data-room=b] .slip.requested")).containsText("待审批");
      assertThat(page.locator(".row[data-room=a] .slip")).containsText("保密");
      assertThat(page.locator("board-grid")).not().containsText("密谈");
    }
  }

  @Test
  void dateZoomAndFiltersAreInTheAddressAndBackWorks() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      page.locator("board-bar .floor").selectOption("8F");
      assertThat(page.locator(".row")).hasCount(2);
      page.locator("board-bar .seats").selectOption("12");
      assertThat(page.locator(".row .room a")).hasText("竹影");
      page.locator("board-bar .zooms button").last().click();
      assertThat(page).hasURL(Pattern.compile(".*floor=8F.*seats=12.*zoom=week.*"));
      assertThat(page.locator(".tick.day")).hasCount(7);
      page.goBack();
      page.goBack();
      assertThat(page.locator(".row")).hasCount(2);
      page.navigate("/board?with=projector&date=2026-11-24");
      assertThat(page.locator(".row .room a")).hasText("松涛");
      assertThat(page.locator("board-bar .day")).hasText("11月24日 周二");
      page.locator("board-bar .clear").click();
      assertThat(page.locator(".row")).hasCount(3);
      assertThat(page).hasURL(Pattern.compile(".*\\?date=2026-11-24$"));
    }
  }

  @Test
  void onAPhoneEachRoomIsAListOfItsDay() {
    book(SignedIn.TOKEN, "a", "06:00", "07:00", "评审");
    for (String language : new String[] {"zh-CN", "en-GB"}) {
      try (BrowserContext context = context(language, 390, 844)) {
        Page page = context.newPage();
        page.navigate("/board");
        Locator room = page.locator("board-list section[data-room=a]");
        assertThat(room.locator(".slip")).containsText("评审");
        fitsTheGlass(page);
        Axe.findsNothingSerious(page, "board on a phone, " + language);
        room.locator(".free").last().click();
        assertThat(page.locator("booking-form #from")).hasValue("15:00");
        fitsTheGlass(page);
      }
    }
  }

  @Test
  void axeFindsNothingSeriousByDayAndByNight() {
    book(SignedIn.TOKEN, "a", "02:00", "03:00", "评审");
    book(SignedIn.token("1002"), "b", "01:50", "02:30", "周会");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/board");
      assertThat(slip(page, "评审")).isVisible();
      page.locator(".canvas").focus();
      Axe.findsNothingSerious(page, "light");
      page.locator("console-top .theme").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      Axe.findsNothingSerious(page, "dark");
      page.navigate("/board?zoom=week");
      assertThat(slip(page, "评审")).isVisible();
      Axe.findsNothingSerious(page, "week");
    }
  }

  private record Place(double x, double y) {}

  /** Where an hour of Shanghai's day is in a room's row. */
  private static Place at(Page page, String room, int hour, int minute) {
    BoundingBox lane = page.locator(".row[data-room=" + room + "] .lane").boundingBox();
    double x = lane.x + lane.width * (hour * 60 + minute) / 1440;
    return new Place(x + 1, lane.y + lane.height / 2);
  }

  private static void grab(Page page, Locator slip) {
    BoundingBox box = slip.boundingBox();
    page.mouse().move(box.x + box.width * 25 / 60, box.y + box.height / 2);
    page.mouse().down();
  }

  private static void glide(Page page, Place to) {
    page.mouse().move(to.x(), to.y(), new Mouse.MoveOptions().setSteps(6));
  }

  private static void drag(Page page, Place from, Place to) {
    page.mouse().move(from.x(), from.y());
    page.mouse().down();
    glide(page, to);
    assertThat(page.locator(".consequence")).isVisible();
    page.mouse().up();
  }

  private static void heard(Page page, String words) {
    assertThat(page.locator(".cursor")).hasAttribute("aria-label", words);
    String active = page.locator(".canvas").getAttribute("aria-activedescendant");
    assertThat(page.locator("#" + active)).hasCount(1);
  }

  private static Locator slip(Page page, String subject) {
    return page.locator(".slip").filter(new Locator.FilterOptions().setHasText(subject));
  }

  private static String where() {
    try (var connection = server.database().connect();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "SELECT room_id || ' ' || to_char(lower(during) AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM booking ORDER BY id LIMIT 1")) {
      rows.next();
      return rows.getString(1);
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static BrowserContext wide(String language) {
    return context(language, 1440, 900);
  }

  private static BrowserContext context(String language, int width, int height) {
    return browsers.admin(
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setLocale(language)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setBaseURL(server.uri("/").toString()));
  }

  /** A board that knows what is booked. */
  private static Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.navigate(path);
    assertThat(page.locator(".row").first()).isVisible();
    return page;
  }

  private static void fitsTheGlass(Page page) {
    assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  private static void book(String token, String room, String start, String end, String subject) {
    String json =
        "{\"subject\":\"%s\",\"start\":\"2026-11-23T%s:00Z\",\"end\":\"2026-11-23T%s:00Z\"}"
            .formatted(subject, start, end);
    Reply reply =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/rooms/" + room + "/bookings"))
                .header("Cookie", "foyer-session=" + token)
                .header("X-Csrf-Token", foyer.org.Tokens.csrf(token))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString(json)));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }
}
