package foyer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both languages are complete, and hold nothing that nobody says. */
class LanguageTablesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path KIT = ROOT.resolve("web-kit/src/main/resources/web/kit/lang");
  private static final Path CONSOLE = ROOT.resolve("server/src/main/resources/web/console/lang");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

  /** The beginnings of the names of all tables, such as {@code problems-}. */
  static Stream<String> tables() throws IOException {
    return Stream.concat(
        Stream.of("", "problems-"),
        files(CONSOLE)
            .filter(name -> name.endsWith("-en.json"))
            .map(name -> name.replace("en.json", "")));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void bothLanguagesSayTheSameThings(String prefix) throws IOException {
    assertThat(table(prefix + "en").keySet()).isEqualTo(table(prefix + "zh-CN").keySet());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void bothLanguagesFillInTheSameValues(String prefix) throws IOException {
    Map<String, String> english = table(prefix + "en");
    table(prefix + "zh-CN")
        .forEach(
            (key, text) ->
                assertThat(placeholders(english.get(key))).as(key).isEqualTo(placeholders(text)));
  }

  @ParameterizedTest
  @MethodSource("tables")
  void noTextIsEmpty(String prefix) throws IOException {
    table(prefix + "en").forEach((key, text) -> assertThat(text).as(key).isNotBlank());
    table(prefix + "zh-CN").forEach((key, text) -> assertThat(text).as(key).isNotBlank());
  }

  @Test
  void theConsoleLearnsAllOfItsTables() throws IOException {
    String words = Files.readString(CONSOLE.resolveSibling("words.js"));
    for (String name : (Iterable<String>) files(CONSOLE)::iterator) {
      assertThat(words).contains("'" + name.replaceFirst("-(en|zh-CN)\\.json$", "") + "'");
    }
  }

  @Test
  void chineseTextsAreChinese() throws IOException {
    allTexts()
        .forEach(
            (key, text) -> {
              String words = PLACEHOLDER.matcher(text).replaceAll("").strip();
              assertThat(words.isEmpty() || words.codePoints().anyMatch(Character::isIdeographic))
                  .as(key)
                  .isTrue();
            });
  }

  @Test
  void everyTextThatThePagesNameIsThere() throws IOException {
    SortedSet<String> named = found(keys());
    named.removeIf(key -> key.endsWith(".js"));
    assertThat(named).isNotEmpty();
    SortedSet<String> known = new TreeSet<>(allTexts().keySet());
    known.addAll(table("problems-zh-CN").keySet());
    assertThat(known).containsAll(named);
  }

  @Test
  void everyTextIsNamedByAPage() throws IOException {
    SortedSet<String> named = found(keys());
    SortedSet<String> families = found(Pattern.compile("`(" + areas() + "\\.[a-zA-Z.-]*)\\$\\{"));
    List<String> unused = new ArrayList<>();
    for (String key : allTexts().keySet()) {
      boolean client = key.startsWith("problem.");
      if (!client && !named.contains(key) && families.stream().noneMatch(key::startsWith)) {
        unused.add(key);
      }
    }
    assertThat(unused).isEmpty();
  }

  private static Pattern keys() throws IOException {
    return Pattern.compile("['\"`](" + areas() + "\\.[a-z][\\w.-]*)['\"`]");
  }

  /** What keys begin with, such as {@code door}. */
  private static String areas() throws IOException {
    SortedSet<String> areas = new TreeSet<>(List.of("problem"));
    allTexts().keySet().forEach(key -> areas.add(key.substring(0, key.indexOf('.'))));
    return "(?:" + String.join("|", areas) + ")";
  }

  /** All texts of the pages in Chinese, those of refusals apart. */
  private static Map<String, String> allTexts() throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String prefix : (Iterable<String>) tables()::iterator) {
      if (!prefix.equals("problems-")) {
        all.putAll(table(prefix + "zh-CN"));
      }
    }
    return all;
  }

  private static Stream<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList().stream();
    }
  }

  private static SortedSet<String> found(Pattern pattern) throws IOException {
    SortedSet<String> found = new TreeSet<>();
    for (String folder : List.of("web-kit", "room-display", "kiosk-client", "server")) {
      Path web = ROOT.resolve(folder).resolve("src/main/resources/web");
      if (Files.isDirectory(web)) {
        try (Stream<Path> files = Files.walk(web)) {
          for (Path file :
              (Iterable<Path>) files.filter(each -> each.toString().endsWith(".js"))::iterator) {
            Matcher matcher = pattern.matcher(Files.readString(file));
            while (matcher.find()) {
              found.add(matcher.group(1));
            }
          }
        }
      }
    }
    return found;
  }

  private static Map<String, String> table(String file) throws IOException {
    Map<String, String> table = new TreeMap<>();
    Path kit = KIT.resolve(file + ".json");
    Path path = Files.exists(kit) ? kit : CONSOLE.resolve(file + ".json");
    new JsonObject(Files.readString(path))
        .forEach(entry -> table.put(entry.getKey(), (String) entry.getValue()));
    return table;
  }

  private static SortedSet<String> placeholders(String text) {
    SortedSet<String> names = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return names;
  }
}
