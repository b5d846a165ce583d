package foyer.api;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** The value of a cookie (RFC 6265 §4.2), if there is exactly one of that name. */
  public Optional<String> cookie(String name) {
    List<String> values =
        headers.all("Cookie").stream()
            .flatMap(line -> Arrays.stream(line.split(";", -1)))
            .map(String::strip)
            .filter(pair -> pair.startsWith(name + "="))
            .map(pair -> pair.substring(name.length() + 1))
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  /** Whether it can change anything (RFC 9110 §9.2.1). */
  public boolean isSafe() {
    return method.equals("GET") || method.equals("HEAD");
  }

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
