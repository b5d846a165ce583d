package foyer.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import foyer.api.Problem.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as JSON (RFC 8259): UTF-8 without faults, one value and nothing behind it, no field
 * twice, at most 32 levels deep.
 */
final class StrictJson {

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(32).build())
          .build();

  private StrictJson() {}

  /**
   * The value as maps, lists, strings, numbers, booleans and null; a {@link ProblemException} says
   * what is wrong with it.
   */
  static @Nullable Object read(byte[] body) {
    if (body.length == 0) {
      throw fault("", "required");
    }
    try (JsonParser parser = FACTORY.createParser(text(body))) {
      parser.nextToken();
      Object value = value(parser, "");
      if (parser.nextToken() != null) {
        throw fault("", "json");
      }
      return value;
    } catch (IOException broken) {
      throw fault("", "json");
    }
  }

  private static String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(body))
          .toString();
    } catch (CharacterCodingException broken) {
      throw fault("", "utf-8");
    }
  }

  private static @Nullable Object value(JsonParser parser, String at) throws IOException {
    JsonToken token = parser.currentToken();
    if (token == null) {
      throw fault(at, "json");
    }
    return switch (token) {
      case START_OBJECT -> object(parser, at);
      case START_ARRAY -> array(parser, at);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw fault(at, "json");
    };
  }

  private static Map<String, @Nullable Object> object(JsonParser parser, String at)
      throws IOException {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      if (name == null) {
        throw fault(at, "json");
      }
      String below = at + "/" + Pointers.escape(name);
      parser.nextToken();
      if (fields.containsKey(name)) {
        throw fault(below, "repeated");
      }
      fields.put(name, value(parser, below));
    }
    return fields;
  }

  private static List<@Nullable Object> array(JsonParser parser, String at) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser, at + "/" + items.size()));
    }
    return items;
  }

  private static ProblemException fault(String at, String keyword) {
    return Problem.invalid(List.of(new Fault("body", Pointers.bounded(at), keyword))).raise();
  }
}
