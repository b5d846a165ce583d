package foyer.browser;

import foyer.webkit.Pages;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Pages with a timeline and an hour of one's choice: what a device program is to a page, but with
 * golden files for a server and a clock that stands where it is set. For pictures, and for the
 * tests of modules.
 */
public final class Stage implements AutoCloseable {

  private static final Path GOLDEN = Path.of("..", "wire", "golden");

  /** A command that a page sent. */
  public record Sent(String path, JsonObject body, @Nullable String key) {}

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private volatile String timeline = "";
  private volatile Instant now = Instant.EPOCH;
  private volatile Instant setAt = Instant.EPOCH;
  private volatile Duration silence = Duration.ZERO;
  private volatile int status = 200;
  private volatile JsonObject answer = new JsonObject();
  private volatile boolean blocksSockets;

  /** Opens a stage for these pages on a free port. */
  public Stage(Set<String> pages) {
    Router router = Router.router(vertx);
    Pages.mount(router, pages);
    router.get("/golden/:file").handler(Stage::golden);
    router.get("/api/me").handler(ctx -> ctx.json(new JsonObject().put("kind", "device")));
    router.get("/api/clock").handler(ctx -> ctx.json(clock()));
    router.get("/api/rooms/:room/timeline").handler(this::sendTimeline);
    router.post("/api/*").handler(this::take);
    server =
        vertx
            .createHttpServer()
            .webSocketHandshakeHandler(
                handshake -> {
                  if (blocksSockets) {
                    handshake.reject(403);
                  } else {
                    handshake.accept();
                  }
                })
            .webSocketHandler(this::live)
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await();
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + server.actualPort() + path;
  }

  /** Sets what the room's door shows, and the hour. */
  public Stage show(String timeline, Instant now) {
    this.timeline = timeline;
    this.now = now;
    this.setAt = Instant.now();
    return this;
  }

  /** Sends a new timeline to every open page. */
  public void push(String newer) {
    timeline = newer;
    sockets.forEach(socket -> socket.writeTextMessage(newer));
  }

  /** Lets the server have been silent for so long. */
  public Stage silentFor(Duration silence) {
    this.silence = silence;
    return this;
  }

  /** Answers the next commands so. */
  public Stage answering(int status, JsonObject answer) {
    this.status = status;
    this.answer = answer;
    return this;
  }

  /** Refuses WebSockets, as some proxies do. */
  public Stage blockingSockets() {
    blocksSockets = true;
    return this;
  }

  /** The commands that pages have sent. */
  public List<Sent> sent() {
    return List.copyOf(sent);
  }

  /** A golden file. */
  public static String golden(String name) {
    try {
      return Files.readString(GOLDEN.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void golden(RoutingContext ctx) {
    ctx.response()
        .putHeader("Content-Type", "application/json")
        .end(golden(Path.of(ctx.pathParam("file")).getFileName().toString()));
  }

  private void live(ServerWebSocket socket) {
    sockets.add(socket);
    socket.closeHandler(closed -> sockets.remove(socket));
    socket.writeTextMessage(timeline);
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          if ("clock".equals(message.getString("type"))) {
            JsonObject reply = clock().put("type", "clock").put("id", message.getValue("id"));
            socket.writeTextMessage(reply.encode());
          }
        });
  }

  private JsonObject clock() {
    Instant at = now.plus(Duration.between(setAt, Instant.now()));
    return new JsonObject().put("now", at.toString()).put("heard", at.minus(silence).toString());
  }

  private void sendTimeline(RoutingContext ctx) {
    ctx.response().putHeader("Content-Type", "application/json").end(timeline);
  }

  private void take(RoutingContext ctx) {
    ctx.request()
        .body()
        .onSuccess(
            body -> {
              String key = ctx.request().getHeader("Idempotency-Key");
              sent.add(new Sent(ctx.normalizedPath(), new JsonObject(body), key));
              ctx.response()
                  .setStatusCode(status)
                  .putHeader(
                      "Content-Type",
                      status < 300 ? "application/json" : "application/problem+json")
                  .end(Buffer.buffer(answer.encode()));
            });
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  /** An alternative as a refusal names it. */
  public static JsonObject alternative(
      String room, String zh, String en, String start, String end) {
    return new JsonObject()
        .put("room", room)
        .put("name", new JsonObject().put("zh", zh).put("en", en))
        .put("start", start)
        .put("end", end);
  }

  /** What the loser of a race is told. */
  public static JsonObject overlaps(JsonObject... nearest) {
    return new JsonObject()
        .put("type", "/problems/overlaps")
        .put("title", "taken")
        .put("nearest", new JsonArray(List.of(nearest)));
  }
}
