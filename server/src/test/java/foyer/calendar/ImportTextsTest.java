package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.api.Language;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImportTextsTest {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z]+}");

  @Test
  void bothLanguagesSayTheSame() {
    var chinese = ImportTexts.ALL.table(Language.ZH_CN);
    var english = ImportTexts.ALL.table(Language.EN);
    assertThat(new TreeSet<>(chinese.keySet())).isEqualTo(new TreeSet<>(english.keySet()));
    chinese.forEach(
        (key, text) ->
            assertThat(placeholders(text))
                .as(key)
                .isEqualTo(placeholders(english.getOrDefault(key, ""))));
  }

  @Test
  void everythingThatTheCorpusProvokesHasASentence() {
    Set<String> codes = new TreeSet<>();
    for (var file : Corpus.files()) {
      Parsed parsed = Corpus.read(Corpus.bytes(file.getFileName().toString().replace(".ics", "")));
      parsed
          .faults()
          .forEach(
              fault ->
                  assertThat(ImportTexts.ALL.text(Language.EN, fault.code(), fault.arguments()))
                      .doesNotContain("{"));
      parsed.faults().forEach(fault -> codes.add(fault.code()));
      parsed.skipped().forEach(skipped -> codes.add(skipped.code()));
    }
    assertThat(codes)
        .hasSizeGreaterThan(25)
        .allSatisfy(
            code ->
                assertThat(ImportTexts.ALL.table(Language.ZH_CN)).containsKey("import." + code));
  }

  private static Set<String> placeholders(String text) {
    return PLACEHOLDER
        .matcher(text)
        .results()
        .map(r -> r.group())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
