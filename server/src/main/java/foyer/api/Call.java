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
  private final Caller caller;
  private final Incoming incoming;
  private final Language language;
  private final Map<String, String> path;
  private final Map<String, String> query;
  private final Map<String, String> headers;
  private final @Nullable JsonNode json;
  private final byte[] bytes;
  private final byte[] hash;

  Call(
      String operationId,
      Caller caller,
      Incoming incoming,
      Language language,
      Map<String, String> path,
      Map<String, String> query,
      Map<String, String> headers,
      @Nullable JsonNode json,
      byte[] bytes,
      byte[] hash) {
    this.operationId = operationId;
    this.caller = caller;
    this.incoming = incoming;
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

  /** Who calls. */
  public Caller caller() {
    return caller;
  }

  /** The employee who calls; 401 where nobody has signed in, 403 to a device. */
  public Caller.Employee employee() {
    return switch (caller) {
      case Caller.Employee employee -> employee;
      case Caller.Nobody nobody -> throw Problem.of(401, "sign-in-needed").raise();
      case Caller.Device device -> throw Problem.of(403, "not-yours-to-do").raise();
    };
  }

  /** The value of a cookie. */
  public Optional<String> cookie(String name) {
    return incoming.cookie(name);
  }

  /** What the caller's program says of itself; empty if nothing. */
  public String agent() {
    String agent = incoming.headers().first("User-Agent");
    return agent == null ? "" : agent;
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

  /** The version in If-Match; one that can be none of ours is simply not the present one. */
  public int version() {
    try {
      return Integer.parseInt(ifMatch().orElse(""));
    } catch (NumberFormatException e) {
      return -1;
    }
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
