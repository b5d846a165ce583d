package foyer.http;

import foyer.api.Answer;
import foyer.api.Caller;
import foyer.api.Contract;
import foyer.api.Operation;
import foyer.api.Role;
import foyer.org.Rights;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The HTTP server on a free port, with operations that a test gives it and no pages. */
final class HttpServerForTests implements AutoCloseable {

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
  private final HttpVerticle verticle;
  private final String deployment;

  HttpServerForTests(Map<String, Operation> operations, Live live, Duration limit) {
    this(operations, live, limit, new Throttle(0));
  }

  private HttpServerForTests(
      Map<String, Operation> operations, Live live, Duration limit, Throttle throttle) {
    Contract contract = Contract.load();
    Map<String, Operation> all = new HashMap<>();
    for (String id : contract.endpoints().keySet()) {
      all.put(id, call -> Answer.ok(Map.of("operation", id)));
    }
    all.putAll(operations);
    verticle =
        new HttpVerticle(
            HttpVerticle.Address.onLoopback(0, limit),
            contract,
            all,
            gate(throttle),
            router -> {},
            live,
            new Traffic(new SimpleMeterRegistry(), false));
    deployment = vertx.deployVerticle(verticle).await();
  }

  /** Whoever asks is an admin, or the display of a room where it takes one. */
  private static Gate gate(Throttle throttle) {
    Caller admin =
        new Caller.Employee(1, 1, "1001", "sales", Set.of(Role.ADMIN), Set.of(), Set.of());
    Caller display = new Caller.Device("door", Role.DISPLAY, "hq", Set.of("a"));
    return new Gate(
        Rights.load(),
        incoming -> new Gate.Known(incoming.path().endsWith("/walk-up") ? display : admin, null),
        throttle);
  }

  /** Operations that answer with their names, except those given. */
  static HttpServerForTests with(Map<String, Operation> operations) {
    return new HttpServerForTests(operations, Live.none(), Duration.ofSeconds(20));
  }

  /** Operations that answer with their names, to those who do not ask for too much. */
  static HttpServerForTests with(Throttle throttle) {
    return new HttpServerForTests(Map.of(), Live.none(), Duration.ofSeconds(20), throttle);
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
