package foyer.api;

import com.fasterxml.jackson.core.type.TypeReference;
import foyer.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A language that Foyer speaks, with its texts of problems. */
public enum Language {
  /** Chinese as written in China, the first language. */
  ZH_CN("zh-CN"),
  /** English, its equal. */
  EN("en");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z]+)}");

  private final String tag;
  private final Map<String, String> texts;

  Language(String tag) {
    this.tag = tag;
    this.texts = read("/web/kit/lang/problems-" + tag + ".json");
  }

  /** Its tag (BCP 47). */
  public String tag() {
    return tag;
  }

  /** All texts by key. */
  public Map<String, String> texts() {
    return texts;
  }

  /** Whether there is a text under the key. */
  public boolean has(String key) {
    return texts.containsKey(key);
  }

  /**
   * The text under the key with its placeholders filled in; one without an argument stays as it is.
   */
  public String text(String key, Map<String, ?> arguments) {
    String text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no text in " + tag + ": " + key);
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              Object value = arguments.get(match.group(1));
              return Matcher.quoteReplacement(value == null ? match.group() : value.toString());
            });
  }

  /**
   * The language that an {@code Accept-Language} header (RFC 9110 §12.5.4) wants most; Chinese if
   * it wants neither or is no such header.
   */
  public static Language of(@Nullable String header) {
    if (header == null || header.length() > 1000) {
      return ZH_CN;
    }
    Language best = ZH_CN;
    double most = 0;
    for (String range : header.split(",", -1)) {
      String[] parts = range.strip().split(";", 2);
      double weight = parts.length == 1 ? 1 : weight(parts[1].strip());
      String primary = parts[0].strip().split("-", 2)[0];
      if (weight > most && (primary.equalsIgnoreCase("zh") || primary.equalsIgnoreCase("en"))) {
        most = weight;
        best = primary.equalsIgnoreCase("en") ? EN : ZH_CN;
      }
    }
    return best;
  }

  private static double weight(String parameter) {
    return parameter.matches("q=(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)")
        ? Double.parseDouble(parameter.substring(2))
        : 0;
  }

  private static Map<String, String> read(String resource) {
    try (InputStream in = Language.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("not in the program: " + resource);
      }
      return Map.copyOf(Json.MAPPER.readValue(in, new TypeReference<Map<String, String>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
