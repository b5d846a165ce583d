package foyer.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a site's rooms are open without approval (F-4.6.1). A special day goes before its weekday.
 *
 * @param byWeekday hours by ISO weekday (1 is Monday); a weekday without hours is closed
 * @param special public holidays, make-up work days, days with other hours
 */
public record OpeningHours(
    ZoneId zone, Map<Integer, Hours> byWeekday, Map<LocalDate, SpecialDay> special) {

  public OpeningHours {
    byWeekday = Map.copyOf(byWeekday);
    special = Map.copyOf(special);
  }

  /** Hours of a site whose weeks are all alike. */
  public OpeningHours(ZoneId zone, Map<Integer, Hours> byWeekday) {
    this(zone, byWeekday, Map.of());
  }

  /**
   * Hours of a day.
   *
   * @param opens minutes after local midnight
   * @param closes minutes after local midnight, at most 1440
   */
  public record Hours(int opens, int closes) {

    /** The hours between two times of a clock, such as {@code 08:00} and {@code 24:00}. */
    public static Hours of(String opens, String closes) {
      return new Hours(minutes(opens), minutes(closes));
    }

    /** Whether they are no hours at all: they end before they start, or at once. */
    public boolean isEmpty() {
      return opens >= closes;
    }

    /** When it opens, as a clock shows it. */
    public String opensText() {
      return text(opens);
    }

    /** When it closes, as a clock shows it; {@code 24:00} for the end of the day. */
    public String closesText() {
      return text(closes);
    }

    private static int minutes(String clock) {
      return Integer.parseInt(clock.substring(0, 2)) * 60 + Integer.parseInt(clock.substring(3, 5));
    }

    private static String text(int minutes) {
      return String.format(Locale.ROOT, "%02d:%02d", minutes / 60, minutes % 60);
    }
  }

  /**
   * An opened stretch of time.
   *
   * @param from inclusive
   * @param until exclusive
   */
  public record Open(Instant from, Instant until) {}

  /** The stretch in which the site is open on that local day, if it opens at all. */
  public Optional<Open> on(LocalDate day) {
    @Nullable SpecialDay other = special.get(day);
    @Nullable Hours hours =
        other == null ? byWeekday.get(day.getDayOfWeek().getValue()) : other.hours();
    return hours == null
        ? Optional.empty()
        : Optional.of(new Open(at(day, hours.opens()), at(day, hours.closes())));
  }

  /** Whether the site is open all the time from {@code start} to {@code end}. */
  public boolean covers(Instant start, Instant end) {
    Instant covered = start;
    while (covered.isBefore(end)) {
      Instant closes = closes(covered);
      if (!closes.isAfter(covered)) {
        return false;
      }
      covered = closes;
    }
    return true;
  }

  /**
   * When the site closes if it is open at {@code t}, else {@code t}. Days that adjoin at midnight
   * are one stretch, followed for a fortnight at most.
   */
  public Instant openUntil(Instant t) {
    Instant until = t;
    for (int day = 0; day < 14; day++) {
      Instant closes = closes(until);
      if (!closes.isAfter(until)) {
        return until;
      }
      until = closes;
    }
    return until;
  }

  /** The end of the day's hours if {@code t} lies within them, else {@code t}. */
  private Instant closes(Instant t) {
    return on(LocalDate.ofInstant(t, zone))
        .filter(open -> !t.isBefore(open.from()) && t.isBefore(open.until()))
        .map(Open::until)
        .orElse(t);
  }

  private Instant at(LocalDate day, int minutes) {
    LocalDateTime local = day.atStartOfDay().plusMinutes(minutes);
    return local.atZone(zone).toInstant();
  }
}
