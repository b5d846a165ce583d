package foyer.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import foyer.api.Problem.Fault;
import foyer.wire.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One operation of the contract: lets through the requests that keep to it. */
public final class Endpoint {

  private static final ObjectWriter CANONICAL =
      Json.MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final String JSON = "application/json";
  private static final Set<String> TRUTHS = Set.of("true", "false");

  private final String operationId;
  private final String method;
  private final String template;
  private final String right;
  private final List<Parameter> parameters;
  private final Map<String, Schema> bodies;
  private final int maxBytes;
  private final Set<String> answers;
  private final Map<Integer, Set<String>> problems;

  /**
   * A parameter.
   *
   * @param in {@code path}, {@code query} or {@code header}
   */
  record Parameter(String in, String name, boolean required, Schema schema) {}

  /**
   * An operation as the contract declares it.
   *
   * @param right row of the table of rights
   * @param bodies by media type; empty if there is no body
   * @param answers media types of answers that are no problems
   * @param problems types by status
   */
  Endpoint(
      String operationId,
      String method,
      String template,
      String right,
      List<Parameter> parameters,
      Map<String, Schema> bodies,
      int maxBytes,
      Set<String> answers,
      Map<Integer, Set<String>> problems) {
    this.operationId = operationId;
    this.method = method;
    this.template = template;
    this.right = right;
    this.parameters = parameters;
    this.bodies = bodies;
    this.maxBytes = maxBytes;
    this.answers = answers;
    this.problems = problems;
  }

  /** Its name in the contract. */
  public String operationId() {
    return operationId;
  }

  /** Its method, such as {@code POST}. */
  public String method() {
    return method;
  }

  /** Its path in the contract, such as {@code /api/rooms/{roomId}}. */
  public String template() {
    return template;
  }

  /** The row of the table of rights that says who may ask for it at all. */
  public String right() {
    return right;
  }

  /** The largest body, in bytes; 0 where there is none. */
  public int maxBytes() {
    return bodies.isEmpty() ? 0 : maxBytes;
  }

  /** The types of problems that it may have, by status; those of every operation included. */
  public Map<Integer, Set<String>> problems() {
    return problems;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** The schema of its JSON body, or nothing. */
  Optional<Schema> jsonBody() {
    return Optional.ofNullable(bodies.get(JSON));
  }

  /** Says before the body is read whether there is any use in reading it. */
  public void admit(Incoming incoming) {
    if (!Accept.takesOneOf(incoming.headers().all("Accept"), answers)) {
      throw Problem.of(406, "not-acceptable", "offered", String.join(", ", answers)).raise();
    }
    String length = incoming.headers().first("Content-Length");
    if (bodies.isEmpty()) {
      if ((length != null && !length.equals("0"))
          || incoming.headers().first("Transfer-Encoding") != null) {
        throw Problem.invalid(List.of(new Fault("body", "", "unexpected"))).raise();
      }
      return;
    }
    mediaType(incoming);
    if (length != null && (length.length() > 18 || Long.parseLong(length) > maxBytes)) {
      throw tooLarge();
    }
  }

  /** 413, with the limit in bytes. */
  public ProblemException tooLarge() {
    return Problem.of(413, "too-large", "limit", maxBytes()).raise();
  }

  /** The call that a request makes; a {@link ProblemException} says all that is wrong with it. */
  public Call call(Incoming incoming, byte[] body, Caller caller) {
    List<Fault> faults = new ArrayList<>();
    Map<String, Map<String, String>> values = new LinkedHashMap<>();
    values.put("path", parameters("path", pathParameters(incoming.path()), faults));
    values.put("query", parameters("query", queryParameters(incoming, faults), faults));
    values.put("header", parameters("header", headerParameters(incoming), faults));
    Object json = null;
    if (!bodies.isEmpty() && mediaType(incoming).equals(JSON)) {
      json = StrictJson.read(body);
      faults.addAll(jsonBody().orElseThrow().faults("body", "", json));
    } else if (!bodies.isEmpty() && body.length == 0) {
      faults.add(new Fault("body", "", "required"));
    }
    if (!faults.isEmpty()) {
      throw Problem.invalid(faults.subList(0, Math.min(20, faults.size()))).raise();
    }
    byte[] hash = hash(incoming, values.get("query"), json, body);
    return new Call(
        operationId,
        caller,
        incoming,
        Language.of(incoming.headers().first("Accept-Language")),
        values.get("path"),
        values.get("query"),
        values.get("header"),
        filledIn(json),
        body,
        hash);
  }

  private String mediaType(Incoming incoming) {
    List<String> types = incoming.headers().all("Content-Type");
    String[] parts = types.size() == 1 ? types.getFirst().split(";", -1) : new String[] {""};
    String type = parts[0].strip().toLowerCase(Locale.ROOT);
    boolean known = bodies.containsKey(type);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT).replace("\"", "");
      boolean otherCharset = parameter.startsWith("charset=") && !parameter.equals("charset=utf-8");
      known &= !(otherCharset && type.equals(JSON));
    }
    if (!known) {
      String offered = String.join(", ", bodies.keySet());
      throw Problem.of(415, "other-content-type", "offered", offered)
          .with("Accept", offered)
          .raise();
    }
    return type;
  }

  private Map<String, List<String>> pathParameters(String path) {
    String[] names = template.split("/", -1);
    String[] parts = path.split("/", -1);
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (int i = 0; i < names.length; i++) {
      if (names[i].startsWith("{")) {
        String name = names[i].substring(1, names[i].length() - 1);
        found.put(name, List.of(Percent.decode(parts[i]).orElse("")));
      }
    }
    return found;
  }

  private Map<String, List<String>> queryParameters(Incoming incoming, List<Fault> faults) {
    if (incoming.query() == null) {
      return Map.of();
    }
    Optional<Map<String, List<String>>> query = Percent.query(incoming.query());
    if (query.isEmpty()) {
      throw Problem.invalid(List.of(new Fault("query", "", "encoding"))).raise();
    }
    for (String name : query.get().keySet()) {
      if (parameters.stream().noneMatch(p -> p.in().equals("query") && p.name().equals(name))) {
        faults.add(new Fault("query", Pointers.bounded(name), "unknown"));
      }
    }
    return query.get();
  }

  private Map<String, List<String>> headerParameters(Incoming incoming) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (parameter.in().equals("header")) {
        List<String> values = incoming.headers().all(parameter.name());
        if (values.isEmpty() && parameter.required()) {
          throw missing(parameter.name()).raise();
        }
        if (!values.isEmpty()) {
          found.put(parameter.name(), values);
        }
      }
    }
    return found;
  }

  private static Problem missing(String header) {
    return switch (header) {
      case "Idempotency-Key" -> Problem.of(400, "idempotency-key-missing");
      case "If-Match" -> Problem.of(428, "if-match-missing");
      default -> Problem.invalid(List.of(new Fault("header", header, "required")));
    };
  }

  private Map<String, String> parameters(
      String in, Map<String, List<String>> given, List<Fault> faults) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      if (!parameter.in().equals(in)) {
        continue;
      }
      String name = parameter.name();
      List<String> all = given.getOrDefault(name, List.of());
      Object preset = parameter.schema().source().get("default");
      if (all.size() > 1) {
        faults.add(new Fault(in, name, "repeated"));
      } else if (all.size() == 1) {
        faults.addAll(parameter.schema().faults(in, name, typed(parameter, all.getFirst())));
        values.put(name, all.getFirst());
      } else if (parameter.required()) {
        faults.add(new Fault(in, name, "required"));
      } else if (preset != null) {
        values.put(name, preset.toString());
      }
    }
    return values;
  }

  /** The value that a text means if the schema wants no text; else the text. */
  private static Object typed(Parameter parameter, String text) {
    Object type = parameter.schema().source().getOrDefault("type", "string");
    if (type.equals("integer") && text.matches("0|[1-9][0-9]{0,17}")) {
      return Long.parseLong(text);
    }
    return type.equals("boolean") && TRUTHS.contains(text) ? (Object) Boolean.valueOf(text) : text;
  }

  private @Nullable JsonNode filledIn(@Nullable Object json) {
    if (json == null) {
      return null;
    }
    jsonBody().orElseThrow().fillIn(json);
    return Json.MAPPER.valueToTree(json);
  }

  private byte[] hash(
      Incoming incoming, Map<String, String> query, @Nullable Object json, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String head = method + "\n" + incoming.path() + "\n" + new TreeMap<>(query) + "\n";
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return digest.digest(json == null ? body : CANONICAL.writeValueAsBytes(json));
    } catch (NoSuchAlgorithmException | JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
