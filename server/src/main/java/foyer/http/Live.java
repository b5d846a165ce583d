package foyer.http;

import io.vertx.core.Handler;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.Predicate;

/**
 * What takes over the sockets of displays.
 *
 * @param knows whether there is something to show under a path such as {@code /live/rooms/sh-0801};
 *     any other upgrade is refused with 404
 * @param accepted gets each socket, on the thread that accepted it
 */
public record Live(Predicate<String> knows, Handler<ServerWebSocket> accepted) {

  /** No sockets. */
  public static Live none() {
    return new Live(path -> false, socket -> {});
  }
}
