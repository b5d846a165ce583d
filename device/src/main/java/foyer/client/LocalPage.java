package foyer.client;

import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the device's browser sees, on the loopback address only: the pages, and of the server's
 * interface what they need, answered from what the program holds. The same pages run on the server
 * itself.
 */
final class LocalPage {

  private static final String HOST = "127.0.0.1";
  private static final int MAX_PAGES = 32;

  private final Vertx vertx;
  private final Consumer<Router> pages;
  private final TimelineStore store;
  private final DeviceClock clock;
  private final Commands commands;
  private final Set<LiveSocket> sockets = new LinkedHashSet<>();
  private @Nullable HttpServer server;

  /**
   * Listens to nobody before {@link #listen}.
   *
   * @param pages adds the routes of the page itself
   */
  LocalPage(
      Vertx vertx,
      TimelineStore store,
      DeviceClock clock,
      Commands commands,
      Consumer<Router> pages) {
    this.vertx = vertx;
    this.pages = pages;
    this.store = store;
    this.clock = clock;
    this.commands = commands;
    store.onChange(change -> List.copyOf(sockets).forEach(socket -> socket.changed(change)));
  }

  /**
   * Opens the port.
   *
   * @param home where the root leads to, a path with its query
   * @param health what the program says of itself
   * @return the address with the port that was taken
   */
  Future<String> listen(int port, String home, Supplier<Map<String, Object>> health) {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(HOST)
            .setPort(port)
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout(60)
            .setMaxHeaderSize(16 * 1024)
            .setMaxWebSocketFrameSize(64 * 1024)
            .setMaxWebSocketMessageSize(64 * 1024);
    HttpServer opening = vertx.createHttpServer(options).requestHandler(router(home, health));
    server = opening;
    return opening.listen().map(open -> "http://" + HOST + ":" + open.actualPort() + "/");
  }

  /** How many pages are connected. */
  int pages() {
    return sockets.size();
  }

  /** Says goodbye to the pages. */
  Future<Void> close() {
    List.copyOf(sockets).forEach(LiveSocket::close);
    return server == null ? Future.succeededFuture() : server.close();
  }

  private Router router(String home, Supplier<Map<String, Object>> health) {
    Router router = Router.router(vertx);
    router.route().handler(this::onlyOurselves);
    router.get("/").handler(ctx -> ctx.redirect(home));
    router.get("/health").handler(ctx -> json(ctx, health.get()));
    router.get("/api/me").handler(ctx -> json(ctx, Map.of("kind", "device")));
    router.get("/api/clock").handler(ctx -> json(ctx, clockAnswer()));
    router.get("/api/rooms").handler(this::rooms);
    router.get("/api/rooms/:room/timeline").handler(this::timeline);
    router.get("/live/rooms/:id").handler(ctx -> live(ctx, new LiveSocket.Scope.OfRoom(id(ctx))));
    router.get("/live/sites/:id").handler(ctx -> live(ctx, new LiveSocket.Scope.OfSite(id(ctx))));
    commands.mount(router);
    router.route("/api/*").handler(LocalProblem.NOT_FOUND::answer);
    router.route("/live/*").handler(LocalProblem.NOT_FOUND::answer);
    pages.accept(router);
    return router;
  }

  /**
   * Lets in only who asks for this very address, from one of its own pages: a foreign name that
   * resolves to the loopback address (DNS rebinding) and a foreign page in the same browser are
   * turned away.
   */
  private void onlyOurselves(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    int port = request.localAddress().port();
    String host = String.valueOf(request.getHeader(HttpHeaders.HOST));
    if (!host.equals(HOST + ":" + port) && !host.equals("localhost:" + port)) {
      LocalProblem.FOREIGN_HOST.answer(ctx);
      return;
    }
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (origin != null && !origin.equals("http://" + host)) {
      LocalProblem.FOREIGN_ORIGIN.answer(ctx);
      return;
    }
    ctx.response().putHeader("X-Content-Type-Options", "nosniff");
    ctx.next();
  }

  private void timeline(RoutingContext ctx) {
    store
        .get(ctx.pathParam("room"))
        .ifPresentOrElse(held -> timeline(ctx, held), () -> LocalProblem.NOT_FOUND.answer(ctx));
  }

  private static void timeline(RoutingContext ctx, HeldTimeline held) {
    ctx.response().putHeader(HttpHeaders.ETAG, held.etag());
    ctx.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-cache");
    if (held.etag().equals(ctx.request().getHeader(HttpHeaders.IF_NONE_MATCH))) {
      ctx.response().setStatusCode(304).end();
      return;
    }
    ctx.response().putHeader(HttpHeaders.CONTENT_TYPE, "application/json").end(held.bytes());
  }

  private void rooms(RoutingContext ctx) {
    String site = ctx.request().getParam("site");
    List<Map<String, Object>> rooms =
        store.all().stream()
            .filter(held -> site == null || site.equals(held.timeline().site()))
            .map(LocalPage::room)
            .toList();
    json(ctx, Map.of("rooms", rooms));
  }

  private static Map<String, Object> room(HeldTimeline held) {
    Map<String, Object> room = new LinkedHashMap<>();
    room.put("id", held.room());
    room.put("site", held.timeline().site());
    room.put("name", held.timeline().face().name());
    room.put("floor", held.timeline().face().floor());
    room.put("capacity", held.timeline().face().capacity());
    room.put("equipment", held.timeline().face().equipment());
    return room;
  }

  private Map<String, Object> clockAnswer() {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("now", clock.now());
    clock.heard().ifPresent(heard -> answer.put("heard", heard));
    return answer;
  }

  private void live(RoutingContext ctx, LiveSocket.Scope scope) {
    if (!Topics.isId(id(ctx))
        || !"websocket".equalsIgnoreCase(ctx.request().getHeader("Upgrade"))) {
      LocalProblem.NOT_FOUND.answer(ctx);
      return;
    }
    if (sockets.size() >= MAX_PAGES) {
      LocalProblem.TOO_MANY.answer(ctx);
      return;
    }
    ctx.request()
        .toWebSocket()
        .onSuccess(
            socket -> {
              LiveSocket live = new LiveSocket(vertx, socket, store, clock, scope);
              sockets.add(live);
              live.open(() -> sockets.remove(live));
            });
  }

  private static String id(RoutingContext ctx) {
    return ctx.pathParam("id");
  }

  private static void json(RoutingContext ctx, Object value) {
    ctx.response()
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(Buffer.buffer(Json.bytes(value)));
  }
}
