package foyer.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request before its body is read.
 *
 * @param method such as {@code POST}
 * @param path as it was sent, percent-encoded
 * @param query as it was sent; null if there is none
 * @param headers all values of a header, by its name in any case
 */
public record Incoming(String method, String path, @Nullable String query, Headers headers) {

  /** The headers of a request. */
  @FunctionalInterface
  public interface Headers {

    /** All values of a header, in their order; empty if it is absent. */
    List<String> all(String name);

    /** The first value of a header, or null. */
    default @Nullable String first(String name) {
      List<String> values = all(name);
      return values.isEmpty() ? null : values.getFirst();
    }
  }
}
