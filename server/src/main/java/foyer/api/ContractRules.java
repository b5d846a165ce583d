package foyer.api;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the contract must not leave open. Pure. A schema that takes whatever comes, or a keyword
 * that nobody checks, is found when the server starts and not when somebody sends it.
 */
final class ContractRules {

  private static final Set<String> KEYWORDS =
      Set.of(
          "type",
          "const",
          "enum",
          "default",
          "description",
          "examples",
          "format",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "uniqueItems",
          "items",
          "properties",
          "required",
          "additionalProperties",
          "minProperties",
          "dependentRequired",
          "oneOf",
          "anyOf",
          "$ref",
          "x-free",
          "x-open");

  private static final Set<String> FORMATS = Set.of("line", "paragraph", "date-time", "int64");

  private ContractRules() {}

  /** Throws {@link IllegalStateException} that names the place. */
  static void check(Map<String, Object> root, Collection<Endpoint> endpoints) {
    walk("", root, false);
    for (Endpoint endpoint : endpoints) {
      String name = endpoint.operationId();
      endpoint.parameters().forEach(p -> bounded(name + " " + p.name(), p.schema().source()));
      endpoint.jsonBody().ifPresent(body -> bounded(name + " body", body.source()));
    }
  }

  /** Finds the schemas by where they stand. */
  private static void walk(String at, Object value, boolean schemas) {
    if (value instanceof List<?> list) {
      list.forEach(item -> walk(at, item, schemas));
    }
    if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, below) -> {
            String here = at + "/" + key;
            boolean schema = key.equals("schema") || schemas;
            if (schema && below instanceof Map<?, ?> found) {
              closed(here, found);
            } else {
              walk(here, below, key.equals("schemas"));
            }
          });
    }
  }

  /**
   * An object says which fields it has, and that it has no others; a keyword is one that is
   * checked.
   */
  private static void closed(String at, Map<?, ?> schema) {
    for (Object key : schema.keySet()) {
      require(KEYWORDS.contains(key), at, "has a keyword that nothing checks: " + key);
    }
    Object format = schema.get("format");
    require(format == null || FORMATS.contains(format), at, "has a format that nothing checks");
    if ("object".equals(schema.get("type"))) {
      boolean open = schema.containsKey("x-open");
      Object others = schema.get("additionalProperties");
      require(Boolean.valueOf(open).equals(others), at, "is open without saying why (x-open)");
    }
    if (schema.get("properties") instanceof Map<?, ?> properties) {
      properties.forEach((name, below) -> closed(at + "/" + name, (Map<?, ?>) below));
    }
    if (schema.get("items") instanceof Map<?, ?> items) {
      closed(at + "/items", items);
    }
    for (String key : List.of("oneOf", "anyOf")) {
      if (schema.get(key) instanceof List<?> choices) {
        choices.forEach(choice -> closed(at + "/" + key, (Map<?, ?>) choice));
      }
    }
  }

  /** Whatever is sent has a largest size and a form. */
  private static void bounded(String at, Map<?, ?> schema) {
    require(schema.get("type") instanceof String, at, "has no type");
    String type = (String) Needed.in(schema, "type");
    switch (type) {
      case "string" -> {
        boolean formed =
            schema.containsKey("pattern")
                || schema.containsKey("format")
                || schema.containsKey("enum")
                || schema.containsKey("x-free");
        require(formed, at, "takes any text");
        boolean ends = schema.containsKey("maxLength") || !schema.containsKey("format");
        require(ends, at, "takes text without end");
        require(
            !schema.containsKey("pattern") || schema.containsKey("examples"), at, "has no example");
      }
      case "integer" ->
          require(
              schema.containsKey("minimum") && schema.containsKey("maximum"), at, "has no limits");
      case "array" -> {
        require(schema.containsKey("maxItems"), at, "takes a list without end");
        bounded(at + "/items", (Map<?, ?>) Needed.in(schema, "items"));
      }
      case "object" ->
          ((Map<?, ?>) Needed.in(schema, "properties"))
              .forEach((name, below) -> bounded(at + "/" + name, (Map<?, ?>) below));
      default -> require(type.equals("boolean"), at, "has a type that cannot be sent");
    }
  }

  private static void require(boolean kept, String at, String otherwise) {
    if (!kept) {
      throw new IllegalStateException("the contract's " + at + " " + otherwise);
    }
  }
}
