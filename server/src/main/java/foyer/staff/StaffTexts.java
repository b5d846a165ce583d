package foyer.staff;

import com.fasterxml.jackson.core.type.TypeReference;
import foyer.api.Language;
import foyer.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of a report on a personnel file, in the reader's language. */
final class StaffTexts {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");
  private static final Map<Language, Map<String, String>> TABLES = new EnumMap<>(Language.class);

  static {
    for (Language language : Language.values()) {
      TABLES.put(language, read("/lang/staff-" + language.tag() + ".json"));
    }
  }

  private StaffTexts() {}

  /** All sentences of a language by key. */
  static Map<String, String> table(Language language) {
    return TABLES.getOrDefault(language, Map.of());
  }

  /** The sentence of a code, with its placeholders filled in. */
  static String text(Language language, String code, Map<String, String> arguments) {
    String sentence = table(language).get("staff." + code);
    if (sentence == null) {
      throw new IllegalArgumentException("no sentence for " + code);
    }
    return PLACEHOLDER
        .matcher(sentence)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(arguments.getOrDefault(found.group(1), found.group())));
  }

  private static Map<String, String> read(String resource) {
    try (InputStream in = StaffTexts.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the program: " + resource);
      }
      return Map.copyOf(Json.MAPPER.readValue(in, new TypeReference<Map<String, String>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
