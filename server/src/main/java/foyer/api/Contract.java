package foyer.api;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import foyer.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The interface as its file says it (OpenAPI 3.1). Requests are checked from it and nothing else
 * (docs/adr/0003).
 */
public final class Contract {

  private static final int DEFAULT_MAX_BYTES = 64 * 1024;
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

  private final Map<String, Object> root;
  private final byte[] json;
  private final Map<String, Endpoint> endpoints = new LinkedHashMap<>();

  /** What the contract has for a method and a path. */
  public sealed interface Match {

    /** The operation. */
    record Found(Endpoint endpoint) implements Match {}

    /** There is such a path, but only with these methods. */
    record OtherMethods(Set<String> allowed) implements Match {}

    /** There is no such path. */
    record Unknown() implements Match {}
  }

  private Contract(Map<String, Object> root) {
    this.root = root;
    this.json = Json.bytes(root);
    map(root, "paths")
        .forEach(
            (path, item) ->
                asMap(item).forEach((key, value) -> add(path, asMap(item), key, value)));
    ContractRules.check(root, endpoints.values());
  }

  /** The contract of this server. */
  public static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream("/openapi.yaml")) {
      if (in == null) {
        throw new IllegalStateException("not in the program: openapi.yaml");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The contract that a file holds; {@link IllegalStateException} if it leaves open what would then
   * not be checked.
   */
  public static Contract of(String yaml) {
    try {
      YAMLMapper mapper =
          YAMLMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
      return new Contract(mapper.readValue(yaml, new TypeReference<Map<String, Object>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The contract as JSON. */
  public byte[] json() {
    return json.clone();
  }

  /** The operations by their names. */
  public Map<String, Endpoint> endpoints() {
    return Map.copyOf(endpoints);
  }

  /**
   * Throws {@link IllegalStateException} unless these are exactly the contract's operations:
   * nothing is promised that is not done, nothing done that is not promised.
   */
  public void requireExactly(Set<String> operationIds) {
    Set<String> missing = new TreeSet<>(endpoints.keySet());
    missing.removeAll(operationIds);
    Set<String> unknown = new TreeSet<>(operationIds);
    unknown.removeAll(endpoints.keySet());
    if (!missing.isEmpty() || !unknown.isEmpty()) {
      throw new IllegalStateException(
          "operations without a handler: "
              + missing
              + ", handlers without an operation: "
              + unknown);
    }
  }

  /**
   * Throws {@link IllegalStateException} unless the table of rights has a row for each operation.
   */
  public void requireRights(Set<String> rows) {
    for (Endpoint endpoint : endpoints.values()) {
      if (!rows.contains(endpoint.right())) {
        throw new IllegalStateException(
            endpoint.operationId() + " names no row of the table of rights: " + endpoint.right());
      }
    }
  }

  /**
   * What the contract has for a request; HEAD is asked as GET.
   *
   * @param path as it was sent, percent-encoded
   */
  public Match match(String method, String path) {
    String asked = method.equals("HEAD") ? "GET" : method;
    Set<String> allowed = new TreeSet<>();
    for (Endpoint endpoint : endpoints.values()) {
      if (fits(endpoint.template(), path)) {
        if (endpoint.method().equals(asked)) {
          return new Match.Found(endpoint);
        }
        allowed.add(endpoint.method());
      }
    }
    if (allowed.contains("GET")) {
      allowed.add("HEAD");
    }
    return allowed.isEmpty() ? new Match.Unknown() : new Match.OtherMethods(allowed);
  }

  private static boolean fits(String template, String path) {
    String[] expected = template.split("/", -1);
    String[] given = path.split("/", -1);
    if (expected.length != given.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      boolean parameter = expected[i].startsWith("{") && !given[i].isEmpty();
      if (!parameter && !expected[i].equals(given[i])) {
        return false;
      }
    }
    return true;
  }

  private void add(String path, Map<String, Object> item, String key, Object value) {
    if (!METHODS.contains(key)) {
      return;
    }
    Map<String, Object> operation = asMap(value);
    String id = (String) Needed.in(operation, "operationId");
    List<Endpoint.Parameter> parameters = new ArrayList<>();
    parameters(item, parameters);
    parameters(operation, parameters);
    Endpoint endpoint =
        new Endpoint(
            id,
            key.toUpperCase(Locale.ROOT),
            path,
            (String) Needed.in(operation, "x-right"),
            List.copyOf(parameters),
            bodies(operation),
            (Integer) operation.getOrDefault("x-max-bytes", DEFAULT_MAX_BYTES),
            answers(operation),
            problems(operation));
    if (endpoints.put(id, endpoint) != null) {
      throw new IllegalStateException("two operations are named " + id);
    }
  }

  private void parameters(Map<String, Object> holder, List<Endpoint.Parameter> parameters) {
    for (Object listed : (List<?>) holder.getOrDefault("parameters", List.of())) {
      Map<String, Object> parameter = asMap(resolved(listed));
      parameters.add(
          new Endpoint.Parameter(
              (String) Needed.in(parameter, "in"),
              (String) Needed.in(parameter, "name"),
              Boolean.TRUE.equals(parameter.get("required")),
              new Schema(asMap(Needed.in(parameter, "schema")))));
    }
  }

  private Map<String, Schema> bodies(Map<String, Object> operation) {
    Map<String, Schema> bodies = new LinkedHashMap<>();
    map(asMap(resolved(operation.getOrDefault("requestBody", Map.of()))), "content")
        .forEach((type, media) -> bodies.put(type, new Schema(map(asMap(media), "schema"))));
    return bodies;
  }

  private Set<String> answers(Map<String, Object> operation) {
    Set<String> types = new LinkedHashSet<>();
    map(operation, "responses")
        .forEach(
            (status, response) -> {
              if (status.startsWith("2")) {
                types.addAll(map(asMap(resolved(response)), "content").keySet());
              }
            });
    return types;
  }

  private Map<Integer, Set<String>> problems(Map<String, Object> operation) {
    Map<Integer, Set<String>> types = new TreeMap<>();
    for (Map<String, Object> holder : List.of(root, operation)) {
      map(holder, "x-problems")
          .forEach(
              (status, words) ->
                  ((List<?>) words)
                      .forEach(
                          word ->
                              types
                                  .computeIfAbsent(Integer.valueOf(status), none -> new TreeSet<>())
                                  .add((String) word)));
    }
    return types;
  }

  /** The same with each {@code $ref} replaced by what it refers to, and what stands beside it. */
  private Object resolved(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(this::resolved).toList();
    }
    if (!(value instanceof Map<?, ?>)) {
      return value;
    }
    Map<String, Object> resolved = new LinkedHashMap<>();
    asMap(value)
        .forEach(
            (key, below) -> {
              if (key.equals("$ref")) {
                resolved.putAll(asMap(resolved(referred((String) below))));
              } else {
                resolved.put(key, resolved(below));
              }
            });
    return resolved;
  }

  private Object referred(String reference) {
    Object found = reference.startsWith("#/") ? Pointers.find(root, reference.substring(1)) : null;
    if (found == null) {
      throw new IllegalStateException("the contract refers to nothing: " + reference);
    }
    return found;
  }

  private static Map<String, Object> map(Map<String, Object> holder, String key) {
    return asMap(holder.getOrDefault(key, Map.of()));
  }

  @SuppressWarnings("unchecked") // what YAML reads as a mapping has strings as keys
  static Map<String, Object> asMap(Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, Object>) map;
    }
    throw new IllegalStateException("the contract has no object where one is needed: " + value);
  }
}
