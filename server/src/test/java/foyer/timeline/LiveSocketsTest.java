package foyer.timeline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.Eventually;
import foyer.testing.Screen;
import foyer.testing.TestServer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a display's socket may do, and what it gets for everything else. */
class LiveSocketsTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/live/rooms/nowhere",
        "/live/sites/nowhere",
        "/live/rooms/",
        "/live/rooms/A",
        "/live/rooms/a/",
        "/live/rooms/%61",
        "/live/rooms/a%2f..",
        "/live/floors/a",
        "/live",
        "/"
      })
  void thereIsNoSocketWhereThereIsNothingToShow(String path) throws IOException {
    try (RawScreen screen = RawScreen.open(server.ws(path))) {
      assertThat(screen.status()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "evil.example, '', 421",
    "127.0.0.1.evil.example, '', 421",
    "127.0.0.1, http://evil.example, 403",
    "127.0.0.1, null, 403",
    "127.0.0.1, http://127.0.0.1, 101"
  })
  void onlyThisMachinesOwnNamesAndPagesAreLetIn(String host, String origin, int status)
      throws IOException {
    try (RawScreen screen = RawScreen.knock(server.ws("/live/rooms/a"), host, origin)) {
      assertThat(screen.status()).isEqualTo(status);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "{",
        "null",
        "5",
        "[]",
        "{}",
        "{\"type\":5}",
        "{\"type\":\"timeline\"}",
        "{\"type\":\"clock\"}",
        "{\"type\":\"clock\",\"id\":\"7\"}",
        "{\"type\":\"clock\",\"id\":7.5}",
        "{\"type\":\"shown\"}",
        "{\"type\":\"shown\",\"timelines\":{\"room\":\"a\"}}"
      })
  void whatIsNotUnderstoodClosesTheSocket(String garbage) throws Exception {
    try (Screen screen = Screen.open(server.ws("/live/rooms/a"))) {
      screen.say(garbage);
      assertThat(screen.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void whatADisplaySaysInTheVeryMomentOfConnectingIsHeard() throws Exception {
    try (ExecutorService crowd = Executors.newFixedThreadPool(32)) {
      List<Future<Boolean>> answered =
          Collections.nCopies(1500, "a").stream()
              .map(room -> crowd.submit(() -> asksAtOnceAndIsAnswered(room)))
              .toList();
      for (Future<Boolean> answer : answered) {
        assertThat(answer.get()).isTrue();
      }
    }
  }

  private static boolean asksAtOnceAndIsAnswered(String room) throws IOException {
    try (RawScreen screen = RawScreen.open(server.ws("/live/rooms/" + room))) {
      screen.send(RawScreen.TEXT, true, "{\"type\":\"clock\",\"id\":9}".getBytes(UTF_8));
      String heard = "";
      while (!heard.contains("\"clock\"")) {
        heard = new String(screen.read().payload(), UTF_8);
      }
      return true;
    }
  }

  @Test
  void nestedGarbageAndBytesCloseTheSocketToo() throws Exception {
    try (Screen nested = Screen.open(server.ws("/live/rooms/a"));
        Screen binary = Screen.open(server.ws("/live/rooms/a"))) {
      nested.say("[".repeat(4000));
      assertThat(nested.closeCode()).isEqualTo(1008);
      binary.socket().sendBinary(ByteBuffer.wrap(new byte[] {1, 2, 3}), true).join();
      assertThat(binary.closeCode()).isEqualTo(1008);
    }
  }

  @Test
  void aMessageOfMoreThanFourKibibytesClosesTheSocketInOnePieceOrInMany() throws Exception {
    try (RawScreen whole = RawScreen.open(server.ws("/live/rooms/a"));
        RawScreen pieces = RawScreen.open(server.ws("/live/rooms/a"))) {
      whole.send(RawScreen.TEXT, true, "x".repeat(5000).getBytes(StandardCharsets.US_ASCII));
      assertThat(whole.readUntilClose().closeCode()).isEqualTo(1009);
      byte[] piece = "x".repeat(2000).getBytes(StandardCharsets.US_ASCII);
      pieces.send(RawScreen.TEXT, false, piece);
      pieces.send(0, false, piece);
      pieces.send(0, true, piece);
      assertThat(pieces.readUntilClose().closeCode()).isEqualTo(1009);
    }
  }

  @Test
  void theClockIsTheDatabasesAndAnsweredFromTheFirstMoment() {
    server.database().setClock(Instant.parse("2027-03-28T00:59:00Z"));
    Eventually.becomes(
        "the server knows the time",
        Duration.ofSeconds(3),
        () -> Math.abs(told().until(server.database().now(), ChronoUnit.MILLIS)) < 500);
    for (int i = 0; i < 20; i++) {
      assertThat(told()).isCloseTo(server.database().now(), within(500, ChronoUnit.MILLIS));
    }
  }

  @Test
  void whoNeverStopsAskingIsCutOff() throws Exception {
    try (Screen screen = Screen.open(server.ws("/live/rooms/a"))) {
      for (int i = 0; i < 2000 && !screen.closed().isDone(); i++) {
        screen.socket().sendText("{\"type\":\"clock\",\"id\":%d}".formatted(i), true).join();
      }
      assertThat(screen.closeCode()).isEqualTo(1008);
    } catch (CompletionException broken) {
      assertThat(broken).hasRootCauseInstanceOf(IOException.class);
    }
  }

  /** Asks in the very moment of connecting. */
  private static Instant told() {
    try (Screen screen = Screen.open(server.ws("/live/rooms/a"))) {
      screen.say("{\"type\":\"clock\",\"id\":9}");
      JsonNode clock = Screen.json(screen.next(m -> m.path("type").asText().equals("clock")));
      assertThat(clock.path("id").asLong()).isEqualTo(9);
      assertThat(clock.path("heard")).isEqualTo(clock.path("now"));
      return Instant.parse(clock.path("now").asText());
    }
  }
}
