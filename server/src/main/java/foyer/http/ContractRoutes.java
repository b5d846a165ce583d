package foyer.http;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Contract;
import foyer.api.Endpoint;
import foyer.api.Incoming;
import foyer.api.Operation;
import foyer.api.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Serves the operations of the contract, on virtual threads. */
final class ContractRoutes {

  /** Until people can sign in, whoever reaches the loopback address. */
  private static final String CALLER = "loopback";

  private final Vertx vertx;
  private final Contract contract;
  private final Map<String, Operation> operations;
  private final Duration limit;

  /**
   * Routes of exactly the contract's operations.
   *
   * @param limit for a request's body to arrive, and for an operation to answer
   */
  ContractRoutes(
      Vertx vertx, Contract contract, Map<String, Operation> operations, Duration limit) {
    contract.requireExactly(operations.keySet());
    this.vertx = vertx;
    this.contract = contract;
    this.operations = Map.copyOf(operations);
    this.limit = limit;
  }

  /** Answers one request, whatever happens. */
  void handle(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    String method = request.method().name();
    try {
      switch (contract.match(method, ctx.normalizedPath())) {
        case Contract.Match.Found(var endpoint) -> run(ctx, endpoint);
        case Contract.Match.OtherMethods(var allowed) ->
            throw Problem.of(405, "other-method", "allowed", String.join(", ", allowed))
                .with("Allow", String.join(", ", allowed))
                .raise();
        case Contract.Match.Unknown() -> throw Problem.of(404, "no-such-address").raise();
      }
    } catch (Throwable failure) {
      Replies.send(request, Problems.of(failure));
    }
  }

  private void run(RoutingContext ctx, Endpoint endpoint) {
    HttpServerRequest request = ctx.request();
    Incoming incoming =
        new Incoming(
            request.method().name(),
            ctx.normalizedPath(),
            request.query(),
            name -> request.headers().getAll(name));
    endpoint.admit(incoming);
    byte[] body =
        endpoint.maxBytes() == 0 ? new byte[0] : Bodies.read(vertx, request, endpoint, limit);
    Call call = endpoint.call(incoming, body, CALLER);
    Operation operation = Objects.requireNonNull(operations.get(endpoint.operationId()));
    long timer = vertx.setTimer(limit.toMillis(), late -> Replies.send(request, Problems.busy()));
    try {
      Answer answer = operation.run(call);
      Replies.send(request, answer);
    } finally {
      vertx.cancelTimer(timer);
    }
  }
}
