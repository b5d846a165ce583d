package foyer.api;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent back when an operation has succeeded.
 *
 * @param status of HTTP
 * @param body {@code byte[]} or text as it is, anything else as JSON; null for none
 * @param contentType of the body; null for none
 * @param headers further ones, {@code ETag} among them: a GET whose {@code If-None-Match} names it
 *     is answered with 304
 */
public record Answer(
    int status, @Nullable Object body, @Nullable String contentType, Map<String, String> headers) {

  private static final String JSON = "application/json";

  /** 200 with a value that is written as JSON. */
  public static Answer ok(Object value) {
    return new Answer(200, value, JSON, Map.of());
  }

  /** 201 with the new thing as JSON, and where it is from now on. */
  public static Answer created(String location, Object value) {
    return new Answer(201, value, JSON, Map.of("Location", location));
  }

  /** The same JSON text that was sent before, byte for byte. */
  public static Answer again(int status, String json) {
    return new Answer(status, json, JSON, Map.of());
  }

  /** 204. */
  public static Answer noContent() {
    return new Answer(204, null, null, Map.of());
  }

  /** 200 with bytes as they are. */
  public static Answer bytes(String contentType, byte[] bytes) {
    return new Answer(200, bytes, contentType, Map.of());
  }

  /** 304: what the caller holds under this tag is still right. */
  public static Answer notModified(String tag) {
    return new Answer(304, null, null, Map.of()).tagged(tag);
  }

  /** The same with the entity tag {@code "tag"}. */
  public Answer tagged(String tag) {
    return with("ETag", '"' + tag + '"');
  }

  /** The same with one more header. */
  public Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, body, contentType, more);
  }

  /** The same with its body in bytes. */
  public Answer inBytes(byte @Nullable [] bytes) {
    return new Answer(status, bytes, contentType, headers);
  }
}
