package foyer.org;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Contract;
import foyer.api.Endpoint;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.timeline.LiveSockets;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Every operation, every kind of caller, every relation in which a thing can stand to a caller,
 * asked of the real server and compared with the table of rights. What a caller may do is asked for
 * in such a way that it comes to nothing for another reason, so that no question disturbs the next.
 */
class RightsTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final RightsTable TABLE = RightsTable.load();
  private static final Contract CONTRACT = Contract.load();
  private static final String LINK = "u0Jm2eH4kNqkq3lYb1c9sT7wXzV5rGdPaFhLoEiMyCA";
  private static final int AT_ONCE = 6;

  private static final String PEOPLE =
      """
      INSERT INTO department (id, name_zh, name_en, policy_id, position) VALUES ('board', '总经办', 'Board', 'C', 3);
      INSERT INTO person (staff_number, name_zh, name_en, department_id, position) VALUES
        ('2001', '甲', 'A', 'board', 1), ('2002', '乙', 'B', 'board', 2), ('2003', '丙', 'C', 'sales', 3),
        ('2004', '丁', 'D', 'service', 4), ('2005', '戊', 'E', 'service', 5), ('2006', '己', 'F', 'board', 6),
        ('2007', '庚', 'G', 'board', 7);
      UPDATE department SET approver_id = (SELECT id FROM person WHERE staff_number = '2001') WHERE id = 'sales';
      UPDATE department SET approver_id = (SELECT id FROM person WHERE staff_number = '2002') WHERE id = 'service';
      UPDATE department SET head_id = (SELECT id FROM person WHERE staff_number = '2004') WHERE id = 'service';
      INSERT INTO person_role SELECT id, 'front-desk', app_now() FROM person WHERE staff_number = '2006';
      INSERT INTO person_role SELECT id, 'facility', app_now() FROM person WHERE staff_number = '2007';
      INSERT INTO delegation SELECT p.id, d.id, app_now() FROM person p, person d WHERE p.staff_number = '2003' AND d.staff_number = '2004';
      INSERT INTO device (id, kind, name, site_id, made_at) VALUES
        ('door-a', 'display', 'A', 'hq', app_now()), ('door-c', 'display', 'C', 'hq', app_now()), ('door-d', 'display', 'D', 'day', app_now()),
        ('kiosk-hq', 'kiosk', 'H', 'hq', app_now()), ('kiosk-day', 'kiosk', 'D', 'day', app_now()),
        ('program', 'integration', 'P', NULL, app_now());
      INSERT INTO device_room VALUES ('door-a', 'a'), ('door-c', 'c'), ('door-d', 'd');
      """;

  private static final String BOOKING =
      """
      INSERT INTO booking (id, room_id, during, occupied, zone, local_start, local_end, status, subject, goal, meeting_type_id, level,
                           priority, convener_id, booker_id, department_id, policy_version_id, source, made_at, changed_at)
      SELECT %1$d, '%2$s', t, t, 'Asia/Shanghai', '2026-11-20 10:00', '2026-11-20 11:00', '%8$s', '秘密', '目的', 'interview', '%3$s',
             'normal', (SELECT id FROM person WHERE staff_number = '%4$s'), (SELECT id FROM person WHERE staff_number = '%5$s'), '%6$s',
             (SELECT min(id) FROM policy_version), 'console', app_now(), app_now()
      FROM tstzrange(timestamptz '2026-11-%7$d 02:00Z', '2026-11-%7$d 03:00Z') t;
      INSERT INTO booking_attendee SELECT %1$d, 1, 'required', id, name_zh, NULL FROM person WHERE staff_number = '2005';
      """;

  /** Somebody who asks. */
  private record Who(
      String name,
      Set<String> columns,
      @Nullable String staffNumber,
      @Nullable String department,
      @Nullable String leads,
      @Nullable String site,
      @Nullable String room) {

    boolean isDevice() {
      return staffNumber == null && !isNobody();
    }

    boolean isNobody() {
      return name.equals("nobody");
    }
  }

  /** What is asked about. */
  private record What(
      String name,
      @Nullable Long booking,
      @Nullable String site,
      @Nullable String room,
      @Nullable String department,
      Set<String> owners,
      Set<String> attendees) {

    boolean isRequest() {
      return name.contains("request");
    }

    What withOwner(Who who) {
      return new What(
          name,
          booking,
          site,
          room,
          department,
          Set.of(String.valueOf(who.staffNumber())),
          attendees);
    }
  }

  private record Question(String method, String path, @Nullable String body) {}

  private record Cell(String operation, String row, Who who, What what) {
    String words() {
      return operation + " of " + what.name() + " by " + who.name();
    }
  }

  private static final What ITSELF = new What("itself", null, null, null, null, Set.of(), Set.of());
  private static final List<What> ROOMS =
      List.of(
          new What("room a", null, "hq", "a", null, Set.of(), Set.of()),
          new What("room d", null, "day", "d", null, Set.of(), Set.of()));
  private static final List<What> POLICIES =
      List.of(
          new What("policy C", null, null, null, null, Set.of("1001"), Set.of()),
          new What("policy F", null, null, null, null, Set.of("2004"), Set.of()));
  private static final List<What> SITES =
      List.of(
          new What("site hq", null, "hq", null, null, Set.of(), Set.of()),
          new What("site day", null, "day", null, null, Set.of(), Set.of()));
  private static final List<What> BOOKINGS =
      List.of(
          booking("a normal booking of sales", 101, "hq", "a", "sales", Set.of("2003", "2004")),
          booking("a confidential one of sales", 102, "hq", "a", "sales", Set.of("2003", "2004")),
          booking("a normal booking of service", 103, "day", "d", "service", Set.of("1002")),
          booking("a confidential one of service", 104, "day", "d", "service", Set.of("1002")),
          booking("a normal request of sales", 105, "hq", "a", "sales", Set.of("2003", "2004")));

  private static What booking(
      String name, long id, String site, String room, String department, Set<String> owners) {
    return new What(name, id, site, room, department, owners, Set.of("2005"));
  }

  private static final List<Who> CALLERS =
      List.of(
          new Who("nobody", Set.of("AN"), null, null, null, null, null),
          person("admin", "1001", "sales", "AD"),
          person("employee of service", "1002", "service"),
          person("employee of sales", "1003", "sales"),
          new Who("leader of sales", Set.of("OE", "DL"), "2001", "board", "sales", null, null),
          new Who("leader of service", Set.of("OE", "DL"), "2002", "board", "service", null, null),
          person("convener", "2003", "sales"),
          person("booker", "2004", "service"),
          person("attendee", "2005", "service"),
          person("front desk", "2006", "board", "FD"),
          person("facility", "2007", "board", "FS"),
          device("door-a", "DD", "hq", "a"),
          device("door-c", "DD", "hq", "c"),
          device("door-d", "DD", "day", "d"),
          device("kiosk-hq", "KI", "hq", null),
          device("kiosk-day", "KI", "day", null),
          device("program", "AN", null, null));

  private static Who person(String name, String number, String department, String... more) {
    Set<String> columns = new HashSet<>(Set.of(more));
    columns.add("OE");
    return new Who(name, columns, number, department, null, null, null);
  }

  private static Who device(
      String id, String column, @Nullable String site, @Nullable String room) {
    return new Who(id, Set.of(column), null, null, null, site, room);
  }

  /** How each operation is asked for: {room} and {booking} are what it is asked of. */
  private static final Map<String, Question> QUESTIONS =
      Map.ofEntries(
          get("listSites", "/api/sites"),
          get("getSite", "/api/sites/hq"),
          post(
              "createSite",
              "/api/sites",
              "{\"id\":\"hq\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"zone\":\"Asia/Shanghai\",\"hours\":[]}"),
          change(
              "PUT",
              "editSite",
              "/api/sites/hq",
              "{\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"zone\":\"Asia/Shanghai\",\"position\":1,\"hours\":[]}"),
          get("listSpecialDays", "/api/sites/hq/special-days?year=2026"),
          post("editSpecialDays", "/api/sites/hq/special-days", "{\"set\":[]}"),
          post("readSpecialDays", "/api/sites/hq/special-days/file", "no list"),
          get("exportRooms", "/api/room-file"),
          post("importRooms", "/api/room-file?dryRun=true", "no spreadsheet"),
          get("listRoomFeatures", "/api/room-features"),
          post(
              "addEquipment",
              "/api/equipment",
              "{\"code\":\"projector\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"}}"),
          get("listRooms", "/api/rooms"),
          post(
              "createRoom",
              "/api/rooms",
              "{\"id\":\"a\",\"site\":\"none\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"building\":{\"zh\":\"甲\",\"en\":\"A\"},\"floor\":\"1\",\"capacity\":1}"),
          change(
              "PUT",
              "editRoom",
              "/api/rooms/{room}",
              "{\"site\":\"none\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"building\":{\"zh\":\"甲\",\"en\":\"A\"},\"floor\":\"1\",\"capacity\":1,"
                  + "\"equipment\":[],\"layouts\":[],\"note\":{\"zh\":\"\",\"en\":\"\"},\"position\":0,\"booking\":\"approval\",\"departments\":[]}"),
          change("DELETE", "removeRoom", "/api/rooms/{room}", null),
          get("getPhoto", "/api/rooms/{room}/photo"),
          change("PUT", "setPhoto", "/api/rooms/{room}/photo", "no picture"),
          change("DELETE", "removePhoto", "/api/rooms/{room}/photo", null),
          get("getRoom", "/api/rooms/{room}"),
          get("getTimeline", "/api/rooms/{room}/timeline"),
          get(
              "listRoomBookings",
              "/api/rooms/{room}/bookings?from=2026-11-20T00:00:00Z&until=2026-11-23T00:00:00Z"),
          post("bookRoom", "/api/rooms/a/bookings", "{BOOK}"),
          post("walkUp", "/api/rooms/{room}/walk-up", "{\"until\":\"2026-11-01T00:00:00Z\"}"),
          post("importCalendar", "/api/rooms/{room}/import?dryRun=true", "no calendar"),
          get("exportCalendar", "/api/rooms/{room}/calendar.ics"),
          get("getBooking", "/api/bookings/{booking}"),
          post("moveBooking", "/api/bookings/{booking}/move", "{\"room\":\"b\"}"),
          post("checkIn", "/api/bookings/{booking}/check-in", "{}"),
          post(
              "extend",
              "/api/bookings/{booking}/extend",
              "{\"end\":\"2026-11-20T03:00:00Z\",\"newEnd\":\"2026-11-20T03:30:00Z\"}"),
          post("endEarly", "/api/bookings/{booking}/end", "{}"),
          post("resume", "/api/bookings/{booking}/resume", "{}"),
          post("cancel", "/api/bookings/{booking}/cancel", "{}"),
          get("getBookingHistory", "/api/bookings/{booking}/history"),
          get("getBookingDeeds", "/api/bookings/{booking}/deeds"),
          get(
              "listSiteBookings",
              "/api/sites/{site}/bookings?from=2026-11-20T00:00:00Z&until=2026-11-23T00:00:00Z"),
          get(
              "listOwnBookings",
              "/api/me/bookings?from=2026-11-20T00:00:00Z&until=2026-11-23T00:00:00Z"),
          get("listRequests", "/api/requests"),
          get("listOwnRequests", "/api/me/requests"),
          get("whoApproves", "/api/approver"),
          get("listPeople", "/api/people?q=a"),
          get("getPerson", "/api/people/none"),
          get("listStaff", "/api/staff"),
          get("getStaff", "/api/staff/none"),
          post(
              "createPerson",
              "/api/staff",
              "{\"staffNumber\":\"9\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"department\":\"none\"}"),
          post(
              "editPerson",
              "/api/staff/none",
              "{\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"department\":\"none\",\"position\":1}"),
          post("letLeave", "/api/staff/none/leave", "{}"),
          post("letReturn", "/api/staff/none/return", "{}"),
          post("clearPin", "/api/people/none/clear-pin", "{}"),
          post("giveDelegationOf", "/api/people/none/delegations", "{\"delegate\":\"1002\"}"),
          post("endDelegationOf", "/api/people/none/delegations/end", "{\"delegate\":\"1002\"}"),
          post("importPeople", "/api/people/import?dryRun=true", "no heads"),
          get("exportStaff", "/api/staff-export?format=csv"),
          get("staffTemplate", "/api/staff-template?format=csv"),
          get("getAccount", "/api/me/account"),
          post("setPin", "/api/me/pin", "{\"present\":\"a\",\"pin\":\"493027\"}"),
          post("giveDelegation", "/api/me/delegations", "{\"delegate\":\"none\"}"),
          post("endDelegation", "/api/me/delegations/end", "{\"delegate\":\"none\"}"),
          get("listDepartments", "/api/departments"),
          get("listDepartmentTree", "/api/department-tree"),
          get("getDepartment", "/api/departments/none"),
          post(
              "createDepartment",
              "/api/departments",
              "{\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"parent\":\"none\"}"),
          post("editDepartment", "/api/departments/none", "{\"name\":{\"zh\":\"甲\",\"en\":\"A\"}}"),
          post("removeDepartment", "/api/departments/none/remove", "{}"),
          get("listMeetingTypes", "/api/meeting-types"),
          get("listPolicies", "/api/policies"),
          get("getPolicy", "/api/policies/{policy}"),
          post("publishVersion", "/api/policies/{policy}/versions", "{\"note\":\"x\"}"),
          post("withdrawVersion", "/api/policies/{policy}/versions/999/withdraw", "{}"),
          get("policyValues", "/api/policy-values"),
          post(
              "createDevice",
              "/api/devices",
              "{\"kind\":\"display\",\"name\":\"x\",\"site\":\"none\"}"),
          get("listDevices", "/api/devices"),
          post("revokeDevice", "/api/devices/none/revoke", "{}"),
          post("linkDevice", "/api/devices/none/link", "{}"),
          post("enterDevice", "/api/entry/device", "{\"link\":\"" + LINK + "\"}"),
          get("whoAmI", "/api/me"),
          post("signIn", "/api/session", "{\"name\":\"none\",\"password\":\"none\"}"),
          post("signOut", "/api/session/end", "{}"),
          post("registerPresence", "/api/kiosk/registrations", "{\"badge\":\"0000\"}"),
          get("listPresence", "/api/presence?site=hq"),
          get("listSessions", "/api/me/sessions"),
          post("endSession", "/api/me/sessions/999999/end", "{}"),
          post("endOtherSessions", "/api/me/sessions/end-others", "{}"),
          post(
              "changePassword",
              "/api/me/password",
              "{\"present\":\"a\",\"password\":\"ten letters\"}"),
          post(
              "setPassword",
              "/api/entry/password",
              "{\"link\":\"" + LINK + "\",\"password\":\"ten letters\"}"),
          post(
              "makeFirstAdmin",
              "/api/entry/first-admin",
              "{\"link\":\""
                  + LINK
                  + "\",\"staffNumber\":\"1\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"department\":\"部\",\"password\":\"ten letters\"}"),
          get("getRoles", "/api/people/none/roles"),
          post("setRoles", "/api/people/none/roles", "{\"roles\":[]}"),
          post("linkPassword", "/api/people/none/password-link", "{}"),
          post("endSessions", "/api/people/none/end-sessions", "{}"),
          get("listAudit", "/api/audit"),
          get("clock", "/api/clock"),
          get("openapi", "/api/openapi.json"),
          get("live", "/health/live"),
          get("ready", "/health/ready"));

  private static Map.Entry<String, Question> get(String operation, String path) {
    return Map.entry(operation, new Question("GET", path, null));
  }

  private static Map.Entry<String, Question> post(String operation, String path, String body) {
    return Map.entry(operation, new Question("POST", path, body));
  }

  private static Map.Entry<String, Question> change(
      String method, String operation, String path, @Nullable String body) {
    return Map.entry(operation, new Question(method, path, body));
  }

  /** Operations that take a file, and of what kind. */
  private static final Map<String, String> FILES =
      Map.of(
          "importCalendar", "text/calendar",
          "importPeople", "text/csv",
          "importRooms", "text/csv",
          "readSpecialDays", "text/csv",
          "setPhoto", "image/png");

  /** Which row each path of WebSockets and each kind of MQTT topic is under. */
  private static final Map<String, String> CHANNELS =
      Map.of(
          "/live/rooms", "free-busy",
          "/live/sites", "free-busy",
          "roomTimeline", "free-busy",
          "siteEmergency", "emergency",
          "deviceCommand", "device-command",
          "deviceStatus", "device-report",
          "deviceUp", "device-report",
          "foyer/rooms/+/sensors/+", "sensor");

  @BeforeAll
  static void move() {
    fill(server);
  }

  private static void fill(TestServer to) {
    StringBuilder sql = new StringBuilder(PEOPLE);
    sql.append(BOOKING.formatted(101, "a", "internal", "2003", "2004", "sales", 20, "confirmed"));
    sql.append(
        BOOKING.formatted(102, "a", "confidential", "2003", "2004", "sales", 21, "confirmed"));
    sql.append(BOOKING.formatted(103, "d", "internal", "1002", "1002", "service", 20, "confirmed"));
    sql.append(
        BOOKING.formatted(104, "d", "confidential", "1002", "1002", "service", 21, "confirmed"));
    sql.append(BOOKING.formatted(105, "a", "internal", "2003", "2004", "sales", 20, "requested"));
    for (Who who : CALLERS) {
      if (who.staffNumber() != null) {
        sql.append(SignedIn.rows(who.staffNumber()));
      }
    }
    to.sql(sql.toString());
  }

  @Test
  void everyOperationAnswersEveryCallerAsTheTableSays(TestReporter reporter) {
    assertThat(QUESTIONS.keySet()).isEqualTo(CONTRACT.endpoints().keySet());
    Map<String, String> seen = ask(server, cells(CONTRACT.endpoints().keySet()));
    Map<String, String> expected = expected(TABLE, cells(CONTRACT.endpoints().keySet()));
    assertThat(seen).hasSameSizeAs(expected);
    assertThat(differences(seen, expected)).isEmpty();
    reporter.publishEntry(
        "rights",
        seen.size()
            + " cells of "
            + QUESTIONS.size()
            + " routes, "
            + CALLERS.size()
            + " callers and "
            + CHANNELS.size()
            + " channels");
  }

  @Test
  void whatEachReaderSeesOfABookingIsWhatTheTableSays() {
    Map<String, String> seen = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (Who who : CALLERS) {
      for (What what : BOOKINGS) {
        Cell cell = new Cell("getBooking", "free-busy", who, what);
        Reply one = send(server, cell);
        if (one.status() != 200) {
          continue;
        }
        seen.put(cell.words(), sight(one.json()));
        expected.put(cell.words(), expectedSight(cell));
        Reply list = send(server, new Cell("listRoomBookings", "free-busy", who, what));
        list.json()
            .path("bookings")
            .forEach(
                booking -> {
                  if (booking.path("id").asLong() == what.booking()) {
                    seen.put(cell.words() + ", in the list", sight(booking));
                    expected.put(cell.words() + ", in the list", expectedSight(cell));
                  }
                });
        Reply board = send(server, new Cell("listSiteBookings", "free-busy", who, what));
        if (board.status() == 200) {
          board
              .json()
              .path("bookings")
              .forEach(
                  row -> {
                    if (row.path("id").asLong() == what.booking()) {
                      seen.put(cell.words() + ", on the board", rowSight(row));
                      expected.put(cell.words() + ", on the board", expectedRowSight(cell));
                    }
                  });
        }
      }
    }
    assertThat(seen).hasSizeGreaterThan(80).isEqualTo(expected);
  }

  @Test
  void aCellThatIsChangedInTheServersTableIsFound() {
    RightsTable holed = TABLE.with("cancel", "OE", "A").with("free-busy", "KI", "A m");
    TestServer other = TestServer.start(Rights.of(holed.text()));
    try {
      fill(other);
      List<Cell> cells = cells(Set.of("cancel", "getTimeline", "getRoom"));
      Map<String, String> seen = ask(other, cells);
      assertThat(differences(seen, expected(holed, cells))).isEmpty();
      assertThat(differences(seen, expected(TABLE, cells)))
          .contains(
              "cancel of a normal booking of sales by employee of sales: not refused",
              "getTimeline of room d by kiosk-hq: not refused")
          .noneMatch(words -> words.startsWith("getRoom"));
    } finally {
      other.afterAll(null);
    }
  }

  @Test
  void noCellCouldSayMoreThanItDoesWithoutBeingFound() {
    Set<String> rows =
        CONTRACT.endpoints().values().stream().map(Endpoint::right).collect(Collectors.toSet());
    List<Cell> cells = cells(CONTRACT.endpoints().keySet());
    Map<String, String> present = expected(TABLE, cells);
    List<String> unseen = new ArrayList<>();
    int tried = 0;
    for (String row : rows) {
      for (String column : List.of("AD", "DL", "DD", "KI", "OE", "AN", "FD", "FS")) {
        boolean leaves = TABLE.cell(row, column).equals("-");
        boolean byAll = !column.equals("OE") && TABLE.cell(row, "OE").startsWith("A");
        if (leaves && !(byAll && !Set.of("DD", "KI", "AN").contains(column))) {
          tried++;
          if (expected(TABLE.with(row, column, "A"), cells).equals(present)) {
            unseen.add(row + " " + column);
          }
        }
      }
    }
    assertThat(unseen).isEmpty();
    assertThat(tried).isGreaterThan(80);
  }

  @Test
  void everySocketAndEveryTopicHasARow() {
    Set<String> channels = new TreeSet<>();
    LiveSockets.KINDS.forEach(kind -> channels.add("/live/" + kind));
    Set<String> filters = new TreeSet<>();
    for (Method method : Topics.class.getDeclaredMethods()) {
      boolean names =
          Modifier.isPublic(method.getModifiers()) && method.getReturnType() == String.class;
      if (names) {
        channels.add(method.getName());
        filters.add(topic(method));
      }
    }
    Stream.of(
            TopicRights.server(),
            TopicRights.integration(),
            TopicRights.gateway(),
            TopicRights.device("+", "+", List.of("+")))
        .flatMap(rights -> Stream.concat(rights.read().stream(), rights.write().stream()))
        .filter(filter -> !filters.contains(filter))
        .forEach(channels::add);
    assertThat(CHANNELS.keySet()).isEqualTo(channels);
    assertThat(TABLE.cells().keySet()).containsAll(CHANNELS.values());
  }

  @Test
  void socketsAreOpenToThoseToWhomTheTableOpensThem() {
    Map<String, String> seen = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (Who who : CALLERS) {
      for (What room : ROOMS) {
        for (String path : List.of("/live/rooms/" + room.room(), "/live/sites/" + room.site())) {
          boolean site = path.startsWith("/live/sites");
          What what =
              site ? new What(path, null, room.site(), null, null, Set.of(), Set.of()) : room;
          String verdict = verdict(TABLE, "free-busy", who, what);
          String key = path + " by " + who.name();
          seen.put(key, handshake(who, path));
          expected.put(key, who.isNobody() ? "401" : verdict.equals("no") ? "403" : "open");
        }
      }
    }
    assertThat(seen).isEqualTo(expected);
  }

  @Test
  void devicesReadAndWriteTheTopicsThatTheTableGivesThem() {
    TopicRights door = TopicRights.device("door-a", "hq", List.of("a"));
    assertThat(TABLE.cell("free-busy", "DD")).startsWith("O");
    assertThat(door.maySubscribe(Topics.roomTimeline("a"))).isTrue();
    assertThat(door.maySubscribe(Topics.roomTimeline("c"))).isFalse();
    assertThat(TABLE.cell("emergency", "DD")).isEqualTo("O");
    assertThat(door.maySubscribe(Topics.siteEmergency("hq"))).isTrue();
    assertThat(door.maySubscribe(Topics.siteEmergency("day"))).isFalse();
    assertThat(TABLE.cell("device-command", "DD")).isEqualTo("O");
    assertThat(door.maySubscribe(Topics.deviceCommand("door-a"))).isTrue();
    assertThat(door.maySubscribe(Topics.deviceCommand("door-c"))).isFalse();
    assertThat(TABLE.cell("device-report", "DD")).isEqualTo("O");
    assertThat(door.mayPublish(Topics.deviceStatus("door-a"))).isTrue();
    assertThat(door.mayPublish(Topics.deviceUp("door-c"))).isFalse();
    assertThat(TABLE.cell("sensor", "DD")).isEqualTo("-");
    assertThat(door.mayPublish("foyer/rooms/a/sensors/co2")).isFalse();
  }

  private static String topic(Method method) {
    try {
      return (String) method.invoke(null, "+");
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static String handshake(Who who, String path) {
    WebSocket.Builder builder = java.net.http.HttpClient.newHttpClient().newWebSocketBuilder();
    identity(who).forEach(builder::header);
    try {
      builder.buildAsync(server.ws(path), new WebSocket.Listener() {}).join().abort();
      return "open";
    } catch (CompletionException refused) {
      if (refused.getCause() instanceof WebSocketHandshakeException answered) {
        return Integer.toString(answered.getResponse().statusCode());
      }
      throw refused;
    }
  }

  private static List<Cell> cells(Set<String> operations) {
    List<Cell> cells = new ArrayList<>();
    for (String id : new TreeSet<>(operations)) {
      Endpoint endpoint = CONTRACT.endpoints().get(id);
      for (Who who : CALLERS) {
        objects(endpoint, who)
            .forEach(what -> cells.add(new Cell(id, right(endpoint, who, what), who, what)));
      }
    }
    return cells;
  }

  private static List<What> objects(Endpoint endpoint, Who who) {
    if (endpoint.operationId().equals("bookRoom")) {
      String me = String.valueOf(who.staffNumber());
      String home = String.valueOf(who.department());
      Set<String> self = Set.of(me);
      return List.of(
          new What("for oneself", null, null, "a", home, self, Set.of()),
          new What(
              "sales", null, null, "a", "sales", home.equals("sales") ? self : Set.of(), Set.of()),
          new What("2003", null, null, "a", "sales", Set.of("2003", "2004"), Set.of()));
    }
    if (endpoint.operationId().equals("registerPresence")) {
      return List.of(new What("one's own site", null, who.site(), null, null, Set.of(), Set.of()));
    }
    if (endpoint.template().contains("{bookingId}")) {
      return BOOKINGS;
    }
    if (endpoint.template().contains("{policyId}")) {
      return POLICIES;
    }
    if (endpoint.operationId().equals("listSiteBookings")) {
      return SITES;
    }
    return endpoint.template().contains("{roomId}") ? ROOMS : List.of(ITSELF);
  }

  private static String right(Endpoint endpoint, Who who, What what) {
    if (what.isRequest() && endpoint.operationId().equals("cancel")) {
      return "withdraw";
    }
    boolean forAnother = what.name().equals("2003") && !"2003".equals(who.staffNumber());
    return forAnother && !who.isDevice() && !who.isNobody() ? "book-for-another" : endpoint.right();
  }

  /** Asks all but what ends the session at once, that last. */
  private static Map<String, String> ask(TestServer of, List<Cell> cells) {
    Map<String, String> seen = new ConcurrentSkipListMap<>();
    Map<Boolean, List<Cell>> parts =
        cells.stream().collect(Collectors.partitioningBy(c -> c.operation().equals("signOut")));
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      parts
          .get(false)
          .forEach(cell -> threads.execute(() -> seen.put(cell.words(), answer(send(of, cell)))));
    }
    parts.get(true).forEach(cell -> seen.put(cell.words(), answer(send(of, cell))));
    if (parts.get(true).size() > 0) {
      of.sql("UPDATE session SET ended_at = NULL");
    }
    return new TreeMap<>(seen);
  }

  private static Reply send(TestServer to, Cell cell) {
    Question question = QUESTIONS.get(cell.operation());
    String path =
        question
            .path()
            .replace("{policy}", cell.what().name().replace("policy ", ""))
            .replace("{room}", String.valueOf(cell.what().room()))
            .replace("{site}", String.valueOf(cell.what().site()))
            .replace("{booking}", String.valueOf(cell.what().booking()));
    HttpRequest.Builder request = HttpRequest.newBuilder(to.uri(path));
    identity(cell.who()).forEach(request::header);
    if (!question.method().equals("GET")) {
      request
          .header("Idempotency-Key", UUID.randomUUID().toString())
          .header("If-Match", "\"999\"")
          .method(question.method(), BodyPublishers.noBody());
    }
    if (question.body() != null) {
      String body = question.body().replace("{BOOK}", wanted(cell.what()));
      request
          .header("Content-Type", FILES.getOrDefault(cell.operation(), "application/json"))
          .method(question.method(), BodyPublishers.ofString(body));
    }
    return to.send(request);
  }

  /** A booking in the past, which is refused when all else is right. */
  private static String wanted(What what) {
    String of =
        switch (what.name()) {
          case "for oneself" -> "";
          case "2003" -> ",\"convener\":\"2003\"";
          default -> ",\"department\":\"" + what.department() + "\"";
        };
    return "{\"subject\":\"x\",\"start\":\"2026-11-01T02:00:00Z\",\"end\":\"2026-11-01T03:00:00Z\"%s}"
        .formatted(of);
  }

  private static Map<String, String> identity(Who who) {
    if (who.isNobody()) {
      return Map.of("Cookie", "foyer-session=none");
    }
    if (who.staffNumber() == null) {
      return Map.of("Authorization", SignedIn.device(who.name()));
    }
    String token = who.name().equals("admin") ? SignedIn.TOKEN : SignedIn.token(who.staffNumber());
    return Map.of("Cookie", "foyer-session=" + token, "X-Csrf-Token", Tokens.csrf(token));
  }

  /** What the answer says about rights; all else is in order. */
  private static String answer(Reply reply) {
    return switch (reply.problem()) {
      case "sign-in-needed", "not-yours-to-do", "no-such-booking", "reason-needed" ->
          reply.status() + " " + reply.problem();
      case "admins-publish", "heads-publish" -> reply.status() + " not-yours-to-do";
      case "csrf-token-missing", "foreign-origin", "other-host", "invalid", "busy", "unforeseen" ->
          "asked in a wrong way: " + reply.status() + " " + reply.response().body();
      default -> "not refused";
    };
  }

  private static Map<String, String> expected(RightsTable table, List<Cell> cells) {
    Map<String, String> expected = new TreeMap<>();
    cells.forEach(cell -> expected.put(cell.words(), expected(table, cell)));
    return expected;
  }

  private static String expected(RightsTable table, Cell cell) {
    String verdict = verdict(table, cell.row(), cell.who(), cell.what());
    if (cell.row().equals("book-for-another") && !verdict.equals("no")) {
      verdict = verdict(table, "book", cell.who(), cell.what().withOwner(cell.who()));
    }
    boolean isConceivable = isConceivable(table, cell.row(), cell.who());
    String known = cell.what().isRequest() ? "request" : "free-busy";
    boolean isHidden =
        cell.what().booking() != null
            && verdict(table, known, cell.who(), cell.what()).equals("no");
    if (cell.what().isRequest() && isHidden && isConceivable && !cell.who().isNobody()) {
      return "404 no-such-booking";
    }
    return switch (verdict) {
      case "reason" -> "422 reason-needed";
      case "no" -> {
        if (cell.who().isNobody()) {
          yield "401 sign-in-needed";
        }
        yield isConceivable && isHidden ? "404 no-such-booking" : "403 not-yours-to-do";
      }
      default -> "not refused";
    };
  }

  private static boolean isConceivable(RightsTable table, String row, Who who) {
    return !who.isDevice()
        || who.columns().stream().anyMatch(column -> !table.cell(row, column).equals("-"));
  }

  private static String verdict(RightsTable table, String row, Who who, What what) {
    Set<String> columns = new HashSet<>(who.columns());
    Set<String> scopes = new HashSet<>();
    if (what == ITSELF && who.staffNumber() != null) {
      scopes.add("OEO");
    }
    if (who.staffNumber() != null && what.owners().contains(who.staffNumber())) {
      columns.add("CV");
      scopes.addAll(Set.of("CVO", "OEO"));
    }
    if (who.staffNumber() != null && what.attendees().contains(who.staffNumber())) {
      columns.add("AT");
      scopes.add("ATM");
    }
    if (who.leads() != null && who.leads().equals(what.department())) {
      scopes.addAll(Set.of("DLD", "DLM"));
    }
    if (who.room() != null && who.room().equals(what.room())) {
      scopes.add("DDO");
    }
    if (who.site() != null && who.site().equals(what.site())) {
      scopes.add("KIO");
    }
    return table.verdict(row, columns, scopes);
  }

  private static List<String> differences(Map<String, String> one, Map<String, String> other) {
    return one.keySet().stream()
        .filter(key -> !one.get(key).equals(other.get(key)))
        .map(key -> key + ": " + one.get(key))
        .toList();
  }

  private static String rowSight(JsonNode row) {
    return "title "
        + row.has("subject")
        + ", kind "
        + row.has("meetingType")
        + ", convener "
        + row.has("convener")
        + ", department "
        + row.has("department")
        + ", words "
        + row.toString().contains("秘密");
  }

  private static String expectedRowSight(Cell cell) {
    boolean title = expectedSight(cell).startsWith("title true");
    return "title %1$s, kind %1$s, convener %1$s, department %1$s, words %1$s".formatted(title);
  }

  private static String sight(JsonNode booking) {
    return "title "
        + !booking.path("subject").asText().isEmpty()
        + ", kind "
        + !booking.path("meetingType").isNull()
        + ", attendees "
        + !booking.path("attendees").isEmpty();
  }

  private static String expectedSight(Cell cell) {
    boolean normal = cell.what().name().contains("normal");
    String titled =
        verdict(TABLE, normal ? "title" : "title-confidential", cell.who(), cell.what());
    boolean title = titled.equals("yes") || (normal && titled.equals("masked"));
    boolean people = title && verdict(TABLE, "attendees", cell.who(), cell.what()).equals("yes");
    return "title " + title + ", kind " + title + ", attendees " + people;
  }
}
