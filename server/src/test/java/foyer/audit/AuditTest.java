package foyer.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Contract;
import foyer.api.Endpoint;
import foyer.org.Passwords;
import foyer.org.Tokens;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String BESIDE_THE_SERVER =
      "SELECT FROM audit_head FOR UPDATE; ALTER TABLE audit_entry DISABLE TRIGGER USER;"
          + "ALTER TABLE audit_link DISABLE TRIGGER USER;";

  private static final String PASSWORD = "a password of tests";

  private static final String CALENDAR =
      """
      BEGIN:VCALENDAR
      VERSION:2.0
      PRODID:-//x//x//EN
      BEGIN:VEVENT
      UID:1@x
      DTSTAMP:20261101T000000Z
      DTSTART:20261130T020000Z
      DTEND:20261130T030000Z
      SUMMARY:x
      END:VEVENT
      END:VCALENDAR
      """;

  @BeforeEach
  void fewEntriesAreSealed() {
    for (int i = 0; i < 6; i++) {
      assertThat(server.verb("/api/devices/door/link", "{}").status()).isEqualTo(201);
    }
    sealed();
  }

  @AfterEach
  void theServerIsAtItAgain() {
    server.sql(
        BESIDE_THE_SERVER
            + """
              DELETE FROM audit_link; DELETE FROM audit_entry;
              UPDATE audit_head SET position = 0, hash = decode(repeat('00', 32), 'hex'), horizon = '0', signature = NULL;
              ALTER TABLE audit_entry ENABLE TRIGGER USER; ALTER TABLE audit_link ENABLE TRIGGER USER;""");
  }

  @Test
  void whatIsDoneIsSealedAndTheChainIsWhole() {
    Verify.Result result = Verify.chain(server.database().address(), Optional.empty());
    assertThat(result.line())
        .startsWith("whole: " + count("audit_entry") + " entries sealed, 0 waiting");
    assertThat(result.whole()).isTrue();
  }

  @Test
  void aHeadThatWasNotedIsStillInTheChainUntilItIsWrittenAnew() {
    long noted = server.number("SELECT position FROM audit_head");
    String line = Verify.chain(server.database().address(), Optional.empty()).line();
    String hash = line.substring(line.length() - 64);
    server.verb("/api/devices/door/link", "{}");
    sealed();
    assertThat(against(noted, hash)).startsWith("whole: ");
    assertThat(against(noted, "0".repeat(64))).endsWith("is not the one that was noted");
    assertThat(against(noted + 100, hash)).endsWith("an entry is missing that was noted");
  }

  private static String against(long position, String hash) {
    Verify.Noted noted = Verify.Noted.parse(position + ":" + hash);
    return Verify.chain(server.database().address(), Optional.of(noted)).line();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE audit_entry SET actor = 'nobody' WHERE id = %d | entry %d is not as it was written",
        "UPDATE audit_entry SET fields = '{}', reason = 'x' WHERE id = %d | entry %d is not as it was written",
        "UPDATE audit_entry SET at = at + interval '1 second' WHERE id = %d | entry %d is not as it was written",
        "UPDATE audit_link SET hash = sha256('x') WHERE entry_id = %d | entry %d is not as it was written",
      })
  void anEntryThatWasChangedIsNamed(String change, String words) {
    long entry = third();
    server.sql(BESIDE_THE_SERVER + change.formatted(entry));
    broken(words.formatted(entry));
  }

  @Test
  void anEntryThatWasTakenAwayIsMissed() {
    long entry = third();
    server.sql(
        BESIDE_THE_SERVER
            + "DELETE FROM audit_link WHERE entry_id = %1$d; DELETE FROM audit_entry WHERE id = %1$d"
                .formatted(entry));
    broken("after entry " + before(entry) + " an entry is missing");
  }

  @Test
  void theLastEntriesAreMissedToo() {
    long last = server.number("SELECT max(entry_id) FROM audit_link");
    server.sql(
        BESIDE_THE_SERVER
            + "DELETE FROM audit_link WHERE entry_id = %1$d; DELETE FROM audit_entry WHERE id = %1$d"
                .formatted(last));
    broken("after entry " + before(last) + " an entry is missing");
  }

  @Test
  void anEntryThatWasPutInBehindTheChainIsNamed() {
    server.sql(
        """
        INSERT INTO audit_entry (id, xid, at, actor, action, object, fields, reason)
        OVERRIDING SYSTEM VALUE VALUES (900000, '3', app_now() - interval '1 day', 'person:1', 'cancel', 'booking:1', '{}', '')""");
    broken("entry 900000 was put in behind the chain");
  }

  @Test
  void aChainThatWasWrittenAnewIsNotVouchedFor() {
    server.sql(
        BESIDE_THE_SERVER
            + "UPDATE audit_head SET hash = sha256('x'), position = (SELECT max(position) FROM audit_link)");
    broken("its head is not signed by this installation");
  }

  @Test
  void theServerItselfMayOnlyAdd() {
    for (String change :
        Set.of(
            "UPDATE audit_entry SET reason = ''",
            "DELETE FROM audit_entry",
            "TRUNCATE audit_entry CASCADE",
            "DELETE FROM audit_link",
            "UPDATE audit_link SET position = position + 100")) {
      assertThat(refusal(change)).contains("the audit log is only added to");
    }
  }

  @Test
  void entriesThatWereRestoredIntoAnotherClusterAreSealedAsWell() {
    server.sql("UPDATE audit_head SET horizon = '4000000000000'");
    server.sql(
        """
        INSERT INTO audit_entry (xid, at, actor, action, object, fields, reason)
        VALUES ('3999999999999', app_now(), 'person:1', 'cancel', 'booking:1', '{}', '')""");
    server.verb("/api/devices/door/link", "{}");
    sealed();
    assertThat(Verify.chain(server.database().address(), Optional.empty()).whole()).isTrue();
  }

  @Test
  void adminsReadTheLogNewestFirstByObjectAndPageByPage() {
    server.sql(
        """
        INSERT INTO audit_entry (at, actor, action, object, fields, reason)
        SELECT app_now(), 'person:1', 'cancel', 'booking:42', '{status}', '改期' FROM generate_series(1, 150)""");
    Reply first = server.get("/api/audit?object=booking:42");
    assertThat(first.json().path("entries")).hasSize(100);
    JsonNode newest = first.json().path("entries").path(0);
    assertThat(newest.path("person").path("name").path("zh").asText()).isEqualTo("王芳");
    assertThat(newest.path("reason").asText()).isEqualTo("改期");
    Reply rest =
        server.get("/api/audit?object=booking:42&before=" + first.json().path("next").asLong());
    assertThat(rest.json().path("entries")).hasSize(50);
    assertThat(rest.json().has("next")).isFalse();
    assertThat(rest.json().path("entries").path(0).path("id").asLong())
        .isLessThan(first.json().path("entries").path(99).path("id").asLong());
  }

  @Test
  void whateverChangesSomethingIsOnRecord() {
    Set<String> changing =
        Contract.load().endpoints().values().stream()
            .filter(endpoint -> !endpoint.method().equals("GET"))
            .map(Endpoint::operationId)
            .filter(operation -> !operation.equals("readSpecialDays"))
            .collect(Collectors.toCollection(TreeSet::new));
    Map<String, String> recorded = new LinkedHashMap<>();
    server.sql(
        "INSERT INTO password SELECT id, '"
            + Passwords.hashNow(PASSWORD)
            + "', app_now() FROM person WHERE staff_number = '1003';"
            + SignedIn.rows("1003")
            + SignedIn.rows("1002")
            + link("password-link-password-link-password-link-1", "password", "1002")
            + "DELETE FROM person_role WHERE role = 'facility'");
    String booking = book(recorded, "2026-11-24T02:00:00Z");
    done(
        recorded,
        "moveBooking",
        server.postIfMatch("/api/bookings/" + booking + "/move", "{\"room\":\"c\"}", "\"1\""));
    done(recorded, "cancel", server.verb("/api/bookings/" + booking + "/cancel", "{}"));
    String running = book(recorded, "2026-11-23T02:05:00Z");
    done(recorded, "checkIn", server.verb("/api/bookings/" + running + "/check-in", "{}"));
    server.database().setClock(Instant.parse("2026-11-23T02:10:00Z"));
    done(
        recorded,
        "extend",
        server.verb(
            "/api/bookings/" + running + "/extend",
            "{\"end\":\"2026-11-23T02:35:00Z\",\"newEnd\":\"2026-11-23T02:40:00Z\"}"));
    Reply ended = server.verb("/api/bookings/" + running + "/end", "{}");
    done(recorded, "endEarly", ended);
    server.database().setClock(Instant.parse(ended.json().path("endedAt").asText()));
    done(recorded, "resume", server.verb("/api/bookings/" + running + "/resume", "{}"));
    done(
        recorded,
        "walkUp",
        server.post("/api/rooms/d/walk-up", "{\"until\":\"2026-11-23T02:40:00Z\"}"));
    done(
        recorded,
        "importCalendar",
        server.send(
            HttpRequest.newBuilder(server.uri("/api/rooms/b/import"))
                .header("Content-Type", "text/calendar")
                .POST(BodyPublishers.ofString(CALENDAR.replace("\n", "\r\n")))));
    done(
        recorded,
        "createDevice",
        server.post(
            "/api/devices", "{\"id\":\"new\",\"kind\":\"kiosk\",\"name\":\"x\",\"site\":\"hq\"}"));
    Reply let = server.verb("/api/devices/new/link", "{}");
    done(recorded, "linkDevice", let);
    String token = let.json().path("url").asText().replaceFirst(".*#enter=", "");
    done(recorded, "enterDevice", as("", "/api/entry/device", "{\"link\":\"" + token + "\"}"));
    done(recorded, "revokeDevice", server.verb("/api/devices/new/revoke", "{}"));
    done(recorded, "setRoles", server.verb("/api/people/1003/roles", "{\"roles\":[\"facility\"]}"));
    Reply reset = server.verb("/api/people/1003/password-link", "{}");
    done(recorded, "linkPassword", reset);
    done(
        recorded,
        "changePassword",
        as(
            SignedIn.token("1003"),
            "/api/me/password",
            "{\"present\":\"%s\",\"password\":\"%s\"}".formatted(PASSWORD, PASSWORD)));
    done(
        recorded,
        "setPassword",
        as(
            "",
            "/api/entry/password",
            "{\"link\":\"%s\",\"password\":\"%s\"}"
                .formatted(
                    reset.json().path("url").asText().replaceFirst(".*#password=", ""), PASSWORD)));
    done(
        recorded,
        "signIn",
        as("", "/api/session", "{\"name\":\"1003\",\"password\":\"%s\"}".formatted(PASSWORD)));
    Reply wrong = as("", "/api/session", "{\"name\":\"1003\",\"password\":\"wrong\"}");
    assertThat(wrong.status()).isEqualTo(401);
    assertThat(last()).isEqualTo("fail to sign in");
    done(recorded, "endSessions", server.verb("/api/people/1003/end-sessions", "{}"));
    server.sql(
        "UPDATE session SET ended_at = NULL WHERE token_hash = sha256('"
            + SignedIn.token("1003")
            + "');"
            + "INSERT INTO session (token_hash, person_id, agent, made_at, used_at)"
            + " SELECT sha256(n::text::bytea), id, 'x', app_now(), app_now() FROM person, generate_series(1, 2) n WHERE staff_number = '1002'");
    long one = server.number("SELECT id FROM session WHERE token_hash = sha256('1')");
    done(
        recorded,
        "endSession",
        as(SignedIn.token("1002"), "/api/me/sessions/" + one + "/end", "{}"));
    done(
        recorded,
        "endOtherSessions",
        as(SignedIn.token("1002"), "/api/me/sessions/end-others", "{}"));
    done(recorded, "signOut", as(SignedIn.token("1002"), "/api/session/end", "{}"));
    keepRooms(recorded);
    policies(recorded);
    server.sql(
        """
        INSERT INTO device (id, kind, name, site_id, made_at) VALUES ('kiosk', 'kiosk', 'K', 'hq', app_now());
        UPDATE person SET badge_code = '04A1B2C3' WHERE staff_number = '1002'""");
    done(
        recorded,
        "registerPresence",
        server.send(
            HttpRequest.newBuilder(server.uri("/api/kiosk/registrations"))
                .header("Authorization", SignedIn.device("kiosk"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString("{\"badge\":\"04A1B2C3\"}"))));
    people(recorded);
    server.sql(
        "DELETE FROM person_role WHERE role = 'admin';"
            + link("first-admin-link-first-admin-link-first-ad", "first-admin", null));
    done(
        recorded,
        "makeFirstAdmin",
        as(
            "",
            "/api/entry/first-admin",
            "{\"link\":\"%s\",\"staffNumber\":\"1001\",\"name\":{\"zh\":\"甲\",\"en\":\"A\"},\"department\":\"部\",\"password\":\"%s\"}"
                .formatted(padded("first-admin-link-first-admin-link-first-ad"), PASSWORD)));
    assertThat(recorded.keySet()).isEqualTo(changing);
    assertThat(recorded.values()).doesNotContain("");
  }

  /** All that changes sites and rooms. */
  private void keepRooms(Map<String, String> recorded) {
    String names = "\"name\":{\"zh\":\"新\",\"en\":\"New\"}";
    String site = names + ",\"zone\":\"Asia/Shanghai\",\"position\":9,\"hours\":[]";
    done(recorded, "createSite", server.post("/api/sites", "{\"id\":\"new-site\"," + site + "}"));
    done(
        recorded,
        "editSite",
        change("PUT", "/api/sites/new-site", "{" + site.replace("新", "旧") + "}"));
    done(
        recorded,
        "editSpecialDays",
        change(
            "POST",
            "/api/sites/new-site/special-days",
            "{\"set\":[{\"day\":\"2026-12-25\"," + names + "}]}"));
    done(
        recorded,
        "addEquipment",
        server.post("/api/equipment", "{\"code\":\"new-thing\"," + names + "}"));
    String room =
        names
            + ",\"site\":\"new-site\",\"building\":{\"zh\":\"楼\",\"en\":\"B\"},\"floor\":\"1\",\"capacity\":4";
    done(recorded, "createRoom", server.post("/api/rooms", "{\"id\":\"new-room\"," + room + "}"));
    String whole =
        room
            + ",\"equipment\":[],\"layouts\":[],\"note\":{\"zh\":\"\",\"en\":\"\"},\"position\":1,\"booking\":\"automatic\",\"departments\":[]";
    done(
        recorded,
        "editRoom",
        change("PUT", "/api/rooms/new-room", "{" + whole.replace("新", "旧") + "}"));
    byte[] png = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
    done(
        recorded,
        "setPhoto",
        send("PUT", "/api/rooms/new-room/photo", "image/png", BodyPublishers.ofByteArray(png)));
    done(
        recorded,
        "removePhoto",
        send("DELETE", "/api/rooms/new-room/photo", "", BodyPublishers.noBody()));
    done(recorded, "removeRoom", change("DELETE", "/api/rooms/new-room", ""));
    done(
        recorded,
        "importRooms",
        send(
            "POST",
            "/api/room-file?dryRun=false",
            "text/csv",
            BodyPublishers.ofString("id,site,building,floor,name,capacity\nfiled,hq,主楼,3,文会,4\n")));
  }

  private void policies(Map<String, String> recorded) {
    String version =
        "{\"note\":\"x\",\"effectiveFrom\":\"2027-01-01T00:00:00Z\",\"values\":[{\"parameter\":\"booking.longest\",\"number\":600}]}";
    done(
        recorded,
        "publishVersion",
        server.send(
            HttpRequest.newBuilder(server.uri("/api/policies/C/versions"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("If-Match", "\"1\"")
                .POST(BodyPublishers.ofString(version))));
    done(recorded, "withdrawVersion", server.verb("/api/policies/C/versions/2/withdraw", "{}"));
  }

  /** An edit of what is there now. */
  private static Reply change(String method, String path, String json) {
    String read = path.startsWith("/api/sites/") ? path.replace("/special-days", "") : path;
    String tag = server.get(read).response().headers().firstValue("ETag").orElseThrow();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("If-Match", tag)
            .method(method, BodyPublishers.ofString(json));
    return server.send(
        json.isEmpty() ? request : request.header("Content-Type", "application/json"));
  }

  private static Reply send(String method, String path, String type, BodyPublisher body) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).method(method, body);
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    return server.send(request);
  }

  private void people(Map<String, String> recorded) {
    String edit = "\"name\":{\"zh\":\"%s\",\"en\":\"Z\"},\"department\":\"sales\",\"position\":3}";
    done(
        recorded,
        "createPerson",
        server.post("/api/staff", "{\"staffNumber\":\"1010\"," + edit.formatted("赵")));
    done(
        recorded,
        "editPerson",
        server.postIfMatch("/api/staff/1010", "{" + edit.formatted("钱"), "\"1\""));
    String delegate = "{\"delegate\":\"1010\"}";
    String mine = SignedIn.token("1003");
    done(recorded, "giveDelegation", as(mine, "/api/me/delegations", delegate));
    done(recorded, "endDelegation", as(mine, "/api/me/delegations/end", delegate));
    done(recorded, "giveDelegationOf", server.verb("/api/people/1002/delegations", delegate));
    done(recorded, "endDelegationOf", server.verb("/api/people/1002/delegations/end", delegate));
    done(
        recorded,
        "setPin",
        as(mine, "/api/me/pin", "{\"present\":\"%s\",\"pin\":\"493027\"}".formatted(PASSWORD)));
    done(recorded, "clearPin", server.verb("/api/people/1003/clear-pin", "{}"));
    done(recorded, "letLeave", server.verb("/api/staff/1010/leave", "{}"));
    done(recorded, "letReturn", server.verb("/api/staff/1010/return", "{}"));
    String department = "{\"name\":{\"zh\":\"%s\",\"en\":\"Finance\"}}";
    done(
        recorded, "createDepartment", server.post("/api/departments", department.formatted("财务部")));
    done(
        recorded,
        "editDepartment",
        server.postIfMatch("/api/departments/finance", department.formatted("财务处"), "\"1\""));
    done(recorded, "removeDepartment", server.verb("/api/departments/finance/remove", "{}"));
    done(
        recorded,
        "importPeople",
        server.send(
            HttpRequest.newBuilder(server.uri("/api/people/import"))
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("工号,姓名,部门\n1011,孙丽,销售部\n"))));
  }

  private String book(Map<String, String> recorded, String start) {
    Reply made =
        server.post(
            "/api/rooms/a/bookings",
            "{\"subject\":\"x\",\"start\":\"%s\",\"end\":\"%s\"}"
                .formatted(start, Instant.parse(start).plusSeconds(1800)));
    done(recorded, "bookRoom", made);
    return made.json().path("id").asText();
  }

  private final Map<String, Long> counted = new LinkedHashMap<>();

  private void done(Map<String, String> recorded, String operation, Reply reply) {
    assertThat(reply.status()).as(operation + " " + reply.response().body()).isLessThan(300);
    long now = count("audit_entry");
    assertThat(now)
        .as("entries after " + operation)
        .isGreaterThan(counted.getOrDefault("last", 0L));
    counted.put("last", now);
    recorded.put(operation, last());
  }

  private static Reply as(String token, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Cookie", "foyer-session=" + (token.isEmpty() ? "none" : token))
            .POST(BodyPublishers.ofString(body));
    return server.send(
        token.isEmpty() ? request : request.header("X-Csrf-Token", Tokens.csrf(token)));
  }

  private static String padded(String token) {
    return (token + "-----------------------------------------------").substring(0, 43);
  }

  private static String link(String token, String purpose, String staffNumber) {
    return """
        INSERT INTO entry_link (token_hash, purpose, person_id, made_at, expires_at)
        SELECT sha256('%s'), '%s', (SELECT id FROM person WHERE staff_number = '%s'), app_now(), app_now() + interval '1 hour';"""
        .formatted(padded(token), purpose, staffNumber);
  }

  private static String last() {
    return server.get("/api/audit").json().path("entries").path(0).path("action").asText();
  }

  private static long count(String table) {
    return server.number("SELECT count(*) FROM " + table);
  }

  private static long third() {
    return server.number("SELECT entry_id FROM audit_link WHERE position = 3");
  }

  private static long before(long entry) {
    return server.number(
        "SELECT entry_id FROM audit_link WHERE entry_id < "
            + entry
            + " ORDER BY entry_id DESC LIMIT 1");
  }

  private static void sealed() {
    Eventually.becomes("all entries are sealed", () -> count("audit_entry") == count("audit_link"));
  }

  private static void broken(String words) {
    Verify.Result result = Verify.chain(server.database().address(), Optional.empty());
    assertThat(result.line()).isEqualTo("broken: " + words);
    assertThat(result.whole()).isFalse();
  }

  private static String refusal(String change) {
    try {
      server.sql(change);
      return "";
    } catch (IllegalStateException refused) {
      return String.valueOf(refused.getCause());
    }
  }
}
