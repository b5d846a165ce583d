package foyer.http;

import foyer.api.Answer;
import foyer.api.Caller;
import foyer.api.Contract;
import foyer.api.Incoming;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.api.ProblemException;
import foyer.tls.Keys;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocketHandshake;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server, and the only place that knows all routes. Deployed on event loops, as many
 * instances as cores: a WebSocket that is accepted on any other thread loses what the client says
 * before that thread has told the event loop (Vert.x 5.0.8, {@code ServerWebSocketHandshaker}).
 */
public final class HttpVerticle extends VerticleBase {

  /** Largest message that a display may send; the contract of docs/wire.md. */
  private static final int MOST_FROM_DISPLAY = 4 * 1024;

  /** A larger frame ends the connection without a farewell. */
  private static final int MOST_IN_A_FRAME = 64 * 1024;

  private static final int IDLE_SECONDS = 60;
  private static final int SHUTDOWN_SECONDS = 2;

  private final Address address;
  private final Contract contract;
  private final Map<String, Operation> operations;
  private final Gate gate;
  private final Consumer<Router> pages;
  private final Live live;
  private final Traffic traffic;
  private final Doorkeeper doorkeeper;
  private @Nullable HttpServer server;

  /**
   * Where to listen, and for how long to wait.
   *
   * @param host address to listen on
   * @param port 0 for any free one
   * @param publicHost name or address by which others than this machine reach it
   * @param tls certificate and key; empty for plain HTTP
   * @param limit for a request's body to arrive, and for an operation to answer
   */
  public record Address(
      String host, int port, String publicHost, Optional<Keys> tls, Duration limit) {

    /** Plain, for this machine alone. */
    public static Address onLoopback(int port, Duration limit) {
      return new Address("127.0.0.1", port, "127.0.0.1", Optional.empty(), limit);
    }
  }

  /**
   * The server of one installation.
   *
   * @param operations of the features, by the names that the contract gives them; {@code openapi}
   *     and {@code live} are the server's own
   * @param gate who may ask for what
   * @param pages puts the pages' routes on the router
   * @param traffic is told of each request
   */
  public HttpVerticle(
      Address address,
      Contract contract,
      Map<String, Operation> operations,
      Gate gate,
      Consumer<Router> pages,
      Live live,
      Traffic traffic) {
    this.address = address;
    this.contract = contract;
    this.operations = new LinkedHashMap<>(operations);
    this.operations.put("openapi", call -> Answer.bytes("application/json", contract.json()));
    this.operations.put("live", call -> Answer.ok(Map.of("ok", true)));
    this.gate = gate;
    this.pages = pages;
    this.live = live;
    this.traffic = traffic;
    this.doorkeeper = new Doorkeeper(address.publicHost());
  }

  @Override
  public Future<?> start() {
    HttpServer listening = vertx.createHttpServer(options());
    server = listening;
    return listening
        .requestHandler(router())
        .invalidRequestHandler(HttpVerticle::refuseMalformed)
        .webSocketHandshakeHandler(this::shake)
        .listen();
  }

  /** Lets running requests finish for two seconds. */
  @Override
  public Future<?> stop() {
    return server == null
        ? Future.succeededFuture()
        : server.shutdown(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
  }

  /** The port on which it listens. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.actualPort();
  }

  private HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHttp2ClearTextEnabled(false)
            .setMaxInitialLineLength(8 * 1024)
            .setMaxHeaderSize(16 * 1024)
            .setMaxWebSocketFrameSize(MOST_IN_A_FRAME)
            .setMaxWebSocketMessageSize(MOST_FROM_DISPLAY)
            .setPerFrameWebSocketCompressionSupported(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    options.setHost(address.host()).setPort(address.port());
    address.tls().ifPresent(keys -> options.setSsl(true).setKeyCertOptions(pem(keys)));
    return options;
  }

  /** Serves new connections with what the files hold now. */
  public Future<?> renewKeys() {
    HttpServer listening = server;
    return listening == null || address.tls().isEmpty()
        ? Future.succeededFuture()
        : listening.updateSSLOptions(
            new ServerSSLOptions().setKeyCertOptions(pem(address.tls().get())), true);
  }

  private static PemKeyCertOptions pem(Keys keys) {
    return new PemKeyCertOptions()
        .addCertPath(keys.certificate().toString())
        .addKeyPath(keys.key().toString());
  }

  private Router router() {
    Router router = Router.router(vertx);
    ContractRoutes routes = new ContractRoutes(vertx, contract, operations, gate, address.limit());
    router.route().handler(traffic::begin);
    router.route().handler(Headers::put);
    router.route().handler(this::checkAtTheDoor);
    for (String part : List.of("/api", "/api/*", "/health", "/health/*")) {
      router.route(part).handler(routes::handle);
    }
    router.route().handler(HttpVerticle::asPage);
    pages.accept(router);
    router.route().handler(HttpVerticle::refuseLost);
    for (int status : List.of(400, 404, 405, 500)) {
      router.errorHandler(status, HttpVerticle::refuseFailed);
    }
    return router;
  }

  private void checkAtTheDoor(RoutingContext ctx) {
    try {
      doorkeeper.check(ctx.request().method().name(), ctx.request().headers());
    } catch (ProblemException turnedAway) {
      refuse(ctx, turnedAway.problem());
      return;
    }
    ctx.next();
  }

  private static void asPage(RoutingContext ctx) {
    Traffic.of(ctx).page();
    ctx.next();
  }

  private static void refuseLost(RoutingContext ctx) {
    Traffic.of(ctx).lost();
    refuse(ctx, Problem.of(404, "no-such-address"));
  }

  private static void refuse(RoutingContext ctx, Problem problem) {
    Replies.send(ctx.request(), problem);
  }

  /** What the router itself cannot serve: an address that cannot be decoded, a page that failed. */
  private static void refuseFailed(RoutingContext ctx) {
    Throwable failure = ctx.failure();
    if (ctx.statusCode() == 400) {
      refuse(ctx, Problem.invalid(List.of(new Problem.Fault("path", "", "encoding"))));
    } else if (failure == null) {
      refuse(ctx, Problem.of(404, "no-such-address"));
    } else {
      refuse(ctx, Problems.of(failure));
    }
  }

  private static void refuseMalformed(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    Problem problem =
        switch (cause) {
          case TooLongHttpHeaderException tooLong -> Problem.of(431, "headers-too-large");
          case TooLongHttpLineException tooLong -> Problem.of(414, "address-too-long");
          default -> Problem.invalid(List.of(new Problem.Fault("header", "", "http")));
        };
    Headers.put(request.response().headers());
    Replies.send(request, problem.with("Connection", "close"));
  }

  private void shake(ServerWebSocketHandshake handshake) {
    Incoming incoming =
        new Incoming(
            "GET", handshake.path(), handshake.query(), name -> handshake.headers().getAll(name));
    try {
      doorkeeper.checkHandshake(handshake.headers());
    } catch (ProblemException turnedAway) {
      handshake.reject(turnedAway.problem().status());
      return;
    }
    Context loop = vertx.getOrCreateContext();
    Thread.ofVirtual()
        .name("handshake")
        .start(
            () -> {
              int refused = refusedWith(incoming);
              loop.runOnContext(done -> finish(handshake, incoming, refused));
            });
  }

  /** The status with which the socket is refused; 0 if it is let in. */
  private int refusedWith(Incoming incoming) {
    try {
      Caller caller = gate.caller(incoming);
      if (caller instanceof Caller.Nobody) {
        return 401;
      }
      if (!live.knows().test(incoming.path())) {
        return 404;
      }
      return live.mayWatch().test(caller, incoming.path()) ? 0 : 403;
    } catch (Throwable failure) {
      return Problems.of(failure).status();
    }
  }

  /** Whether a socket that was let in may stay; while nobody can tell, it does. */
  private boolean mayStay(Incoming incoming) {
    int refused = refusedWith(incoming);
    return refused != 401 && refused != 403;
  }

  private void finish(ServerWebSocketHandshake handshake, Incoming incoming, int refused) {
    if (refused != 0) {
      handshake.reject(refused);
      return;
    }
    handshake.accept().onSuccess(socket -> live.accepted().take(socket, () -> mayStay(incoming)));
  }
}
