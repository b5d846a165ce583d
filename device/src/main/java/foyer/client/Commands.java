package foyer.client;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The few commands that a page at the door or in the lobby may give: handed on to the server, and
 * its answer back.
 */
final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

  /** The most that a command may weigh, in bytes. */
  private static final int MAX_BODY = 8 * 1024;

  private static final String ID = "[a-z0-9][a-z0-9-]{0,39}";

  private static final List<String> ALLOWED =
      List.of(
          "/api/rooms/" + ID + "/walk-up",
          "/api/bookings/[0-9]{1,18}/(?:check-in|extend|end|resume)",
          "/api/kiosk/registrations");

  private static final List<String> ASKED =
      List.of("Content-Type", "Accept-Language", "Idempotency-Key");

  private static final List<String> ANSWERED =
      List.of("Content-Type", "Content-Language", "Retry-After", "Location", "ETag");

  private final ServerLink server;
  private final Runnable done;

  /**
   * Hands on to that server.
   *
   * @param done runs after each command that the server has carried out
   */
  Commands(ServerLink server, Runnable done) {
    this.server = server;
    this.done = done;
  }

  /** Adds the commands' routes. */
  void mount(Router router) {
    for (String path : ALLOWED) {
      router
          .postWithRegex(path)
          .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY))
          .handler(this::handOn)
          .failureHandler(Commands::refuse);
    }
  }

  private void handOn(RoutingContext ctx) {
    Buffer body = ctx.body().buffer() == null ? Buffer.buffer() : ctx.body().buffer();
    String type = String.valueOf(ctx.request().getHeader(HttpHeaders.CONTENT_TYPE));
    if (body.length() > 0 && !type.split(";", 2)[0].strip().equals("application/json")) {
      LocalProblem.NOT_JSON.answer(ctx);
      return;
    }
    MultiMap headers = HttpHeaders.headers();
    for (String name : ASKED) {
      String value = ctx.request().getHeader(name);
      if (value != null) {
        headers.set(name, value);
      }
    }
    server
        .post(ctx.normalizedPath(), headers, body)
        .onSuccess(answer -> handBack(ctx, answer))
        .onFailure(
            failure -> {
              LOG.warn("a command did not reach the server: {}", failure.toString());
              LocalProblem.SERVER_UNREACHABLE.answer(ctx);
            });
  }

  private void handBack(RoutingContext ctx, ServerLink.Answer answer) {
    if (answer.status() < 300) {
      done.run();
    }
    HttpServerResponse response = ctx.response().setStatusCode(answer.status());
    for (String name : ANSWERED) {
      String value = answer.headers().get(name);
      if (value != null) {
        response.putHeader(name, value);
      }
    }
    response.end(answer.body());
  }

  private static void refuse(RoutingContext ctx) {
    if (ctx.statusCode() == 413) {
      LocalProblem.TOO_LARGE.answer(ctx);
    } else {
      ctx.next();
    }
  }
}
