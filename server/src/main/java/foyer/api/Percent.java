package foyer.api;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Percent-encoding (RFC 3986 §2.1) as addresses use it, read strictly. */
final class Percent {

  private Percent() {}

  /** The text behind it, or nothing if it is broken or no UTF-8. */
  static Optional<String> decode(String encoded) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (c > 0x7E || c < 0x21) {
        return Optional.empty();
      }
      if (c == '%') {
        if (i + 2 >= encoded.length()
            || !HexFormat.isHexDigit(encoded.charAt(i + 1))
            || !HexFormat.isHexDigit(encoded.charAt(i + 2))) {
          return Optional.empty();
        }
        bytes.write(HexFormat.fromHexDigits(encoded, i + 1, i + 3));
        i += 2;
      } else {
        bytes.write(c);
      }
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException broken) {
      return Optional.empty();
    }
  }

  /**
   * The parameters of a query in their order, each name with all its values; {@code +} is a space.
   * Nothing if it is broken.
   */
  static Optional<Map<String, List<String>>> query(String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      Optional<String> name = decodeForm(equals < 0 ? pair : pair.substring(0, equals));
      Optional<String> value = decodeForm(equals < 0 ? "" : pair.substring(equals + 1));
      if (name.isEmpty() || value.isEmpty()) {
        return Optional.empty();
      }
      parameters.computeIfAbsent(name.get(), first -> new ArrayList<>()).add(value.get());
    }
    return Optional.of(parameters);
  }

  private static Optional<String> decodeForm(String encoded) {
    return decode(encoded.replace("+", "%20"));
  }
}
