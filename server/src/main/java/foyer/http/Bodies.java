package foyer.http;

import foyer.api.Endpoint;
import foyer.api.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/** Reads bodies of bounded size in bounded time. */
final class Bodies {

  /**
   * What is read and thrown away, so that a client gets to read why, before its connection is cut.
   */
  private static final long PATIENCE_BYTES = 16L * 1024 * 1024;

  private Bodies() {}

  /**
   * The whole body, on the request's event loop; empty where the endpoint takes none.
   *
   * @param limit for all of it to arrive
   */
  static Future<byte[]> read(
      Vertx vertx, HttpServerRequest request, Endpoint endpoint, Duration limit) {
    if (endpoint.maxBytes() == 0) {
      return Future.succeededFuture(new byte[0]);
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer read = Buffer.buffer();
    collect(request, read, endpoint.maxBytes(), whole, endpoint);
    if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
      request.response().writeContinue();
    }
    long timer =
        vertx.setTimer(
            limit.toMillis(),
            late -> whole.tryFail(Problem.of(408, "too-slow").with("Connection", "close").raise()));
    return whole.future().map(Buffer::getBytes).onComplete(done -> vertx.cancelTimer(timer));
  }

  /** Throws away what still comes of a body that nobody wants to read. */
  static void discard(HttpServerRequest request) {
    if (!request.isEnded()) {
      long[] count = {0};
      request.handler(
          some -> {
            count[0] += some.length();
            cutIfEndless(request, count[0]);
          });
      request.exceptionHandler(gone -> {});
    }
  }

  private static void collect(
      HttpServerRequest request,
      Buffer read,
      int maxBytes,
      Promise<Buffer> whole,
      Endpoint endpoint) {
    long[] count = {0};
    request.handler(
        some -> {
          count[0] += some.length();
          if (count[0] <= maxBytes) {
            read.appendBuffer(some);
          } else {
            whole.tryFail(endpoint.tooLarge());
            cutIfEndless(request, count[0]);
          }
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(end -> whole.tryComplete(read));
  }

  private static void cutIfEndless(HttpServerRequest request, long count) {
    if (count > PATIENCE_BYTES) {
      request.connection().close();
    }
  }
}
