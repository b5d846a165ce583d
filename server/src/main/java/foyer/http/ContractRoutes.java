package foyer.http;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Contract;
import foyer.api.Endpoint;
import foyer.api.Incoming;
import foyer.api.Operation;
import foyer.api.Problem;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/**
 * Serves the operations of the contract: received and sent on the connection's event loop, carried
 * out on a virtual thread each.
 */
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
        case Contract.Match.Found(var endpoint) -> receive(ctx, endpoint);
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

  private void receive(RoutingContext ctx, Endpoint endpoint) {
    HttpServerRequest request = ctx.request();
    Incoming incoming =
        new Incoming(
            request.method().name(),
            ctx.normalizedPath(),
            request.query(),
            name -> request.headers().getAll(name));
    endpoint.admit(incoming);
    Bodies.read(vertx, request, endpoint, limit)
        .onSuccess(body -> answer(request, endpoint, incoming, body))
        .onFailure(failure -> Replies.send(request, Problems.of(failure)));
  }

  /** Runs the operation on a thread of its own; the connection stays with its event loop. */
  private void answer(
      HttpServerRequest request, Endpoint endpoint, Incoming incoming, byte[] body) {
    Context loop = vertx.getOrCreateContext();
    long timer = vertx.setTimer(limit.toMillis(), late -> Replies.send(request, Problems.busy()));
    Thread.ofVirtual()
        .name("request")
        .start(
            () -> {
              Runnable reply = reply(request, endpoint, incoming, body);
              loop.runOnContext(
                  done -> {
                    vertx.cancelTimer(timer);
                    reply.run();
                  });
            });
  }

  private Runnable reply(
      HttpServerRequest request, Endpoint endpoint, Incoming incoming, byte[] body) {
    try {
      Call call = endpoint.call(incoming, body, CALLER);
      Operation operation = Objects.requireNonNull(operations.get(endpoint.operationId()));
      Answer written = Replies.written(operation.run(call));
      return () -> Replies.send(request, written);
    } catch (Throwable failure) {
      Problem problem = Problems.of(failure);
      return () -> Replies.send(request, problem);
    }
  }
}
