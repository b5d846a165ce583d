package foyer.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Bookings through HTTP; each reason for a refusal has its test. It is Monday, 10:00 in Shanghai,
 * 02:00 UTC.
 */
class BookingTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  @BeforeEach
  void anEmptyHouseAtTen() {
    server.sql("DELETE FROM booking; DELETE FROM idempotency_record");
    server.database().setClock(Instant.parse("2026-11-23T02:00:00Z"));
  }

  @Test
  void aBookingIsAnsweredWithAllThatWasAskedForAndThePolicyUnderWhichItWasMade() {
    Reply reply =
        server.post(
            "/api/rooms/a/bookings",
            """
            {"subject": "季度复盘", "start": "2026-11-23T11:00:00+08:00", "end": "2026-11-23T12:00:00+08:00", "goal": "查找原因",
             "meetingType": "regular", "convener": "1002", "headCount": 6,
             "attendees": [{"role": "required", "staffNumber": "1003"}, {"role": "guest", "name": "Frau Müller", "email": "m@example.org"}]}""");
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
    JsonNode made = reply.json();
    assertThat(made.path("start").asText()).isEqualTo("2026-11-23T03:00:00Z");
    assertThat(made.path("policy").asText()).as("customer service books under F").isEqualTo("F-1");
    assertThat(made.path("department").path("id").asText()).isEqualTo("service");
    assertThat(made.path("convener").path("name").path("zh").asText()).isEqualTo("李伟");
    assertThat(made.path("attendees")).hasSize(2);
    JsonNode again = server.get("/api/bookings/" + made.path("id").asLong()).json();
    assertThat(again).isEqualTo(made);
  }

  @Test
  void backToBackBookingsDoNotOverlap() {
    assertThat(book("a", "03:00", "04:00").status()).isEqualTo(201);
    assertThat(book("a", "04:00", "05:00").status()).isEqualTo(201);
    assertThat(book("a", "02:30", "03:00").status()).isEqualTo(201);
  }

  @Test
  void aTakenRoomIsRefusedWithTheNearestFreeRoomsAndTimes() {
    book("a", "04:00", "05:00");
    Reply refused = book("a", "04:30", "05:30");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.problem()).isEqualTo("overlaps");
    JsonNode nearest = refused.json().path("nearest");
    assertThat(nearest).extracting(n -> n.path("room").asText()).contains("b", "c", "a");
    assertThat(nearest.get(0).path("room").asText()).as("the same floor first").isEqualTo("b");
    assertThat(nearest)
        .filteredOn(n -> n.path("room").asText().equals("a"))
        .extracting(n -> n.path("start").asText())
        .containsExactly("2026-11-23T05:00:00Z", "2026-11-23T03:00:00Z");
    for (JsonNode free : nearest) {
      assertThat(
              bookAt(
                      free.path("room").asText(),
                      free.path("start").asText(),
                      free.path("end").asText(),
                      "ad-hoc")
                  .status())
          .isEqualTo(201);
    }
  }

  @Test
  void aReceptionHoldsTheFifteenMinutesBeforeItsStartHard() {
    assertThat(bookAt("a", "2026-11-23T05:00:00Z", "2026-11-23T06:00:00Z", "key-account").status())
        .isEqualTo(201);
    assertThat(book("a", "04:00", "04:50").problem()).isEqualTo("overlaps");
    assertThat(book("a", "04:00", "04:45").status()).isEqualTo(201);
  }

  @Test
  void ofManyAtOnceExactlyOneGetsTheRoomAndTheRevisionMovesByOne() throws Exception {
    long before = server.number("SELECT revision FROM room WHERE id = 'a'");
    List<Reply> replies = atOnce(40, () -> book("a", "03:00", "04:00"));
    assertThat(replies).filteredOn(r -> r.status() == 201).hasSize(1);
    assertThat(replies).filteredOn(r -> r.status() == 409).hasSize(39);
    assertThat(server.number("SELECT revision FROM room WHERE id = 'a'")).isEqualTo(before + 1);
  }

  @Test
  void theSameRequestUnderTheSameKeyBooksOnceAndIsAnsweredAlike() throws Exception {
    String key = UUID.randomUUID().toString();
    List<Reply> replies =
        atOnce(8, () -> server.post("/api/rooms/a/bookings", json("03:00", "04:00"), key));
    assertThat(replies).extracting(Reply::status).containsOnly(201);
    assertThat(replies.stream().map(r -> r.response().body()).distinct()).hasSize(1);
    assertThat(server.number("SELECT count(*) FROM booking")).isEqualTo(1);
    assertThat(server.post("/api/rooms/a/bookings", json("05:00", "06:00"), key).problem())
        .isEqualTo("idempotency-key-reused");
  }

  @Test
  void whatThePolicyDoesNotAllowIsRefusedWithItsNumberAndItsName() {
    assertThat(book("a", "04:00", "03:00").problem()).isEqualTo("empty-period");
    assertRefused(book("a", "03:00", "03:04"), "too-short", "minutes", 5);
    assertRefused(
        bookAt("a", "2026-11-23T03:00:00Z", "2026-11-24T03:01:00Z", "ad-hoc"),
        "too-long",
        "minutes",
        1440);
    assertRefused(book("a", "01:44", "03:00"), "in-the-past", "minutes", 15);
    assertRefused(
        bookAt("a", "2028-11-23T03:00:00Z", "2028-11-23T04:00:00Z", "ad-hoc"),
        "too-far-ahead",
        "days",
        365);
    assertThat(server.number("SELECT count(*) FROM booking")).isZero();
  }

  @Test
  void aMeetingThatHasJustBegunMayStillBeEntered() {
    assertThat(book("a", "01:46", "03:00").status()).isEqualTo(201);
  }

  @Test
  void outsideOpeningHoursARoomIsNotGivenWithoutApproval() {
    Reply early = bookAt("d", "2026-11-23T23:30:00Z", "2026-11-24T00:30:00Z", "ad-hoc");
    assertThat(early.problem()).isEqualTo("outside-opening-hours");
    assertThat(bookAt("d", "2026-11-24T00:00:00Z", "2026-11-24T12:00:00Z", "ad-hoc").status())
        .isEqualTo(201);
    assertThat(bookAt("d", "2026-11-24T11:00:00Z", "2026-11-24T12:01:00Z", "ad-hoc").problem())
        .isEqualTo("outside-opening-hours");
  }

  @Test
  void aRoomIsNotGivenToMorePeopleThanItHolds() {
    Reply refused =
        server.post(
            "/api/rooms/a/bookings",
            """
            {"subject": "大会", "start": "2026-11-23T03:00:00Z", "end": "2026-11-23T04:00:00Z", "headCount": 9}""");
    assertRefused(refused, "too-many-people", "capacity", 8);
  }

  @Test
  void whoIsNamedMustBeKnown() {
    assertThat(withField("\"convener\": \"9999\"").problem()).isEqualTo("unknown-person");
    assertThat(withField("\"department\": \"nowhere\"").problem()).isEqualTo("unknown-department");
    assertThat(withField("\"meetingType\": \"tea-party\"").problem())
        .isEqualTo("unknown-meeting-type");
    assertThat(
            withField(
                    "\"attendees\": [{\"role\": \"required\", \"staffNumber\": \"1001\"}, {\"role\": \"invited\", \"staffNumber\": \"1001\"}]")
                .problem())
        .isEqualTo("attendee-twice");
    assertThat(book("nowhere", "03:00", "04:00").problem()).isEqualTo("no-such-room");
    assertThat(server.get("/api/bookings/999999").problem()).isEqualTo("no-such-booking");
  }

  @Test
  void peopleSignInFromFifteenMinutesBeforeTheStartAndTwiceIsOnce() {
    long id = id(book("a", "02:30", "03:30"));
    Reply early = verb(id, "check-in");
    assertRefused(early, "too-early", "minutes", 15);
    server.database().setClock(Instant.parse("2026-11-23T02:15:01Z"));
    JsonNode first = verb(id, "check-in").json();
    assertThat(first.path("checkedInAt").asText()).startsWith("2026-11-23T02:15:01");
    assertThat(verb(id, "check-in").json().path("checkedInAt"))
        .isEqualTo(first.path("checkedInAt"));
    server.database().setClock(Instant.parse("2026-11-23T03:30:00Z"));
    assertThat(verb(id, "check-in").problem()).isEqualTo("over");
  }

  @Test
  void aRunningMeetingIsExtendedUntilTheNextHoldAndOnlyByWhoSeesItsPresentEnd() {
    long id = id(book("a", "02:00", "03:00"));
    book("a", "04:00", "05:00");
    server.database().setClock(Instant.parse("2026-11-23T02:30:00Z"));
    assertThat(extend(id, "02:45", "03:30").problem()).isEqualTo("end-changed");
    assertThat(extend(id, "03:00", "02:45").problem()).isEqualTo("not-later");
    assertThat(extend(id, "03:00", "04:15").problem()).isEqualTo("overlaps");
    assertThat(extend(id, "03:00", "04:00").json().path("end").asText())
        .isEqualTo("2026-11-23T04:00:00Z");
    assertThat(extend(id(book("b", "03:00", "04:00")), "04:00", "04:30").problem())
        .isEqualTo("not-begun");
  }

  @Test
  void aMeetingThatRunsOverTimeMayStillBeExtended() {
    long id = id(book("a", "02:00", "03:00"));
    verb(id, "check-in");
    server.database().setClock(Instant.parse("2026-11-23T03:06:00Z"));
    assertThat(extend(id, "03:00", "03:05").problem()).isEqualTo("not-later");
    assertThat(extend(id, "03:00", "03:30").status()).isEqualTo(200);
    server.database().setClock(Instant.parse("2026-11-23T03:45:00Z"));
    assertThat(extend(id, "03:30", "04:00").problem()).isEqualTo("over");
  }

  @Test
  void endingEarlyFreesTheRoomAndIsTakenBackWithinTenSecondsUnlessSomebodyHasTakenIt() {
    long id = id(book("a", "02:00", "03:00"));
    assertThat(verb(id, "resume").problem()).isEqualTo("undo-too-late");
    server.database().setClock(Instant.parse("2026-11-23T02:20:00Z"));
    JsonNode ended = verb(id, "end").json();
    assertThat(ended.path("end").asText()).startsWith("2026-11-23T02:20:00");
    assertThat(verb(id, "end").problem()).isEqualTo("over");
    assertThat(verb(id, "resume").json().path("end").asText()).isEqualTo("2026-11-23T03:00:00Z");
    verb(id, "end");
    assertThat(
            server.post("/api/rooms/a/walk-up", "{\"until\": \"2026-11-23T02:40:00Z\"}").status())
        .isEqualTo(201);
    assertThat(verb(id, "resume").problem()).isEqualTo("overlaps");
    server.database().setClock(Instant.parse("2026-11-23T02:20:30Z"));
    assertThat(verb(id, "resume").problem()).isEqualTo("undo-too-late");
  }

  @Test
  void aMeetingIsNotEndedBeforeItBegan() {
    assertThat(verb(id(book("a", "03:00", "04:00")), "end").problem()).isEqualTo("not-begun");
  }

  @Test
  void thePeopleAtTheDoorGetTheRoomUntilTheNextHoldAndCountAsSignedIn() {
    book("a", "03:00", "04:00");
    Reply tooLong = server.post("/api/rooms/b/walk-up", "{\"until\": \"2026-11-23T04:30:00Z\"}");
    assertRefused(tooLong, "too-long", "minutes", 120);
    assertThat(
            server.post("/api/rooms/a/walk-up", "{\"until\": \"2026-11-23T03:15:00Z\"}").problem())
        .isEqualTo("overlaps");
    assertThat(
            server.post("/api/rooms/a/walk-up", "{\"until\": \"2026-11-23T02:03:00Z\"}").problem())
        .isEqualTo("too-short");
    Reply got = server.post("/api/rooms/a/walk-up", "{\"until\": \"2026-11-23T03:00:00Z\"}");
    assertThat(got.status()).isEqualTo(201);
    assertThat(got.json().path("checkedInAt").isNull()).isFalse();
    assertThat(got.json().path("source").asText()).isEqualTo("door");
  }

  @Test
  void aBookingMovesInTimeAndRoomByWhoHasSeenItsPresentState() {
    Reply made = book("a", "03:00", "04:00");
    long id = id(made);
    book("b", "05:00", "06:00");
    String move = "{\"room\": \"b\", \"start\": \"2026-11-23T06:00:00Z\"}";
    assertThat(server.verb("/api/bookings/" + id + "/move", move).status()).isEqualTo(428);
    assertThat(server.postIfMatch("/api/bookings/" + id + "/move", move, "\"7\"").problem())
        .isEqualTo("changed-meanwhile");
    Reply moved = server.postIfMatch("/api/bookings/" + id + "/move", move, "\"1\"");
    assertThat(moved.status()).as(moved.response().body()).isEqualTo(200);
    assertThat(moved.json().path("room").asText()).isEqualTo("b");
    assertThat(moved.json().path("end").asText())
        .as("it keeps its length")
        .isEqualTo("2026-11-23T07:00:00Z");
    Reply onto =
        server.postIfMatch(
            "/api/bookings/" + id + "/move", "{\"start\": \"2026-11-23T05:30:00Z\"}", "\"2\"");
    assertThat(onto.problem()).isEqualTo("overlaps");
    server.database().setClock(Instant.parse("2026-11-23T06:10:00Z"));
    Reply late =
        server.postIfMatch(
            "/api/bookings/" + id + "/move", "{\"start\": \"2026-11-23T08:00:00Z\"}", "\"2\"");
    assertThat(late.problem()).isEqualTo("begun");
  }

  @Test
  void twoThatSwapRoomsDoNotWaitForEachOtherForEver() throws Exception {
    long one = id(book("a", "03:00", "04:00"));
    long other = id(book("b", "05:00", "06:00"));
    List<Callable<Reply>> moves =
        List.of(
            () ->
                server.postIfMatch("/api/bookings/" + one + "/move", "{\"room\": \"b\"}", "\"1\""),
            () ->
                server.postIfMatch(
                    "/api/bookings/" + other + "/move", "{\"room\": \"a\"}", "\"1\""));
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var moved : pool.invokeAll(moves)) {
        assertThat(moved.get().status()).isEqualTo(200);
      }
    }
  }

  @Test
  void aCancelledBookingGivesTheRoomBack() {
    long id = id(book("a", "03:00", "04:00"));
    assertThat(
            server
                .verb("/api/bookings/" + id + "/cancel", "{\"reason\": \"客户改期\"}")
                .json()
                .path("status")
                .asText())
        .isEqualTo("cancelled");
    assertThat(server.verb("/api/bookings/" + id + "/cancel", "{}").problem())
        .isEqualTo("not-confirmed");
    assertThat(verb(id, "check-in").problem()).isEqualTo("not-confirmed");
    assertThat(book("a", "03:00", "04:00").status()).isEqualTo(201);
  }

  private static void assertRefused(Reply reply, String problem, String argument, int value) {
    assertThat(reply.problem()).as(reply.response().body()).isEqualTo(problem);
    assertThat(reply.json().path(argument).asInt()).isEqualTo(value);
  }

  private static Reply book(String room, String start, String end) {
    return server.post("/api/rooms/" + room + "/bookings", json(start, end));
  }

  private static Reply bookAt(String room, String start, String end, String type) {
    return server.post(
        "/api/rooms/" + room + "/bookings",
        """
        {"subject": "会谈", "start": "%s", "end": "%s", "meetingType": "%s"}"""
            .formatted(start, end, type));
  }

  private static Reply withField(String field) {
    return server.post(
        "/api/rooms/a/bookings",
        """
        {"subject": "会谈", "start": "2026-11-23T03:00:00Z", "end": "2026-11-23T04:00:00Z", %s}"""
            .formatted(field));
  }

  private static Reply extend(long id, String end, String newEnd) {
    return server.verb(
        "/api/bookings/" + id + "/extend",
        """
        {"end": "2026-11-23T%s:00Z", "newEnd": "2026-11-23T%s:00Z"}"""
            .formatted(end, newEnd));
  }

  private static Reply verb(long id, String verb) {
    return server.verb("/api/bookings/" + id + "/" + verb, "{}");
  }

  private static String json(String start, String end) {
    return """
        {"subject": "例会", "start": "2026-11-23T%s:00Z", "end": "2026-11-23T%s:00Z"}"""
        .formatted(start, end);
  }

  private static long id(Reply made) {
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.json().path("id").asLong();
  }

  private static List<Reply> atOnce(int times, Callable<Reply> request) throws Exception {
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Reply>> all = IntStream.range(0, times).mapToObj(i -> request).toList();
      return pool.invokeAll(all).stream().map(f -> f.resultNow()).toList();
    }
  }
}
