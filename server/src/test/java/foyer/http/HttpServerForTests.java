package foyer.http;

import foyer.api.Answer;
import foyer.api.Contract;
import foyer.api.Operation;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The HTTP server on a free port, with operations that a test gives it and no pages. */
final class HttpServerForTests implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final HttpVerticle verticle;
  private final String deployment;

  HttpServerForTests(Map<String, Operation> operations, Live live, Duration limit) {
    Contract contract = Contract.load();
    Map<String, Operation> all = new HashMap<>();
    for (String id : contract.endpoints().keySet()) {
      all.put(id, call -> Answer.ok(Map.of("operation", id)));
    }
    all.putAll(operations);
    verticle =
        new HttpVerticle(
            new HttpVerticle.Address("127.0.0.1", 0, limit), contract, all, router -> {}, live);
    deployment = vertx.deployVerticle(verticle).await();
  }

  /** Operations that answer with their names, except those given. */
  static HttpServerForTests with(Map<String, Operation> operations) {
    return new HttpServerForTests(operations, Live.none(), Duration.ofSeconds(20));
  }

  RawHttp http() {
    return new RawHttp(verticle.port());
  }

  int port() {
    return verticle.port();
  }

  Vertx vertx() {
    return vertx;
  }

  /** Stops the server as its program does. */
  void stop() {
    vertx.undeploy(deployment).await();
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
