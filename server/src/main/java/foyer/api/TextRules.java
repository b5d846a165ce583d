package foyer.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the contract's formats {@code line}, {@code paragraph} and {@code date-time} let through.
 * Pure. A refusal is the keyword of a {@link Problem.Fault}.
 *
 * <p>Text is kept as it came or refused, never mended: a text that looks like another one, hides
 * words or turns those around it is refused, everything that people write is not.
 */
public final class TextRules {

  private static final Pattern INSTANT =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,6})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

  /** More than any written language needs; beyond it they paint over the lines around them. */
  private static final int MOST_MARKS = 4;

  private static final int JOINER = 0x200D;

  private TextRules() {}

  /** Why this is not one line of text, or nothing. */
  public static Optional<String> refuseLine(String text) {
    return refuse(text, false);
  }

  /** Why this is not text of several lines, or nothing. */
  static Optional<String> refuseParagraph(String text) {
    return refuse(text, true);
  }

  /** Why this is not an instant of this century with its offset (RFC 3339), or nothing. */
  static Optional<String> refuseInstant(String text) {
    if (!INSTANT.matcher(text).matches()) {
      return Optional.of("date-time");
    }
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      boolean within = !instant.isBefore(FIRST) && !instant.isAfter(LAST);
      return within ? Optional.empty() : Optional.of("century");
    } catch (DateTimeException none) {
      return Optional.of("no-such-time");
    }
  }

  private static Optional<String> refuse(String text, boolean lines) {
    int[] points = text.codePoints().toArray();
    boolean seen = points.length == 0;
    int marks = 0;
    for (int i = 0; i < points.length; i++) {
      Optional<String> reason = refuse(points, i, lines);
      if (reason.isPresent()) {
        return reason;
      }
      marks = isMark(points[i]) ? marks + 1 : 0;
      if (marks > MOST_MARKS) {
        return Optional.of("stacked-marks");
      }
      seen |= !Character.isWhitespace(points[i]) && !Character.isSpaceChar(points[i]);
    }
    return seen ? Optional.empty() : Optional.of("blank");
  }

  private static Optional<String> refuse(int[] points, int i, boolean lines) {
    int point = points[i];
    return switch (Character.getType(point)) {
      case Character.SURROGATE -> Optional.of("broken-character");
      case Character.CONTROL ->
          lines && (point == '\n' || point == '\r' || point == '\t')
              ? Optional.empty()
              : Optional.of("control-character");
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          Optional.of("control-character");
      case Character.FORMAT ->
          joinsEmoji(points, i) ? Optional.empty() : Optional.of("invisible-character");
      default -> refuseOdd(points, i);
    };
  }

  private static Optional<String> refuseOdd(int[] points, int i) {
    int point = points[i];
    if ((point & 0xFFFE) == 0xFFFE || (point >= 0xFDD0 && point <= 0xFDEF)) {
      return Optional.of("broken-character");
    }
    boolean hidden = isFiller(point) || (isSelector(point) && !selects(points, i));
    return hidden ? Optional.of("invisible-character") : Optional.empty();
  }

  /** A zero-width joiner that makes one picture of two, such as a family. */
  private static boolean joinsEmoji(int[] points, int i) {
    if (points[i] != JOINER || i == 0 || i + 1 == points.length) {
      return false;
    }
    int before = points[i - 1];
    boolean picture =
        before == 0xFE0F
            || Character.isExtendedPictographic(before)
            || Character.isEmojiModifier(before);
    return picture && Character.isExtendedPictographic(points[i + 1]);
  }

  /** A variation selector has a visible character to vary, and only one selector varies it. */
  private static boolean selects(int[] points, int i) {
    return i > 0
        && !Character.isWhitespace(points[i - 1])
        && !Character.isSpaceChar(points[i - 1])
        && !isMark(points[i - 1]);
  }

  private static boolean isMark(int point) {
    int type = Character.getType(point);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  private static boolean isSelector(int point) {
    return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
  }

  /** Letters and marks of Unicode that show nothing (Default_Ignorable_Code_Point). */
  private static boolean isFiller(int point) {
    return switch (point) {
      case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2065, 0x3164, 0xFFA0 -> true;
      case 0x180B, 0x180C, 0x180D, 0x180F -> true;
      default -> point >= 0xE0000 && point <= 0xE0FFF && !isSelector(point);
    };
  }
}
