package foyer.calendar;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A property (RFC 5545 §3.1), its line already unfolded.
 *
 * @param line where it begins in the file, counted from 1
 * @param name in capitals
 * @param parameters by name in capitals, without quotes
 * @param value as it stands, not yet unescaped
 */
record ContentLine(int line, String name, Map<String, String> parameters, String value) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9-]+");
  private static final int PARAMETERS = 50;

  /** The parameter's value, or empty. */
  String parameter(String parameter) {
    return parameters.getOrDefault(parameter, "");
  }

  /** Reads an unfolded line; null if it is no property at all. */
  static @Nullable ContentLine of(int line, String text) {
    int nameEnd = indexOfAny(text, 0);
    if (nameEnd < 0) {
      return null;
    }
    String name = text.substring(0, nameEnd).strip();
    int grouped = name.lastIndexOf('.');
    name = name.substring(grouped + 1);
    if (!NAME.matcher(name).matches()) {
      return null;
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    int at = nameEnd;
    while (at < text.length() && text.charAt(at) == ';') {
      int end = endOfParameter(text, at + 1);
      addParameter(parameters, text.substring(at + 1, end));
      at = end;
    }
    if (at >= text.length()) {
      return null;
    }
    return new ContentLine(line, name.toUpperCase(Locale.ROOT), parameters, text.substring(at + 1));
  }

  private static int indexOfAny(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':' || c == ';') {
        return i;
      }
    }
    return -1;
  }

  /**
   * Zone names such as {@code (UTC+08:00) Beijing} come unquoted: a colon within brackets stays.
   */
  private static int endOfParameter(String text, int from) {
    boolean quoted = false;
    int brackets = 0;
    for (int i = from; i < text.length(); i++) {
      switch (text.charAt(i)) {
        case '"' -> quoted = !quoted;
        case '(' -> brackets++;
        case ')' -> brackets = Math.max(0, brackets - 1);
        case ':' -> {
          if (!quoted && brackets == 0) {
            return i;
          }
        }
        case ';' -> {
          if (!quoted) {
            return i;
          }
        }
        default -> {}
      }
    }
    return endOfParameterAsWritten(text, from);
  }

  /** For a quote or bracket that is never closed. */
  private static int endOfParameterAsWritten(String text, int from) {
    int end = indexOfAny(text, from);
    return end < 0 ? text.length() : end;
  }

  private static void addParameter(Map<String, String> parameters, String text) {
    int equals = text.indexOf('=');
    if (equals > 0 && parameters.size() < PARAMETERS) {
      String value = text.substring(equals + 1).strip();
      if (value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"")) {
        value = value.substring(1, value.length() - 1);
      } else if (value.startsWith("\"")) {
        value = value.substring(1);
      }
      parameters.putIfAbsent(
          text.substring(0, equals).strip().toUpperCase(Locale.ROOT), Texts.uncaret(value));
    }
  }
}
