package foyer.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.Screen;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.DoorState;
import foyer.wire.Timeline;
import foyer.wire.Timeline.Entry;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sites, their weeks and their special days. It is Monday, 2026-11-23, 10:00 in Shanghai (02:00
 * UTC); site {@code day} with the room {@code d} is open from 08:00 to 20:00 every day.
 */
class HoursTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String WORK_DAYS =
      """
      {"weekday":1,"opens":"08:00","closes":"20:00"},{"weekday":2,"opens":"08:00","closes":"20:00"},\
      {"weekday":3,"opens":"08:00","closes":"20:00"},{"weekday":4,"opens":"08:00","closes":"20:00"},\
      {"weekday":5,"opens":"08:00","closes":"20:00"}""";

  @BeforeEach
  void everyDayFromEightToEight() {
    server.sql(
        """
        DELETE FROM booking; DELETE FROM special_day; DELETE FROM opening_hours WHERE site_id = 'day';
        INSERT INTO opening_hours SELECT 'day', d, '08:00', '20:00' FROM generate_series(1, 7) d;
        UPDATE site SET zone = 'Asia/Shanghai', version = version + 1 WHERE id = 'day';
        DELETE FROM site WHERE id NOT IN ('hq', 'day') AND id NOT IN (SELECT site_id FROM opening_hours);
        UPDATE room SET booking = 'automatic', revision = revision + 1""");
  }

  @Test
  void aHolidayClosesADoorWhileItIsLookedAt() {
    try (Screen door = Screen.open(server.ws("/live/rooms/d"))) {
      shows(door, DoorState.FREE);
      Reply closed = days(version(), "{\"set\":[" + day("2026-11-23", "休息日", null) + "]}");
      assertThat(closed.status()).as(closed.response().body()).isEqualTo(200);
      Timeline shown = shows(door, DoorState.CLOSED);
      assertThat(shown.entries())
          .extracting(Entry::from)
          .as("closed until tomorrow's opening")
          .contains(Instant.parse("2026-11-24T00:00:00Z"));
      assertThat(
              server.post("/api/rooms/d/walk-up", "{\"until\":\"2026-11-23T03:00:00Z\"}").problem())
          .isEqualTo("closed-that-day");
      assertThat(book("2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z").problem())
          .isEqualTo("closed-that-day");
      assertThat(book("2026-11-24T06:00:00Z", "2026-11-24T07:00:00Z").status()).isEqualTo(201);
    }
  }

  @Test
  void aMakeUpSaturdayOpensWhereSaturdaysAreClosed() {
    assertThat(edit(version(), WORK_DAYS).status()).isEqualTo(200);
    assertThat(book("2026-11-28T02:00:00Z", "2026-11-28T03:00:00Z").problem())
        .isEqualTo("closed-that-day");
    Reply opened = days(version(), "{\"set\":[" + day("2026-11-28", "补班", "09:00-18:00") + "]}");
    assertThat(opened.status()).as(opened.response().body()).isEqualTo(200);
    assertThat(book("2026-11-28T02:00:00Z", "2026-11-28T03:00:00Z").status()).isEqualTo(201);
    assertThat(book("2026-11-28T09:30:00Z", "2026-11-28T10:30:00Z").problem())
        .isEqualTo("outside-opening-hours");
    assertThat(book("2026-11-29T02:00:00Z", "2026-11-29T03:00:00Z").problem())
        .as("Sunday")
        .isEqualTo("closed-that-day");
  }

  @Test
  void theDoorOpensOnAMakeUpSaturdayAndClosesAtItsHours() {
    server.database().setClock(Instant.parse("2026-11-28T02:00:00Z"));
    try (Screen door = Screen.open(server.ws("/live/rooms/d"))) {
      assertThat(edit(version(), WORK_DAYS).status()).isEqualTo(200);
      shows(door, DoorState.CLOSED);
      days(version(), "{\"set\":[" + day("2026-11-28", "补班", "09:00-18:00") + "]}");
      Timeline open = shows(door, DoorState.FREE);
      assertThat(open.entries().get(1))
          .isEqualTo(
              new Entry(Instant.parse("2026-11-28T10:00:00Z"), DoorState.CLOSED, null, List.of()));
    } finally {
      server.database().setClock(Instant.parse("2026-11-23T02:00:00Z"));
    }
  }

  @Test
  void bookingsThatWouldLieOutsideAreListedAndStayWhenThatIsAccepted() {
    long saturday = book("2026-11-28T02:00:00Z", "2026-11-28T03:00:00Z").json().path("id").asLong();
    book("2026-11-27T02:00:00Z", "2026-11-27T03:00:00Z");
    Reply asked = edit(version(), WORK_DAYS);
    assertThat(asked.status() + " " + asked.problem()).isEqualTo("409 bookings-outside-hours");
    assertThat(asked.json().path("count").asInt()).isEqualTo(1);
    JsonNode listed = asked.json().path("bookings").get(0);
    assertThat(listed.path("id").asLong()).isEqualTo(saturday);
    assertThat(listed.path("room").asText()).isEqualTo("d");
    assertThat(listed.has("subject")).isFalse();
    assertThat(server.get("/api/sites/day").json().path("hours")).hasSize(7);

    Reply accepted = edit(version(), WORK_DAYS, true);
    assertThat(accepted.status()).as(accepted.response().body()).isEqualTo(200);
    assertThat(accepted.json().path("hours")).hasSize(5);
    assertThat(server.get("/api/bookings/" + saturday).json().path("status").asText())
        .isEqualTo("confirmed");
  }

  @Test
  void aHolidayOverABookingAsksToo() {
    book("2026-11-24T02:00:00Z", "2026-11-24T03:00:00Z");
    String holiday = day("2026-11-24", "休息日", null);
    Reply asked = days(version(), "{\"set\":[" + holiday + "]}");
    assertThat(asked.problem()).isEqualTo("bookings-outside-hours");
    Reply accepted = days(version(), "{\"set\":[" + holiday + "],\"acceptOutside\":true}");
    assertThat(accepted.status()).isEqualTo(200);
    JsonNode kept = server.get("/api/sites/day/special-days?year=2026").json().path("days");
    assertThat(kept).hasSize(1);
    assertThat(kept.get(0).path("day").asText()).isEqualTo("2026-11-24");
    assertThat(kept.get(0).has("opens")).isFalse();
  }

  @Test
  void aDayThatIsTakenBackIsLikeItsWeekdayAgain() {
    days(version(), "{\"set\":[" + day("2026-11-24", "休息日", null) + "]}");
    assertThat(book("2026-11-24T02:00:00Z", "2026-11-24T03:00:00Z").problem())
        .isEqualTo("closed-that-day");
    Reply taken = days(version(), "{\"remove\":[\"2026-11-24\"]}");
    assertThat(taken.status()).isEqualTo(200);
    assertThat(book("2026-11-24T02:00:00Z", "2026-11-24T03:00:00Z").status()).isEqualTo(201);
    int version = version();
    assertThat(days(version, "{\"remove\":[\"2026-11-24\"]}").json().path("version").asInt())
        .as("what changes nothing is no change")
        .isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"20:00-08:00", "08:00-08:00", "24:00-24:00"})
  void hoursThatEndBeforeTheyStartAreRefused(String hours) {
    String[] parts = hours.split("-");
    Reply week =
        edit(
            version(),
            "{\"weekday\":3,\"opens\":\"%s\",\"closes\":\"%s\"}".formatted(parts[0], parts[1]));
    assertThat(week.status() + " " + week.problem() + " " + week.json().path("day").asText())
        .isEqualTo("422 hours-end-before-start 3");
    Reply special = days(version(), "{\"set\":[" + day("2026-12-05", "补班", hours) + "]}");
    assertThat(special.problem() + " " + special.json().path("day").asText())
        .isEqualTo("hours-end-before-start 2026-12-05");
  }

  @Test
  void aDayThatIsThereTwiceIsRefused() {
    String monday = "{\"weekday\":1,\"opens\":\"08:00\",\"closes\":\"20:00\"}";
    assertThat(edit(version(), monday + "," + monday).problem()).isEqualTo("day-twice");
    String day = day("2026-12-05", "补班", null);
    assertThat(days(version(), "{\"set\":[" + day + "," + day + "]}").problem())
        .isEqualTo("day-twice");
  }

  @Test
  void aDayThatDoesNotExistIsRefusedWhereItStands() {
    Reply refused = days(version(), "{\"set\":[" + day("2026-02-30", "不存在", null) + "]}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").get(0).path("at").asText()).isEqualTo("/set/0/day");
    Reply half =
        days(
            version(),
            "{\"set\":[{\"day\":\"2026-12-05\",\"name\":{\"zh\":\"补班\",\"en\":\"Make-up\"},\"opens\":\"08:00\"}]}");
    assertThat(half.json().path("errors").get(0).path("at").asText()).isEqualTo("/set/0/closes");
  }

  @Test
  void aListOfDaysIsReadAsOfficesKeepItAndChangesNothing() {
    Reply read =
        read(
            """
            日期,名称,开放,时间,备注
            2026-10-01,国庆节,休,,放假
            2026/10/10,补班,班,,
            2026年10月11日,补班,上班,9:30—18:00,
            2026-10-12,半天,,09:00 至 12:00,
            """);
    assertThat(read.status()).as(read.response().body()).isEqualTo(200);
    JsonNode days = read.json().path("days");
    assertThat(days).hasSize(4);
    assertThat(days.get(0).has("opens")).isFalse();
    assertThat(times(days.get(1))).as("as on other days").isEqualTo("2026-10-10 08:00-20:00");
    assertThat(times(days.get(2))).isEqualTo("2026-10-11 09:30-18:00");
    assertThat(times(days.get(3))).isEqualTo("2026-10-12 09:00-12:00");
    assertThat(read.json().path("ignored").get(0).asText()).isEqualTo("备注");
    assertThat(server.number("SELECT count(*) FROM special_day")).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10月1日,国庆节,休, 日期 pattern",
        "2026-02-30,国庆节,休, 日期 no-such-time",
        "2026-10-01,,休, 名称 required",
        "2026-10-01,国庆节,也许, 开放 enum",
        "2026-10-01,补班,班,全天 时间 pattern",
        "2026-10-01,补班,班,18:00-09:00 时间 hours-end-before-start",
        "2026-10-02,国庆节,休, 日期 repeated",
      })
  void aRowOfAListThatCannotBeReadIsTold(String line) {
    String[] parts = line.split(" ");
    Reply read = read("日期,名称,开放,时间\n2026-10-02,国庆节,休,\n%s\n".formatted(parts[0]));
    assertThat(read.json().path("days")).hasSize(1);
    JsonNode refused = read.json().path("refused").get(0);
    assertThat(refused.path("column").asText() + " " + refused.path("code").asText())
        .isEqualTo(parts[1] + " " + parts[2]);
    assertThat(refused.path("row").asInt()).isEqualTo(3);
    assertThat(refused.path("text").asText()).isNotBlank().doesNotContain("{");
  }

  @Test
  void aSiteIsMadeWithItsHoursAndOnlyOnce() {
    String site =
        """
        {"id":"%s","name":{"zh":"成都","en":"Chengdu"},"zone":"%s","position":7,"hours":[{"weekday":1,"opens":"09:00","closes":"24:00"}]}""";
    Reply made = server.post("/api/sites", site.formatted("cd", "Asia/Shanghai"));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    assertThat(made.response().headers().firstValue("Location")).contains("/api/sites/cd");
    JsonNode kept = server.get("/api/sites/cd").json();
    assertThat(kept).isEqualTo(made.json());
    assertThat(kept.path("hours").get(0).path("closes").asText()).isEqualTo("24:00");
    assertThat(ids(server.get("/api/sites").json().path("sites"))).contains("cd");
    assertThat(server.post("/api/sites", site.formatted("cd", "Asia/Shanghai")).problem())
        .isEqualTo("site-exists");
    assertThat(server.post("/api/sites", site.formatted("new", "Mars/Olympus")).problem())
        .isEqualTo("unknown-zone");
    assertThat(server.post("/api/sites", site.formatted("new", "SystemV/PST8")).problem())
        .as("known to Java alone")
        .isEqualTo("unknown-zone");
    assertThat(server.get("/api/sites/none").problem()).isEqualTo("no-such-site");
    assertThat(audited("site:cd")).containsExactly("create site");
  }

  @Test
  void theZoneStaysWhileThereAreBookings() {
    long id = book("2026-11-27T02:00:00Z", "2026-11-27T03:00:00Z").json().path("id").asLong();
    String berlin = site("Europe/Berlin", WORK_DAYS, true);
    Reply refused = put("/api/sites/day", berlin, version());
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("409 site-has-bookings");
    assertThat(refused.json().path("count").asInt()).isEqualTo(1);
    assertThat(refused.json().path("first").asText()).isEqualTo("2026-11-27T02:00:00Z");
    server.verb("/api/bookings/" + id + "/cancel", "{\"reason\":\"搬走\"}");
    assertThat(put("/api/sites/day", berlin, version()).status()).isEqualTo(200);
    assertThat(server.get("/api/sites/day").json().path("zone").asText())
        .isEqualTo("Europe/Berlin");
  }

  @Test
  void ofTwoWhoEditASiteTheSecondIsToldWhatChanged() {
    int seen = version();
    assertThat(edit(seen, WORK_DAYS).status()).isEqualTo(200);
    Reply second = edit(seen, "");
    assertThat(second.status() + " " + second.problem()).isEqualTo("412 changed-meanwhile");
    assertThat(second.json().path("version").asInt()).isEqualTo(seen + 1);
    assertThat(second.json().path("fields")).hasSize(1);
    assertThat(second.json().path("fields").get(0).asText()).isEqualTo("hours");
    assertThat(second.json().path("by").path("zh").asText()).isEqualTo("王芳");
    assertThat(second.json().has("at")).isTrue();
    assertThat(days(seen, "{\"remove\":[\"2026-11-24\"]}").problem())
        .isEqualTo("changed-meanwhile");
    Reply without =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/sites/day"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(site("Asia/Shanghai", "", false))));
    assertThat(without.status() + " " + without.problem()).isEqualTo("428 if-match-missing");
  }

  @Test
  void whoIsNoAdminReadsHoursAndChangesNone() {
    server.sql(SignedIn.rows("1002"));
    String cookie = "foyer-session=" + SignedIn.token("1002");
    Reply read =
        server.send(HttpRequest.newBuilder(server.uri("/api/sites/day")).header("Cookie", cookie));
    assertThat(read.status()).isEqualTo(200);
    Reply changed =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/sites/day"))
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .header("If-Match", "\"1\"")
                .PUT(BodyPublishers.ofString(site("Asia/Shanghai", "", false))));
    assertThat(changed.status() + " " + changed.problem()).isEqualTo("403 not-yours-to-do");
  }

  private static Reply read(String list) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/sites/day/special-days/file"))
            .header("Content-Type", "text/csv")
            .POST(BodyPublishers.ofString(list)));
  }

  /** The first timeline that begins in that state. */
  private static Timeline shows(Screen door, DoorState state) {
    Timeline shown = door.timeline();
    while (shown.entries().getFirst().state() != state) {
      shown = door.timeline();
    }
    return shown;
  }

  private static int version() {
    return server.get("/api/sites/day").json().path("version").asInt();
  }

  private static Reply edit(int version, String hours) {
    return edit(version, hours, false);
  }

  private static Reply edit(int version, String hours, boolean acceptOutside) {
    return put("/api/sites/day", site("Asia/Shanghai", hours, acceptOutside), version);
  }

  private static String site(String zone, String hours, boolean acceptOutside) {
    return """
        {"name":{"zh":"日间","en":"Daytime"},"zone":"%s","position":2,"hours":[%s],"acceptOutside":%s}"""
        .formatted(zone, hours, acceptOutside);
  }

  private static Reply put(String path, String json, int version) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .header("If-Match", "\"" + version + "\"")
            .PUT(BodyPublishers.ofString(json)));
  }

  private static Reply days(int version, String json) {
    return server.postIfMatch("/api/sites/day/special-days", json, "\"" + version + "\"");
  }

  private static String day(String day, String name, String hours) {
    String open =
        hours == null
            ? ""
            : ",\"opens\":\"%s\",\"closes\":\"%s\"".formatted((Object[]) hours.split("-"));
    return "{\"day\":\"%s\",\"name\":{\"zh\":\"%s\",\"en\":\"Special\"}%s}"
        .formatted(day, name, open);
  }

  private static Reply book(String start, String end) {
    return server.post(
        "/api/rooms/d/bookings",
        "{\"subject\":\"例会\",\"start\":\"%s\",\"end\":\"%s\"}".formatted(start, end),
        UUID.randomUUID().toString());
  }

  private static String times(JsonNode day) {
    return day.path("day").asText()
        + " "
        + day.path("opens").asText()
        + "-"
        + day.path("closes").asText();
  }

  private static List<String> ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(node -> node.path("id").asText())
        .toList();
  }

  private static List<String> audited(String object) {
    JsonNode entries = server.get("/api/audit?object=" + object).json().path("entries");
    return StreamSupport.stream(entries.spliterator(), false)
        .map(entry -> entry.path("action").asText())
        .toList();
  }
}
