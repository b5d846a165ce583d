package foyer.calendar;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.time.temporal.WeekFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A recurrence rule (RFC 5545 §3.3.10), expanded in local time with bounded work. It looks at the
 * days of one period after another and keeps those that all its parts allow.
 */
final class Rule {

  /** How often, from the finest that a room is booked for. */
  private enum Frequency {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY
  }

  /**
   * A weekday, or its nth in month or year.
   *
   * @param nth from the beginning, negative from the end, 0 for all
   */
  private record Weekday(int nth, DayOfWeek day) {}

  /**
   * What a rule gives within a time.
   *
   * @param starts in order
   * @param until from where on occurrences were left out for their number; null if none were
   * @param goesOn whether there are further ones after the time
   */
  record Expansion(List<LocalDateTime> starts, @Nullable LocalDateTime until, boolean goesOn) {}

  private static final int MOST_TIMES_A_DAY = 100;
  private static final Map<String, DayOfWeek> DAYS =
      Map.of(
          "MO", DayOfWeek.MONDAY,
          "TU", DayOfWeek.TUESDAY,
          "WE", DayOfWeek.WEDNESDAY,
          "TH", DayOfWeek.THURSDAY,
          "FR", DayOfWeek.FRIDAY,
          "SA", DayOfWeek.SATURDAY,
          "SU", DayOfWeek.SUNDAY);

  private final Frequency frequency;
  private final int interval;
  private final int count;
  private final Times.@Nullable Point until;
  private final Set<Integer> months;
  private final Set<Integer> weeks;
  private final Set<Integer> yearDays;
  private final Set<Integer> monthDays;
  private final List<Weekday> weekdays;
  private final Set<Integer> hours;
  private final Set<Integer> minutes;
  private final Set<Integer> seconds;
  private final Set<Integer> positions;
  private final WeekFields week;

  private Rule(Map<String, String> parts) {
    frequency = frequency(parts.getOrDefault("FREQ", ""));
    interval = number(parts, "INTERVAL", 1, 10_000);
    count = number(parts, "COUNT", 0, 1_000_000);
    until = until(parts.getOrDefault("UNTIL", ""));
    months = numbers(parts, "BYMONTH", 1, 12);
    weeks = numbers(parts, "BYWEEKNO", -53, 53);
    yearDays = numbers(parts, "BYYEARDAY", -366, 366);
    monthDays = numbers(parts, "BYMONTHDAY", -31, 31);
    weekdays = values(parts, "BYDAY").map(Rule::weekday).toList();
    hours = numbers(parts, "BYHOUR", 0, 23);
    minutes = numbers(parts, "BYMINUTE", 0, 59);
    seconds = numbers(parts, "BYSECOND", 0, 59);
    positions = numbers(parts, "BYSETPOS", -366, 366);
    week = WeekFields.of(DAYS.getOrDefault(parts.getOrDefault("WKST", "MO"), DayOfWeek.MONDAY), 4);
    if (Math.max(1, hours.size()) * Math.max(1, minutes.size()) * Math.max(1, seconds.size())
        > MOST_TIMES_A_DAY) {
      throw new Unusable("rule-too-dense");
    }
  }

  /** Reads a rule; one that cannot be read, or repeats by the minute, is unusable. */
  static Rule of(String value) {
    Map<String, String> parts = new HashMap<>();
    for (String part : value.strip().toUpperCase(Locale.ROOT).split(";", 40)) {
      int equals = part.indexOf('=');
      if (equals > 0 && !part.substring(equals + 1).isBlank()) {
        parts.putIfAbsent(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
      }
    }
    if (parts.containsKey("RSCALE") && !parts.get("RSCALE").equals("GREGORIAN")) {
      throw new Unusable("rule-other-calendar");
    }
    return new Rule(parts);
  }

  /** Its last moment if it names one. */
  Times.@Nullable Point until() {
    return until;
  }

  /**
   * The starts from {@code from} on and before {@code before}. The first start belongs to it
   * whether it fits the rule or not (RFC 5545 §3.8.5.3).
   *
   * @param first start of the first occurrence
   * @param last no start after it, in the same local time; null if only the rule's count ends it
   * @param most no more starts than that
   */
  Expansion expand(
      LocalDateTime first,
      LocalDateTime from,
      LocalDateTime before,
      @Nullable LocalDateTime last,
      int most,
      Work work) {
    List<LocalDateTime> starts = new ArrayList<>();
    if (!first.isBefore(from) && first.isBefore(before)) {
      starts.add(first);
    }
    int counted = 1;
    for (long index = count > 0 ? 0 : firstIndex(first, from); ; index++) {
      LocalDate period = period(first, index);
      if (period.isAfter(before.toLocalDate()) || isCounted(counted)) {
        return new Expansion(starts, null, last == null ? count == 0 : last.isAfter(before));
      }
      work.spend(days());
      for (LocalDateTime start : within(first, period, index)) {
        if (!start.isAfter(first)) {
          continue;
        }
        if ((last != null && start.isAfter(last)) || isCounted(counted)) {
          return new Expansion(starts, null, false);
        }
        counted++;
        if (!start.isBefore(before)) {
          return new Expansion(starts, null, true);
        }
        if (!start.isBefore(from)) {
          if (starts.size() == most) {
            return new Expansion(starts, start, true);
          }
          starts.add(start);
        }
      }
    }
  }

  private boolean isCounted(int counted) {
    return count > 0 && counted >= count;
  }

  /** An early enough period to begin with when nothing needs to be counted. */
  private long firstIndex(LocalDateTime first, LocalDateTime from) {
    ChronoUnit unit =
        switch (frequency) {
          case HOURLY -> ChronoUnit.HOURS;
          case DAILY -> ChronoUnit.DAYS;
          case WEEKLY -> ChronoUnit.WEEKS;
          case MONTHLY -> ChronoUnit.MONTHS;
          case YEARLY -> ChronoUnit.YEARS;
        };
    return Math.max(0, unit.between(first, from) / interval - 1);
  }

  private LocalDate period(LocalDateTime first, long index) {
    long steps = index * interval;
    return switch (frequency) {
      case HOURLY -> first.plusHours(steps).toLocalDate();
      case DAILY -> first.toLocalDate().plusDays(steps);
      case WEEKLY ->
          first
              .toLocalDate()
              .with(TemporalAdjusters.previousOrSame(week.getFirstDayOfWeek()))
              .plusWeeks(steps);
      case MONTHLY -> first.toLocalDate().withDayOfMonth(1).plusMonths(steps);
      case YEARLY -> first.toLocalDate().withDayOfYear(1).plusYears(steps);
    };
  }

  private int days() {
    return switch (frequency) {
      case HOURLY, DAILY -> 1;
      case WEEKLY -> 7;
      case MONTHLY -> 31;
      case YEARLY -> 366;
    };
  }

  private List<LocalDateTime> within(LocalDateTime first, LocalDate period, long index) {
    LocalDate end =
        switch (frequency) {
          case HOURLY, DAILY -> period.plusDays(1);
          case WEEKLY -> period.plusWeeks(1);
          case MONTHLY -> period.plusMonths(1);
          case YEARLY -> period.plusYears(1);
        };
    List<LocalDateTime> all = new ArrayList<>();
    for (LocalDate day = period; day.isBefore(end); day = day.plusDays(1)) {
      if (allows(day, first)) {
        addTimes(all, day, first, index);
      }
    }
    return positions.isEmpty() ? all : atPositions(all);
  }

  private boolean allows(LocalDate day, LocalDateTime first) {
    return (months.isEmpty() || months.contains(day.getMonthValue()))
        && (weeks.isEmpty() || inWeeks(day))
        && (yearDays.isEmpty() || fromEitherEnd(yearDays, day.getDayOfYear(), day.lengthOfYear()))
        && (monthDays.isEmpty()
            || fromEitherEnd(monthDays, day.getDayOfMonth(), day.lengthOfMonth()))
        && (weekdays.isEmpty() || weekdays.stream().anyMatch(w -> isWeekday(day, w)))
        && (!weekdays.isEmpty() || fitsTheFirst(day, first.toLocalDate()));
  }

  /** What a rule does not say is as on the first day. */
  private boolean fitsTheFirst(LocalDate day, LocalDate first) {
    if (!yearDays.isEmpty() || !monthDays.isEmpty()) {
      return true;
    }
    if (!weeks.isEmpty() || frequency == Frequency.WEEKLY) {
      return day.getDayOfWeek() == first.getDayOfWeek();
    }
    return switch (frequency) {
      case MONTHLY -> day.getDayOfMonth() == first.getDayOfMonth();
      case YEARLY ->
          day.getDayOfMonth() == first.getDayOfMonth()
              && (!months.isEmpty() || day.getMonth() == first.getMonth());
      default -> true;
    };
  }

  private boolean inWeeks(LocalDate day) {
    int number = day.get(week.weekOfWeekBasedYear());
    int length = (int) week.weekOfWeekBasedYear().rangeRefinedBy(day).getMaximum();
    return fromEitherEnd(weeks, number, length);
  }

  private static boolean fromEitherEnd(Set<Integer> allowed, int position, int length) {
    return allowed.contains(position) || allowed.contains(position - length - 1);
  }

  private boolean isWeekday(LocalDate day, Weekday weekday) {
    if (day.getDayOfWeek() != weekday.day) {
      return false;
    }
    boolean inMonth =
        frequency == Frequency.MONTHLY || (frequency == Frequency.YEARLY && !months.isEmpty());
    if (weekday.nth == 0 || (!inMonth && frequency != Frequency.YEARLY)) {
      return true;
    }
    int position = inMonth ? day.getDayOfMonth() : day.getDayOfYear();
    int length = inMonth ? day.lengthOfMonth() : day.lengthOfYear();
    return weekday.nth > 0
        ? (position - 1) / 7 + 1 == weekday.nth
        : (length - position) / 7 + 1 == -weekday.nth;
  }

  private void addTimes(List<LocalDateTime> all, LocalDate day, LocalDateTime first, long index) {
    int hourOfPeriod =
        frequency == Frequency.HOURLY
            ? first.plusHours(index * interval).getHour()
            : first.getHour();
    if (frequency == Frequency.HOURLY && !hours.isEmpty() && !hours.contains(hourOfPeriod)) {
      return;
    }
    Set<Integer> hoursOfDay =
        hours.isEmpty() || frequency == Frequency.HOURLY ? Set.of(hourOfPeriod) : hours;
    for (int hour : hoursOfDay) {
      for (int minute : minutes.isEmpty() ? Set.of(first.getMinute()) : minutes) {
        for (int second : seconds.isEmpty() ? Set.of(first.getSecond()) : seconds) {
          all.add(day.atTime(hour, minute, second));
        }
      }
    }
  }

  private List<LocalDateTime> atPositions(List<LocalDateTime> all) {
    List<LocalDateTime> chosen = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (positions.contains(i + 1) || positions.contains(i - all.size())) {
        chosen.add(all.get(i));
      }
    }
    return chosen;
  }

  private static Frequency frequency(String word) {
    return switch (word) {
      case "SECONDLY", "MINUTELY" -> throw new Unusable("rule-too-dense");
      case "HOURLY" -> Frequency.HOURLY;
      case "DAILY" -> Frequency.DAILY;
      case "WEEKLY" -> Frequency.WEEKLY;
      case "MONTHLY" -> Frequency.MONTHLY;
      case "YEARLY" -> Frequency.YEARLY;
      default -> throw new Unusable("rule-unreadable", "part", "FREQ");
    };
  }

  private static Times.@Nullable Point until(String value) {
    if (value.isEmpty()) {
      return null;
    }
    Times.Point point = Times.point(value);
    if (point == null) {
      throw new Unusable("rule-unreadable", "part", "UNTIL");
    }
    return point;
  }

  private static int number(Map<String, String> parts, String part, int otherwise, int most) {
    String value = parts.get(part);
    if (value == null) {
      return otherwise;
    }
    if (!value.matches("[0-9]{1,18}") || Long.parseLong(value) == 0) {
      throw new Unusable("rule-unreadable", "part", part);
    }
    return (int) Math.min(Long.parseLong(value), most);
  }

  private static Set<Integer> numbers(Map<String, String> parts, String part, int least, int most) {
    Set<Integer> numbers = new TreeSet<>();
    values(parts, part)
        .forEach(
            value -> {
              if (!value.matches("[+-]?[0-9]{1,3}")) {
                throw new Unusable("rule-unreadable", "part", part);
              }
              int number = Integer.parseInt(value);
              if (number < least || number > most || (number == 0 && least < 0)) {
                throw new Unusable("rule-unreadable", "part", part);
              }
              numbers.add(number);
            });
    return numbers;
  }

  private static Stream<String> values(Map<String, String> parts, String part) {
    String value = parts.get(part);
    return value == null
        ? Stream.empty()
        : Stream.of(value.split(",", 400)).map(String::strip).filter(v -> !v.isEmpty());
  }

  private static Weekday weekday(String value) {
    DayOfWeek day = DAYS.get(value.length() < 2 ? "" : value.substring(value.length() - 2));
    String nth = value.length() < 2 ? "?" : value.substring(0, value.length() - 2);
    if (day == null || !nth.matches("|[+-]?[0-9]{1,2}")) {
      throw new Unusable("rule-unreadable", "part", "BYDAY");
    }
    return new Weekday(nth.isEmpty() ? 0 : Integer.parseInt(nth), day);
  }
}
