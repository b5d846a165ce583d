package foyer.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.Brokers;
import foyer.Server;
import foyer.testing.Eventually;
import foyer.testing.Screen;
import foyer.testing.Subscriber;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.DoorState;
import foyer.wire.Timeline;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the change to those who show it. It is Monday, 10:00 in Shanghai, 02:00 UTC. */
@Tag("alone")
class TimelinePushTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final Instant TEN = Instant.parse("2026-11-23T02:00:00Z");

  @BeforeEach
  void anEmptyHouseAtTen() {
    server.sql(
        "DELETE FROM booking; UPDATE room SET removed_at = NULL, revision = revision + 1; UPDATE opening_hours SET closes = '20:00' WHERE site_id = 'day'");
    server.database().setClock(TEN);
    Eventually.becomes(
        "the house is shown empty",
        () ->
            Stream.of("a", "b", "c", "d").allMatch(room -> isShownAsStored(room, server.uri("/"))));
  }

  @Test
  void aBookingReachesScreensSubscribersAndRestAsTheSameBytes() throws Exception {
    JsonNode dashboard =
        server
            .post(
                "/api/devices",
                "{\"id\":\"dashboard\",\"kind\":\"integration\",\"name\":\"Dashboard\",\"rooms\":[]}")
            .json();
    String present = server.get("/api/rooms/a/timeline").response().body();
    try (Screen door = Screen.open(server.ws("/live/rooms/a"));
        Screen hall = Screen.open(server.ws("/live/sites/hq"));
        Subscriber subscriber =
            Subscriber.to(
                dashboard.path("broker").asText(),
                dashboard.path("username").asText(),
                dashboard.path("password").asText(),
                "foyer/rooms/a/timeline")) {
      assertThat(door.next()).as("what is shown on connecting").isEqualTo(present);
      assertThat(List.of(hall.next(), hall.next(), hall.next())).contains(present);
      assertThat(subscriber.next().text()).as("what is retained").isEqualTo(present);

      book("a", 60, "internal");
      String pushed = door.next();
      assertThat(Screen.json(pushed).path("meetings").get(0).path("subject").asText())
          .isEqualTo("并购谈判 Falke");
      assertThat(hall.next()).isEqualTo(pushed);
      assertThat(subscriber.next().text()).isEqualTo(pushed);
      Reply asked = server.get("/api/rooms/a/timeline");
      assertThat(asked.response().body()).isEqualTo(pushed);
      String tag = asked.response().headers().firstValue("ETag").orElseThrow();
      Reply again =
          server.send(
              HttpRequest.newBuilder(server.uri("/api/rooms/a/timeline"))
                  .header("If-None-Match", tag));
      assertThat(again.status()).isEqualTo(304);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"confidential", "strict"})
  void ofAMeetingThatIsNotForTheCorridorNoWordIsTold(String level) {
    try (Screen door = Screen.open(server.ws("/live/rooms/a"))) {
      door.next();
      book("a", 60, level);
      String pushed = door.next();
      assertThat(Screen.json(pushed).path("meetings")).hasSize(1);
      assertThat(pushed)
          .contains(level)
          .doesNotContain("Falke", "并购", "王芳", "Wang Fang", "销售部", "Sales", "\"people\"");
    }
  }

  @Test
  void whatIsChangedBehindTheServersBackIsShownWithinTwoSeconds() {
    book("b", 60, "internal");
    try (Screen b = Screen.open(server.ws("/live/rooms/b"));
        Screen d = Screen.open(server.ws("/live/rooms/d"))) {
      b.next();
      d.next();
      server.sql(
          "UPDATE booking SET subject = '改题'; UPDATE room SET name_en = 'Bamboo', revision = revision + 1 WHERE id = 'b'");
      long since = System.nanoTime();
      Timeline renamed = b.timeline();
      assertThat(renamed.face().name().en()).isEqualTo("Bamboo");
      assertThat(renamed.meetings().getFirst().subject()).isEqualTo("改题");
      assertSoonAfter(since);

      server.sql("UPDATE opening_hours SET closes = '18:00' WHERE site_id = 'day'");
      since = System.nanoTime();
      assertThat(d.timeline().entries())
          .anyMatch(
              e ->
                  e.state() == DoorState.CLOSED
                      && e.from().equals(Instant.parse("2026-11-23T10:00:00Z")));
      assertSoonAfter(since);

      server.sql("UPDATE policy_parameter SET value = '[20, 40]' WHERE name = 'door.extend'");
      since = System.nanoTime();
      d.next(m -> m.path("offers").path("extend").path(1).asInt() == 40);
      assertSoonAfter(since);
    }
  }

  @Test
  void aRoomThatIsTakenAwayIsGoneEverywhereAndComesBackWithTheRoom() throws Exception {
    JsonNode watch =
        server
            .post(
                "/api/devices",
                "{\"id\":\"watch\",\"kind\":\"integration\",\"name\":\"Watch\",\"rooms\":[]}")
            .json();
    try (Screen door = Screen.open(server.ws("/live/rooms/c"));
        Screen hall = Screen.open(server.ws("/live/sites/hq"));
        Subscriber subscriber =
            Subscriber.to(
                watch.path("broker").asText(),
                "watch",
                watch.path("password").asText(),
                "foyer/rooms/c/timeline")) {
      subscriber.next();
      server.sql("UPDATE room SET removed_at = app_now() WHERE id = 'c'");
      assertThat(door.next(m -> m.path("type").asText().equals("gone")))
          .isEqualTo(hall.next(m -> m.path("type").asText().equals("gone")))
          .contains("\"room\":\"c\"");
      assertThat(subscriber.next().text()).isEmpty();
      assertThat(server.get("/api/rooms/c/timeline").status()).isEqualTo(404);

      server.sql("UPDATE room SET removed_at = NULL WHERE id = 'c'");
      assertThat(door.timeline().room()).isEqualTo("c");
      assertThat(subscriber.next().timeline().room()).isEqualTo("c");
    }
  }

  @Test
  void aChangeAtOneServerIsPushedByTheOtherAtOnce() {
    try (Server second = second();
        Screen door = Screen.open(live(second, "/live/rooms/a"))) {
      door.next();
      long[] took = new long[9];
      for (int i = 0; i < took.length; i++) {
        long since = System.nanoTime();
        book("a", 60 + 15 * i, "internal");
        door.next();
        took[i] = (System.nanoTime() - since) / 1_000_000;
      }
      assertThat(LongStream.of(took).sorted().toArray()[took.length / 2])
          .as("median of %s ms", LongStream.of(took).boxed().toList())
          .isLessThan(250);
    }
  }

  @Test
  void whatNobodyHeardIsFoundWithinASecondOrTwoAndTheServerListensAgain() {
    try (Server second = second();
        Screen door = Screen.open(live(second, "/live/rooms/a"))) {
      door.next();
      long before = server.number("SELECT max(pid) FROM pg_stat_activity WHERE " + LISTENERS);
      server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + LISTENERS);
      long since = System.nanoTime();
      book("a", 60, "internal");
      door.next();
      assertSoonAfter(since);
      Eventually.becomes(
          "both listen again",
          () ->
              server.number(
                      "SELECT count(*) FROM pg_stat_activity WHERE "
                          + LISTENERS
                          + " AND pid <> "
                          + before)
                  == 2);
    }
  }

  @Test
  void aListeningLineThatIsDeadWithoutHavingBeenClosedIsReplaced() throws Exception {
    long pid = server.number("SELECT pid FROM pg_stat_activity WHERE " + LISTENERS);
    signal("STOP", pid);
    try {
      Eventually.becomes(
          "another one listens",
          () ->
              server.number(
                      "SELECT count(*) FROM pg_stat_activity WHERE "
                          + LISTENERS
                          + " AND pid <> "
                          + pid)
                  == 1);
    } finally {
      signal("CONT", pid);
    }
  }

  private static final String LISTENERS =
      "datname = current_database() AND application_name = 'foyer listener'";

  private static void signal(String name, long pid) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
  }

  private static void assertSoonAfter(long since) {
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofMillis(2500));
  }

  private static Server second() {
    return Server.start(
        new Server.Options(server.database().address(), 2, 0, new Brokers.Choice.None()));
  }

  private static URI live(Server at, String path) {
    return URI.create(at.address().replace("http:", "ws:") + path);
  }

  private static boolean isShownAsStored(String room, URI base) {
    Reply shown =
        server.send(HttpRequest.newBuilder(base.resolve("/api/rooms/" + room + "/timeline")));
    return shown.status() == 200
        && Objects.equals(
            shown.json().path("revision").asLong(),
            server.number("SELECT revision FROM room WHERE id = '" + room + "'"));
  }

  /** Books a quarter of an hour, so many minutes from ten o'clock on. */
  private static void book(String room, int minutes, String level) {
    Instant start = TEN.plus(Duration.ofMinutes(minutes));
    Reply reply =
        server.post(
            "/api/rooms/" + room + "/bookings",
            """
            {"subject": "并购谈判 Falke", "start": "%s", "end": "%s", "convener": "1001", "level": "%s", "headCount": 5}"""
                .formatted(start, start.plus(Duration.ofMinutes(15)), level));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }
}
