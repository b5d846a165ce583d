package foyer.sheet;

import java.util.regex.Pattern;

/**
 * What stands in one cell.
 *
 * @param text without the spaces around it, on one line; a number in digits, a date as ISO 8601
 */
public record Cell(String text, Kind kind) {

  /** A cell in which nothing stands. */
  public static final Cell EMPTY = new Cell("", Kind.TEXT);

  private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\\t\\r].*", Pattern.DOTALL);
  private static final Pattern DANGEROUS = Pattern.compile("'*[=+\\-@\\t\\r].*", Pattern.DOTALL);
  private static final Pattern BREAKS = Pattern.compile("[\\r\\n\\t\\u00a0\\u2028\\u2029]+");
  private static final Pattern AROUND =
      Pattern.compile("^[\\s\\u00a0\\u3000\\u200b\\ufeff]+|[\\s\\u00a0\\u3000\\u200b\\ufeff]+$");

  /** What a cell was in its file. */
  public enum Kind {
    TEXT,
    /** A number that the program which wrote the file has not rounded. */
    NUMBER,
    /** A number of more than 15 digits, of which the last ones are lost. */
    ROUNDED,
    DATE,
    /** A formula whose result the file does not hold. */
    FORMULA,
    /** An error of the program that wrote the file, such as {@code #N/A}. */
    ERROR
  }

  /** Text as it stood in a file, without the apostrophe of {@link #neutral}. */
  static Cell text(String raw) {
    String whole = GUARDED.matcher(raw).matches() ? raw.substring(1) : raw;
    return new Cell(
        AROUND.matcher(BREAKS.matcher(whole).replaceAll(" ")).replaceAll(""), Kind.TEXT);
  }

  /** Text that no program takes for a formula: with an apostrophe before what looks like one. */
  static String neutral(String text) {
    return DANGEROUS.matcher(text).matches() ? "'" + text : text;
  }

  /** Whether nothing stands in it. */
  public boolean isEmpty() {
    return text.isEmpty() && kind == Kind.TEXT;
  }
}
