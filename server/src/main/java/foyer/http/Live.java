package foyer.http;

import foyer.api.Caller;
import io.vertx.core.http.ServerWebSocket;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * What takes over the sockets of displays.
 *
 * @param knows whether there is something to show under a path such as {@code /live/rooms/sh-0801};
 *     any other upgrade is refused with 404
 * @param mayWatch whether the caller may see what is shown under it
 * @param accepted takes each socket
 */
public record Live(
    Predicate<String> knows, BiPredicate<Caller, String> mayWatch, Accepted accepted) {

  /** Takes sockets, on the event loop of each. */
  @FunctionalInterface
  public interface Accepted {

    /**
     * Takes a socket.
     *
     * @param stillMay whether its caller may still watch; to be asked on a virtual thread
     */
    void take(ServerWebSocket socket, BooleanSupplier stillMay);
  }

  /** No sockets. */
  public static Live none() {
    return new Live(path -> false, (caller, path) -> false, (socket, stillMay) -> {});
  }
}
