package foyer.api;

import foyer.api.Problem.Fault;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A schema of the contract (JSON Schema 2020-12), its references resolved, ready to check values.
 */
final class Schema {

  /** What the validator reports beside the reason itself. */
  private static final Set<String> AGGREGATES = Set.of("properties", "items");

  private static final int MOST_FAULTS = 20;

  private final Map<String, Object> source;
  private final Validator validator;

  /**
   * A schema.
   *
   * @param source without references
   */
  Schema(Map<String, Object> source) {
    this.source = source;
    this.validator =
        Validator.create(
            JsonSchema.of(new JsonObject(forValidator(source))),
            new JsonSchemaOptions()
                .setBaseUri("foyer:contract")
                .setDraft(Draft.DRAFT202012)
                .setOutputFormat(OutputFormat.Basic),
            (type, format, value) -> refuseFormat(format, value).orElse(null));
  }

  /** The schema as it stands in the contract. */
  Map<String, Object> source() {
    return source;
  }

  /**
   * What is wrong with a value, at most 20 faults.
   *
   * @param in part of the request
   * @param name of the parameter; empty for a body, whose faults are told by JSON pointer
   */
  List<Fault> faults(String in, String name, @Nullable Object value) {
    OutputUnit verdict = validator.validate(value instanceof Map<?, ?> map ? json(map) : value);
    if (verdict.getValid()) {
      return List.of();
    }
    Set<Fault> faults = new LinkedHashSet<>();
    for (OutputUnit unit : verdict.getErrors()) {
      for (Fault fault : faults(in, unit, value)) {
        faults.add(
            name.isEmpty() ? fault : new Fault(in, name, fault.keyword(), fault.arguments()));
      }
    }
    return faults.stream().limit(MOST_FAULTS).toList();
  }

  /** Puts the contract's defaults where a checked value leaves a field out. */
  void fillIn(@Nullable Object value) {
    fillIn(source, value);
  }

  private List<Fault> faults(String in, OutputUnit unit, @Nullable Object value) {
    String location = unit.getKeywordLocation().substring(1);
    int last = location.lastIndexOf('/');
    String keyword = location.substring(last + 1);
    String above = location.substring(0, last);
    if (AGGREGATES.contains(keyword) || above.contains("/oneOf/") || above.contains("/anyOf/")) {
      return List.of();
    }
    String at = unit.getInstanceLocation().substring(1);
    if (!(Pointers.find(source, above) instanceof Map<?, ?> schema)) {
      throw new IllegalStateException("the contract has no schema at " + above);
    }
    return switch (keyword) {
      case "required" -> missing(in, at, (List<?>) Needed.in(schema, "required"), value);
      case "additionalProperties" -> unknown(in, at, schema);
      case "format" -> List.of(new Fault(in, Pointers.bounded(at), unit.getError()));
      default -> List.of(new Fault(in, Pointers.bounded(at), keyword, arguments(keyword, schema)));
    };
  }

  private static List<Fault> missing(
      String in, String at, List<?> required, @Nullable Object value) {
    List<Fault> faults = new ArrayList<>();
    if (Pointers.find(value, at) instanceof Map<?, ?> fields) {
      for (Object name : required) {
        if (!fields.containsKey(name)) {
          faults.add(new Fault(in, Pointers.bounded(at + "/" + name), "required"));
        }
      }
    }
    return faults;
  }

  /** The validator reports a known field whose value is wrong as an additional one, too. */
  private static List<Fault> unknown(String in, String at, Map<?, ?> schema) {
    String name = Pointers.unescape(at.substring(at.lastIndexOf('/') + 1));
    boolean known =
        schema.get("properties") instanceof Map<?, ?> known0 && known0.containsKey(name);
    return known ? List.of() : List.of(new Fault(in, Pointers.bounded(at), "unknown"));
  }

  private static Map<String, Object> arguments(String keyword, Map<?, ?> schema) {
    return switch (keyword) {
      case "type" -> Map.of("expected", Needed.in(schema, "type"));
      case "enum" -> Map.of("allowed", words((List<?>) Needed.in(schema, keyword)));
      case "pattern" -> Map.of("example", ((List<?>) Needed.in(schema, "examples")).getFirst());
      case "oneOf" -> Map.of("allowed", words(alternatives((List<?>) Needed.in(schema, keyword))));
      case "minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems" ->
          Map.of("limit", Needed.in(schema, keyword));
      default -> Map.of();
    };
  }

  private static List<Object> alternatives(List<?> schemas) {
    List<Object> names = new ArrayList<>();
    for (Object choice : schemas) {
      Map<?, ?> schema = (Map<?, ?>) choice;
      names.addAll(
          schema.get("required") instanceof List<?> required
              ? required
              : alternatives((List<?>) Needed.in(schema, "anyOf")));
    }
    return names;
  }

  private static String words(List<?> values) {
    return String.join(", ", values.stream().map(String::valueOf).toList());
  }

  private static Optional<String> refuseFormat(@Nullable String format, @Nullable Object value) {
    if (format == null || !(value instanceof String text)) {
      return Optional.empty();
    }
    return switch (format) {
      case "line" -> TextRules.refuseLine(text);
      case "paragraph" -> TextRules.refuseParagraph(text);
      case "instant" -> TextRules.refuseInstant(text);
      default -> Optional.empty();
    };
  }

  /**
   * A copy in the validator's dialect: Java's {@code $} also matches before a last line break, and
   * {@code date-time} would be checked by a rule that is not ours.
   */
  private static Map<String, Object> forValidator(Map<?, ?> schema) {
    Map<String, Object> copy = new LinkedHashMap<>();
    schema.forEach(
        (key, value) ->
            copy.put(
                (String) key,
                switch (value) {
                  case String text when key.equals("pattern") && text.endsWith("$") ->
                      text.substring(0, text.length() - 1) + "\\z";
                  case String text when key.equals("format") ->
                      text.equals("date-time") ? "instant" : text;
                  default -> forValidator(value);
                }));
    return copy;
  }

  private static Object forValidator(Object value) {
    return switch (value) {
      case Map<?, ?> map -> forValidator(map);
      case List<?> list -> {
        List<Object> copy = new ArrayList<>(); // the validator writes into it
        list.forEach(item -> copy.add(forValidator(item)));
        yield copy;
      }
      default -> value;
    };
  }

  @SuppressWarnings("unchecked") // the keys of what StrictJson reads are strings
  private static JsonObject json(Map<?, ?> map) {
    return new JsonObject((Map<String, Object>) map);
  }

  @SuppressWarnings("unchecked") // a checked value has the form that its schema says
  private static void fillIn(Map<?, ?> schema, @Nullable Object value) {
    if (value instanceof List<?> list && schema.get("items") instanceof Map<?, ?> items) {
      list.forEach(item -> fillIn(items, item));
    }
    if (value instanceof Map<?, ?> fields && schema.get("properties") instanceof Map<?, ?> known) {
      known.forEach(
          (name, property) -> {
            Object preset = ((Map<?, ?>) property).get("default");
            if (preset != null && !fields.containsKey(name)) {
              ((Map<String, Object>) fields).put((String) name, preset);
            }
            fillIn((Map<?, ?>) property, fields.get(name));
          });
    }
  }
}
