package foyer.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads dates, times and lengths (RFC 5545 §3.3.4 to §3.3.6). */
final class Times {

  /**
   * A point in a calendar.
   *
   * @param at the wall time; midnight of a day
   * @param day whether it is a day and no time
   * @param offset from UTC if it is fixed in the value itself, else null
   */
  record Point(LocalDateTime at, boolean day, @Nullable ZoneOffset offset) {}

  /** A length: days are nominal, the rest is exact (RFC 5545 §3.3.6). */
  record Length(Period days, Duration time) {

    LocalDateTime after(LocalDateTime start) {
      return start.plus(days).plus(time);
    }
  }

  private static final Pattern POINT =
      Pattern.compile(
          "(\\d{4})-?(\\d{2})-?(\\d{2})"
              + "(?:[Tt ](\\d{2}):?(\\d{2})(?::?(\\d{2})(?:\\.\\d+)?)?"
              + "([Zz]|[+-]\\d{2}:?\\d{2})?)?");

  private static final Pattern LENGTH =
      Pattern.compile(
          "([+-]?)P(?:(\\d{1,5})W)?(?:(\\d{1,5})D)?"
              + "(?:T(?:(\\d{1,6})H)?(?:(\\d{1,7})M)?(?:(\\d{1,9})S)?)?",
          Pattern.CASE_INSENSITIVE);

  private static final Pattern OFFSET = Pattern.compile("([+-]?)(\\d{2}):?(\\d{2}):?(\\d{2})?");

  private Times() {}

  /** The date or time; null if there is no such one. */
  static @Nullable Point point(String value) {
    Matcher found = POINT.matcher(value.strip());
    if (!found.matches()) {
      return null;
    }
    try {
      LocalDate day = LocalDate.of(number(found, 1), number(found, 2), number(found, 3));
      if (found.group(4) == null) {
        return new Point(day.atStartOfDay(), true, null);
      }
      return new Point(time(day, found), false, offsetAfter(found.group(7)));
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** The length; null if it is none, or points backwards. */
  static @Nullable Length length(String value) {
    Matcher found = LENGTH.matcher(value.strip());
    if (!found.matches() || found.group(1).equals("-")) {
      return null;
    }
    Period days = Period.ofDays(7 * number(found, 2) + number(found, 3));
    Duration time =
        Duration.ofHours(number(found, 4))
            .plusMinutes(number(found, 5))
            .plusSeconds(number(found, 6));
    return new Length(days, time);
  }

  /** The offset from UTC (RFC 5545 §3.3.14); null if it is none. */
  static @Nullable ZoneOffset offset(String value) {
    Matcher found = OFFSET.matcher(value.strip());
    if (!found.matches()) {
      return null;
    }
    int seconds = number(found, 2) * 3600 + number(found, 3) * 60 + number(found, 4);
    int signed = found.group(1).equals("-") ? -seconds : seconds;
    return Math.abs(signed) > 18 * 3600 ? null : ZoneOffset.ofTotalSeconds(signed);
  }

  /** 24:00 is midnight at the end of the day; the sixtieth second is its 59th. */
  private static LocalDateTime time(LocalDate day, Matcher found) {
    int hour = number(found, 4);
    int minute = number(found, 5);
    int second = Math.min(number(found, 6), 59);
    if (hour == 24 && minute == 0 && second == 0) {
      return day.plusDays(1).atStartOfDay();
    }
    return day.atTime(LocalTime.of(hour, minute, second));
  }

  private static @Nullable ZoneOffset offsetAfter(@Nullable String text) {
    if (text == null) {
      return null;
    }
    if (text.equalsIgnoreCase("Z")) {
      return ZoneOffset.UTC;
    }
    ZoneOffset offset = offset(text);
    if (offset == null) {
      throw new DateTimeException("no offset");
    }
    return offset;
  }

  private static int number(Matcher found, int group) {
    String digits = found.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }
}
