package foyer.staff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.org.Passwords;
import foyer.org.PinRules;
import foyer.org.Tokens;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People, departments and delegations through HTTP. */
class PeopleTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String PASSWORD = "a password of tests";

  @BeforeAll
  static void company() {
    server.sql(
        SignedIn.rows("1002")
            + SignedIn.rows("1003")
            + "INSERT INTO password SELECT id, '%s', app_now() FROM person WHERE staff_number IN ('1002', '1003');"
                .formatted(Passwords.hashNow(PASSWORD)));
  }

  @Test
  void whoIsEnteredIsFoundAndHasAPageOfTheirOwn() {
    Reply made = enter("2001", "赵敏", "\"title\":{\"zh\":\"主任\"},\"email\":\"zhao@example.com\",\"badgeCode\":\"04a2f19b\"");
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    assertThat(made.response().headers().firstValue("Location")).contains("/api/staff/2001");
    JsonNode record = server.get("/api/staff/2001").json();
    assertThat(record.path("badgeCode").asText()).isEqualTo("04A2F19B");
    assertThat(record.path("title").path("zh").asText()).isEqualTo("主任");
    assertThat(record.path("departmentName").path("en").asText()).isEqualTo("Sales");
    assertThat(record.path("hasPassword").asBoolean()).isFalse();
    assertThat(numbers("/api/staff?q=ZHAO@")).containsExactly("2001");
    assertThat(numbers("/api/staff?q=04a2f19b")).containsExactly("2001");
    assertThat(numbers("/api/staff?department=sales")).contains("1001", "2001").doesNotContain("1002");
    assertThat(numbers("/api/staff?role=admin")).containsExactly("1001");
  }

  @Test
  void ofAColleagueEverybodyKnowsNameTitleAndDepartmentOnly() {
    enter("2002", "钱进", "\"title\":{\"zh\":\"经理\"},\"email\":\"qian@example.com\",\"badgeCode\":\"QIAN0001\"");
    JsonNode card = as("1003", "/api/people/2002", null).json();
    assertThat(fields(card)).containsExactlyInAnyOrder("staffNumber", "name", "title", "department");
    JsonNode found = as("1003", "/api/people?q=2002", null).json().path("people").path(0);
    assertThat(fields(found)).containsExactlyInAnyOrder("staffNumber", "name", "title", "department");
    assertThat(as("1003", "/api/staff/2002", null).status()).isEqualTo(403);
    assertThat(as("1003", "/api/staff", null).status()).isEqualTo(403);
  }

  @Test
  void whatSomebodyElseHasIsRefusedAndSaysWho() {
    enter("2003", "孙丽", "\"email\":\"sun@example.com\",\"badgeCode\":\"SUN00001\"");
    Reply number = enter("2003", "李", "");
    Reply badge = enter("2004", "李", "\"badgeCode\":\"sun00001\"");
    Reply mail = enter("2004", "李", "\"email\":\"SUN@example.com\"");
    assertThat(number.problem()).isEqualTo("staff-number-taken");
    assertThat(badge.problem()).isEqualTo("badge-taken");
    assertThat(badge.json().path("detail").asText()).contains("孙丽").contains("2003");
    assertThat(mail.problem()).isEqualTo("email-taken");
    assertThat(enter("2004", "李", "", "nowhere").problem()).isEqualTo("unknown-department");
    assertThat(server.get("/api/staff/2004").problem()).isEqualTo("no-such-person");
  }

  @Test
  void ofTwoAdminsWhoEditOnePersonTheSecondIsTold() {
    enter("2005", "周杰", "\"email\":\"zhou@example.com\"");
    String tag = server.get("/api/staff/2005").response().headers().firstValue("ETag").orElseThrow();
    String body = "{\"name\":{\"zh\":\"周杰伦\",\"en\":\"Jay\"},\"department\":\"service\",\"position\":7}";
    Reply first = server.postIfMatch("/api/staff/2005", body, tag);
    Reply second = server.postIfMatch("/api/staff/2005", body, tag);
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().has("email")).isFalse();
    assertThat(second.status() + second.problem()).isEqualTo("412changed-meanwhile");
    assertThat(second.json().path("version").asInt()).isEqualTo(2);
    assertThat(server.verb("/api/staff/2005", body).problem()).isEqualTo("if-match-missing");
    assertThat(fieldsChanged("person", "2005")).containsExactlyInAnyOrder("name", "email", "department", "position");
  }

  @Test
  void whoLeavesLosesSessionsRolesDelegationsAndBadgeButNothingIsDeleted() {
    enter("2006", "吴迪", "\"badgeCode\":\"WUDI0001\",\"email\":\"wu@example.com\"");
    server.sql(SignedIn.rows("2006"));
    server.verb("/api/people/2006/roles", "{\"roles\":[\"front-desk\"]}");
    server.verb("/api/people/2006/delegations", "{\"delegate\":\"1002\"}");
    assertThat(as("2006", "/api/me", null).json().path("kind").asText()).isEqualTo("employee");
    Reply left = server.verb("/api/staff/2006/leave", "{}");
    assertThat(left.json().has("leftAt")).isTrue();
    assertThat(left.json().path("roles")).isEmpty();
    assertThat(left.json().path("bookedBy")).isEmpty();
    assertThat(left.json().has("badgeCode")).isFalse();
    assertThat(as("2006", "/api/me", null).json().path("kind").asText()).isEqualTo("nobody");
    assertThat(as("1003", "/api/people/2006", null).problem()).isEqualTo("no-such-person");
    assertThat(numbers("/api/staff?q=2006")).isEmpty();
    assertThat(numbers("/api/staff?q=2006&state=left")).containsExactly("2006");
    Reply back = server.verb("/api/staff/2006/return", "{}");
    assertThat(back.json().has("leftAt")).isFalse();
    assertThat(back.json().path("roles")).isEmpty();
    assertThat(as("2006", "/api/me", null).json().path("kind").asText()).isEqualTo("nobody");
  }

  @Test
  void whoComesBackToFindTheirAddressTakenIsToldByWhom() {
    enter("2007", "郑一", "\"email\":\"zheng@example.com\"");
    server.verb("/api/staff/2007/leave", "{}");
    assertThat(enter("2008", "郑二", "\"email\":\"zheng@example.com\"").status()).isEqualTo(201);
    Reply back = server.verb("/api/staff/2007/return", "{}");
    assertThat(back.problem()).isEqualTo("email-taken");
    assertThat(back.json().path("staffNumber").asText()).isEqualTo("2008");
  }

  @Test
  void theLastAdminStaysOne() {
    assertThat(server.verb("/api/staff/1001/leave", "{}").problem()).isEqualTo("own-leaving");
    assertThat(server.verb("/api/people/1001/roles", "{\"roles\":[]}").problem()).isEqualTo("own-roles");
    assertThat(server.number("SELECT count(*) FROM person_role WHERE role = 'admin'")).isOne();
  }

  @Test
  void ofTwoAdminsWhoLetEachOtherLeaveAtOnceOneStays() throws Exception {
    server.verb("/api/people/1003/roles", "{\"roles\":[\"admin\"]}");
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Reply> one = threads.submit(() -> server.verb("/api/staff/1003/leave", "{}"));
      Future<Reply> other = threads.submit(() -> as("1003", "/api/staff/1001/leave", "{}"));
      List<Integer> statuses = List.of(one.get().status(), other.get().status());
      assertThat(statuses).containsOnlyOnce(200);
    } finally {
      server.sql(
          "UPDATE person SET left_at = NULL WHERE staff_number IN ('1001', '1003');"
              + "DELETE FROM person_role; UPDATE session SET ended_at = NULL;"
              + "INSERT INTO person_role SELECT id, 'admin', app_now() FROM person WHERE staff_number = '1001'");
    }
  }

  @Test
  void onesOwnPinNeedsOnesPasswordAndIsNotToBeGuessed() {
    Reply wrong = pin("1002", "not it", "493027");
    Reply trivial = pin("1002", PASSWORD, "123456");
    Reply set = pin("1002", PASSWORD, "493027");
    assertThat(wrong.problem()).isEqualTo("wrong-password");
    assertThat(trivial.problem()).isEqualTo("pin-trivial");
    assertThat(set.json().path("hasPin").asBoolean()).isTrue();
    assertThat(as("1002", "/api/me/pin", "{\"present\":\"x\",\"pin\":\"49302\"}").status()).isEqualTo(400);
    assertThat(server.number("SELECT count(*) FROM kiosk_pin WHERE hash LIKE '$argon2id$%'")).isOne();
    Reply cleared = server.verb("/api/people/1002/clear-pin", "{}");
    assertThat(cleared.json().path("hasPin").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"111111", "123456", "654321", "901234", "135791", "121212", "123123", "112233", "001002", "447447", "100010", "100200"})
  void whatIsTriedFirstIsNoPin(String pin) {
    assertThat(PinRules.isTrivial(pin, "A001002")).isEqualTo(!pin.equals("100200"));
  }

  @Test
  void oneSaysWhoMayBookForOneself() {
    Reply given = as("1003", "/api/me/delegations", "{\"delegate\":\"1002\"}");
    assertThat(given.json().path("bookedBy").path(0).path("staffNumber").asText()).isEqualTo("1002");
    JsonNode other = as("1002", "/api/me/account", null).json();
    assertThat(other.path("booksFor").path(0).path("staffNumber").asText()).isEqualTo("1003");
    Reply booked =
        as("1002", "/api/rooms/a/bookings",
            "{\"subject\":\"代订\",\"start\":\"2026-11-24T02:00:00Z\",\"end\":\"2026-11-24T03:00:00Z\",\"convener\":\"1003\"}");
    assertThat(booked.status()).isEqualTo(201);
    Reply ended = as("1003", "/api/me/delegations/end", "{\"delegate\":\"1002\"}");
    assertThat(ended.json().path("bookedBy")).isEmpty();
    assertThat(as("1003", "/api/me/delegations", "{\"delegate\":\"1003\"}").problem()).isEqualTo("delegation-to-oneself");
    assertThat(as("1003", "/api/me/delegations", "{\"delegate\":\"none\"}").problem()).isEqualTo("unknown-person");
    assertThat(server.verb("/api/people/none/delegations", "{\"delegate\":\"1002\"}").problem()).isEqualTo("no-such-person");
  }

  @Test
  void nobodyHasMoreThanFiftyWhoBookForThem() {
    server.sql(
        "INSERT INTO person (staff_number, name_zh, name_en, department_id) SELECT 'many' || n, '众', 'M', 'sales' FROM generate_series(1, 51) n;"
            + "INSERT INTO delegation SELECT p.id, d.id, app_now() FROM person p, person d WHERE p.staff_number = 'many51' AND d.staff_number LIKE 'many%' AND p.id <> d.id;");
    Reply more = server.verb("/api/people/many51/delegations", "{\"delegate\":\"1002\"}");
    assertThat(more.problem()).isEqualTo("too-many-delegations");
    assertThat(server.get("/api/staff?q=many").json().path("pages").asInt()).isEqualTo(2);
    assertThat(numbers("/api/staff?q=many&page=2")).hasSize(1);
    server.sql("DELETE FROM delegation; DELETE FROM person WHERE staff_number LIKE 'many%'");
  }

  @Test
  void departmentsStandBelowEachOtherAndNeverInACircle() {
    String east = department("华东组", "East", "\"parent\":\"sales\"");
    String shanghai = department("上海组", "Shanghai", "\"parent\":\"%s\",\"head\":\"1002\",\"approver\":\"1003\"".formatted(east));
    JsonNode made = server.get("/api/departments/" + shanghai).json();
    assertThat(made.path("head").path("staffNumber").asText()).isEqualTo("1002");
    assertThat(made.path("approver").path("staffNumber").asText()).isEqualTo("1003");
    Reply loop = edit("sales", "{\"name\":{\"zh\":\"销售部\",\"en\":\"Sales\"},\"parent\":\"%s\"}".formatted(shanghai));
    assertThat(loop.status() + loop.problem()).isEqualTo("409department-loop");
    assertThat(loop.json().path("detail").asText()).contains("销售部 → 上海组 → 华东组 → 销售部");
    Reply self = edit(east, "{\"name\":{\"zh\":\"华东组\",\"en\":\"East\"},\"parent\":\"%s\"}".formatted(east));
    assertThat(self.problem()).isEqualTo("department-loop");
    assertThat(numbers("/api/staff?department=sales")).contains("1001");
    Reply namesake = server.post("/api/departments", "{\"name\":{\"zh\":\"华东组\",\"en\":\"Other\"},\"parent\":\"sales\"}");
    assertThat(namesake.problem()).isEqualTo("department-name-taken");
    assertThat(server.verb("/api/departments/" + shanghai + "/remove", "{}").status()).isEqualTo(200);
    assertThat(server.verb("/api/departments/" + east + "/remove", "{}").status()).isEqualTo(200);
    assertThat(server.get("/api/departments").response().body()).doesNotContain("华东组");
  }

  @Test
  void aDepartmentInWhichSomebodyWorksIsNotRemoved() {
    Reply used = server.verb("/api/departments/service/remove", "{}");
    assertThat(used.status() + used.problem()).isEqualTo("409department-in-use");
    assertThat(used.json().path("people").asInt()).isPositive();
    String kept = department("仓库", "Store", "\"position\":9");
    server.sql("INSERT INTO room_department VALUES ('c', '" + kept + "')");
    assertThat(server.verb("/api/departments/" + kept + "/remove", "{}").json().path("rooms").asInt()).isOne();
    server.sql("DELETE FROM room_department");
    assertThat(server.verb("/api/departments/" + kept + "/remove", "{}").status()).isEqualTo(200);
    assertThat(server.verb("/api/departments/none/remove", "{}").problem()).isEqualTo("no-such-department");
  }

  @Test
  void whatADepartmentIsGivenMustBeThere() {
    String body = "{\"name\":{\"zh\":\"新\",\"en\":\"New\"},%s}";
    assertThat(server.post("/api/departments", body.formatted("\"parent\":\"none\"")).problem()).isEqualTo("unknown-department");
    assertThat(server.post("/api/departments", body.formatted("\"head\":\"none\"")).problem()).isEqualTo("unknown-person");
    Reply old = server.postIfMatch("/api/departments/sales", "{\"name\":{\"zh\":\"销售部\",\"en\":\"Sales\"}}", "\"999\"");
    assertThat(old.problem()).isEqualTo("changed-meanwhile");
    assertThat(server.post("/api/departments", "{\"name\":{\"zh\":\"a/b\",\"en\":\"c\"}}").status()).isEqualTo(400);
  }

  @Test
  void theSameRequestEntersNobodyTwice() {
    String body = "{\"staffNumber\":\"2020\",\"name\":{\"zh\":\"冯\",\"en\":\"F\"},\"department\":\"sales\"}";
    String key = UUID.randomUUID().toString();
    Reply first = server.post("/api/staff", body, key);
    Reply again = server.post("/api/staff", body, key);
    assertThat(List.of(first.status(), again.status())).containsOnly(201);
    assertThat(again.response().headers().firstValue("ETag")).contains("\"1\"");
    assertThat(server.number("SELECT count(*) FROM person WHERE staff_number = '2020'")).isOne();
  }

  @ParameterizedTest
  @CsvSource({"2030, 40"})
  void ofManyWhoWantOneBadgeOneGetsIt(String first, int many) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<Reply>> replies =
          IntStream.range(0, 8)
              .mapToObj(n -> threads.submit(() -> enter(first + n, "同", "\"badgeCode\":\"ONLYONE" + many + "\"")))
              .toList();
      List<String> answers = new ArrayList<>();
      for (Future<Reply> reply : replies) {
        answers.add(reply.get().status() + reply.get().problem());
      }
      assertThat(answers).containsOnlyOnce("201").filteredOn(answer -> !answer.equals("201")).containsOnly("409badge-taken");
    }
  }

  private static Reply enter(String number, String name, String more) {
    return enter(number, name, more, "sales");
  }

  private static Reply enter(String number, String name, String more, String department) {
    return server.post(
        "/api/staff",
        "{\"staffNumber\":\"%s\",\"name\":{\"zh\":\"%s\",\"en\":\"N %s\"},\"department\":\"%s\"%s}"
            .formatted(number, name, number, department, more.isEmpty() ? "" : "," + more));
  }

  private static Reply pin(String who, String present, String pin) {
    return as(who, "/api/me/pin", "{\"present\":\"%s\",\"pin\":\"%s\"}".formatted(present, pin));
  }

  private static String department(String zh, String en, String more) {
    Reply made =
        server.post("/api/departments", "{\"name\":{\"zh\":\"%s\",\"en\":\"%s\"},%s}".formatted(zh, en, more));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.json().path("id").asText();
  }

  private static Reply edit(String department, String body) {
    String tag = server.get("/api/departments/" + department).response().headers().firstValue("ETag").orElseThrow();
    return server.postIfMatch("/api/departments/" + department, body, tag);
  }

  private static Reply as(
      String staffNumber, String path, @Nullable String body) {
    String token = SignedIn.token(staffNumber);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Cookie", "foyer-session=" + token)
            .header("X-Csrf-Token", Tokens.csrf(token));
    if (body == null) {
      return server.send(request);
    }
    return server.send(
        request
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body)));
  }

  private static List<String> numbers(String path) {
    List<String> numbers = new ArrayList<>();
    server.get(path).json().path("people").forEach(p -> numbers.add(p.path("staffNumber").asText()));
    return numbers;
  }

  private static List<String> fields(JsonNode node) {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static List<String> fieldsChanged(String kind, String staffNumber) {
    long id = server.number("SELECT id FROM person WHERE staff_number = '" + staffNumber + "'");
    List<String> fields = new ArrayList<>();
    server
        .get("/api/audit?object=" + kind + ":" + id)
        .json()
        .path("entries")
        .path(0)
        .path("fields")
        .forEach(field -> fields.add(field.asText()));
    return fields;
  }
}
