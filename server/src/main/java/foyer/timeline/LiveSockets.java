package foyer.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.timeline.RoomFeed.Claim;
import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The displays that are connected by WebSocket (docs/wire.md). Each gets the same bytes; one that
 * reads too slowly skips to the latest and costs bounded memory. Lives on the feed's event loop.
 */
public final class LiveSockets implements RoomFeed.Listener {

  /** Close codes of RFC 6455 §7.4.1: normal, going away, policy violation, try again later. */
  private static final short GOING_AWAY = 1001;

  private static final short POLICY = 1008;
  private static final short TRY_AGAIN_LATER = 1013;

  private static final Pattern PATH = Pattern.compile("/live/(rooms|sites)/([^/]+)");
  private static final int QUEUE_BYTES = 64 * 1024;
  private static final long PING_EVERY_MS = 10_000;
  private static final long FULL_AT_MOST_MS = 10_000;

  private final Vertx vertx;
  private final RoomFeed feed;
  private final ServerTime time;
  private final Map<String, Set<Display>> byRoom = new HashMap<>();
  private final Map<String, Set<Display>> bySite = new HashMap<>();
  private final Set<Display> all = new LinkedHashSet<>();

  /** A connected display. */
  private static final class Display {
    private final ServerWebSocket socket;
    private final Set<Display> group;
    private final Set<String> waiting = new LinkedHashSet<>();
    private int unanswered;
    private long fullSince;

    Display(ServerWebSocket socket, Set<Display> group) {
      this.socket = socket;
      this.group = group;
    }
  }

  private record Target(boolean site, String id) {}

  /** Displays of this feed. */
  public LiveSockets(Vertx vertx, RoomFeed feed, ServerTime time) {
    this.vertx = vertx;
    this.feed = feed;
    this.time = time;
  }

  /** Begins to serve; on the feed's event loop. */
  public void start() {
    feed.listen(this);
    vertx.setPeriodic(PING_EVERY_MS, tick -> all.stream().toList().forEach(this::ping));
    vertx.setPeriodic(1000, tick -> cutOffTheStuck());
  }

  /** Whether a socket of that path would be served now. Any thread. */
  public boolean serves(String path) {
    return target(path)
        .filter(t -> t.site() ? hasSite(t.id()) : feed.of(t.id()).isPresent())
        .isPresent();
  }

  /** How many displays are connected; on the feed's event loop. */
  public int size() {
    return all.size();
  }

  /** Takes a socket over, on any thread; its path must be one that is served. */
  public void accept(ServerWebSocket socket) {
    Optional<Target> target = target(socket.path());
    if (target.isEmpty()) {
      socket.close(POLICY, "no such path");
      return;
    }
    socket.setWriteQueueMaxSize(QUEUE_BYTES);
    feed.context().runOnContext(now -> take(socket, target.get()));
  }

  /** Tells every display that this server goes away. */
  public void close() {
    feed.context()
        .runOnContext(
            now ->
                all.stream()
                    .toList()
                    .forEach(display -> display.socket.close(GOING_AWAY, "restart")));
  }

  @Override
  public void shown(Shown shown) {
    byRoom.getOrDefault(shown.room(), Set.of()).forEach(display -> send(display, shown));
    bySite.getOrDefault(shown.site(), Set.of()).forEach(display -> send(display, shown));
  }

  @Override
  public void gone(String room, String site) {
    String message = Json.text(Map.of("type", "gone", "room", room));
    byRoom
        .getOrDefault(room, Set.of())
        .forEach(display -> display.socket.writeTextMessage(message));
    bySite
        .getOrDefault(site, Set.of())
        .forEach(display -> display.socket.writeTextMessage(message));
  }

  private static Optional<Target> target(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() && Topics.isId(matcher.group(2))
        ? Optional.of(new Target(matcher.group(1).equals("sites"), matcher.group(2)))
        : Optional.empty();
  }

  private boolean hasSite(String site) {
    return feed.all().stream().anyMatch(shown -> shown.site().equals(site));
  }

  private void take(ServerWebSocket socket, Target target) {
    Map<String, Set<Display>> groups = target.site() ? bySite : byRoom;
    Display display =
        new Display(socket, groups.computeIfAbsent(target.id(), none -> new HashSet<>()));
    display.group.add(display);
    all.add(display);
    socket.closeHandler(done -> onFeed(() -> remove(display)));
    socket.exceptionHandler(failure -> onFeed(() -> remove(display)));
    socket.drainHandler(done -> onFeed(() -> drained(display)));
    socket.pongHandler(pong -> onFeed(() -> display.unanswered = 0));
    socket.textMessageHandler(text -> onFeed(() -> heard(display, text)));
    socket.binaryMessageHandler(bytes -> socket.close(POLICY, "text only"));
    if (socket.isClosed()) {
      remove(display);
      return;
    }
    if (target.site()) {
      feed.all().stream()
          .filter(shown -> shown.site().equals(target.id()))
          .forEach(shown -> send(display, shown));
    } else {
      feed.of(target.id()).ifPresent(shown -> send(display, shown));
    }
  }

  private void onFeed(Runnable work) {
    feed.context().runOnContext(now -> work.run());
  }

  private void remove(Display display) {
    display.group.remove(display);
    all.remove(display);
  }

  /** Sends it now, or the latest of the room when the display has read what it was sent before. */
  private void send(Display display, Shown shown) {
    if (display.socket.writeQueueFull()) {
      if (display.waiting.isEmpty()) {
        display.fullSince = System.nanoTime();
      }
      display.waiting.add(shown.room());
      return;
    }
    display.socket.writeFrame(shown.frame());
  }

  private void drained(Display display) {
    List<String> rooms = new ArrayList<>(display.waiting);
    display.waiting.clear();
    rooms.forEach(room -> feed.of(room).ifPresent(shown -> send(display, shown)));
  }

  private void ping(Display display) {
    if (display.unanswered >= 2) {
      remove(display);
      display.socket.shutdown();
      display.socket.close(POLICY, "no pong");
      return;
    }
    display.unanswered++;
    display.socket.writePing(Buffer.buffer("foyer"));
  }

  private void cutOffTheStuck() {
    long now = System.nanoTime();
    all.stream()
        .filter(
            display ->
                !display.waiting.isEmpty() && now - display.fullSince > FULL_AT_MOST_MS * 1_000_000)
        .toList()
        .forEach(
            display -> {
              remove(display);
              display.socket.close(TRY_AGAIN_LATER, "too slow");
            });
  }

  private void heard(Display display, String text) {
    try {
      JsonNode message = Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
      switch (message.path("type").asText("")) {
        case "clock" -> clock(display, message.path("id"));
        case "shown" -> feed.claimed(claims(message.path("timelines")));
        default -> display.socket.close(POLICY, "unknown message");
      }
    } catch (UncheckedIOException e) {
      display.socket.close(POLICY, "no JSON");
    }
  }

  private void clock(Display display, JsonNode id) {
    if (!id.isIntegralNumber() || display.socket.writeQueueFull()) {
      return;
    }
    Instant now = time.now();
    display.socket.writeTextMessage(
        "{\"type\":\"clock\",\"id\":"
            + id.asLong()
            + ",\"now\":\""
            + now
            + "\",\"heard\":\""
            + now
            + "\"}");
  }

  private static List<Claim> claims(JsonNode timelines) {
    List<Claim> claims = new ArrayList<>();
    timelines.forEach(
        t ->
            claims.add(
                new Claim(
                    t.path("room").asText(""),
                    t.path("epoch").asLong(),
                    t.path("revision").asLong())));
    return claims;
  }
}
