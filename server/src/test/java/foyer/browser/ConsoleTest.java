package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The page in the root on a real server: it lists rooms as they stand and books them. It is Monday,
 * 10:00 in Shanghai.
 */
class ConsoleTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeAll
  static void openBrowser() {
    server.sql(
        "INSERT INTO site (id, name_zh, name_en, zone, position) VALUES ('berlin', '柏林', 'Berlin',"
            + " 'Europe/Berlin', 3)");
    server.sql(
        "INSERT INTO opening_hours (site_id, weekday, opens, closes) SELECT 'berlin', d, '00:00',"
            + " '24:00' FROM generate_series(1, 7) d");
    server.sql(
        """
        INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, position, booking)
        VALUES ('e', 'berlin', '主楼', 'Main', '1', '施普雷', 'Spree', 6, 1, 'automatic')\
        """);
  }

  @BeforeEach
  void anEmptyHouse() {
    server.sql("DELETE FROM booking; UPDATE room SET revision = revision + 1");
  }

  @Test
  void theRoomsOfTheFirstSiteStandInTheRootByFloor() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      assertThat(page.locator("room-list h2")).hasText(new String[] {"主楼 · 8F", "主楼 · 9F"});
      assertThat(page.locator("room-row h3")).hasText(new String[] {"松涛", "竹影", "梅香"});
      assertThat(row(page, "a")).containsText("8 人");
      assertThat(row(page, "a")).containsText("投影仪");
      assertThat(row(page, "a").locator(".links a").first()).hasAttribute("href", "/door/?room=a");
      assertThat(row(page, "a").getByText("日历")).hasAttribute("href", "/api/rooms/a/calendar.ics");
      assertThat(page.locator("console-top .hall")).hasAttribute("href", "/kiosk/?site=hq");
    }
  }

  @Test
  void aRoomIsBookedThroughTheFormAndItsRowSaysSo() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms?site=hq");
      assertThat(word(page, "b")).hasText("空闲");
      fill(page, "b", "季度复盘");
      page.locator("#from").selectOption("10:00");
      page.locator("#to").selectOption("11:30");
      page.locator("#headCount").fill("9");
      page.locator("person-field input").fill("王芳");
      page.locator("person-field li").click();
      page.locator("booking-form .primary").click();
      assertThat(page.locator("booking-done")).containsText("已预订");
      assertThat(page.locator("booking-done .door")).hasAttribute("href", "/door/?room=b");
      assertThat(word(page, "b")).hasText("待签到");
      assertThat(row(page, "b")).containsText("季度复盘");
      JsonNode booking = onlyBooking("b");
      assertThat(booking.path("subject").asText()).isEqualTo("季度复盘");
      assertThat(booking.path("start").asText()).isEqualTo("2026-11-23T02:00:00Z");
      assertThat(booking.path("end").asText()).isEqualTo("2026-11-23T03:30:00Z");
      assertThat(booking.path("convener").path("staffNumber").asText()).isEqualTo("1001");
      assertThat(booking.path("headCount").asInt()).isEqualTo(9);
    }
  }

  @Test
  void aBookingIsTakenBackAtOnce() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/rooms");
      fill(page, "c", "Ad hoc");
      page.locator("#from").selectOption("15:00");
      page.locator("booking-form .primary").click();
      page.locator("booking-done .undo").click();
      assertThat(page.locator("booking-done")).containsText("Booking cancelled");
      assertThat(server.number("SELECT count(*) FROM booking WHERE status = 'cancelled'"))
          .isEqualTo(1);
    }
  }

  @Test
  void whoFindsTheRoomTakenBooksANearTimeByOneTouchAndLosesNothing() {
    book("a", "2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z");
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/rooms");
      fill(page, "a", "Review");
      page.locator("#from").selectOption("14:00");
      page.locator("booking-form .primary").click();
      Locator refused = page.locator("booking-refused");
      assertThat(refused).containsText("Time conflict");
      assertThat(page.locator("#subject")).hasValue("Review");
      Axe.findsNothingSerious(page, "after a refusal");
      refused.locator(".alternative").first().click();
      assertThat(page.locator("booking-done")).containsText("Booked");
      assertThat(page.locator("booking-refused")).hasCount(0);
      assertThat(
              server.number(
                  "SELECT count(*) FROM booking WHERE status = 'confirmed' AND subject = 'Review'"))
          .isEqualTo(1);
      browsers.forgive();
    }
  }

  @Test
  void aRefusalOfOneFieldStandsBesideItInTheReadersLanguage() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      fill(page, "a", "全员大会");
      page.locator("#headCount").fill("40");
      page.locator("booking-form .primary").click();
      assertThat(page.locator("#about-headCount")).containsText("8");
      assertThat(page.locator("#headCount")).isFocused();
      assertThat(page.locator("#headCount")).hasAttribute("aria-invalid", "true");
      page.locator("console-top .language").click();
      assertThat(page.locator("#about-headCount")).containsText("Choose a larger room");
      browsers.forgive();
    }
  }

  @Test
  void whatIsMissingIsSaidBeforeAnythingIsSent() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      page.locator("booking-form .primary").click();
      assertThat(page.locator("#about-room")).hasText("请选择会议室");
      assertThat(page.locator("#about-subject")).hasText("请填写会议主题");
      assertThat(page.locator("#room")).isFocused();
      Axe.findsNothingSerious(page, "with faults");
    }
  }

  @Test
  void theLanguageChangesAndWhatWasTypedStays() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      fill(page, "c", "并行项目");
      page.locator("#to").selectOption("23:45");
      page.locator("console-top .language").click();
      assertThat(page.locator("h1")).hasText("Meeting rooms");
      assertThat(page.locator("html")).hasAttribute("lang", "en");
      assertThat(page.locator("room-row h3").first()).hasText("Songtao");
      assertThat(page.locator("#subject")).hasValue("并行项目");
      assertThat(page.locator("#to")).hasValue("23:45");
      page.reload();
      assertThat(page.locator("h1")).hasText("Meeting rooms");
      assertThat(page.locator("#subject")).hasValue("并行项目");
    }
  }

  @Test
  void anotherSiteHasAnAddressOfItsOwnAndBackWorks() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/rooms?site=hq");
      page.locator("console-top nav").getByText("Daytime").click();
      assertThat(page.locator("room-row h3")).hasText("Lanshi");
      assertThat(page.locator("room-row .unknown")).hasCount(0);
      assertThat(page).hasURL(Pattern.compile(".*\\?site=day$"));
      page.goBack();
      assertThat(page.locator("room-row h3")).hasCount(3);
      assertThat(page.locator("#room option")).hasCount(4);
    }
  }

  @Test
  void aTimeThatTheClocksSkipIsRefusedWithTheTwoNearest() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/rooms?site=berlin");
      fill(page, "e", "Night shift");
      page.locator("#date").fill("2027-03-28");
      page.locator("#from").selectOption("02:30");
      page.locator("#to").selectOption("05:00");
      page.locator("booking-form .primary").click();
      assertThat(page.locator("#about-from")).containsText("There is no 02:30 that day");
      assertThat(page.locator(".times button")).hasText(new String[] {"01:45", "03:00"});
      page.locator(".times button").last().click();
      assertThat(page.locator("#from")).hasValue("03:00");
      assertThat(page.locator("#about-to")).hasText("2 h");
    }
  }

  @Test
  void ofATimeThatComesTwiceTheReaderChoosesOne() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/rooms?site=berlin");
      fill(page, "e", "Night shift");
      page.locator("#date").fill("2027-10-31");
      page.locator("#from").selectOption("02:30");
      assertThat(page.locator("booking-form fieldset")).containsText("02:30 comes twice");
      assertThat(page.locator("booking-form fieldset input").first()).isChecked();
      assertThat(page.locator("booking-form .zone")).containsText("Berlin");
    }
  }

  @Test
  void aCalendarFileComesInAndItsReportIsReadInTheReadersLanguage() {
    book("a", "2026-11-24T06:00:00Z", "2026-11-24T07:00:00Z");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      row(page, "a")
          .locator("input[type=file]")
          .setInputFiles(calendar("周会", "20261125T020000Z", "20261125T030000Z"));
      assertThat(page.locator("import-report dl")).containsText("新增");
      assertThat(page.locator("import-report dd").first()).hasText("1");
      assertThat(
              server.number(
                  "SELECT count(*) FROM booking WHERE room_id = 'a' AND source = 'import'"))
          .isEqualTo(1);
      Axe.findsNothingSerious(page, "report of an import");
      page.locator("import-report button").click();
      row(page, "a")
          .locator("input[type=file]")
          .setInputFiles(calendar("抢占", "20261124T063000Z", "20261124T073000Z"));
      assertThat(page.locator("import-report section")).containsText("抢占");
      assertThat(page.locator("import-report h3")).hasText("时间冲突");
    }
  }

  @Test
  void aFileThatIsNoCalendarIsRefusedInWords() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/rooms");
      FilePayload nonsense =
          new FilePayload("a.ics", "text/calendar", "hello".getBytes(StandardCharsets.UTF_8));
      row(page, "a").locator("input[type=file]").setInputFiles(nonsense);
      assertThat(page.locator("import-report .error")).containsText("Not a calendar");
      browsers.forgive();
    }
  }

  @Test
  void onAPhoneTheFormLiesOverTheRoomsAndNothingScrollsSideways() {
    for (String language : new String[] {"zh-CN", "en-GB"}) {
      try (BrowserContext context = context(language, 390, 844)) {
        Page page = open(context, "/rooms");
        assertThat(page.locator("booking-form")).isHidden();
        fitsTheGlass(page);
        Axe.findsNothingSerious(page, "rooms on a phone, " + language);
        row(page, "b").locator(".book").click();
        assertThat(page.locator("#subject")).isFocused();
        fitsTheGlass(page);
        Axe.findsNothingSerious(page, "form on a phone, " + language);
        page.keyboard().press("Escape");
        assertThat(page.locator("booking-form")).isHidden();
        assertThat(row(page, "b").locator(".book")).isFocused();
      }
    }
  }

  @Test
  void axeFindsNothingSeriousByDayAndByNight() {
    book("a", "2026-11-23T02:00:00Z", "2026-11-23T03:00:00Z");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      assertThat(word(page, "a")).hasText("待签到");
      Axe.findsNothingSerious(page, "light");
      page.locator("console-top .theme").click();
      assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
      Axe.findsNothingSerious(page, "dark");
      page.locator("person-field input").fill("王");
      assertThat(page.locator("person-field li")).hasCount(1);
      Axe.findsNothingSerious(page, "choosing a person");
    }
  }

  private static FilePayload calendar(String subject, String start, String end) {
    String lines =
        """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Example//Test//EN
        BEGIN:VEVENT
        UID:%1$s@example.com
        DTSTAMP:20261101T000000Z
        DTSTART:%2$s
        DTEND:%3$s
        SUMMARY:%1$s
        END:VEVENT
        END:VCALENDAR
        """
            .formatted(subject, start, end)
            .replace("\n", "\r\n");
    return new FilePayload("calendar.ics", "text/calendar", lines.getBytes(StandardCharsets.UTF_8));
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

  /** A page that knows how its rooms stand. */
  private static Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.navigate(path);
    assertThat(page.locator("room-row .unknown")).hasCount(0);
    assertThat(page.locator("room-row").first()).isVisible();
    return page;
  }

  private static void fill(Page page, String room, String subject) {
    row(page, room).locator(".book").click();
    assertThat(page.locator("#subject")).isFocused();
    page.locator("#subject").fill(subject);
  }

  private static Locator row(Page page, String room) {
    return page.locator("room-row[data-room=" + room + "]");
  }

  private static Locator word(Page page, String room) {
    return row(page, room).locator(".word");
  }

  private static void fitsTheGlass(Page page) {
    assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
  }

  private static JsonNode onlyBooking(String room) {
    JsonNode bookings =
        server
            .get(
                "/api/rooms/"
                    + room
                    + "/bookings?from=2026-11-22T00:00:00Z&until=2026-11-30T00:00:00Z")
            .json()
            .path("bookings");
    assertThat(bookings).hasSize(1);
    return bookings.get(0);
  }

  private static void book(String room, String start, String end) {
    String json = "{\"subject\": \"例会\", \"start\": \"%s\", \"end\": \"%s\"}".formatted(start, end);
    TestServer.Reply reply = server.post("/api/rooms/" + room + "/bookings", json);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }
}
