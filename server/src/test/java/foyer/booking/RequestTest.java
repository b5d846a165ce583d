package foyer.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.org.Tokens;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Rooms that are booked by approval, and rooms that are kept for some departments. Room {@code a}
 * is booked by approval, {@code b} without up to an hour, {@code c} is kept for Sales. Sales is
 * below the Board; 2001 supervises Sales, 2002 the Board, nobody Customer Service. It is Monday,
 * 10:00 in Shanghai, 02:00 UTC.
 */
class RequestTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String ADMIN = "1001";
  private static final String CONVENER = "1003";
  private static final String OF_SERVICE = "1002";
  private static final String SUPERVISOR = "2001";
  private static final String NEXT_ABOVE = "2002";
  private static final String OF_BELOW = "2003";

  @BeforeAll
  static void termsAndLeaders() {
    server.sql(
        """
        INSERT INTO department (id, name_zh, name_en, position) VALUES ('board', '总经办', 'Board', 3), ('east', '华东销售部', 'Sales East', 4);
        INSERT INTO person (staff_number, name_zh, name_en, department_id, position) VALUES
          ('2001', '王主任', 'Director Wang', 'board', 1), ('2002', '陈总', 'President Chen', 'board', 2), ('2003', '赵六', 'Zhao Liu', 'east', 1);
        UPDATE department SET parent_id = 'board' WHERE id = 'sales';
        UPDATE department SET parent_id = 'sales' WHERE id = 'east';
        """
            + SignedIn.rows(OF_SERVICE)
            + SignedIn.rows(CONVENER)
            + SignedIn.rows(SUPERVISOR)
            + SignedIn.rows(NEXT_ABOVE)
            + SignedIn.rows(OF_BELOW));
  }

  @BeforeEach
  void nothingIsBookedAtTen() {
    server.sql(
        """
        DELETE FROM booking;
        DELETE FROM room_department;
        INSERT INTO room_department VALUES ('c', 'sales');
        UPDATE room SET revision = revision + 1, booking = 'automatic', automatic_up_to = NULL;
        UPDATE room SET booking = 'approval' WHERE id = 'a';
        UPDATE room SET automatic_up_to = 60 WHERE id = 'b';
        UPDATE person SET left_at = NULL;
        UPDATE department SET approver_id = NULL;
        """
            + leader("sales", SUPERVISOR)
            + leader("board", NEXT_ABOVE));
    server.database().setClock(Instant.parse("2026-11-23T02:00:00Z"));
  }

  @Test
  void aRoomByApprovalKeepsARequestAndSaysWithWhomItLies() {
    Reply reply = book(CONVENER, "a", "03:00", "04:00");
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
    JsonNode made = reply.json();
    assertThat(made.path("status").asText()).isEqualTo("requested");
    assertThat(made.path("waitsFor").path("what").asText()).isEqualTo("leader");
    assertThat(made.path("waitsFor").path("person").path("name").path("zh").asText())
        .isEqualTo("王主任");
    assertThat(get(CONVENER, "/api/bookings/" + made.path("id").asLong()).json()).isEqualTo(made);
    assertThat(server.number("SELECT count(*) FROM audit_entry WHERE action = 'request'"))
        .isPositive();
  }

  @Test
  void whatLastsLongerThanIsDelegatedNeedsApprovalAndWhatDoesNotIsConfirmedAtOnce() {
    assertThat(status(book(CONVENER, "b", "03:00", "04:00"))).isEqualTo("confirmed");
    assertThat(status(book(CONVENER, "b", "05:00", "06:01"))).isEqualTo("requested");
  }

  @Test
  void aRequestLiesWithTheLeaderWhoDidNotAskForItThenWithTheAdminDepartment() {
    assertThat(waitsFor(book(CONVENER, "a", "03:00", "04:00"))).isEqualTo(SUPERVISOR);
    server.sql(leader("sales", CONVENER));
    assertThat(waitsFor(book(CONVENER, "a", "03:00", "04:00")))
        .as("nobody approves their own")
        .isEqualTo(NEXT_ABOVE);
    server.sql(leader("sales", SUPERVISOR) + left(SUPERVISOR));
    assertThat(waitsFor(book(CONVENER, "a", "03:00", "04:00")))
        .as("who has left decides nothing")
        .isEqualTo(NEXT_ABOVE);
    assertThat(waitsFor(book(OF_SERVICE, "a", "03:00", "04:00"))).isEqualTo("admin-department");
  }

  @Test
  void beforeAskingOneLearnsWithWhomItWouldLie() {
    assertThat(approver(get(CONVENER, "/api/approver").json())).isEqualTo(SUPERVISOR);
    assertThat(approver(get(CONVENER, "/api/approver?department=board").json()))
        .isEqualTo(NEXT_ABOVE);
    assertThat(approver(get(CONVENER, "/api/approver?convener=1002").json()))
        .isEqualTo("admin-department");
    assertThat(approver(get(SUPERVISOR, "/api/approver?department=sales").json()))
        .as("nobody approves their own")
        .isEqualTo(NEXT_ABOVE);
    assertThat(get(CONVENER, "/api/approver?convener=9999").problem()).isEqualTo("unknown-person");
  }

  @Test
  void aRequestMovesOnWhenTheLeaderWithWhomItLiesLeaves() {
    long id = id(book(CONVENER, "a", "03:00", "04:00"));
    server.sql(left(SUPERVISOR));
    assertThat(waitsFor(get(CONVENER, "/api/bookings/" + id))).isEqualTo(NEXT_ABOVE);
  }

  @Test
  void aRequestBlocksNothingAndTwoForOneTimeAreBothKept() {
    book(CONVENER, "a", "03:00", "04:00");
    assertThat(status(book(OF_SERVICE, "a", "03:30", "04:30"))).isEqualTo("requested");
    server.sql("UPDATE room SET booking = 'automatic' WHERE id = 'a'");
    assertThat(status(book(SUPERVISOR, "a", "03:00", "04:00"))).isEqualTo("confirmed");
  }

  @Test
  void aRequestForATimeThatIsTakenIsRefusedWithWhereElse() {
    server.sql("UPDATE room SET booking = 'automatic' WHERE id = 'a'");
    book(CONVENER, "a", "03:00", "04:00");
    server.sql("UPDATE room SET booking = 'approval' WHERE id = 'a'");
    Reply refused = book(OF_SERVICE, "a", "03:30", "04:30");
    assertThat(refused.problem()).isEqualTo("overlaps");
    assertThat(refused.json().path("nearest")).isNotEmpty();
  }

  @Test
  void onlyItsPeopleTheLeaderAndTheAdminDepartmentKnowOfARequest() {
    long id = id(book(CONVENER, "a", "03:00", "04:00"));
    String path = "/api/bookings/" + id;
    for (String knows : List.of(CONVENER, SUPERVISOR, ADMIN)) {
      assertThat(get(knows, path).status()).as(knows).isEqualTo(200);
      assertThat(listed(knows)).as(knows).containsExactly(id);
    }
    for (String stranger : List.of(OF_SERVICE, NEXT_ABOVE)) {
      assertThat(get(stranger, path).problem()).as(stranger).isEqualTo("no-such-booking");
      assertThat(listed(stranger)).as(stranger).isEmpty();
    }
    HttpRequest.Builder door =
        HttpRequest.newBuilder(server.uri(path)).header("Authorization", SignedIn.DOOR).GET();
    assertThat(server.send(door).problem()).isEqualTo("no-such-booking");
  }

  @Test
  void aRequestIsListedForWhoAskedAndForWhomItLiesWithUntilItIsTooLate() {
    long withLeader = id(book(CONVENER, "a", "03:00", "04:00"));
    long withAdmins = id(book(OF_SERVICE, "a", "05:00", "06:00"));
    assertThat(requests(CONVENER, "/api/me/requests")).containsExactly(withLeader);
    assertThat(requests(OF_SERVICE, "/api/me/requests")).containsExactly(withAdmins);
    assertThat(requests(SUPERVISOR, "/api/requests")).containsExactly(withLeader);
    assertThat(requests(NEXT_ABOVE, "/api/requests")).isEmpty();
    assertThat(requests(ADMIN, "/api/requests")).containsExactly(withAdmins);
    assertThat(get(CONVENER, "/api/requests").problem()).isEqualTo("not-yours-to-do");
    server.database().setClock(Instant.parse("2026-11-23T04:00:00Z"));
    assertThat(requests(SUPERVISOR, "/api/requests")).isEmpty();
  }

  @Test
  void whoAskedWithdrawsAndNobodyElse() {
    long id = id(book(CONVENER, "a", "03:00", "04:00"));
    assertThat(cancel(ADMIN, id).problem()).isEqualTo("not-yours-to-do");
    assertThat(cancel(SUPERVISOR, id).problem()).isEqualTo("not-yours-to-do");
    assertThat(cancel(OF_SERVICE, id).problem()).isEqualTo("no-such-booking");
    Reply withdrawn = cancel(CONVENER, id);
    assertThat(status(withdrawn)).isEqualTo("withdrawn");
    assertThat(withdrawn.json().has("waitsFor")).isFalse();
    assertThat(cancel(CONVENER, id).problem()).isEqualTo("not-confirmed");
    assertThat(requests(SUPERVISOR, "/api/requests")).isEmpty();
    assertThat(get(OF_SERVICE, "/api/bookings/" + id).problem()).isEqualTo("no-such-booking");
  }

  @Test
  void aRequestCanNeitherBeMovedNorSignedIn() {
    long id = id(book(CONVENER, "a", "02:00", "03:00"));
    assertThat(post(CONVENER, "/api/bookings/" + id + "/check-in", "{}").problem())
        .isEqualTo("not-confirmed");
    assertThat(move(CONVENER, id, "{\"room\": \"b\"}", 1).problem()).isEqualTo("not-confirmed");
  }

  @Test
  void aRoomThatIsKeptForADepartmentIsForItAndAllBelowItAndNamesItToOthers() {
    assertThat(status(book(CONVENER, "c", "03:00", "04:00"))).isEqualTo("confirmed");
    assertThat(status(book(OF_BELOW, "c", "04:00", "05:00"))).isEqualTo("confirmed");
    Reply refused = book(OF_SERVICE, "c", "05:00", "06:00");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("room-not-for-department");
    assertThat(refused.json().path("departments").get(0).path("id").asText()).isEqualTo("sales");
    assertThat(refused.json().path("detail").asText()).contains("销售部 Sales");
    String ofBoard =
        """
        {"subject": "例会", "start": "2026-11-23T06:00:00Z", "end": "2026-11-23T07:00:00Z", "department": "board"}""";
    assertThat(status(post(ADMIN, "/api/rooms/c/bookings", ofBoard))).isEqualTo("confirmed");
  }

  @Test
  void aBookingIsNotMovedPastTheApprovalThatItWouldNeed() {
    long id = id(book(CONVENER, "b", "03:00", "04:00"));
    assertThat(move(CONVENER, id, "{\"room\": \"a\"}", 1).problem()).isEqualTo("needs-approval");
    Reply longer = move(CONVENER, id, "{\"end\": \"2026-11-23T04:30:00Z\"}", 1);
    assertThat(longer.problem()).isEqualTo("needs-approval-beyond");
    assertThat(longer.json().path("minutes").asInt()).isEqualTo(60);
    long other = id(book(OF_SERVICE, "b", "05:00", "06:00"));
    assertThat(move(OF_SERVICE, other, "{\"room\": \"c\"}", 1).problem())
        .isEqualTo("room-not-for-department");
    Reply byAdmin = move(ADMIN, other, "{\"room\": \"a\", \"reason\": \"调整\"}", 1);
    assertThat(byAdmin.json().path("room").asText()).isEqualTo("a");
  }

  @Test
  void whatIsApprovedMayTakeLessOfItsTimeWithoutAskingAgain() {
    long id = id(book(CONVENER, "a", "03:00", "05:00"));
    server.sql("UPDATE booking SET status = 'confirmed'");
    String less = "{\"start\": \"2026-11-23T04:00:00Z\", \"end\": \"2026-11-23T05:00:00Z\"}";
    assertThat(move(CONVENER, id, less, 1).status()).isEqualTo(200);
    assertThat(move(CONVENER, id, "{\"end\": \"2026-11-23T06:00:00Z\"}", 2).problem())
        .isEqualTo("needs-approval");
  }

  @Test
  void peopleAtTheDoorTakeOnlyRoomsThatAreForEverybodyWithoutAsking() {
    assertThat(walkUp("a", "03:00").problem()).isEqualTo("needs-approval");
    assertThat(walkUp("b", "03:01").problem()).isEqualTo("needs-approval-beyond");
    assertThat(walkUp("b", "03:00").status()).isEqualTo(201);
    assertThat(walkUp("c", "03:00").problem()).isEqualTo("room-not-for-department");
  }

  @Test
  void aDoorOffersOnlyWhatItMayGive() {
    JsonNode byApproval = timeline("a");
    assertThat(byApproval.path("entries").get(0).path("state").asText()).isEqualTo("free");
    assertThat(byApproval.path("entries").get(0).has("actions")).isFalse();
    assertThat(byApproval.path("offers").path("book")).isEmpty();
    JsonNode upToAnHour = timeline("b");
    assertThat(upToAnHour.path("entries").get(0).path("actions").get(0).path("act").asText())
        .isEqualTo("book");
    assertThat(upToAnHour.path("offers").path("longest").asInt()).isEqualTo(60);
    assertThat(timeline("c").path("entries").get(0).has("actions")).isFalse();
    assertThat(timeline("d").path("offers").path("longest").asInt()).isEqualTo(120);
  }

  /** What the door shows once it shows the terms as they are now. */
  private static JsonNode timeline(String room) {
    long revision = server.number("SELECT revision FROM room WHERE id = '" + room + "'");
    String path = "/api/rooms/" + room + "/timeline";
    Eventually.becomes(
        "the door of " + room, () -> get(ADMIN, path).json().path("revision").asLong() >= revision);
    return get(ADMIN, path).json();
  }

  private static String leader(String department, String staffNumber) {
    return "UPDATE department SET approver_id = (SELECT id FROM person WHERE staff_number = '%s') WHERE id = '%s';\n"
        .formatted(staffNumber, department);
  }

  private static String left(String staffNumber) {
    return "UPDATE person SET left_at = app_now() WHERE staff_number = '%s';\n"
        .formatted(staffNumber);
  }

  private static String status(Reply reply) {
    return reply.json().path("status").asText();
  }

  private static String waitsFor(Reply reply) {
    return approver(reply.json().path("waitsFor"));
  }

  private static String approver(JsonNode waits) {
    return waits.has("person")
        ? waits.path("person").path("staffNumber").asText()
        : waits.path("what").asText();
  }

  private static List<Long> listed(String by) {
    Reply reply =
        get(by, "/api/rooms/a/bookings?from=2026-11-23T00:00:00Z&until=2026-11-24T00:00:00Z");
    return ids(reply.json().path("bookings"));
  }

  private static List<Long> requests(String by, String path) {
    return ids(get(by, path).json().path("requests"));
  }

  private static List<Long> ids(JsonNode bookings) {
    return StreamSupport.stream(bookings.spliterator(), false)
        .map(booking -> booking.path("id").asLong())
        .toList();
  }

  private static Reply book(String by, String room, String start, String end) {
    return post(
        by,
        "/api/rooms/" + room + "/bookings",
        """
        {"subject": "例会", "start": "2026-11-23T%s:00Z", "end": "2026-11-23T%s:00Z"}"""
            .formatted(start, end));
  }

  private static Reply walkUp(String room, String until) {
    return server.post(
        "/api/rooms/" + room + "/walk-up", "{\"until\": \"2026-11-23T" + until + ":00Z\"}");
  }

  private static Reply cancel(String by, long id) {
    return post(by, "/api/bookings/" + id + "/cancel", "{\"reason\": \"不需要了\"}");
  }

  private static Reply move(String by, long id, String json, int version) {
    return server.send(
        as(by, "/api/bookings/" + id + "/move")
            .header("Content-Type", "application/json")
            .header("If-Match", "\"" + version + "\"")
            .POST(BodyPublishers.ofString(json)));
  }

  private static Reply get(String by, String path) {
    return server.send(as(by, path).GET());
  }

  private static Reply post(String by, String path, String json) {
    return server.send(
        as(by, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json)));
  }

  private static HttpRequest.Builder as(String staffNumber, String path) {
    String token = staffNumber.equals(ADMIN) ? SignedIn.TOKEN : SignedIn.token(staffNumber);
    return HttpRequest.newBuilder(server.uri(path))
        .header("Cookie", "foyer-session=" + token)
        .header("X-Csrf-Token", Tokens.csrf(token));
  }

  private static long id(Reply made) {
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.json().path("id").asLong();
  }
}
