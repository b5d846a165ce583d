package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.WebSocketRoute;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The door page on a real server: what a hand does at it, and what it shows a moment later. */
class DoorTest {

  /** A busy machine is given several attempts. */
  private static final Duration A_SECOND = Duration.ofSeconds(1);

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeEach
  void anEmptyHouse() {
    server.sql("DELETE FROM booking; UPDATE room SET revision = revision + 1");
  }

  @Test
  void aBookingIsOnTheDoorWithinASecond() {
    try (BrowserContext context = door("a")) {
      Page page = page(context, "free");
      Duration taken = untilShown(page, 0);
      for (int again = 1; again < 5 && taken.compareTo(A_SECOND) > 0; again++) {
        taken = untilShown(page, again);
      }
      assertThat(taken).isLessThan(A_SECOND);
    }
  }

  @Test
  void theRoomIsTakenByTwoTouches() {
    try (BrowserContext context = touchDoor("a")) {
      Page page = page(context, "free");
      page.locator(".book").tap();
      page.locator(".length").last().tap();
      assertThat(state(page, "in-use")).isVisible();
      assertThat(page.locator("door-actions .end")).isVisible();
      assertThat(
              server.number(
                  "SELECT count(*) FROM booking WHERE status = 'confirmed' AND room_id = 'a'"))
          .isEqualTo(1);
    }
  }

  @Test
  void onlyLengthsThatFitBeforeTheNextMeetingAreOffered() {
    book("a", "下一场", 40, 60, "ad-hoc");
    try (BrowserContext context = door("a")) {
      Page page = page(context, "free");
      page.locator(".book").click();
      assertThat(page.locator(".length .zh")).hasText(new String[] {"至下一场", "30 分钟", "15 分钟"});
    }
  }

  @Test
  void whoComesToAMeetingSignsInByOneTouch() {
    book("b", "例会", 0, 60, "ad-hoc");
    try (BrowserContext context = touchDoor("b")) {
      Page page = page(context, "check-in");
      page.locator(".check-in").tap();
      assertThat(state(page, "in-use")).isVisible();
      assertThat(page.locator("door-actions .end")).isVisible();
      assertThat(server.number("SELECT count(*) FROM booking WHERE checked_in_at IS NOT NULL"))
          .isEqualTo(1);
    }
  }

  @Test
  void aMeetingIsExtendedByOneTouch() {
    walkUp("b", 30);
    try (BrowserContext context = touchDoor("b")) {
      Page page = page(context, "in-use");
      String before = page.locator("door-state .lead .zh").textContent();
      page.locator(".extend").nth(1).tap();
      assertThat(page.locator("door-state .lead .zh")).not().hasText(before);
      assertThat(page.locator("door-actions .end")).isVisible();
      assertThat(minutesBooked()).isBetween(44L, 46L);
    }
  }

  @Test
  void aMeetingThatWasEndedIsTakenBack() {
    walkUp("c", 60);
    try (BrowserContext context = touchDoor("c")) {
      Page page = page(context, "in-use");
      page.locator(".end").tap();
      page.locator(".end-now").tap();
      assertThat(state(page, "free")).isVisible();
      page.locator("door-notice .undo").tap();
      assertThat(state(page, "in-use")).isVisible();
      assertThat(minutesBooked()).isBetween(59L, 61L);
    }
  }

  @Test
  void theLoserOfARaceIsToldAndTakesAnotherRoom() {
    AtomicBoolean slow = new AtomicBoolean();
    try (BrowserContext context = door("a")) {
      Page page = context.newPage();
      page.routeWebSocket(
          "**/live/**",
          route -> {
            WebSocketRoute real = route.connectToServer();
            real.onMessage(
                frame -> {
                  if (!slow.get() || !frame.text().contains("\"timeline\"")) {
                    route.send(frame.text());
                  }
                });
          });
      show(page, "a", "free");
      page.locator(".book").click();
      slow.set(true);
      walkUp("a", 60);
      page.locator(".length").last().click();
      Locator notice = page.locator("door-notice");
      assertThat(notice).containsText("刚刚被别人预订了");
      assertThat(notice.locator("li")).hasCount(3);
      browsers.forgive();
      notice.locator(".alternative").first().click();
      assertThat(notice).containsText("已预订");
      assertThat(server.number("SELECT count(*) FROM booking WHERE room_id <> 'a'")).isEqualTo(1);
    }
  }

  @Test
  void aRefusalIsSaidInBothLanguages() {
    try (BrowserContext context = door("b")) {
      Page page = page(context, "free");
      page.route(
          "**/walk-up",
          route -> {
            String body =
                route.request().postData().replaceAll("2026-11-23T[^\"]+", "2026-11-23T02:01:00Z");
            route.resume(new Route.ResumeOptions().setPostData(body));
          });
      page.locator(".book").click();
      page.locator(".length").last().click();
      assertThat(page.locator("door-notice p .zh")).isVisible();
      assertThat(page.locator("door-notice p .en")).isVisible();
      assertThat(page.locator("door-notice")).hasAttribute("bad", "");
      assertThat(state(page, "free")).isVisible();
      browsers.forgive();
    }
  }

  @Test
  void withoutNetworkAReloadStillShowsTheDayAndOffersNothing() {
    book("b", "例会", 0, 60, "ad-hoc");
    try (BrowserContext context = door("b")) {
      Page page = page(context, "check-in");
      page.waitForFunction("() => navigator.serviceWorker.controller !== null");
      context.setOffline(true);
      page.reload();
      assertThat(state(page, "check-in")).isVisible();
      assertThat(page.locator("door-state .title")).hasText("例会");
      assertThat(page.locator("day-strip .busy")).hasCount(1);
      assertThat(page.locator(".check-in")).isDisabled();
      assertThat(page.locator("door-actions .hint")).containsText("正在连接服务器");
      context.setOffline(false);
      assertThat(page.locator(".check-in")).isEnabled();
      browsers.forgive();
    }
  }

  @Test
  void byKeyboardAloneARoomIsTakenExtendedEndedAndTakenBack() {
    try (BrowserContext context = door("c")) {
      Page page = page(context, "free");
      tabTo(page, page.locator(".book"));
      press(page, "Enter");
      assertThat(page.locator(".length").first()).isFocused();
      press(page, "Escape");
      assertThat(page.locator(".book")).isFocused();
      press(page, "Enter", "Enter");
      assertThat(page.locator(".extend").first()).isFocused();
      long booked = minutesBooked();
      String before = page.locator("door-state .lead .zh").textContent();
      press(page, "Enter");
      assertThat(page.locator("door-state .lead .zh")).not().hasText(before);
      assertThat(page.locator(".extend").first()).isFocused();
      assertThat(minutesBooked()).isGreaterThan(booked);
      tabTo(page, page.locator(".end"));
      press(page, "Enter");
      assertThat(page.locator(".end-now")).isFocused();
      press(page, "Enter");
      assertThat(page.locator("door-notice .undo")).isFocused();
      press(page, "Enter");
      assertThat(state(page, "in-use")).isVisible();
      assertThat(page.locator("door-actions .keys button").first()).isFocused();
      assertThat(minutesBooked()).isGreaterThan(booked);
    }
  }

  @Test
  void byKeyboardAloneWhoComesToAMeetingSignsIn() {
    book("b", "例会", 0, 60, "ad-hoc");
    try (BrowserContext context = door("b")) {
      Page page = page(context, "check-in");
      tabTo(page, page.locator(".check-in"));
      press(page, "Enter");
      assertThat(state(page, "in-use")).isVisible();
      assertThat(page.locator("door-actions .keys button").first()).isFocused();
      assertThat(server.number("SELECT count(*) FROM booking WHERE checked_in_at IS NOT NULL"))
          .isEqualTo(1);
    }
  }

  @Test
  void aKeyThatIsHeldDownCountsOnce() {
    walkUp("b", 60);
    try (BrowserContext context = door("b")) {
      Page page = page(context, "in-use");
      tabTo(page, page.locator(".end"));
      for (int repeated = 0; repeated < 5; repeated++) {
        page.keyboard().down("Enter");
      }
      page.keyboard().up("Enter");
      assertThat(page.locator(".end-now")).isFocused();
      assertThat(state(page, "in-use")).isVisible();
      assertThat(minutesBooked()).isBetween(59L, 61L);
    }
  }

  @Test
  void ofAConfidentialMeetingNothingIsAnywhereInThePage() {
    book("c", "并购谈判", 0, 60, "interview");
    try (BrowserContext context = door("c")) {
      Page page = page(context, "check-in");
      assertThat(page.locator("door-state .title")).containsText("非公开会议");
      String all =
          (String) page.evaluate("() => JSON.stringify(localStorage) + document.body.innerHTML");
      assertThat(all).doesNotContain("并购谈判").doesNotContain("Wang Fang");
      assertThat(page.locator("body")).not().containsText("并购谈判");
    }
  }

  /** Books the room, and says how long its door took to show that; then it is free again. */
  private static Duration untilShown(Page page, int attempt) {
    String subject = "季度复盘 " + attempt;
    book("a", subject, 0, 60, "ad-hoc");
    long since = System.nanoTime();
    assertThat(page.locator("door-state .title")).hasText(subject);
    Duration taken = Duration.ofNanos(System.nanoTime() - since);
    assertThat(state(page, "check-in")).isVisible();
    server.sql("DELETE FROM booking; UPDATE room SET revision = revision + 1");
    assertThat(state(page, "free")).isVisible();
    return taken;
  }

  private static BrowserContext door(String room) {
    return browsers.display(
        new Browser.NewContextOptions()
            .setViewportSize(1280, 800)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setBaseURL(address(room)));
  }

  private static BrowserContext touchDoor(String room) {
    return browsers.display(
        new Browser.NewContextOptions()
            .setViewportSize(1280, 800)
            .setHasTouch(true)
            .setBaseURL(address(room)));
  }

  private static Page page(BrowserContext context, String state) {
    Page page = context.newPage();
    page.navigate("");
    assertThat(state(page, state)).isVisible();
    assertThat(page.locator("door-actions .hint")).hasCount(0);
    return page;
  }

  private static void show(Page page, String room, String state) {
    page.navigate(address(room));
    assertThat(state(page, state)).isVisible();
    assertThat(page.locator("door-actions .hint")).hasCount(0);
  }

  private static String address(String room) {
    return server.uri("/door/?room=" + room).toString();
  }

  private static Locator state(Page page, String state) {
    return page.locator("door-state[state=" + state + "]");
  }

  /** Goes from key to key until it is that one. */
  private static void tabTo(Page page, Locator key) {
    for (int presses = 0; presses < 12; presses++) {
      if ((Boolean) key.evaluate("key => key.matches(':focus')")) {
        return;
      }
      press(page, "Tab");
    }
    assertThat(key).isFocused();
  }

  private static void press(Page page, String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
  }

  private static long minutesBooked() {
    return server.number(
        "SELECT round(extract(epoch FROM upper(during) - lower(during)) / 60) FROM booking WHERE status = 'confirmed'");
  }

  private static void walkUp(String room, int minutes) {
    Instant until =
        server.database().now().plus(minutes, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.SECONDS);
    TestServer.Reply reply =
        server.post("/api/rooms/" + room + "/walk-up", "{\"until\":\"" + until + "\"}");
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }

  private static void book(String room, String subject, int inMinutes, int minutes, String type) {
    Instant start =
        server.database().now().plus(inMinutes, ChronoUnit.MINUTES).truncatedTo(ChronoUnit.MINUTES);
    String json =
        """
        {"subject": "%s", "start": "%s", "end": "%s", "meetingType": "%s", "convener": "1001", "headCount": 4}"""
            .formatted(subject, start, start.plus(minutes, ChronoUnit.MINUTES), type);
    TestServer.Reply reply = server.post("/api/rooms/" + room + "/bookings", json);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }
}
