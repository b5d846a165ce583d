package foyer.sheet;

import foyer.api.Language;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A column that is looked for, under any of its heads.
 *
 * @param id name in the program
 * @param zh head that is written in Chinese
 * @param en head that is written in English
 * @param needed whether a file without it is no such file
 * @param others further heads under which it is known
 */
public record Column(String id, String zh, String en, boolean needed, List<String> others) {

  private static final Pattern IN_BRACKETS = Pattern.compile("\\([^)]*\\)|\\[[^]]*]|【[^】]*】");
  private static final Pattern BETWEEN = Pattern.compile("[\\s_\\-*:：.。/#\\u00a0\\u3000\\ufeff]+");

  /** A column with further heads. */
  public Column(String id, String zh, String en, boolean needed, String... others) {
    this(id, zh, en, needed, List.of(others));
  }

  /** Its head in a language. */
  public String head(Language language) {
    return language == Language.EN ? en : zh;
  }

  /**
   * Its heads as {@link #plain} has them; of two columns of a file the one with the earlier head is
   * meant.
   */
  List<String> heads() {
    return Stream.concat(Stream.of(zh, en), others.stream()).map(Column::plain).toList();
  }

  /** Without width, case, spaces and what stands in brackets. */
  static String plain(String head) {
    String narrow = Normalizer.normalize(head, Normalizer.Form.NFKC);
    return BETWEEN
        .matcher(IN_BRACKETS.matcher(narrow).replaceAll(""))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
  }
}
