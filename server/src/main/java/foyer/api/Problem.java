package foyer.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Why there is no other answer (RFC 9457). Title and detail are no part of it: they come from the
 * language table, by type, when it is sent.
 *
 * @param status of HTTP
 * @param type a stable word such as {@code overlaps}; on the wire {@code /problems/overlaps}
 * @param arguments members of the problem on the wire, and what its texts' placeholders stand for;
 *     never what the caller typed
 * @param errors what is wrong with which part of the request; empty unless the type is {@code
 *     invalid}
 * @param headers such as {@code Retry-After}
 */
public record Problem(
    int status,
    String type,
    Map<String, Object> arguments,
    List<Fault> errors,
    Map<String, String> headers) {

  /** A problem with its arguments as pairs of name and value. */
  public static Problem of(int status, String type, Object... arguments) {
    return new Problem(status, type, pairs(arguments), List.of(), Map.of());
  }

  /** 400: parts of the request are not as the contract says. */
  public static Problem invalid(List<Fault> errors) {
    return new Problem(400, "invalid", Map.of(), List.copyOf(errors), Map.of());
  }

  /** The same with one more argument. */
  public Problem and(String name, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(arguments);
    more.put(name, value);
    return new Problem(status, type, more, errors, headers);
  }

  /** The same with one more header. */
  public Problem with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Problem(status, type, arguments, errors, more);
  }

  /** The same, and when to try again, in seconds. */
  public Problem retryAfter(int seconds) {
    return with("Retry-After", Integer.toString(seconds));
  }

  /** To be thrown. */
  public ProblemException raise() {
    return new ProblemException(this);
  }

  private static Map<String, Object> pairs(Object... arguments) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      pairs.put((String) arguments[i], arguments[i + 1]);
    }
    return pairs;
  }

  /**
   * One thing that is wrong with the request.
   *
   * @param in {@code path}, {@code query}, {@code header} or {@code body}
   * @param at the parameter's name, or in a body the JSON pointer (RFC 6901) to the value
   * @param keyword what is not kept to, such as {@code required} or {@code maxLength}; its sentence
   *     is {@code invalid.<keyword>} in the language table
   * @param arguments what the sentence's placeholders stand for
   */
  public record Fault(String in, String at, String keyword, Map<String, Object> arguments) {

    /** A fault whose sentence needs no arguments. */
    public Fault(String in, String at, String keyword) {
      this(in, at, keyword, Map.of());
    }
  }
}
