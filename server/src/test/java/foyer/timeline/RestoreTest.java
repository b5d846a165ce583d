package foyer.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.Brokers;
import foyer.Server;
import foyer.testing.Screen;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.Stamp;
import foyer.wire.Timeline;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The record is set back to an older state, and no display may keep what is no longer true. */
class RestoreTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final Instant TEN = Instant.parse("2026-11-23T02:00:00Z");

  @BeforeEach
  void anEmptyHouse() {
    server.sql("DELETE FROM booking");
  }

  @Test
  void displaysGetTheOlderStateWithAHigherEpoch() {
    try (Screen door = Screen.open(server.ws("/live/rooms/a"))) {
      Stamp first = door.timeline().stamp();
      book(server.server(), "a", 60);
      book(server.server(), "a", 120);
      Stamp later = door.timeline().stamp();
      while (later.revision() < first.revision() + 2) {
        later = door.timeline().stamp();
      }
      server.sql(
          "DELETE FROM booking; UPDATE room SET revision = %d WHERE id = 'a'"
              .formatted(first.revision()));
      Timeline restored = door.timeline();
      assertThat(restored.meetings()).isEmpty();
      assertThat(restored.stamp().supersedes(later)).isTrue();
      assertThat(restored.stamp().epoch()).isEqualTo(later.epoch() + 1);
      assertEpochStays(later.epoch() + 1);
    }
  }

  @Test
  void aRestoreThatTakesTheEpochBackAsWellEndsAboveAllThatWasShown() {
    try (Screen door = Screen.open(server.ws("/live/rooms/b"))) {
      server.sql("UPDATE timeline_epoch SET epoch = epoch + 5");
      Stamp shown = door.timeline().stamp();
      while (shown.epoch() < epoch()) {
        shown = door.timeline().stamp();
      }
      server.sql("UPDATE timeline_epoch SET epoch = 1");
      Stamp restored = door.timeline().stamp();
      assertThat(restored.epoch()).isEqualTo(shown.epoch() + 1);
      assertEpochStays(restored.epoch());
    }
  }

  @Test
  void aDisplayThatShowsWhatTheRecordDoesNotKnowYetRaisesTheEpochOnce() {
    try (Screen door = Screen.open(server.ws("/live/rooms/a"))) {
      Stamp shown = door.timeline().stamp();
      door.claim("a", shown.epoch() + 3, shown.revision());
      Stamp raised = door.timeline().stamp();
      assertThat(raised.epoch()).isEqualTo(shown.epoch() + 4);
      door.claim("a", raised.epoch(), raised.revision() + 10);
      Stamp again = door.timeline().stamp();
      assertThat(again.epoch()).isEqualTo(raised.epoch() + 1);
      assertEpochStays(again.epoch());
    }
  }

  @Test
  void claimsThatCannotBeTrueRaiseNothing() {
    long before = epoch();
    try (Screen door = Screen.open(server.ws("/live/rooms/a"))) {
      Stamp shown = door.timeline().stamp();
      door.claim("nowhere", before, 99);
      door.claim("a", Long.MAX_VALUE, 1);
      door.claim("a", before, -1);
      door.claim("a", shown);
      assertEpochStays(before);
      assertThat(door.closed()).isNotDone();
    }
  }

  @Test
  void ordinaryTrafficOverTwoServersNeverRaisesTheEpoch() throws Exception {
    long before = epoch();
    try (Server second =
            Server.start(
                new Server.Options(server.database().address(), 2, 0, new Brokers.Choice.None()));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
      AtomicInteger changes = new AtomicInteger();
      BooleanSupplier goesOn = () -> System.nanoTime() < until || changes.get() <= 20;
      List<Future<?>> all = new ArrayList<>();
      for (String room : List.of("a", "b", "c")) {
        Server other = server.server();
        all.add(threads.submit(() -> bookAndClaim(room, other, second, changes, goesOn)));
        all.add(threads.submit(() -> bookAndClaim(room, second, other, changes, goesOn)));
      }
      for (Future<?> one : all) {
        one.get(60, TimeUnit.SECONDS);
      }
    }
    assertThat(epoch()).isEqualTo(before);
  }

  /** Changes a room at one server, and claims at the other what the first one shows. */
  private static void bookAndClaim(
      String room, Server at, Server claimedAt, AtomicInteger changes, BooleanSupplier goesOn) {
    try (Screen door = Screen.open(live(at, "/live/rooms/" + room));
        Screen claiming = Screen.open(live(claimedAt, "/live/rooms/" + room))) {
      while (goesOn.getAsBoolean()) {
        server.sql("UPDATE room SET revision = revision + 1 WHERE id = '" + room + "'");
        claiming.claim(room, door.timeline().stamp());
        book(at, "d", changes.getAndIncrement());
      }
    }
  }

  /** Lets the record be compared a few times, and looks again. */
  private static void assertEpochStays(long expected) {
    try (Screen other = Screen.open(server.ws("/live/rooms/c"))) {
      other.next();
      for (int i = 0; i < 3; i++) {
        server.sql("UPDATE room SET revision = revision + 1 WHERE id = 'c'");
        other.timeline();
      }
    }
    assertThat(epoch()).isEqualTo(expected);
  }

  private static long epoch() {
    return server.number("SELECT epoch FROM timeline_epoch");
  }

  private static URI live(Server at, String path) {
    return URI.create(at.address().replace("http:", "ws:") + path);
  }

  private static void book(Server at, String room, int minutes) {
    Instant start = TEN.plus(Duration.ofMinutes(minutes));
    Reply reply =
        server.send(
            java.net.http.HttpRequest.newBuilder(
                    URI.create(at.address() + "/api/rooms/" + room + "/bookings"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", java.util.UUID.randomUUID().toString())
                .POST(
                    java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"subject\": \"周会\", \"start\": \"%s\", \"end\": \"%s\", \"convener\": \"1001\"}"
                            .formatted(start, start.plus(Duration.ofMinutes(15))))));
    assertThat(reply.status()).as(reply.response().body()).isIn(201, 409, 422);
  }
}
