package foyer.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Contract;
import foyer.api.Endpoint;
import foyer.http.FuzzCases.Case;
import foyer.http.FuzzCases.Good;
import foyer.http.RawHttp.Reply;
import foyer.http.RawHttp.Request;
import foyer.org.Tokens;
import foyer.testing.TestServer;
import foyer.wire.Json;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every operation of the contract, every part of a request, every bad value, against the real
 * server: refused with a problem that the contract names, or legal after all; never a failure of
 * the server, never half done.
 */
class FuzzTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String BOOKING =
      """
      {"subject":"客服周例会","start":"2026-11-24T10:00:00+08:00","end":"2026-11-24T11:00:00+08:00","goal":"复盘",\
      "meetingType":"regular","level":"internal","priority":"normal","convener":"1001","department":"sales","headCount":5,\
      "attendees":[{"role":"required","staffNumber":"1002","name":"x","email":"a@example.org"},{"role":"guest","name":"李明"}]}""";

  private static final String ROOM_FIELDS =
      """
      "site":"day","name":{"zh":"兰室","en":"Lanshi"},"building":{"zh":"副楼","en":"Annex"},"floor":"1F","capacity":6,\
      "equipment":["projector"],"layouts":[{"layout":"theatre","capacity":5}],"note":{"zh":"朝南","en":"South"},"position":1,\
      "booking":"automatic","automaticUpTo":120,"departments":["sales"]}""";

  private static final String SITE_FIELDS =
      """
      "name":{"zh":"日间","en":"Daytime"},"zone":"Asia/Shanghai","position":2,\
      "hours":[{"weekday":1,"opens":"08:00","closes":"20:00"}]""";

  private static final String PERSON =
      """
      {"staffNumber":"1009","name":{"zh":"赵敏","en":"Zhao Min"},"title":{"zh":"主任","en":"Director"},\
      "email":"zhao.min@example.com","department":"sales","position":3,"badgeCode":"04A2F19B"}""";

  private static final String DEPARTMENT =
      """
      {"name":{"zh":"财务部","en":"Finance"},"parent":"service","policy":"C","head":"1002","approver":"1003","position":3}""";

  /** A link that nobody has made. */
  private static final String LINK = "u0Jm2eH4kNqkq3lYb1c9sT7wXzV5rGdPaFhLoEiMyCA";

  /** The first attendee has all fields, so that each can be spoilt; as it stands it is refused. */
  private static final Map<String, Good> GOOD =
      Map.ofEntries(
          Map.entry("listSites", get("/api/sites")),
          Map.entry("getSite", get("/api/sites/hq")),
          Map.entry("createSite", post("/api/sites", "{\"id\":\"new\"," + SITE_FIELDS + "}")),
          Map.entry(
              "editSite", put("/api/sites/day", "{\"acceptOutside\":false," + SITE_FIELDS + "}")),
          Map.entry("listSpecialDays", get("/api/sites/day/special-days?year=2026")),
          Map.entry(
              "editSpecialDays",
              post(
                  "/api/sites/day/special-days",
                  "{\"set\":[{\"day\":\"2026-10-10\",\"name\":{\"zh\":\"补班\",\"en\":\"Make-up day\"},"
                      + "\"opens\":\"08:00\",\"closes\":\"18:00\"}],\"remove\":[\"2026-10-11\"],\"acceptOutside\":true}")),
          Map.entry("readSpecialDays", post("/api/sites/day/special-days/file", "")),
          Map.entry("exportRooms", get("/api/room-file?format=csv&site=hq")),
          Map.entry("importRooms", post("/api/room-file?mode=all&dryRun=true", "")),
          Map.entry("listRoomFeatures", get("/api/room-features")),
          Map.entry(
              "addEquipment",
              post(
                  "/api/equipment",
                  "{\"code\":\"camera\",\"name\":{\"zh\":\"摄像机\",\"en\":\"Camera\"}}")),
          Map.entry("listRooms", get("/api/rooms?site=hq")),
          Map.entry("getRoom", get("/api/rooms/a")),
          Map.entry("createRoom", post("/api/rooms", "{\"id\":\"new\"," + ROOM_FIELDS)),
          Map.entry("editRoom", put("/api/rooms/d", "{" + ROOM_FIELDS)),
          Map.entry("removeRoom", new Good("DELETE", "/api/rooms/none", "")),
          Map.entry("getPhoto", get("/api/rooms/a/photo")),
          Map.entry("setPhoto", put("/api/rooms/a/photo", "")),
          Map.entry("removePhoto", new Good("DELETE", "/api/rooms/a/photo", "")),
          Map.entry("getTimeline", get("/api/rooms/a/timeline")),
          Map.entry(
              "listRoomBookings",
              get("/api/rooms/a/bookings?from=2026-11-23T00:00:00Z&until=2026-11-30T00:00:00Z")),
          Map.entry("bookRoom", post("/api/rooms/b/bookings", BOOKING)),
          Map.entry(
              "walkUp", post("/api/rooms/c/walk-up", "{\"until\":\"2026-11-23T10:30:00+08:00\"}")),
          Map.entry("importCalendar", post("/api/rooms/c/import?mode=all&dryRun=true", "")),
          Map.entry("exportCalendar", get("/api/rooms/a/calendar.ics")),
          Map.entry("getBooking", get("/api/bookings/{booking}")),
          Map.entry(
              "moveBooking",
              post(
                  "/api/bookings/{booking}/move",
                  "{\"room\":\"b\",\"start\":\"2026-11-25T10:00:00+08:00\",\"end\":\"2026-11-25T11:00:00+08:00\"}")),
          Map.entry("checkIn", post("/api/bookings/{booking}/check-in", "{}")),
          Map.entry(
              "extend",
              post(
                  "/api/bookings/{booking}/extend",
                  "{\"end\":\"2026-11-23T03:00:00Z\",\"newEnd\":\"2026-11-23T03:30:00Z\"}")),
          Map.entry("endEarly", post("/api/bookings/{booking}/end", "{}")),
          Map.entry("resume", post("/api/bookings/{booking}/resume", "{}")),
          Map.entry("cancel", post("/api/bookings/{booking}/cancel", "{\"reason\":\"改期\"}")),
          Map.entry("getBookingHistory", get("/api/bookings/{booking}/history")),
          Map.entry("getBookingDeeds", get("/api/bookings/{booking}/deeds")),
          Map.entry(
              "listSiteBookings",
              get(
                  "/api/sites/hq/bookings?from=2026-11-23T00:00:00Z&until=2026-11-30T00:00:00Z&room=a")),
          Map.entry(
              "listOwnBookings",
              get("/api/me/bookings?from=2026-11-23T00:00:00Z&until=2026-11-30T00:00:00Z")),
          Map.entry("listRequests", get("/api/requests")),
          Map.entry("listOwnRequests", get("/api/me/requests")),
          Map.entry("whoApproves", get("/api/approver?convener=1003")),
          Map.entry("listPeople", get("/api/people?q=wang")),
          Map.entry("getPerson", get("/api/people/1002")),
          Map.entry(
              "listStaff", get("/api/staff?q=wang&department=sales&role=admin&state=here&page=1")),
          Map.entry("getStaff", get("/api/staff/1002")),
          Map.entry("createPerson", post("/api/staff", PERSON)),
          Map.entry(
              "editPerson",
              post("/api/staff/1002", PERSON.replace("\"staffNumber\":\"1009\",", ""))),
          Map.entry("letLeave", post("/api/staff/none/leave", "{}")),
          Map.entry("letReturn", post("/api/staff/1003/return", "{}")),
          Map.entry("clearPin", post("/api/people/1002/clear-pin", "{}")),
          Map.entry(
              "giveDelegationOf", post("/api/people/1002/delegations", "{\"delegate\":\"1003\"}")),
          Map.entry(
              "endDelegationOf",
              post("/api/people/1002/delegations/end", "{\"delegate\":\"1003\"}")),
          Map.entry(
              "importPeople", post("/api/people/import?mode=all&dryRun=true&leavers=keep", "")),
          Map.entry("exportStaff", get("/api/staff-export?format=csv&language=en")),
          Map.entry("staffTemplate", get("/api/staff-template?format=csv&language=en")),
          Map.entry("getAccount", get("/api/me/account")),
          Map.entry("setPin", post("/api/me/pin", "{\"present\":\"a\",\"pin\":\"493027\"}")),
          Map.entry("giveDelegation", post("/api/me/delegations", "{\"delegate\":\"1002\"}")),
          Map.entry("endDelegation", post("/api/me/delegations/end", "{\"delegate\":\"1002\"}")),
          Map.entry("listDepartments", get("/api/departments")),
          Map.entry("listDepartmentTree", get("/api/department-tree")),
          Map.entry("getDepartment", get("/api/departments/sales")),
          Map.entry("createDepartment", post("/api/departments", DEPARTMENT)),
          Map.entry("editDepartment", post("/api/departments/sales", DEPARTMENT)),
          Map.entry("removeDepartment", post("/api/departments/sales/remove", "{}")),
          Map.entry("listMeetingTypes", get("/api/meeting-types")),
          Map.entry("listPolicies", get("/api/policies")),
          Map.entry("getPolicy", get("/api/policies/K")),
          Map.entry(
              "publishVersion",
              post(
                  "/api/policies/K/versions",
                  "{\"note\":\"修订\",\"values\":[{\"parameter\":\"booking.longest\",\"number\":600}],\"left\":[\"door.extend\"]}")),
          Map.entry("withdrawVersion", post("/api/policies/K/versions/1/withdraw", "{}")),
          Map.entry("policyValues", get("/api/policy-values?meetingType=regular")),
          Map.entry(
              "createDevice",
              post(
                  "/api/devices",
                  "{\"id\":\"door-a\",\"kind\":\"display\",\"name\":\"门口屏\",\"site\":\"hq\",\"rooms\":[\"a\"]}")),
          Map.entry("listDevices", get("/api/devices")),
          Map.entry("revokeDevice", post("/api/devices/none/revoke", "{}")),
          Map.entry("linkDevice", post("/api/devices/door/link", "{}")),
          Map.entry("enterDevice", post("/api/entry/device", "{\"link\":\"" + LINK + "\"}")),
          Map.entry("whoAmI", get("/api/me")),
          Map.entry(
              "signIn", post("/api/session", "{\"name\":\"1002\",\"password\":\"wrong one\"}")),
          Map.entry("signOut", post("/api/session/end", "{}")),
          Map.entry("listSessions", get("/api/me/sessions")),
          Map.entry("endSession", post("/api/me/sessions/1/end", "{}")),
          Map.entry("endOtherSessions", post("/api/me/sessions/end-others", "{}")),
          Map.entry(
              "changePassword",
              post("/api/me/password", "{\"present\":\"a\",\"password\":\"ten letters\"}")),
          Map.entry(
              "setPassword",
              post(
                  "/api/entry/password",
                  "{\"link\":\"" + LINK + "\",\"password\":\"ten letters\"}")),
          Map.entry(
              "makeFirstAdmin",
              post(
                  "/api/entry/first-admin",
                  "{\"link\":\""
                      + LINK
                      + "\",\"staffNumber\":\"1\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"department\":\"行政部\",\"password\":\"ten letters\"}")),
          Map.entry("getRoles", get("/api/people/1002/roles")),
          Map.entry("setRoles", post("/api/people/1002/roles", "{\"roles\":[\"facility\"]}")),
          Map.entry("linkPassword", post("/api/people/1002/password-link", "{}")),
          Map.entry("endSessions", post("/api/people/1002/end-sessions", "{}")),
          Map.entry("listAudit", get("/api/audit?object=booking:42&before=7")),
          Map.entry(
              "registerPresence", post("/api/kiosk/registrations", "{\"badge\":\"04A1B2C3\"}")),
          Map.entry("listPresence", get("/api/presence?site=hq")),
          Map.entry("clock", get("/api/clock")),
          Map.entry("openapi", get("/api/openapi.json")),
          Map.entry("live", get("/health/live")),
          Map.entry("ready", get("/health/ready")));

  private static final String STATE =
      """
      SELECT hashtextextended(concat_ws(',',
        (SELECT string_agg(b::text, ';' ORDER BY id) FROM booking b), (SELECT count(*) FROM booking_attendee),
        (SELECT count(*) FROM idempotency_record), (SELECT sum(revision) FROM room),
        (SELECT string_agg(d.id || d.credential_version || coalesce(d.revoked_at::text, ''), ';' ORDER BY id) FROM device d),
        (SELECT count(*) FROM device_room), (SELECT sum(version) FROM room), (SELECT sum(version) FROM site),
        (SELECT count(*) FROM equipment), (SELECT count(*) FROM presence),
        (SELECT string_agg(r::text, ';' ORDER BY person_id, role) FROM person_role r),
        (SELECT string_agg(p::text, ';' ORDER BY id) FROM person p), (SELECT string_agg(d::text, ';' ORDER BY id) FROM department d),
        (SELECT count(*) FROM delegation), (SELECT count(*) FROM kiosk_pin),
        (SELECT count(*) FROM password), (SELECT count(*) FROM entry_link)), 0)""";

  private String token = "";

  private static Connection connection;
  private static PreparedStatement state;

  private final Contract contract = Contract.load();
  private final RawHttp http = new RawHttp(server.uri("/").getPort());
  private final JsonNode file = Json.read(contract.json(), JsonNode.class);

  @BeforeAll
  static void watch() throws SQLException {
    connection = server.database().connect();
    state = connection.prepareStatement(STATE);
  }

  @AfterAll
  static void lookAway() throws SQLException {
    connection.close();
  }

  @AfterEach
  void tidyUp() {
    token = Tokens.fresh();
    server.sql(
        "DELETE FROM booking; DELETE FROM idempotency_record; DELETE FROM presence; DELETE FROM device WHERE id <> 'door' AND id NOT IN (SELECT device_id FROM entry_link WHERE device_id IS NOT NULL);"
            + "INSERT INTO device (id, kind, name, site_id, made_at) VALUES ('kiosk', 'kiosk', 'K', 'hq', app_now());"
            + "UPDATE person SET badge_code = '04A1B2C3' WHERE staff_number = '1001';"
            + "INSERT INTO session (token_hash, person_id, agent, made_at, used_at) SELECT sha256('"
            + token
            + "'), id, 'fuzz', 'infinity', 'infinity' FROM person WHERE staff_number = '1003'");
  }

  @TestFactory
  Stream<DynamicTest> nothingBadGetsThroughAndNothingIsHalfDone() {
    assertThat(GOOD.keySet()).isEqualTo(contract.endpoints().keySet());
    return contract.endpoints().values().stream()
        .map(endpoint -> DynamicTest.dynamicTest(endpoint.operationId(), () -> fuzz(endpoint)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T10:00:00Z\"} 422 empty-period",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T09:00:00Z\"} 422 empty-period",
        "{\"subject\":\"a\",\"start\":\"2026-11-22T10:00:00Z\",\"end\":\"2026-11-22T11:00:00Z\"} 422 in-the-past",
        "{\"subject\":\"a\",\"start\":\"2027-12-31T10:00:00Z\",\"end\":\"2027-12-31T11:00:00Z\"} 422 too-far-ahead",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T10:01:00Z\"} 422 too-short",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2099-11-24T10:00:00Z\"} 422 too-long",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2126-11-24T10:00:00Z\"} 400 invalid",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T11:00:00Z\",\"convener\":\"9999\"} 422 unknown-person",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T11:00:00Z\",\"department\":\"none\"} 422 unknown-department",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T11:00:00Z\",\"meetingType\":\"none\"} 422 unknown-meeting-type",
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T11:00:00Z\",\"headCount\":5000} 422 too-many-people",
      })
  void timesAndPeopleThatCannotBeAreRefusedByTheirRule(String line) {
    String[] parts = line.split(" (?=[0-9]{3} )");
    String before = state();
    Reply reply = request(post("/api/rooms/b/bookings", parts[0])).json(parts[0]).send();
    assertThat(reply.status() + " " + reply.problem()).isEqualTo(parts[1]);
    assertThat(reply.json().path("detail").asText()).doesNotContain("{");
    assertThat(state()).isEqualTo(before);
  }

  @Test
  void aKeyUsedForAnotherRequestIsRefusedAndForTheSameAnsweredAsBefore() {
    String body =
        "{\"subject\":\"a\",\"start\":\"2026-11-24T10:00:00Z\",\"end\":\"2026-11-24T11:00:00Z\"}";
    Good good = post("/api/rooms/b/bookings", body);
    Reply first = request(good).with("Idempotency-Key", "the-same-key").json(body).send();
    String before = state();
    Reply again = request(good).with("Idempotency-Key", "the-same-key").json(body).send();
    Reply other =
        request(good)
            .with("Idempotency-Key", "the-same-key")
            .json(body.replace("\"a\"", "\"b\""))
            .send();
    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(201);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.headers().get("location"))
        .isNotNull()
        .isEqualTo(first.headers().get("location"));
    assertThat(again.headers().get("etag")).isEqualTo(first.headers().get("etag"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.problem()).isEqualTo("idempotency-key-reused");
    assertThat(state()).isEqualTo(before);
  }

  private void fuzz(Endpoint endpoint) {
    tidyUp();
    long booking = running();
    Good good = GOOD.get(endpoint.operationId());
    good =
        new Good(
            good.method(), good.target().replace("{booking}", Long.toString(booking)), good.body());
    List<String> failures = new ArrayList<>();
    List<Case> cases = FuzzCases.of(file, endpoint.template(), good);
    assertThat(cases).hasSizeGreaterThan(5);
    String before = state();
    for (Case bad : cases) {
      Request request = request(new Good(good.method(), bad.target(), good.body()));
      if (!good.body().isEmpty()) {
        request = request.json(good.body());
      } else if (endpoint.maxBytes() > 0) {
        request = file(endpoint, request);
      }
      Reply reply = bad.change().apply(request).send();
      String verdict = judge(endpoint, bad, reply);
      String after = state();
      if (verdict.isEmpty() && reply.status() >= 400 && !after.equals(before)) {
        verdict = "refused, and yet something was written";
      }
      if (!verdict.isEmpty()) {
        failures.add(bad.name() + " -> " + reply.status() + " " + reply.problem() + ": " + verdict);
      }
      before = after;
    }
    assertThat(failures).isEmpty();
  }

  /** A file of the first kind that the operation takes. */
  private Request file(Endpoint endpoint, Request request) {
    String type =
        file.path("paths")
            .path(endpoint.template())
            .path(endpoint.method().toLowerCase(Locale.ROOT))
            .path("requestBody")
            .path("content")
            .fieldNames()
            .next();
    return request.body(
        type, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n".getBytes(StandardCharsets.UTF_8));
  }

  /** What is wrong with an answer, or nothing. */
  private static String judge(Endpoint endpoint, Case bad, Reply reply) {
    if (reply.status() >= 500) {
      return "a failure of the server";
    }
    if (reply.status() < 400) {
      return bad.hopeless() ? "taken" : "";
    }
    Set<String> named = endpoint.problems().getOrDefault(reply.status(), Set.of());
    String text = new TreeSet<>(reply.headers().values()) + reply.text();
    if (text.contains("Exception")
        || text.contains("foyer.")
        || text.contains("SQL")
        || text.contains("<script")
        || text.contains("\tat ")) {
      return "tells what it should not";
    }
    if (!named.contains(reply.problem())) {
      return "the contract does not name it";
    }
    boolean said =
        !reply.json().path("title").asText().isBlank()
            && !reply.json().path("detail").asText().isBlank();
    return said && reply.body().length < 10_000 ? "" : "says nothing, or too much";
  }

  /** A meeting that is running in room a. */
  private static long running() {
    Reply made =
        new RawHttp(server.uri("/").getPort())
            .request("POST", "/api/rooms/a/walk-up")
            .with("Idempotency-Key", UUID.randomUUID().toString())
            .json("{\"until\":\"2026-11-23T03:00:00Z\"}")
            .send();
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    return made.json().path("id").asLong();
  }

  /** What touches one's own sessions touches those of somebody else than the admin. */
  private Request request(Good good) {
    Request request = http.request(good.method(), good.target());
    if (good.target().startsWith("/api/me") || good.target().startsWith("/api/session")) {
      request.with("Cookie", "foyer-session=" + token).with("X-Csrf-Token", Tokens.csrf(token));
    }
    return good.method().equals("GET")
        ? request
        : request.with("Idempotency-Key", UUID.randomUUID().toString()).with("If-Match", "\"1\"");
  }

  private static String state() {
    try (ResultSet rows = state.executeQuery()) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Good get(String target) {
    return new Good("GET", target, "");
  }

  private static Good put(String target, String body) {
    return new Good("PUT", target, body);
  }

  private static Good post(String target, String body) {
    return new Good("POST", target, body);
  }
}
