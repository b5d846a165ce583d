package foyer.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LanguageTest {

  private static final Pattern PROBLEM =
      Pattern.compile("Problem\\s*\\.of\\(\\s*\\d{3},\\s*\"([a-z-]+)\"");
  private static final Pattern FAULT =
      Pattern.compile("(?:\\b[fF]ault\\(|Optional\\.of\\().*\"([a-z0-9-]+)\"\\)");
  private static final Set<String> CHECKED =
      Set.of(
          "type",
          "enum",
          "pattern",
          "oneOf",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties");

  @Test
  void bothLanguagesSayTheSameThingsWithTheSamePlaceholders() {
    Map<String, String> chinese = Language.ZH_CN.texts();
    Map<String, String> english = Language.EN.texts();
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    chinese.forEach(
        (key, text) -> {
          assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.get(key)));
          assertThat(text)
              .as(key)
              .isNotBlank()
              .containsPattern("\\p{IsHan}|Idempotency-Key|HTTP|JSON|UTF-8");
          assertThat(english.get(key)).as(key).isNotBlank().doesNotContainPattern("\\p{IsHan}");
        });
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void everyProblemHasATitleAndSaysWhatToDoNext(Language language) {
    for (String type : typesOfContract()) {
      assertThat(language.has("problem." + type + ".title")).as(type).isTrue();
      assertThat(language.text("problem." + type + ".detail", Map.of()))
          .as(type)
          .containsPattern("[。.]$");
    }
  }

  @Test
  void theContractNamesEveryProblemOfTheCodeAndNoTextIsIdle() throws IOException {
    Set<String> used = found(PROBLEM);
    used.add("invalid");
    assertThat(typesOfContract()).containsExactlyInAnyOrderElementsOf(used);
    Set<String> texts =
        Language.EN.texts().keySet().stream()
            .filter(key -> key.startsWith("problem."))
            .map(key -> key.split("\\.")[1])
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(texts).containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void everyFaultHasASentenceAndNoSentenceIsIdle() throws IOException {
    Set<String> used = found(FAULT);
    Contract.load()
        .endpoints()
        .values()
        .forEach(
            endpoint -> {
              endpoint.parameters().forEach(p -> keywords(p.schema().source(), used));
              endpoint.jsonBody().ifPresent(body -> keywords(body.source(), used));
            });
    Set<String> texts =
        Language.EN.texts().keySet().stream()
            .filter(key -> key.startsWith("invalid."))
            .map(key -> key.substring("invalid.".length()))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(texts).containsExactlyInAnyOrderElementsOf(used);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "- | ZH_CN",
        "en | EN",
        "en-US,en;q=0.9,zh-CN;q=0.8 | EN",
        "zh-TW;q=0.9, en;q=0.8 | ZH_CN",
        "de, fr;q=0.9 | ZH_CN",
        "en;q=0 | ZH_CN",
        "en;q=oops, ;;;, zh | ZH_CN",
        "*;q=1, en;q=0.1 | EN",
      })
  void theReaderGetsTheLanguageThatIsWantedMost(String header, Language language) {
    assertThat(Language.of(header)).isEqualTo(language);
  }

  @Test
  void placeholdersAreFilledInAsTheyAre() {
    assertThat(Language.EN.text("problem.too-large.detail", Map.of("limit", "$1\\")))
        .isEqualTo("At most $1\\ bytes. Make it smaller and try again.");
  }

  private static Set<String> typesOfContract() {
    return Contract.load().endpoints().values().stream()
        .flatMap(endpoint -> endpoint.problems().values().stream().flatMap(Set::stream))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> placeholders(String text) {
    return Pattern.compile("\\{[A-Za-z]+}")
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toSet());
  }

  private static Set<String> found(Pattern pattern) throws IOException {
    Set<String> words = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
        String source = Files.readString(file);
        boolean ours =
            !pattern.equals(FAULT)
                || source.contains("package foyer.api;")
                || source.contains("package foyer.http;");
        if (ours) {
          pattern.matcher(source).results().forEach(match -> words.add(match.group(1)));
        }
      }
    }
    return words;
  }

  private static void keywords(Object schema, Set<String> found) {
    switch (schema) {
      case Map<?, ?> map ->
          map.forEach(
              (key, value) -> {
                if (CHECKED.contains(key)) {
                  found.add((String) key);
                }
                keywords(value, found);
              });
      case List<?> list -> list.forEach(item -> keywords(item, found));
      default -> {}
    }
  }
}
