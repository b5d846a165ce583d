package foyer.booking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.org.Tokens;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many bookings at once, and what has become of one. It is Monday, 10:00 in Shanghai. */
class BoardsTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String TODAY = "from=2026-11-22T16:00:00Z&until=2026-11-23T16:00:00Z";

  @BeforeAll
  static void peopleSignIn() {
    server.sql(SignedIn.rows("1002") + SignedIn.rows("1003"));
  }

  @BeforeEach
  void anEmptyHouseAtTen() {
    server.sql("DELETE FROM booking; DELETE FROM idempotency_record");
    server.database().setClock(Instant.parse("2026-11-23T02:00:00Z"));
  }

  @Test
  void aSitesBoardHasAllItsRoomsAndNoneOfAnotherSite() {
    book("1001", "a", "03:00", "04:00", "");
    book("1001", "c", "02:30", "03:30", "");
    book("1001", "d", "03:00", "04:00", "");
    Reply board = as("1001", "/api/sites/hq/bookings?" + TODAY);
    assertThat(board.json().path("bookings"))
        .extracting(row -> row.path("room").asText())
        .containsExactly("c", "a");
    assertThat(as("1001", "/api/sites/hq/bookings?room=a&" + TODAY).json().path("bookings"))
        .hasSize(1);
    assertThat(as("1001", "/api/sites/hq/bookings?room=d&" + TODAY).json().path("bookings"))
        .as("a room of another site")
        .isEmpty();
  }

  @Test
  void whatOthersMayNotKnowOfAConfidentialBookingIsNotOnTheirBoard() {
    book("1002", "a", "03:00", "04:00", ",\"level\":\"confidential\",\"subject\":\"并购\"");
    book("1002", "b", "03:00", "04:00", ",\"subject\":\"周会\"");
    JsonNode theirs = as("1003", "/api/sites/hq/bookings?" + TODAY).json().path("bookings");
    assertThat(theirs.get(0).path("level").asText()).isEqualTo("confidential");
    assertThat(theirs.get(0).has("subject") || theirs.get(0).has("convener")).isFalse();
    assertThat(theirs.get(0).has("meetingType") || theirs.get(0).has("department")).isFalse();
    assertThat(theirs.get(0).has("part") || theirs.get(0).has("move")).isFalse();
    assertThat(theirs.get(1).path("subject").asText()).isEqualTo("周会");
    JsonNode own = as("1002", "/api/sites/hq/bookings?" + TODAY).json().path("bookings");
    assertThat(own.get(0).path("subject").asText()).isEqualTo("并购");
    assertThat(own.get(0).path("part").asText()).isEqualTo("own");
    assertThat(own.get(0).path("move").asText()).isEqualTo("yes");
    JsonNode admins = as("1001", "/api/sites/hq/bookings?" + TODAY).json().path("bookings");
    assertThat(admins.get(0).has("subject")).as("an admin neither").isFalse();
    assertThat(admins.get(0).path("move").asText()).isEqualTo("reason");
  }

  @Test
  void aBoardSaysWhenTheSiteIsOpen() {
    JsonNode open = as("1001", "/api/sites/day/bookings?" + TODAY).json().path("open");
    assertThat(open).hasSize(1);
    assertThat(open.get(0).path("from").asText()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(open.get(0).path("until").asText()).isEqualTo("2026-11-23T12:00:00Z");
  }

  @Test
  void aBoardThatHasNotChangedIsNotSentAgain() {
    book("1002", "a", "03:00", "04:00", "");
    Reply first = as("1003", "/api/sites/hq/bookings?" + TODAY);
    String tag = first.response().headers().firstValue("ETag").orElseThrow();
    assertThat(again("1003", "/api/sites/hq/bookings?" + TODAY, tag).status()).isEqualTo(304);
    assertThat(again("1002", "/api/sites/hq/bookings?" + TODAY, tag).status())
        .as("somebody else sees something else")
        .isEqualTo(200);
    book("1002", "b", "03:00", "04:00", "");
    assertThat(again("1003", "/api/sites/hq/bookings?" + TODAY, tag).status()).isEqualTo(200);
  }

  @Test
  void aBoardOfTooLongATimeOrOfNoSiteIsRefused() {
    String nineDays = "from=2026-11-22T16:00:00Z&until=2026-12-01T16:00:00Z";
    assertThat(as("1001", "/api/sites/hq/bookings?" + nineDays).problem())
        .isEqualTo("too-much-at-once");
    assertThat(as("1001", "/api/sites/none/bookings?" + TODAY).problem()).isEqualTo("no-such-site");
    assertThat(
            as(
                    "1001",
                    "/api/sites/hq/bookings?from=2026-11-23T00:00:00Z&until=2026-11-23T00:00:00Z")
                .problem())
        .isEqualTo("empty-period");
  }

  @Test
  void moreBookingsThanABoardTakesAreRefusedAsAWhole() {
    server.sql(
        """
        INSERT INTO booking (id, room_id, during, occupied, zone, local_start, local_end, status, subject, meeting_type_id, level,
                             priority, policy_version_id, source, made_at, changed_at)
        SELECT 1000000 + i, 'a', t, t, 'Asia/Shanghai', '2026-11-23 10:00', '2026-11-23 11:00', 'requested', 'x', 'ad-hoc', 'internal',
               'normal', (SELECT min(id) FROM policy_version), 'console', app_now(), app_now()
        FROM generate_series(1, 5001) i, tstzrange(timestamptz '2026-11-23 02:00Z', '2026-11-23 03:00Z') t""");
    assertThat(as("1001", "/api/sites/hq/bookings?" + TODAY).problem())
        .isEqualTo("too-many-bookings");
  }

  @Test
  void onesDiaryHoldsWhatOneCallsHasBookedOrIsToComeTo() {
    book("1002", "a", "03:00", "04:00", ",\"subject\":\"自己的\"");
    book(
        "1003",
        "b",
        "04:00",
        "05:00",
        ",\"subject\":\"受邀\",\"level\":\"confidential\",\"attendees\":[{\"role\":\"required\",\"staffNumber\":\"1002\"}]");
    book("1003", "c", "05:00", "06:00", ",\"subject\":\"别人的\"");
    JsonNode mine = as("1002", "/api/me/bookings?" + TODAY).json().path("bookings");
    assertThat(mine)
        .extracting(row -> row.path("part").asText())
        .containsExactly("own", "attendee");
    assertThat(mine.get(1).path("subject").asText()).as("who takes part knows").isEqualTo("受邀");
    assertThat(mine.get(1).has("move")).isFalse();
  }

  @Test
  void aBookingsHistorySaysWhoDidWhatAndWhy() {
    long id = book("1002", "a", "03:00", "04:00", "");
    move("1001", id, "{\"room\":\"b\",\"reason\":\"投影仪坏了\"}");
    Reply cancelled = send("1002", "/api/bookings/" + id + "/cancel", "{\"reason\":\"改期\"}", null);
    assertThat(cancelled.status()).isEqualTo(200);
    JsonNode events = as("1002", "/api/bookings/" + id + "/history").json().path("events");
    assertThat(events)
        .extracting(event -> event.path("action").asText())
        .containsExactly("book", "move", "cancel");
    assertThat(events)
        .extracting(event -> event.path("by").path("staffNumber").asText())
        .containsExactly("1002", "1001", "1002");
    assertThat(events.get(1).path("reason").asText()).isEqualTo("投影仪坏了");
    assertThat(events.get(1).path("fields")).hasSize(3);
    assertThat(as("1003", "/api/bookings/" + id + "/history").problem())
        .isEqualTo("not-yours-to-do");
  }

  @Test
  void reasonsAboutAMeetingWhoseTitleOneMayNotKnowAreNotRead() {
    long id = book("1002", "a", "03:00", "04:00", ",\"level\":\"confidential\"");
    send("1002", "/api/bookings/" + id + "/cancel", "{\"reason\":\"并购取消\"}", null);
    Reply admins = as("1001", "/api/bookings/" + id + "/history");
    assertThat(admins.json().path("events")).hasSize(2);
    assertThat(admins.response().body()).doesNotContain("并购取消");
    assertThat(as("1002", "/api/bookings/" + id + "/history").response().body()).contains("并购取消");
  }

  @Test
  void whatADoorDidIsInTheHistoryUnderItsName() {
    Reply walkUp = server.post("/api/rooms/a/walk-up", "{\"until\":\"2026-11-23T02:30:00Z\"}");
    long id = walkUp.json().path("id").asLong();
    JsonNode event = as("1001", "/api/bookings/" + id + "/history").json().path("events").get(0);
    assertThat(event.path("device").asText()).isEqualTo("door");
    assertThat(event.path("by").isNull()).isTrue();
  }

  @Test
  void whatOneMayDoWithABookingIsSaidBeforeOneTries() {
    long id = book("1002", "a", "03:00", "04:00", "");
    assertThat(deeds("1002", id))
        .containsExactly("move", "cancel", "check-in", "extend", "end-early", "history");
    assertThat(deeds("1003", id)).isEmpty();
    assertThat(deeds("1001", id)).startsWith("move R", "cancel R");
    assertThat(as("1001", "/api/bookings/999999/deeds").problem()).isEqualTo("no-such-booking");
    assertThat(as("1001", "/api/bookings/999999/history").problem()).isEqualTo("no-such-booking");
  }

  private static List<String> deeds(String staffNumber, long id) {
    JsonNode deeds = as(staffNumber, "/api/bookings/" + id + "/deeds").json().path("deeds");
    List<String> words = new ArrayList<>();
    deeds.forEach(
        deed ->
            words.add(deed.path("deed").asText() + (deed.path("reason").asBoolean() ? " R" : "")));
    return words;
  }

  private static long book(String by, String room, String from, String until, String more) {
    String subject = more.contains("\"subject\"") ? "" : "\"subject\":\"例会\",";
    String body =
        "{%s\"start\":\"2026-11-23T%s:00Z\",\"end\":\"2026-11-23T%s:00Z\"%s}"
            .formatted(subject, from, until, more);
    Reply made = send(by, "/api/rooms/" + room + "/bookings", body, null);
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    return made.json().path("id").asLong();
  }

  private static void move(String by, long id, String body) {
    Reply moved = send(by, "/api/bookings/" + id + "/move", body, "\"1\"");
    assertThat(moved.status()).as(moved.response().body()).isEqualTo(200);
  }

  private static Reply as(String staffNumber, String path) {
    return server.send(identified(staffNumber, path).GET());
  }

  private static Reply again(String staffNumber, String path, String tag) {
    return server.send(identified(staffNumber, path).header("If-None-Match", tag).GET());
  }

  private static Reply send(String by, String path, String json, @Nullable String tag) {
    HttpRequest.Builder request =
        identified(by, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json));
    return server.send(tag == null ? request : request.header("If-Match", tag));
  }

  private static HttpRequest.Builder identified(String staffNumber, String path) {
    String token = staffNumber.equals("1001") ? SignedIn.TOKEN : SignedIn.token(staffNumber);
    return HttpRequest.newBuilder(server.uri(path))
        .header("Cookie", "foyer-session=" + token)
        .header("X-Csrf-Token", Tokens.csrf(token));
  }
}
