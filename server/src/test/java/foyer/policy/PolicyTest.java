package foyer.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.catalogue.Parameter;
import foyer.org.Tokens;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Policies in versions, through HTTP. 1001 is the admin, 1002 the head of Customer Service, whose
 * policy is F, 1003 anybody. It is Monday, 10:00 in Shanghai, 02:00 UTC.
 */
class PolicyTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String ADMIN = "1001";
  private static final String HEAD_OF_SERVICE = "1002";
  private static final String ANYBODY = "1003";
  private static final Instant NOW = Instant.parse("2026-11-23T02:00:00Z");

  @BeforeAll
  static void aHeadOfCustomerService() {
    server.sql(
        "UPDATE department SET head_id = (SELECT id FROM person WHERE staff_number = '1002') WHERE id = 'service';"
            + SignedIn.rows(HEAD_OF_SERVICE)
            + SignedIn.rows(ANYBODY));
  }

  @BeforeEach
  void asEveryInstallationBegins() {
    server.sql(
        """
        DELETE FROM booking;
        DELETE FROM policy_parameter p USING policy_version v WHERE v.id = p.policy_version_id AND v.version > 1;
        DELETE FROM policy_version WHERE version > 1""");
    server.database().setClock(NOW);
    server.sql("UPDATE room SET revision = revision + 1");
  }

  @Test
  void whatAnInstallationBeginsWithIsWhatTheRegistryDeclares() throws SQLException {
    Map<String, List<String>> stored = new TreeMap<>();
    try (Connection connection = server.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                """
                SELECT v.policy_id, p.name, p.value::text, p.clause
                FROM policy_parameter p JOIN policy_version v ON v.id = p.policy_version_id""")) {
      while (rows.next()) {
        Parameter parameter = Parameter.of(rows.getString("name")).orElseThrow();
        String clause = rows.getString("clause");
        stored
            .computeIfAbsent(rows.getString("policy_id"), none -> new ArrayList<>())
            .add(parameter.word());
        assertThat(clause == null || clause.equals(parameter.clause()))
            .as(parameter.word() + " by " + clause)
            .isTrue();
        JsonNode value =
            Json.read(rows.getString("value").getBytes(StandardCharsets.UTF_8), JsonNode.class);
        assertThat(value.isArray()).as(parameter.word()).isEqualTo(parameter.isList());
        Stream.concat(
                StreamSupport.stream(value.spliterator(), false),
                value.isArray() ? Stream.empty() : Stream.of(value))
            .forEach(
                number ->
                    assertThat(number.intValue())
                        .as(parameter.word())
                        .isBetween(parameter.bounds().least(), parameter.bounds().most()));
      }
    }
    List<String> all = Stream.of(Parameter.values()).map(Parameter::word).sorted().toList();
    assertThat(stored.keySet()).containsExactly("C", "F", "K");
    stored.forEach(
        (policy, names) -> assertThat(names.stream().sorted().toList()).as(policy).isEqualTo(all));
  }

  @Test
  void everybodyReadsThePoliciesWhatTheirNumbersAreAndWhoPublishesThem() {
    JsonNode read = get(ANYBODY, "/api/policies").json();
    JsonNode service = policy(read, "F");
    assertThat(service.path("owner").asText()).isEqualTo("department-head");
    assertThat(service.path("owners").get(0).path("staffNumber").asText()).isEqualTo("1002");
    assertThat(service.path("departments").get(0).path("id").asText()).isEqualTo("service");
    assertThat(service.path("mine").asBoolean()).isFalse();
    assertThat(policy(get(HEAD_OF_SERVICE, "/api/policies").json(), "F").path("mine").asBoolean())
        .isTrue();
    assertThat(policy(get(ADMIN, "/api/policies").json(), "K").path("mine").asBoolean()).isTrue();
    JsonNode longest = named(read.path("parameters"), "booking.longest");
    assertThat(longest.path("kind").asText()).isEqualTo("minutes");
    assertThat(longest.path("stricter").asText()).isEqualTo("smaller");
    assertThat(longest.path("says").path("zh").asText()).isNotEmpty();
    assertThat(get(ANYBODY, "/api/policies/X").problem()).isEqualTo("no-such-policy");
  }

  @Test
  void aVersionBeginsAsACopyOfTheLatestAndHoldsFromItsDateOn() {
    Reply made = publish(ADMIN, "C", 1, "2026-11-24T00:00:00Z", value("booking.longest", 120));
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    assertThat(made.json().path("state").asText()).isEqualTo("coming");
    assertThat(made.json().path("values")).hasSize(Parameter.values().length);
    assertThat(named(made.json().path("values"), "booking.longest").path("number").asInt())
        .isEqualTo(120);
    assertThat(named(made.json().path("values"), "booking.horizon-days").path("number").asInt())
        .isEqualTo(365);
    long before = id(book("2026-11-25T03:00:00Z", "2026-11-25T06:00:00Z"));
    server.database().setClock(Instant.parse("2026-11-23T23:59:59Z"));
    assertThat(book("2026-11-26T03:00:00Z", "2026-11-26T06:00:00Z").status()).isEqualTo(201);
    server.database().setClock(Instant.parse("2026-11-24T00:00:00Z"));
    Reply refused = book("2026-11-27T03:00:00Z", "2026-11-27T06:00:00Z");
    assertThat(refused.problem()).isEqualTo("too-long");
    assertThat(refused.json().path("minutes").asInt()).isEqualTo(120);
    assertThat(refused.json().path("policy").asText()).isEqualTo("C-2");
    assertThat(refused.json().path("parameter").asText()).isEqualTo("booking.longest");
    assertThat(get(ADMIN, "/api/bookings/" + before).json().path("policy").asText())
        .as("what was booked before keeps its version")
        .isEqualTo("C-1");
    JsonNode versions = get(ADMIN, "/api/policies/C").json().path("versions");
    assertThat(versions)
        .extracting(v -> v.path("state").asText())
        .containsExactly("in-force", "past");
    assertThat(
            server.number(
                "SELECT count(*) FROM audit_entry WHERE object = 'policy:C-2' AND fields = '{effectiveFrom,booking.longest}' AND reason = '修订'"))
        .isPositive();
  }

  @Test
  void withoutADateItHoldsAtOnceAndTheSameRequestPublishesOnce() {
    String key = UUID.randomUUID().toString();
    String body = "{\"note\": \"修订\", \"values\": [%s]}".formatted(value("booking.shortest", 10));
    Reply first = send(ADMIN, "C", body, 1, key);
    Reply again = send(ADMIN, "C", body, 1, key);
    assertThat(first.json().path("state").asText()).isEqualTo("in-force");
    assertThat(again.response().body()).isEqualTo(first.response().body());
    assertThat(server.number("SELECT max(version) FROM policy_version WHERE policy_id = 'C'"))
        .isEqualTo(2);
    assertThat(book("2026-11-25T03:00:00Z", "2026-11-25T03:08:00Z").problem())
        .isEqualTo("too-short");
  }

  @Test
  void onlyItsOwnerPublishesAPolicyAndOthersHearWhoMay() {
    Reply admin = publish(ADMIN, "F", 1, null, value("booking.longest", 120));
    assertThat(admin.status()).isEqualTo(403);
    assertThat(admin.problem()).isEqualTo("heads-publish");
    assertThat(admin.json().path("detail").asText()).contains("李伟 Li Wei");
    assertThat(publish(HEAD_OF_SERVICE, "K", 1, null, value("booking.longest", 120)).problem())
        .isEqualTo("admins-publish");
    assertThat(publish(ANYBODY, "C", 1, null, value("booking.longest", 120)).problem())
        .isEqualTo("admins-publish");
    assertThat(publish(HEAD_OF_SERVICE, "F", 1, null, value("booking.longest", 120)).status())
        .isEqualTo(201);
    assertThat(withdraw(ADMIN, "F", 2).problem()).isEqualTo("heads-publish");
    assertThat(publish(ADMIN, "X", 1, null, value("booking.longest", 120)).problem())
        .isEqualTo("no-such-policy");
  }

  @Test
  void ofTwoWhoPublishAtOnceTheSecondHearsOfTheFirst() {
    publish(ADMIN, "C", 1, "2026-12-01T00:00:00Z", value("booking.longest", 120));
    Reply second = publish(ADMIN, "C", 1, "2026-12-01T00:00:00Z", value("booking.longest", 180));
    assertThat(second.status()).isEqualTo(412);
    assertThat(second.json().path("version").asInt()).isEqualTo(2);
    Reply untold =
        server.send(
            as(ADMIN, "/api/policies/C/versions")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"note\": \"x\"}")));
    assertThat(untold.problem()).isEqualTo("if-match-missing");
  }

  @Test
  void whatAVersionMayNotSayIsRefusedWithItsLimits() {
    assertThat(
            publish(ADMIN, "C", 1, "2026-11-23T01:59:59Z", value("booking.longest", 120)).problem())
        .isEqualTo("effective-in-the-past");
    assertThat(publish(ADMIN, "C", 1, null, value("booking.longest", 1440)).problem())
        .isEqualTo("nothing-changed");
    assertThat(publish(ADMIN, "C", 1, null, value("booking.colour", 1)).problem())
        .isEqualTo("unknown-parameter");
    Reply beyond = publish(ADMIN, "C", 1, null, value("booking.longest", 44641));
    assertThat(beyond.problem()).isEqualTo("out-of-bounds");
    assertThat(beyond.json().path("least").asInt()).isEqualTo(15);
    assertThat(beyond.json().path("most").asInt()).isEqualTo(44640);
    assertThat(publish(ADMIN, "C", 1, null, value("door.book", 30)).problem())
        .isEqualTo("list-needed");
    assertThat(publish(ADMIN, "C", 1, null, list("door.book", "30, 15")).problem())
        .isEqualTo("list-needed");
    assertThat(publish(ADMIN, "C", 1, null, list("booking.longest", "60")).problem())
        .isEqualTo("number-needed");
  }

  @Test
  void valuesThatContradictEachOtherAreRefusedWithBoth() {
    Reply refused =
        publish(
            ADMIN,
            "C",
            1,
            null,
            value("booking.shortest", 90) + "," + value("booking.longest", 60));
    assertThat(refused.problem()).isEqualTo("parameters-contradict");
    assertThat(refused.json().path("parameter").asText()).isEqualTo("booking.shortest");
    assertThat(refused.json().path("least").asInt()).isEqualTo(90);
    assertThat(refused.json().path("other").asText()).isEqualTo("booking.longest");
    assertThat(refused.json().path("most").asInt()).isEqualTo(60);
    assertThat(publish(ADMIN, "C", 1, null, list("door.book", "15, 240")).problem())
        .isEqualTo("parameters-contradict");
    String twice = value("booking.shortest", 10) + "," + value("booking.shortest", 20);
    assertThat(publish(ADMIN, "C", 1, null, twice).problem()).isEqualTo("parameter-twice");
  }

  @Test
  void aVersionDoesNotOvertakeOneThatIsToComeAndThatIsWithdrawnBeforeItHolds() {
    publish(ADMIN, "C", 1, "2026-12-01T00:00:00Z", value("booking.longest", 120));
    Reply overtaking =
        publish(ADMIN, "C", 2, "2026-11-30T00:00:00Z", value("booking.longest", 180));
    assertThat(overtaking.problem()).isEqualTo("effective-before-latest");
    assertThat(withdraw(ADMIN, "C", 7).problem()).isEqualTo("no-such-version");
    assertThat(withdraw(ADMIN, "C", 1).problem()).isEqualTo("version-holds");
    assertThat(withdraw(ADMIN, "C", 2).json().path("state").asText()).isEqualTo("withdrawn");
    assertThat(withdraw(ADMIN, "C", 2).problem()).isEqualTo("version-withdrawn");
    Reply next = publish(ADMIN, "C", 1, "2026-11-30T00:00:00Z", value("booking.longest", 180));
    assertThat(next.json().path("label").asText())
        .as("numbers are not used again")
        .isEqualTo("C-3");
    server.database().setClock(Instant.parse("2026-12-02T00:00:00Z"));
    Reply refused = book("2026-12-03T03:00:00Z", "2026-12-03T07:00:00Z");
    assertThat(refused.json().path("policy").asText()).isEqualTo("C-3");
    assertThat(withdraw(ADMIN, "C", 3).problem()).isEqualTo("version-holds");
  }

  @Test
  void whatIsLeftToTheDefaultSetFollowsIt() {
    Reply left =
        send(
            ADMIN,
            "K",
            "{\"note\": \"修订\", \"left\": [\"booking.longest\"]}",
            1,
            UUID.randomUUID().toString());
    assertThat(left.status()).as(left.response().body()).isEqualTo(201);
    publish(ADMIN, "C", 1, null, value("booking.longest", 120));
    Reply refused = bookAs("2026-11-25T03:00:00Z", "2026-11-25T06:00:00Z", "key-account");
    assertThat(refused.problem()).isEqualTo("too-long");
    assertThat(refused.json().path("policy").asText()).isEqualTo("C-2");
    String mustBeSet = "{\"note\": \"修订\", \"left\": [\"booking.hold-before\"]}";
    assertThat(send(ADMIN, "K", mustBeSet, 2, UUID.randomUUID().toString()).problem())
        .isEqualTo("must-be-set");
    String defaults = "{\"note\": \"修订\", \"left\": [\"booking.longest\"]}";
    assertThat(send(ADMIN, "C", defaults, 2, UUID.randomUUID().toString()).problem())
        .isEqualTo("must-be-set");
  }

  @Test
  void whereTwoPoliciesHoldTheStricterValueCountsAndBothAreNamed() {
    publish(HEAD_OF_SERVICE, "F", 1, null, value("booking.longest", 120));
    JsonNode values =
        get(ANYBODY, "/api/policy-values?department=service&meetingType=key-account").json();
    assertThat(values.path("policy").asText()).isEqualTo("K-1+F-2");
    JsonNode longest = named(values.path("values"), "booking.longest");
    assertThat(longest.path("number").asInt()).isEqualTo(120);
    assertThat(longest.path("sources"))
        .extracting(s -> s.path("label").asText() + " " + s.path("counts").asBoolean())
        .containsExactly("K-1 false", "F-2 true");
    JsonNode hold = named(values.path("values"), "booking.hold-before");
    assertThat(hold.path("sources").get(0).path("clause").asText()).isEqualTo("K-4.3.2");
    JsonNode before =
        get(ANYBODY, "/api/policy-values?department=service&at=2026-11-22T00:00:00Z").json();
    assertThat(before.path("policy").asText()).isEqualTo("F-1");
    assertThat(get(ANYBODY, "/api/policy-values").json().path("policy").asText()).isEqualTo("C-1");
    assertThat(get(ANYBODY, "/api/policy-values?department=x").problem())
        .isEqualTo("unknown-department");
    assertThat(get(ANYBODY, "/api/policy-values?meetingType=x").problem())
        .isEqualTo("unknown-meeting-type");
  }

  @Test
  void whoIsRefusedForMinutesThatAreHeldHearsByWhichClause() {
    assertThat(bookAs("2026-11-25T05:00:00Z", "2026-11-25T06:00:00Z", "key-account").status())
        .isEqualTo(201);
    Reply refused = book("2026-11-25T04:00:00Z", "2026-11-25T04:50:00Z");
    assertThat(refused.problem()).isEqualTo("overlaps");
    assertThat(refused.json().path("parameter").asText()).isEqualTo("booking.hold-before");
    assertThat(refused.json().path("clause").asText()).isEqualTo("K-4.3.2");
    assertThat(refused.json().path("policy").asText()).isEqualTo("K-1");
    assertThat(refused.json().path("minutes").asInt()).isEqualTo(15);
    Reply own = bookAs("2026-11-25T06:10:00Z", "2026-11-25T07:00:00Z", "key-account");
    assertThat(own.json().path("parameter").asText()).isEqualTo("booking.hold-before");
    Reply plain = book("2026-11-25T05:30:00Z", "2026-11-25T06:30:00Z");
    assertThat(plain.json().has("parameter")).isFalse();
  }

  @Test
  void doorsOffersChangeWhenAVersionBeginsToHoldOnEveryServer() throws Exception {
    Server other =
        Server.start(
            new Server.Options(server.database().address(), 4, 0, BrokersForTests.embedded()));
    try {
      publish(ADMIN, "C", 1, "2026-11-23T03:00:00Z", list("door.book", "10, 20"));
      Eventually.becomes(
          "the present lengths", () -> offers(server.server()).equals("[15,30,45,60]"));
      server.database().setClock(Instant.parse("2026-11-23T03:00:00Z"));
      for (Server each : List.of(server.server(), other)) {
        Eventually.becomes("the new lengths", () -> offers(each).equals("[10,20]"));
      }
    } finally {
      other.close();
    }
  }

  private static String offers(Server of) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(of.address() + "/api/rooms/a/timeline"))
            .header("Cookie", SignedIn.COOKIE)
            .timeout(Eventually.PATIENCE)
            .build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    return Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class)
        .path("offers")
        .path("book")
        .toString();
  }

  private static JsonNode policy(JsonNode read, String id) {
    return StreamSupport.stream(read.path("policies").spliterator(), false)
        .filter(policy -> policy.path("id").asText().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private static JsonNode named(JsonNode values, String parameter) {
    return StreamSupport.stream(values.spliterator(), false)
        .filter(value -> value.path("parameter").asText().equals(parameter))
        .findFirst()
        .orElseThrow();
  }

  private static String value(String parameter, int number) {
    return "{\"parameter\": \"%s\", \"number\": %d}".formatted(parameter, number);
  }

  private static String list(String parameter, String numbers) {
    return "{\"parameter\": \"%s\", \"numbers\": [%s]}".formatted(parameter, numbers);
  }

  private static Reply publish(
      String by, String policy, int seen, @Nullable String from, String values) {
    String date = from == null ? "" : "\"effectiveFrom\": \"" + from + "\", ";
    String body = "{\"note\": \"修订\", %s\"values\": [%s]}".formatted(date, values);
    return send(by, policy, body, seen, UUID.randomUUID().toString());
  }

  private static Reply send(String by, String policy, String body, int seen, String key) {
    return server.send(
        as(by, "/api/policies/" + policy + "/versions")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .header("If-Match", "\"" + seen + "\"")
            .POST(BodyPublishers.ofString(body)));
  }

  private static Reply withdraw(String by, String policy, int version) {
    return server.send(
        as(by, "/api/policies/" + policy + "/versions/" + version + "/withdraw")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}")));
  }

  private static Reply book(String start, String end) {
    return bookAs(start, end, "ad-hoc");
  }

  private static Reply bookAs(String start, String end, String type) {
    return server.post(
        "/api/rooms/a/bookings",
        "{\"subject\": \"会谈\", \"start\": \"%s\", \"end\": \"%s\", \"meetingType\": \"%s\"}"
            .formatted(start, end, type));
  }

  private static long id(Reply made) {
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.json().path("id").asLong();
  }

  private static Reply get(String by, String path) {
    return server.send(as(by, path).GET());
  }

  private static HttpRequest.Builder as(String staffNumber, String path) {
    String token = staffNumber.equals(ADMIN) ? SignedIn.TOKEN : SignedIn.token(staffNumber);
    return HttpRequest.newBuilder(server.uri(path))
        .header("Cookie", "foyer-session=" + token)
        .header("X-Csrf-Token", Tokens.csrf(token));
  }
}
