package foyer.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What whoever runs the server watches it by, on an address of its own: {@code /metrics} in
 * Prometheus's text format, {@code /health/live}, {@code /health/ready}. Plain HTTP, for there is
 * nothing of any person in it.
 */
public final class InternalVerticle extends VerticleBase {

  private static final int IDLE_SECONDS = 30;
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final String host;
  private final int port;
  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;
  private @Nullable HttpServer server;

  /**
   * A listener on one address.
   *
   * @param port 0 for any free one
   * @param ready whether the server can do its work; any thread
   */
  public InternalVerticle(
      String host, int port, PrometheusMeterRegistry registry, BooleanSupplier ready) {
    this.host = host;
    this.port = port;
    this.registry = registry;
    this.ready = ready;
  }

  @Override
  public Future<?> start() {
    HttpServer listening =
        vertx.createHttpServer(
            new HttpServerOptions()
                .setHost(host)
                .setPort(port)
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(1024)
                .setMaxHeaderSize(8 * 1024)
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS));
    server = listening;
    return listening.requestHandler(this::answer).listen();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  /** The port on which it listens. */
  public int port() {
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.actualPort();
  }

  private void answer(HttpServerRequest request) {
    if (!METHODS.contains(request.method().name())) {
      request.response().putHeader("Allow", "GET, HEAD");
      send(request, 405, "text/plain; charset=utf-8", "GET\n");
      return;
    }
    switch (request.path() == null ? "" : request.path()) {
      case "/metrics" ->
          vertx
              .executeBlocking(registry::scrape, false)
              .onSuccess(
                  text -> send(request, 200, "text/plain; version=0.0.4; charset=utf-8", text))
              .onFailure(failure -> send(request, 500, "text/plain; charset=utf-8", ""));
      case "/health/live" -> health(request, true);
      case "/health/ready" -> health(request, ready.getAsBoolean());
      default -> send(request, 404, "text/plain; charset=utf-8", "");
    }
  }

  private static void health(HttpServerRequest request, boolean ok) {
    send(request, ok ? 200 : 503, "application/json", "{\"ok\":" + ok + "}");
  }

  private static void send(HttpServerRequest request, int status, String type, String text) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", type)
        .putHeader("Cache-Control", "no-store");
    if (request.method().name().equals("HEAD")) {
      request.response().end();
    } else {
      request.response().end(text);
    }
  }
}
