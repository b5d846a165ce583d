package foyer.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import foyer.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * A page's connection: the present timelines of its rooms, and each later one. What it costs is
 * bounded: a page that reads too slowly skips to the latest and is closed when it stays so.
 */
final class LiveSocket {

  private static final short NOT_ALLOWED = 1008;
  private static final short TOO_BIG = 1009;
  private static final short TRY_AGAIN_LATER = 1013;

  /** The most that a page may say at once, in bytes. */
  private static final int MAX_MESSAGE = 4 * 1024;

  /** Bytes that may wait for a slow page; a timeline may come on top. */
  private static final int MAX_WAITING = 128 * 1024;

  private static final long PATIENCE = 10_000;
  private static final long PING = 10_000;

  private final Vertx vertx;
  private final ServerWebSocket socket;
  private final TimelineStore store;
  private final DeviceClock clock;
  private final Scope scope;
  private final Set<String> skipped = new LinkedHashSet<>();
  private int unanswered;
  private long fullTimer = -1;
  private long pingTimer = -1;

  /** Sends nothing before {@link #open}. */
  LiveSocket(
      Vertx vertx, ServerWebSocket socket, TimelineStore store, DeviceClock clock, Scope scope) {
    this.vertx = vertx;
    this.socket = socket;
    this.store = store;
    this.clock = clock;
    this.scope = scope;
  }

  /** Sends what is known; from now on the page is answered. */
  void open(Runnable closed) {
    socket.setWriteQueueMaxSize(MAX_WAITING);
    socket.textMessageHandler(this::heard);
    socket.binaryMessageHandler(bytes -> socket.close(NOT_ALLOWED, "text only"));
    socket.drainHandler(drained -> catchUp());
    socket.pongHandler(pong -> unanswered = 0);
    socket.exceptionHandler(failure -> socket.close());
    socket.closeHandler(
        gone -> {
          vertx.cancelTimer(fullTimer);
          vertx.cancelTimer(pingTimer);
          closed.run();
        });
    pingTimer = vertx.setPeriodic(PING, timer -> ping());
    store.all().stream()
        .filter(held -> scope.has(held.room(), held.timeline().site()))
        .forEach(held -> send(held.room()));
  }

  /** A room has changed; the page is told if it shows that room. */
  void changed(TimelineStore.Change change) {
    if (scope.has(change.room(), change.site())) {
      send(change.room());
    }
  }

  /** Ends the connection because the program stops. */
  void close() {
    socket.close((short) 1001, "the program stops");
  }

  private void send(String room) {
    if (socket.isClosed()) {
      return;
    }
    if (socket.writeQueueFull()) {
      skipped.add(room);
      if (fullTimer < 0) {
        fullTimer =
            vertx.setTimer(PATIENCE, timer -> socket.close(TRY_AGAIN_LATER, "reads too slowly"));
      }
      return;
    }
    socket.writeTextMessage(store.get(room).map(HeldTimeline::text).orElseGet(() -> gone(room)));
  }

  private void catchUp() {
    vertx.cancelTimer(fullTimer);
    fullTimer = -1;
    Set<String> rooms = Set.copyOf(skipped);
    skipped.clear();
    rooms.forEach(this::send);
  }

  private void ping() {
    if (unanswered >= 2) {
      socket.close();
      return;
    }
    unanswered++;
    socket.writePing(Buffer.buffer());
  }

  private void heard(String message) {
    if (message.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE) {
      socket.close(TOO_BIG, "too big");
      return;
    }
    try {
      JsonNode said = Json.MAPPER.readTree(message);
      String type = said.path("type").asText();
      if (type.equals("clock") && said.path("id").isIntegralNumber()) {
        tellTime(said.path("id"));
      } else if (!type.equals("shown") || !said.path("timelines").isArray()) {
        socket.close(NOT_ALLOWED, "unknown message");
      }
    } catch (JsonProcessingException e) {
      socket.close(NOT_ALLOWED, "no JSON");
    }
  }

  private void tellTime(JsonNode id) {
    if (socket.writeQueueFull()) {
      return;
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("type", "clock");
    answer.put("id", id);
    answer.put("now", clock.now());
    clock.heard().ifPresent(heard -> answer.put("heard", heard));
    socket.writeTextMessage(Json.text(answer));
  }

  private static String gone(String room) {
    Map<String, String> gone = new LinkedHashMap<>();
    gone.put("type", "gone");
    gone.put("room", room);
    return Json.text(gone);
  }

  /** The rooms that a page shows. */
  sealed interface Scope {

    /** Whether the room of that site is one of them. */
    boolean has(String room, String site);

    /** One room. */
    record OfRoom(String id) implements Scope {

      @Override
      public boolean has(String room, String site) {
        return room.equals(id);
      }
    }

    /** All rooms of a site. */
    record OfSite(String id) implements Scope {

      @Override
      public boolean has(String room, String site) {
        return site.equals(id);
      }
    }
  }
}
