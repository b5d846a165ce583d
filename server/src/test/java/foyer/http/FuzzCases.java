package foyer.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foyer.http.RawHttp.Request;
import foyer.wire.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Bad requests to one operation, made from what the contract says of it: each part of it in turn
 * takes each bad value, everything else stays good.
 */
final class FuzzCases {

  private static final String TEN_MEGABYTES = "a".repeat(10_000_000);

  /** Texts that are never an id, a word, a time or a line. */
  private static final List<String> NEVER =
      List.of(
          "",
          " ",
          "a\u0000b",
          "\u001b[31m",
          "a\u202eb",
          "a\u200bb",
          "\ufeff",
          "\ud800",
          "a\r\nX-Injected: 1");

  /** Texts that some fields may hold and others not. */
  private static final List<String> SOMETIMES =
      List.of(
          "👍🏽 好",
          "'; DROP TABLE booking; --",
          "<script>alert(1)</script>",
          "../../etc/passwd",
          "%00",
          "${jndi:ldap://x}",
          "مرحبا",
          "null",
          "-1",
          "0",
          "9007199254740993",
          "NaN",
          "1e400",
          "true",
          "a".repeat(500),
          "2026-02-30T10:00:00Z",
          "2026-11-23T25:00:00Z",
          "2026-11-23T10:00:00",
          "2026-11-23T10:00:00+25:00",
          "2026-11-23T10:00:00+08:00[Mars/Base]",
          "2026-11-23T10:00:00[Asia/Nowhere]",
          "1999-01-01T00:00:00Z",
          "2126-11-23T10:00:00Z",
          "2020-01-01T00:00:00Z",
          "2099-01-01T00:00:00Z");

  /** JSON that is no text. */
  private static final List<String> OTHER_JSON =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "1e400",
          "99999999999999999999",
          "[]",
          "{}",
          "[null]",
          "[[[[]]]]",
          "{\"a\":{}}");

  private FuzzCases() {}

  /**
   * One bad request.
   *
   * @param hopeless whether it must be refused; otherwise it may also be taken
   */
  record Case(String name, boolean hopeless, UnaryOperator<Request> change, String target) {}

  /**
   * What a good request to an operation looks like.
   *
   * @param target with its path parameters filled in
   * @param body of JSON; empty if there is none
   */
  record Good(String method, String target, String body) {}

  /** All bad requests to an operation of the contract. */
  static List<Case> of(JsonNode contract, String template, Good good) {
    JsonNode item = contract.path("paths").path(template);
    JsonNode operation = item.path(good.method().toLowerCase(Locale.ROOT));
    List<Case> cases = new ArrayList<>();
    for (JsonNode listed :
        (Iterable<JsonNode>) () -> Stream.concat(stream(item), stream(operation)).iterator()) {
      JsonNode parameter = resolved(contract, listed);
      String name = parameter.path("name").asText();
      switch (parameter.path("in").asText()) {
        case "path" -> path(template, good, name, cases);
        case "query" -> query(good, name, parameter.path("required").asBoolean(), cases);
        default -> header(good, name, parameter.path("required").asBoolean(), cases);
      }
    }
    general(good, cases);
    JsonNode media =
        resolved(contract, operation.path("requestBody")).path("content").path("application/json");
    if (!media.isMissingNode()) {
      body(good, cases);
      fields(contract, media.path("schema"), good, "", cases);
    }
    return cases;
  }

  private static Stream<JsonNode> stream(JsonNode holder) {
    List<JsonNode> listed = new ArrayList<>();
    holder.path("parameters").forEach(listed::add);
    return listed.stream();
  }

  private static void path(String template, Good good, String name, List<Case> cases) {
    String[] parts = template.split("/", -1);
    int at = List.of(parts).indexOf("{" + name + "}");
    for (String value : both()) {
      String[] changed = good.target().split("[?]", 2)[0].split("/", -1);
      changed[at] = encoded(value);
      String query = good.target().contains("?") ? "?" + good.target().split("[?]", 2)[1] : "";
      boolean hopeless = NEVER.contains(value);
      cases.add(
          new Case(
              "path " + name + "=" + shown(value),
              hopeless,
              r -> r,
              String.join("/", changed) + query));
    }
  }

  private static void query(Good good, String name, boolean required, List<Case> cases) {
    String without =
        good.target().replaceFirst("([?&])" + name + "=[^&]*&?", "$1").replaceFirst("[?&]$", "");
    String joint = without.contains("?") ? "&" : "?";
    for (String value : both()) {
      cases.add(
          new Case(
              "query " + name + "=" + shown(value),
              NEVER.contains(value),
              r -> r,
              without + joint + name + "=" + encoded(value)));
    }
    String twice = without + joint + name + "=a&" + name + "=a";
    cases.add(new Case("query " + name + " repeated", true, r -> r, twice));
    cases.add(
        new Case("query " + name + " broken", true, r -> r, without + joint + name + "=%f0%zz"));
    if (required) {
      cases.add(new Case("query " + name + " missing", true, r -> r, without));
    }
  }

  private static void header(Good good, String name, boolean required, List<Case> cases) {
    if (!required) {
      return;
    }
    cases.add(new Case("header " + name + " missing", true, r -> r.without(name), good.target()));
    for (String value :
        List.of(
            "",
            "short",
            "a".repeat(400),
            "with space",
            "键键键键键键键键",
            "\"",
            "'; DROP TABLE booking; --",
            "*")) {
      cases.add(
          new Case(
              "header " + name + "=" + shown(value),
              true,
              r -> r.with(name, value),
              good.target()));
    }
    UnaryOperator<Request> twice =
        r -> r.with(name, "0123456789abc").with(name.toLowerCase(Locale.ROOT), "0123456789abc");
    cases.add(new Case("header " + name + " repeated", true, twice, good.target()));
  }

  private static void general(Good good, List<Case> cases) {
    String joint = good.target().contains("?") ? "&" : "?";
    for (String query :
        List.of("surprise=1", "surprise", "%E2%80%AE=1", "__proto__=1", "=", "a[]=1")) {
      cases.add(new Case("unknown query " + query, true, r -> r, good.target() + joint + query));
    }
    cases.add(
        new Case("wants another format", true, r -> r.with("Accept", "image/png"), good.target()));
  }

  private static void body(Good good, List<Case> cases) {
    byte[] bytes = good.body().getBytes(StandardCharsets.UTF_8);
    for (String type :
        List.of(
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/json; charset=gbk",
            "")) {
      cases.add(new Case("content type " + type, true, r -> r.body(type, bytes), good.target()));
    }
    cases.add(
        new Case(
            "no content type",
            true,
            r -> r.body("x", bytes).without("Content-Type"),
            good.target()));
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("empty", "");
    texts.put("truncated", good.body().substring(0, good.body().length() - 1));
    texts.put("half", good.body().substring(0, good.body().length() / 2));
    texts.put("twice", good.body() + good.body());
    texts.put("deep", "[".repeat(50_000));
    texts.put("unknown field", insert(good.body(), "\"surprise\":1"));
    texts.put("repeated field", insert(good.body(), "\"x\":1,\"x\":1"));
    texts.put("byte order mark", "\ufeff" + good.body());
    for (String other : List.of("null", "[]", "1", "\"text\"", "NaN", "{'a':1}", "<a/>")) {
      texts.put(other, other);
    }
    texts.forEach(
        (name, text) ->
            cases.add(new Case("body " + name, true, r -> r.json(text), good.target())));
    UnaryOperator<Request> huge =
        r -> r.json(insert(good.body(), "\"x\":\"" + TEN_MEGABYTES + "\""));
    cases.add(new Case("body of ten megabytes", true, huge, good.target()));
    byte[] broken =
        good.body().replaceFirst("\\{", "{\"x\":\"\u00e9\",").getBytes(StandardCharsets.ISO_8859_1);
    cases.add(
        new Case("body not UTF-8", true, r -> r.body("application/json", broken), good.target()));
  }

  /** Each field of the body's schema, also inside of lists, in turn. */
  private static void fields(
      JsonNode contract, JsonNode declared, Good good, String at, List<Case> cases) {
    JsonNode schema = resolved(contract, declared);
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode field = resolved(contract, property.getValue());
              String pointer = at + "/" + property.getKey();
              boolean text = field.path("type").asText().equals("string");
              for (String json : OTHER_JSON) {
                boolean hopeless = text || json.equals("null");
                cases.add(replaced(good, pointer, json, hopeless));
              }
              for (String value : NEVER) {
                boolean optional = value.isEmpty() && !field.has("minLength");
                cases.add(
                    replaced(
                        good,
                        pointer,
                        quoted(value),
                        !(optional && text) && !breaksLines(field, value)));
              }
              for (String value : SOMETIMES) {
                cases.add(replaced(good, pointer, quoted(value), !text));
              }
              cases.add(replaced(good, pointer, '"' + "会".repeat(20_000) + '"', true));
              cases.add(removed(good, pointer));
              if (field.path("type").asText().equals("array")) {
                fields(contract, field.path("items"), good, pointer + "/0", cases);
              }
            });
  }

  private static boolean breaksLines(JsonNode field, String value) {
    return field.path("format").asText().equals("paragraph") && value.contains("\r\n");
  }

  private static Case replaced(Good good, String pointer, String json, boolean hopeless) {
    String body = put(good.body(), pointer, "\u0001").replace("\"\\u0001\"", json);
    return new Case(
        "body " + pointer + "=" + shown(json), hopeless, r -> r.json(body), good.target());
  }

  private static Case removed(Good good, String pointer) {
    ObjectNode root =
        (ObjectNode) Json.read(good.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    int last = pointer.lastIndexOf('/');
    JsonNode holder = root.at(pointer.substring(0, last));
    if (holder instanceof ObjectNode object) {
      object.remove(pointer.substring(last + 1));
    }
    return new Case("body without " + pointer, false, r -> r.json(root.toString()), good.target());
  }

  private static String put(String body, String pointer, String value) {
    ObjectNode root = (ObjectNode) Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    int last = pointer.lastIndexOf('/');
    JsonNode holder = root.at(pointer.substring(0, last));
    if (!(holder instanceof ObjectNode object)) {
      throw new IllegalArgumentException("the good body has nothing at " + pointer);
    }
    object.put(pointer.substring(last + 1), value);
    return Json.text(root);
  }

  private static String insert(String body, String field) {
    return body.equals("{}")
        ? "{" + field + "}"
        : body.replaceFirst("\\{", java.util.regex.Matcher.quoteReplacement("{" + field + ","));
  }

  private static JsonNode resolved(JsonNode contract, JsonNode value) {
    return value.has("$ref")
        ? resolved(contract, contract.at(value.path("$ref").asText().substring(1)))
        : value;
  }

  private static List<String> both() {
    return Stream.concat(NEVER.stream(), SOMETIMES.stream()).toList();
  }

  private static String encoded(String value) {
    if (value.equals("\ud800")) {
      return "%ED%A0%80"; // half of a pair as three bytes, which is no UTF-8 (RFC 3629 §3)
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(String.format("%%%02X", b));
    }
    return encoded.toString();
  }

  /** The text as JSON that holds it whatever it is, half of a pair included. */
  private static String quoted(String value) {
    StringBuilder quoted = new StringBuilder("\"");
    value.chars().forEach(c -> quoted.append(String.format("\\u%04x", c)));
    return quoted.append('"').toString();
  }

  private static String shown(String value) {
    return value.length() > 60 ? value.substring(0, 60) + "…" : value;
  }
}
