package foyer.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Caller;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Verdict;
import foyer.timeline.RoomFeed.Claim;
import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The displays that are connected by WebSocket (docs/wire.md). Each gets the same bytes; one that
 * reads too slowly skips to the latest and costs bounded memory. Lives on the feed's event loop.
 */
public final class LiveSockets implements RoomFeed.Listener {

  /** Close codes of RFC 6455 §7.4.1 and of IANA's registry. */
  private static final short GOING_AWAY = 1001;

  private static final short POLICY = 1008;
  private static final short TOO_BIG = 1009;
  private static final short TRY_AGAIN_LATER = 1013;

  private static final int MOST_BYTES = 4 * 1024;

  /** Sessions end by time, too, and nobody says so. */
  private static final long ASKED_EVERY_MS = 60_000;

  private static final int ASKED_AT_ONCE = 8;
  private static final String ROOMS = "rooms";
  private static final String SITES = "sites";

  /** Of what there are sockets: the second part of their paths. */
  public static final Set<String> KINDS = Set.of(ROOMS, SITES);

  private static final Pattern PATH =
      Pattern.compile("/live/(" + String.join("|", KINDS) + ")/([^/]+)");

  /**
   * What a display may cost.
   *
   * @param queueBytes waiting to be read, from which on it skips
   * @param messages from it between two pings
   * @param pingEvery time between two pings; two unanswered ones are the end
   * @param fullAtMost how long something may wait because the queue is full
   * @param farewell how long a closed display may take to hang up by itself
   */
  record Limits(
      int queueBytes, int messages, Duration pingEvery, Duration fullAtMost, Duration farewell) {

    /** Those of docs/wire.md. */
    static final Limits USUAL =
        new Limits(
            64 * 1024, 1000, Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(5));
  }

  private final Vertx vertx;
  private final RoomFeed feed;
  private final ServerTime time;
  private final Limits limits;
  private final Map<String, Set<Display>> byRoom = new HashMap<>();
  private final Map<String, Set<Display>> bySite = new HashMap<>();
  private final Set<Display> all = new LinkedHashSet<>();
  private final LongAdder pushed = new LongAdder();
  private volatile int connected;
  private volatile Runnable beforeAsking = () -> {};

  /** A connected display. */
  private static final class Display {
    private final ServerWebSocket socket;
    private final BooleanSupplier stillMay;
    private final Set<Display> group;
    private final Set<String> waiting = new LinkedHashSet<>();
    private int unanswered;
    private int messages;
    private long fullSince;

    Display(ServerWebSocket socket, BooleanSupplier stillMay, Set<Display> group) {
      this.socket = socket;
      this.stillMay = stillMay;
      this.group = group;
    }
  }

  private record Target(boolean site, String id) {}

  /** Displays of this feed. */
  public LiveSockets(Vertx vertx, RoomFeed feed, ServerTime time) {
    this(vertx, feed, time, Limits.USUAL);
  }

  LiveSockets(Vertx vertx, RoomFeed feed, ServerTime time, Limits limits) {
    this.vertx = vertx;
    this.feed = feed;
    this.time = time;
    this.limits = limits;
  }

  /** Begins to serve; on the feed's event loop. */
  public void start() {
    feed.listen(this);
    feed.onAccessChange(this::askAgain);
    vertx.setPeriodic(
        limits.pingEvery().toMillis(), tick -> all.stream().toList().forEach(this::ping));
    vertx.setPeriodic(ASKED_EVERY_MS, tick -> askAgain());
    vertx.setPeriodic(Math.min(1000, limits.fullAtMost().toMillis()), tick -> cutOffTheStuck());
  }

  /** Whether a socket of that path would be served now. Any thread. */
  public boolean serves(String path) {
    return target(path)
        .filter(t -> t.site() ? feed.hasSite(t.id()) : feed.of(t.id()).isPresent())
        .isPresent();
  }

  /** Whether the caller may see what is shown under a path that is served. Any thread. */
  public boolean mayWatch(Rights rights, Caller caller, String path) {
    return target(path)
        .map(t -> t.site() ? Relation.toSite(t.id()) : toRoom(t.id()))
        .filter(relation -> rights.verdict("free-busy", caller, relation) != Verdict.REFUSED)
        .isPresent();
  }

  private Relation toRoom(String room) {
    return feed.of(room).map(shown -> Relation.toRoom(shown.site(), room)).orElse(Relation.NONE);
  }

  /**
   * What forgets all that is kept of rights; it runs before displays are asked for theirs again.
   */
  public void beforeAsking(Runnable forget) {
    beforeAsking = forget;
  }

  /**
   * Asks of each display whether it may still be here, and hangs up on those that may not; on the
   * feed's event loop.
   */
  private void askAgain() {
    beforeAsking.run();
    List<Display> present = List.copyOf(all);
    for (int i = 0; i < Math.min(ASKED_AT_ONCE, present.size()); i++) {
      int first = i;
      Thread.ofVirtual()
          .name("rights of sockets")
          .start(
              () -> {
                for (int next = first; next < present.size(); next += ASKED_AT_ONCE) {
                  ask(present.get(next));
                }
              });
    }
  }

  private void ask(Display display) {
    if (!display.stillMay.getAsBoolean()) {
      onFeed(() -> cutOff(display, POLICY, "no right"));
    }
  }

  /** How many displays are connected; any thread. */
  public int size() {
    return connected;
  }

  /** How many timelines were handed to displays since the start; any thread. */
  long pushed() {
    return pushed.sum();
  }

  /**
   * Takes a socket over, on its own event loop; its path must be one that is served. Nothing of it
   * is read until it is listened to.
   *
   * @param stillMay whether its caller may still watch; asked on a virtual thread
   */
  public void accept(ServerWebSocket socket, BooleanSupplier stillMay) {
    Optional<Target> target = target(socket.path());
    if (target.isEmpty()) {
      socket.close(POLICY, "no such path");
      return;
    }
    socket.pause();
    onFeed(() -> take(socket, stillMay, target.get()));
  }

  /** Tells every display that this server goes away. */
  public void close() {
    onFeed(
        () ->
            all.stream().toList().forEach(display -> display.socket.close(GOING_AWAY, "restart")));
  }

  @Override
  public void shown(Shown shown) {
    byRoom.getOrDefault(shown.room(), Set.of()).forEach(display -> send(display, shown));
    bySite.getOrDefault(shown.site(), Set.of()).forEach(display -> send(display, shown));
  }

  @Override
  public void gone(String room, String site) {
    byRoom.getOrDefault(room, Set.of()).forEach(display -> sendGone(display, room));
    bySite.getOrDefault(site, Set.of()).forEach(display -> sendGone(display, room));
  }

  @Override
  public void moved(String room, String fromSite) {
    bySite.getOrDefault(fromSite, Set.of()).forEach(display -> sendGone(display, room));
  }

  private static void sendGone(Display display, String room) {
    display.waiting.remove(room);
    display.socket.writeTextMessage(Json.text(Map.of("type", "gone", "room", room)));
  }

  private static Optional<Target> target(String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.matches() && Topics.isId(matcher.group(2))
        ? Optional.of(new Target(matcher.group(1).equals(SITES), matcher.group(2)))
        : Optional.empty();
  }

  private void take(ServerWebSocket socket, BooleanSupplier stillMay, Target target) {
    Map<String, Set<Display>> groups = target.site() ? bySite : byRoom;
    Display display =
        new Display(socket, stillMay, groups.computeIfAbsent(target.id(), none -> new HashSet<>()));
    try {
      listen(display);
    } catch (IllegalStateException closedMeanwhile) {
      return;
    }
    display.group.add(display);
    all.add(display);
    connected = all.size();
    if (target.site()) {
      feed.all().stream()
          .filter(shown -> shown.site().equals(target.id()))
          .forEach(shown -> send(display, shown));
    } else {
      feed.of(target.id())
          .ifPresentOrElse(shown -> send(display, shown), () -> sendGone(display, target.id()));
    }
    socket.resume();
  }

  /** What comes from a socket comes on its own thread, and is handed to the feed's. */
  private void listen(Display display) {
    ServerWebSocket socket = display.socket;
    socket.setWriteQueueMaxSize(limits.queueBytes());
    socket.drainHandler(done -> onFeed(() -> drained(display)));
    socket.pongHandler(pong -> onFeed(() -> display.unanswered = 0));
    socket.textMessageHandler(text -> onFeed(() -> heard(display, text)));
    socket.binaryMessageHandler(bytes -> onFeed(() -> cutOff(display, POLICY, "text only")));
    socket.exceptionHandler(failure -> onFeed(() -> cutOff(display, TOO_BIG, "not understood")));
    socket.closeHandler(done -> onFeed(() -> remove(display)));
  }

  private void onFeed(Runnable work) {
    feed.context().runOnContext(now -> work.run());
  }

  private void remove(Display display) {
    display.group.remove(display);
    all.remove(display);
    connected = all.size();
  }

  /** Says farewell, and hangs up on a display that does not hear it. */
  private void cutOff(Display display, short code, String reason) {
    if (!all.contains(display)) {
      return;
    }
    remove(display);
    display.socket.close(code, reason);
    WebSocketInternal line = (WebSocketInternal) display.socket;
    vertx.setTimer(limits.farewell().toMillis(), late -> hangUp(line));
  }

  private static void hangUp(WebSocketInternal line) {
    var _ = line.channelHandlerContext().close();
  }

  /** Sends it now, or the latest of the room when the display has read what it was sent before. */
  private void send(Display display, Shown shown) {
    if (!isFull(display.socket)) {
      pushed.increment();
      display.socket.writeTextMessage(shown.text());
      return;
    }
    if (display.waiting.isEmpty()) {
      display.fullSince = System.nanoTime();
    }
    display.waiting.add(shown.room());
  }

  /** Nothing is sent to a closed socket, nor to a full one. */
  private static boolean isFull(ServerWebSocket socket) {
    try {
      return socket.writeQueueFull();
    } catch (IllegalStateException closed) {
      return true;
    }
  }

  private void drained(Display display) {
    List<String> rooms = new ArrayList<>(display.waiting);
    display.waiting.clear();
    rooms.forEach(room -> feed.of(room).ifPresent(shown -> send(display, shown)));
  }

  private void ping(Display display) {
    display.messages = 0;
    if (display.unanswered >= 2) {
      cutOff(display, POLICY, "no pong");
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
                !display.waiting.isEmpty()
                    && now - display.fullSince > limits.fullAtMost().toNanos())
        .toList()
        .forEach(display -> cutOff(display, TRY_AGAIN_LATER, "too slow"));
  }

  private void heard(Display display, String text) {
    if (++display.messages > limits.messages()) {
      cutOff(display, POLICY, "too many messages");
      return;
    }
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MOST_BYTES) {
      cutOff(display, TOO_BIG, "at most 4 KiB");
      return;
    }
    try {
      JsonNode message = Json.read(utf8, JsonNode.class);
      JsonNode id = message.path("id");
      JsonNode timelines = message.path("timelines");
      String type = message.path("type").asText("");
      if (type.equals("clock") && id.isIntegralNumber()) {
        clock(display, id);
      } else if (type.equals("shown") && timelines.isArray()) {
        feed.claimed(claims(timelines));
      } else {
        cutOff(display, POLICY, "unknown message");
      }
    } catch (UncheckedIOException e) {
      cutOff(display, POLICY, "no JSON");
    }
  }

  private void clock(Display display, JsonNode id) {
    if (isFull(display.socket)) {
      return;
    }
    Instant now = time.now();
    display.socket.writeTextMessage(
        "{\"type\":\"clock\",\"id\":"
            + id.asText()
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
