package foyer.browser;

import foyer.webkit.Pages;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The kiosk's page with timelines and an hour of one's choice. */
final class HallStage implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
  private volatile List<String> timelines = List.of();
  private volatile Instant now = Instant.EPOCH;
  private volatile Instant setAt = Instant.EPOCH;
  private volatile Duration silence = Duration.ZERO;

  HallStage() {
    Router router = Router.router(vertx);
    Pages.mount(router, Set.of("kiosk"));
    router.get("/api/me").handler(ctx -> ctx.json(new JsonObject().put("kind", "device")));
    server =
        vertx
            .createHttpServer()
            .webSocketHandler(this::live)
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await();
  }

  /** Sets what the rooms show, the hour, and for how long the server has been silent. */
  HallStage show(List<String> timelines, Instant now, Duration silence) {
    this.timelines = timelines;
    this.now = now;
    this.setAt = Instant.now();
    this.silence = silence;
    return this;
  }

  /** Sends a message to every open page. */
  void push(String message) {
    sockets.forEach(socket -> socket.writeTextMessage(message));
  }

  /** The page's address. */
  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/kiosk/?site=sh";
  }

  private void live(ServerWebSocket socket) {
    sockets.add(socket);
    socket.closeHandler(closed -> sockets.remove(socket));
    timelines.forEach(socket::writeTextMessage);
    socket.textMessageHandler(
        text -> {
          JsonObject message = new JsonObject(text);
          if ("clock".equals(message.getString("type"))) {
            Instant at = now.plus(Duration.between(setAt, Instant.now()));
            message.put("now", at.toString()).put("heard", at.minus(silence).toString());
            socket.writeTextMessage(message.encode());
          }
        });
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
