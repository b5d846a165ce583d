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
import org.junit.jupiter.params.provider.ValueSource;

/** Both languages are complete, and hold nothing that nobody says. */
class LanguageTablesTest {

  private static final Path ROOT = Path.of("..");
  private static final Path TABLES = ROOT.resolve("web-kit/src/main/resources/web/kit/lang");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
  private static final Pattern KEY =
      Pattern.compile("['\"`]((?:api|console|door|kiosk|live|problem|time)\\.[a-z][\\w.-]*)['\"]");
  private static final Pattern FAMILY =
      Pattern.compile("`((?:api|console|door|kiosk|live|time)\\.[a-z.-]+)\\$\\{");

  @ParameterizedTest
  @ValueSource(strings = {"", "problems-"})
  void bothLanguagesSayTheSameThings(String prefix) throws IOException {
    assertThat(table(prefix + "en").keySet()).isEqualTo(table(prefix + "zh-CN").keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "problems-"})
  void bothLanguagesFillInTheSameValues(String prefix) throws IOException {
    Map<String, String> english = table(prefix + "en");
    table(prefix + "zh-CN")
        .forEach(
            (key, text) ->
                assertThat(placeholders(english.get(key))).as(key).isEqualTo(placeholders(text)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "zh-CN", "problems-en", "problems-zh-CN"})
  void noTextIsEmpty(String file) throws IOException {
    table(file).forEach((key, text) -> assertThat(text).as(key).isNotBlank());
  }

  @Test
  void chineseTextsAreChinese() throws IOException {
    table("zh-CN")
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
    SortedSet<String> named = found(KEY);
    named.removeIf(key -> key.endsWith(".js"));
    assertThat(named).isNotEmpty();
    assertThat(table("zh-CN").keySet()).containsAll(named);
  }

  @Test
  void everyTextIsNamedByAPage() throws IOException {
    SortedSet<String> named = found(KEY);
    SortedSet<String> families = found(FAMILY);
    List<String> unused = new ArrayList<>();
    for (String key : table("zh-CN").keySet()) {
      boolean client = key.startsWith("problem.");
      if (!client && !named.contains(key) && families.stream().noneMatch(key::startsWith)) {
        unused.add(key);
      }
    }
    assertThat(unused).isEmpty();
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
    new JsonObject(Files.readString(TABLES.resolve(file + ".json")))
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
