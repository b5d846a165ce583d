package foyer.calendar;

import java.util.regex.Pattern;

/** Text values (RFC 5545 §3.3.11), and what of them may be shown. */
final class Texts {

  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final Pattern BLANK_LINES = Pattern.compile("\\n{3,}");

  private Texts() {}

  /** Undoes the escapes of a text value. */
  static String unescape(String value) {
    if (value.indexOf('\\') < 0) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c != '\\' || i + 1 == value.length()) {
        text.append(c);
        continue;
      }
      char escaped = value.charAt(++i);
      text.append(escaped == 'n' || escaped == 'N' ? '\n' : escaped);
    }
    return text.toString();
  }

  /** Escapes a text for a text value. */
  static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace(",", "\\,").replace(";", "\\;");
  }

  /** Undoes the escapes of a parameter (RFC 6868). */
  static String uncaret(String value) {
    if (value.indexOf('^') < 0) {
      return value;
    }
    StringBuilder text = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char next = i + 1 < value.length() ? value.charAt(i + 1) : ' ';
      int known = value.charAt(i) == '^' ? "n'^".indexOf(next) : -1;
      text.append(known < 0 ? value.charAt(i) : "\n\"^".charAt(known));
      i += known < 0 ? 0 : 1;
    }
    return text.toString();
  }

  /** One line to be shown: cleaned, spaces made single, at most so many characters. */
  static String line(String text, int most) {
    return cut(SPACES.matcher(cleaned(text)).replaceAll(" ").strip(), most);
  }

  /** Several lines to be shown: cleaned, at most so many characters. */
  static String lines(String text, int most) {
    return cut(BLANK_LINES.matcher(cleaned(text)).replaceAll("\n\n").strip(), most);
  }

  /**
   * Takes out what is not seen and deceives: control characters, marks of direction and of zero
   * width, halves of characters, private and unassigned ones.
   */
  private static String cleaned(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints().map(Texts::shown).filter(c -> c >= 0).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static int shown(int c) {
    if (c == '\n') {
      return c;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> ' ';
      case Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> -1;
      default -> c == 0xfffd ? -1 : c;
    };
  }

  private static String cut(String text, int most) {
    if (text.codePointCount(0, text.length()) <= most) {
      return text;
    }
    return text.substring(0, text.offsetByCodePoints(0, most - 1)).strip() + "…";
  }
}
