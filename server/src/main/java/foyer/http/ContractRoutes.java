package foyer.http;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Caller;
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

  private final Vertx vertx;
  private final Contract contract;
  private final Map<String, Operation> operations;
  private final Gate gate;
  private final Duration limit;

  /**
   * Routes of exactly the contract's operations.
   *
   * @param limit for a request's body to arrive, and for an operation to answer
   */
  ContractRoutes(
      Vertx vertx,
      Contract contract,
      Map<String, Operation> operations,
      Gate gate,
      Duration limit) {
    contract.requireExactly(operations.keySet());
    this.vertx = vertx;
    this.contract = contract;
    this.operations = Map.copyOf(operations);
    this.gate = gate;
    this.limit = limit;
  }

  /** Answers one request, whatever happens. */
  void handle(RoutingContext ctx) {
    String method = ctx.request().method().name();
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
      refuse(ctx, Problems.of(failure));
    }
  }

  private static void refuse(RoutingContext ctx, Problem problem) {
    Traffic.of(ctx).refused(problem);
    Replies.send(ctx.request(), problem);
  }

  private void receive(RoutingContext ctx, Endpoint endpoint) {
    HttpServerRequest request = ctx.request();
    Traffic.of(ctx).endpoint(endpoint);
    Incoming incoming =
        new Incoming(
            request.method().name(),
            ctx.normalizedPath(),
            request.query(),
            name -> request.headers().getAll(name));
    if (isAnonymous(incoming) && !gate.admitsNobody(endpoint.right())) {
      throw Problem.of(401, "sign-in-needed").raise();
    }
    endpoint.admit(incoming);
    Bodies.read(vertx, request, endpoint, limit)
        .onSuccess(body -> answer(ctx, endpoint, incoming, body))
        .onFailure(failure -> refuse(ctx, Problems.of(failure)));
  }

  /** Whether nothing in it could say who calls; then its body need not be read to refuse it. */
  private static boolean isAnonymous(Incoming incoming) {
    return incoming.headers().first("Authorization") == null
        && incoming.headers().first("Cookie") == null;
  }

  /** Runs the operation on a thread of its own; the connection stays with its event loop. */
  private void answer(RoutingContext ctx, Endpoint endpoint, Incoming incoming, byte[] body) {
    Context loop = vertx.getOrCreateContext();
    String address = String.valueOf(ctx.request().remoteAddress().hostAddress());
    long timer = vertx.setTimer(limit.toMillis(), late -> refuse(ctx, Problems.busy()));
    Thread.ofVirtual()
        .name("request")
        .start(
            () -> {
              Runnable reply = reply(ctx, endpoint, incoming, address, body);
              loop.runOnContext(
                  done -> {
                    vertx.cancelTimer(timer);
                    reply.run();
                  });
            });
  }

  private Runnable reply(
      RoutingContext ctx, Endpoint endpoint, Incoming incoming, String address, byte[] body) {
    try {
      Caller caller = gate.admit(endpoint.right(), incoming, address);
      Traffic.of(ctx).caller(caller);
      Call call = endpoint.call(incoming, body, caller);
      Operation operation = Objects.requireNonNull(operations.get(endpoint.operationId()));
      Answer written = Replies.written(operation.run(call));
      return () -> Replies.send(ctx.request(), written);
    } catch (Throwable failure) {
      Problem problem = Problems.of(failure);
      return () -> refuse(ctx, problem);
    }
  }
}
