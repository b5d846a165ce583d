package foyer.catalogue;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a site's rooms are open without approval (F-4.6.1).
 *
 * @param byWeekday hours by ISO weekday (1 is Monday); a weekday without hours is closed
 */
public record OpeningHours(ZoneId zone, Map<Integer, Hours> byWeekday) {

  /**
   * Hours of a day.
   *
   * @param opens minutes after local midnight
   * @param closes minutes after local midnight, at most 1440
   */
  public record Hours(int opens, int closes) {}

  /**
   * An opened stretch of time.
   *
   * @param from inclusive
   * @param until exclusive
   */
  public record Open(Instant from, Instant until) {}

  /** The stretch in which the site is open on that local day, if it opens at all. */
  public Optional<Open> on(LocalDate day) {
    @Nullable Hours hours = byWeekday.get(day.getDayOfWeek().getValue());
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
