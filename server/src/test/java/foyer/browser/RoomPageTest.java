package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A room's page and a site's page, on a real server. It is Monday, 2026-11-23, 10:00 in Shanghai.
 */
class RoomPageTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  /** One red pixel. */
  private static final byte[] PNG =
      Base64.getDecoder()
          .decode(
              "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==");

  @BeforeEach
  void roomsAsTheyWere() {
    server.sql(
        """
        DELETE FROM booking; DELETE FROM special_day; DELETE FROM room_photo;
        DELETE FROM room_layout; DELETE FROM room_equipment WHERE room_id = 'b';
        DELETE FROM opening_hours WHERE site_id NOT IN ('hq'); DELETE FROM site WHERE id NOT IN ('hq', 'day');
        INSERT INTO opening_hours SELECT 'day', d, '08:00', '20:00' FROM generate_series(1, 7) d;
        UPDATE room SET name_zh = '竹影', note_zh = '', floor = '8F', capacity = 12, booking = 'automatic', version = version + 1, revision = revision + 1
        WHERE id = 'b';
        UPDATE site SET version = version + 1""");
  }

  @Test
  void anAdminChangesARoomAndItsDoorSaysSo() {
    try (BrowserContext context = admin("zh-CN")) {
      Page list = open(context, "/rooms?site=hq");
      Page page = open(context, "/rooms?site=hq");
      page.locator("room-row[data-room=b] h3 a").click();
      assertThat(page.locator("h1")).hasText("竹影");
      assertThat(page.locator("room-page .capacity")).hasText("12 人");
      page.locator("room-page .edit").click();
      page.locator("#nameZh").fill("听雨");
      page.locator("#capacity").fill("0");
      page.locator("room-form .save").click();
      assertThat(page.locator("#capacity")).isFocused();
      assertThat(page.locator("#capacity-told")).hasText("请填 1 至 10000 的整数。");
      page.locator("#capacity").fill("14");
      page.locator("#layout-theatre").fill("14");
      page.locator("input[data-list=equipment][value=phone]").check();
      Axe.findsNothingSerious(page, "the form of a room");
      page.locator("room-form .save").click();
      assertThat(page.locator("h1")).hasText("听雨");
      assertThat(page.locator("room-page .layouts")).hasText("剧院式 14");
      assertThat(page.locator("room-page .equipment")).containsText("电话会议系统");
      assertThat(page.locator("room-page .said")).containsText("已保存");
      Axe.findsNothingSerious(page, "the page of a room");
      assertThat(list.locator("room-row[data-room=b] h3")).hasText("听雨");
      Page door = context.newPage();
      door.navigate("/door/?room=b");
      assertThat(door.locator("h1").first()).containsText("听雨");
    }
  }

  @Test
  void whoIsSecondSeesBothValuesAndKeepsWhatWasTyped() {
    try (BrowserContext context = admin("zh-CN")) {
      Page page = open(context, "/rooms/b");
      page.locator("room-page .edit").click();
      page.locator("#nameZh").fill("我的名字");
      page.locator("#noteZh").fill("靠窗");
      editMeanwhile("他的名字", "9F");
      page.locator("room-form .save").click();
      Locator clash = page.locator("room-form .clash");
      assertThat(clash).containsText("王芳修改了此会议室");
      assertThat(clash.locator(".theirs")).containsText("他的名字");
      assertThat(clash.locator(".mine")).containsText("我的名字");
      assertThat(page.locator("#floor")).hasValue("9F");
      assertThat(page.locator("#nameZh")).hasValue("我的名字");
      Axe.findsNothingSerious(page, "two values side by side");
      clash.locator(".theirs").click();
      assertThat(page.locator("#nameZh")).hasValue("他的名字");
      clash.locator(".mine").click();
      page.locator("room-form .save").click();
      assertThat(page.locator("h1")).hasText("我的名字");
      JsonNode kept = server.get("/api/rooms/b").json();
      assertThat(kept.path("floor").asText()).isEqualTo("9F");
      assertThat(kept.path("note").path("zh").asText()).isEqualTo("靠窗");
      browsers.forgive(); // the refusals that it has provoked
    }
  }

  @Test
  void whatWasTypedIsThereAgainAfterAReload() {
    try (BrowserContext context = admin("en-GB")) {
      Page page = open(context, "/rooms/b");
      page.locator("room-page .edit").click();
      page.locator("#floor").fill("12F");
      page.reload();
      assertThat(page.locator("#floor")).hasValue("12F");
      page.locator("room-form .leave").click();
      assertThat(page.locator("room-page .edit")).isVisible();
      page.locator("room-page .edit").click();
      assertThat(page.locator("#floor")).hasValue("8F");
    }
  }

  @Test
  void aPhotoIsShownAndTakenAwayAgain() {
    try (BrowserContext context = admin("zh-CN")) {
      Page page = open(context, "/rooms/a");
      Locator chooser = page.locator("room-page input[type=file]");
      chooser.setInputFiles(
          new FilePayload("a.txt", "text/plain", "not one".getBytes(StandardCharsets.UTF_8)));
      assertThat(page.locator("room-page .refused")).containsText("不是图片");
      chooser.setInputFiles(new FilePayload("a.png", "image/png", PNG));
      Locator image = page.locator("room-page figure img");
      assertThat(image).isVisible();
      page.waitForCondition(
          () -> (Boolean) image.evaluate("image => image.complete && image.naturalWidth === 1"));
      assertThat(page.locator("room-page .refused")).hasCount(0);
      page.locator("room-page .no-photo").click();
      assertThat(image).hasCount(0);
      browsers.forgive(); // the refusals that it has provoked
    }
  }

  @Test
  void aRoomIsMadeAndRemoved() {
    try (BrowserContext context = admin("en-GB")) {
      Page page = open(context, "/rooms?site=hq");
      page.locator("rooms-page .new").click();
      fill(page, "id", "attic");
      fill(page, "nameZh", "阁楼");
      fill(page, "nameEn", "Attic");
      fill(page, "buildingZh", "主楼");
      fill(page, "buildingEn", "Main");
      fill(page, "floor", "10");
      fill(page, "capacity", "4");
      page.locator("new-room .save").click();
      assertThat(page.locator("h1")).hasText("Attic");
      assertThat(page.locator("room-page .booking")).hasText("By approval");
      server.sql("UPDATE room SET booking = 'automatic' WHERE id = 'attic'");
      long booking = book("attic");
      page.locator("room-page .remove").click();
      page.locator("room-page .gone").click();
      assertThat(page.locator("room-page .removal")).containsText("1 bookings have not ended");
      server.verb("/api/bookings/" + booking + "/cancel", "{\"reason\":\"moved\"}");
      Page door = context.newPage();
      door.navigate("/door/?room=attic");
      assertThat(door.locator("h1").first()).containsText("阁楼");
      page.locator("room-page .gone").click();
      assertThat(door.locator("door-state")).containsText("此会议室已移除");
      assertThat(page.locator("h1")).hasText("Meeting rooms");
      assertThat(page.locator("room-row[data-room=attic]")).hasCount(0);
      browsers.forgive(); // the refusals that it has provoked
    }
  }

  @Test
  void roomsComeInFromASpreadsheetAfterAPreview() {
    String file = "编号,地点,楼宇,楼层,名称,容纳人数,备注\nc,总部,主楼,9F,梅香,21,\nzz,总部,主楼,9F,坏行,很多,\n";
    try (BrowserContext context = admin("zh-CN")) {
      Page page = open(context, "/rooms?site=hq");
      page.locator("rooms-page .file")
          .setInputFiles(
              new FilePayload("rooms.csv", "text/csv", file.getBytes(StandardCharsets.UTF_8)));
      Locator report = page.locator("room-import dialog");
      assertThat(report).containsText("还没有写入任何内容");
      assertThat(report.locator(".refusals")).containsText("容纳人数");
      assertThat(report.locator("dd.refused")).hasText("1");
      Axe.findsNothingSerious(page, "the report of an import");
      report.locator(".take").click();
      assertThat(report).containsText("已导入");
      assertThat(server.get("/api/rooms/c").json().path("capacity").asInt()).isEqualTo(21);
      report.locator(".close").click();
      assertThat(page.locator("room-row[data-room=c]")).containsText("21 人");
    }
  }

  @Test
  void hoursAreChangedWithTheBookingsThatLieOutsideInView() {
    book("d");
    try (BrowserContext context = admin("zh-CN")) {
      Page page = open(context, "/sites/day");
      Locator friday = page.locator("week-grid input[data-weekday='5']");
      assertThat(friday).isChecked();
      page.locator("week-grid select[data-weekday='1'][data-edge=closes]").selectOption("07:00");
      page.locator("site-fields .save").click();
      assertThat(page.locator("site-fields fieldset .error")).hasText("关闭时间须晚于开放时间。");
      page.locator("week-grid select[data-weekday='1'][data-edge=closes]").selectOption("18:00");
      friday.uncheck();
      page.locator("site-fields .save").click();
      assertThat(page.locator("site-fields .outside")).containsText("兰室");
      Axe.findsNothingSerious(page, "bookings outside the hours");
      page.locator("site-fields .go-on").click();
      assertThat(page.locator("site-page .said")).containsText("已保存");
      assertThat(server.get("/api/sites/day").json().path("hours")).hasSize(6);
      browsers.forgive(); // the refusals that it has provoked
    }
  }

  @Test
  void specialDaysAreAddedAndAListIsPasted() {
    try (BrowserContext context = admin("zh-CN")) {
      Page page = open(context, "/sites/day");
      page.locator("special-days #day").fill("2026-12-05");
      page.locator("special-days #name-zh").fill("补班");
      page.locator("special-days #name-en").fill("Make-up day");
      page.locator("special-days input[name=open]").check();
      page.locator("special-days .add-day").click();
      Locator days = page.locator("special-days .days tbody tr");
      assertThat(days).hasCount(1);
      assertThat(days).containsText("09:00–18:00");
      page.locator("special-days .import").click();
      page.locator("special-days textarea").fill("2026-12-25，圣诞节，休\n2026-12-31，下午关门，，08:00-12:00");
      page.locator("special-days .read").click();
      Axe.findsNothingSerious(page, "a list of special days");
      page.locator("special-days .take").click();
      assertThat(days).hasCount(3);
      page.locator("special-days tr[data-day='2026-12-25'] .take-back").click();
      assertThat(days).hasCount(2);
      assertThat(server.number("SELECT count(*) FROM special_day WHERE site_id = 'day'"))
          .isEqualTo(2);
    }
  }

  @Test
  void aSiteIsMade() {
    try (BrowserContext context = admin("en-GB")) {
      Page page = open(context, "/sites");
      page.locator("sites-page .new").click();
      fill(page, "id", "chengdu");
      fill(page, "zh", "成都");
      fill(page, "en", "Chengdu");
      page.locator("site-fields .save").click();
      assertThat(page.locator("h1")).hasText("Chengdu");
      assertThat(server.get("/api/sites/chengdu").json().path("hours")).hasSize(5);
    }
  }

  @Test
  void whoIsNoAdminSeesARoomAndNothingToChangeIt() {
    server.sql(SignedIn.rows("1002"));
    try (BrowserContext context = as(SignedIn.token("1002"), "zh-CN")) {
      Page page = open(context, "/rooms/a");
      assertThat(page.locator("h1")).hasText("松涛");
      assertThat(page.locator("room-page .next")).containsText("两周内没有预订");
      assertThat(
              page.locator(
                  "room-page .edit, room-page .remove, room-page .pick, room-page .devices"))
          .hasCount(0);
    }
  }

  private static void fill(Page page, String field, String value) {
    page.locator("dialog #" + field).fill(value);
  }

  private static void editMeanwhile(String name, String floor) {
    JsonNode room = server.get("/api/rooms/b").json();
    String body =
        """
        {"site":"hq","name":{"zh":"%s","en":"Zhuying"},"building":{"zh":"主楼","en":"Main"},"floor":"%s","capacity":12,"equipment":[],
         "layouts":[],"note":{"zh":"","en":""},"position":2,"booking":"automatic","departments":[]}"""
            .formatted(name, floor);
    int status =
        server
            .send(
                HttpRequest.newBuilder(server.uri("/api/rooms/b"))
                    .header("Content-Type", "application/json")
                    .header("If-Match", "\"" + room.path("version").asInt() + "\"")
                    .PUT(BodyPublishers.ofString(body)))
            .status();
    assertThat(status).isEqualTo(200);
  }

  /** On Friday. */
  private static long book(String room) {
    server.sql("UPDATE room SET booking = 'automatic' WHERE id = '" + room + "'");
    return server
        .post(
            "/api/rooms/" + room + "/bookings",
            "{\"subject\":\"例会\",\"start\":\"2026-11-27T02:00:00Z\",\"end\":\"2026-11-27T03:00:00Z\"}")
        .json()
        .path("id")
        .asLong();
  }

  private static Page open(BrowserContext context, String address) {
    Page page = context.newPage();
    page.navigate(address);
    assertThat(page.locator("main h1").first()).isVisible();
    return page;
  }

  private static BrowserContext admin(String language) {
    return as(SignedIn.TOKEN, language);
  }

  private static BrowserContext as(String token, String language) {
    BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions()
                .setViewportSize(1440, 900)
                .setLocale(language)
                .setTimezoneId("Asia/Shanghai")
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBaseURL(server.server().address()));
    context.addCookies(
        List.of(new Cookie("foyer-session", token).setDomain("127.0.0.1").setPath("/")));
    return context;
  }
}
