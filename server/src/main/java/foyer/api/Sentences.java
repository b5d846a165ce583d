package foyer.api;

import com.fasterxml.jackson.core.type.TypeReference;
import foyer.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The sentences of one kind of report, in the reader's language. */
public final class Sentences {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

  private final String kind;
  private final Map<Language, Map<String, String>> tables = new EnumMap<>(Language.class);

  /**
   * Reads the tables of a kind of report.
   *
   * @param kind such as {@code import}, for the files {@code lang/import-en.json} and {@code
   *     lang/import-zh-CN.json}, whose keys begin with {@code import.}
   */
  public Sentences(String kind) {
    this.kind = kind;
    for (Language language : Language.values()) {
      tables.put(language, read("/lang/" + kind + "-" + language.tag() + ".json"));
    }
  }

  /** All sentences of a language by key. */
  public Map<String, String> table(Language language) {
    return tables.getOrDefault(language, Map.of());
  }

  /**
   * The sentence of a code, with its placeholders filled in.
   *
   * @throws IllegalArgumentException when there is none
   */
  public String text(Language language, String code, Map<String, String> arguments) {
    String sentence = table(language).get(kind + "." + code);
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
    try (InputStream in = Sentences.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the program: " + resource);
      }
      return Map.copyOf(Json.MAPPER.readValue(in, new TypeReference<Map<String, String>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
