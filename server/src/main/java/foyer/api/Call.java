package foyer.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import foyer.wire.Json;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request that keeps to the contract. */
public final class Call {

  private static final ObjectReader STRICT =
      Json.MAPPER.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final String operationId;
  private final String caller;
  private final Language language;
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final @Nullable JsonNode json;
  private final byte[] bytes;
  private final byte[] hash;

  Call(
      String operationId,
      String caller,
      Language language,
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> headers,
      @Nullable JsonNode json,
      byte[] bytes,
      byte[] hash) {
    this.operationId = operationId;
    this.caller = caller;
    this.language = language;
    this.path = Map.copyOf(path);
    this.query = Map.copyOf(query);
    this.headers = Map.copyOf(headers);
    this.json = json;
    this.bytes = bytes;
    this.hash = hash;
  }

  /** The operation's name in the contract. */
  public String operationId() {
    return operationId;
  }

  /** Who calls, as a word for records. */
  public String caller() {
    return caller;
  }

  /** The language that the reader wants. */
  public Language language() {
    return language;
  }

  /** A parameter of the path. */
  public String path(String name) {
    String value = path.get(name);
    if (value == null) {
      throw new IllegalArgumentException(operationId + " has no path parameter " + name);
    }
    return value;
  }

  /** A parameter of the path that the contract declares as a number. */
  public long pathNumber(String name) {
    return Long.parseLong(path(name));
  }

  /** A parameter of the query as it was given, or its default in the contract. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }

  /** A parameter of the query that the contract declares as an instant. */
  public Optional<Instant> queryInstant(String name) {
    return query(name).map(text -> OffsetDateTime.parse(text).toInstant());
  }

  /** A parameter of the query that the contract declares as yes or no; no if it was not given. */
  public boolean queryFlag(String name) {
    return query(name).map(Boolean::parseBoolean).orElse(false);
  }

  /** The key under which this request is carried out only once. */
  public Optional<String> idempotencyKey() {
    return Optional.ofNullable(headers.get("Idempotency-Key"));
  }

  /** The tag of the state that the caller saw, without its quotes. */
  public Optional<String> ifMatch() {
    return Optional.ofNullable(headers.get("If-Match"))
        .map(tag -> tag.substring(1, tag.length() - 1));
  }

  /** The JSON body as a record; fields with a default in the contract are filled in. */
  public <T> T body(Class<T> type) {
    if (json == null) {
      throw new IllegalArgumentException(operationId + " has no JSON body");
    }
    try {
      return STRICT.treeToValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "the contract lets through what " + type.getSimpleName() + " cannot hold", e);
    }
  }

  /** The body as it came. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * SHA-256 over method, path, query and body, the same for JSON that differs in spaces and order
   * of fields only: tells a repeated request from another one under the same key.
   */
  public byte[] hash() {
    return hash.clone();
  }
}
