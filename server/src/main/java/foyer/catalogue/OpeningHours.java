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
    return hours == null ? Optional.empty() : Optional.of(new Open(at(day, hours.opens()), at(day, hours.closes())));
  }

  /** Whether the site is open all the time from {@code start} to {@code end}; days that adjoin at midnight are one stretch. */
  public boolean covers(Instant start, Instant end) {
    Instant covered = start;
    for (LocalDate day = LocalDate.ofInstant(start, zone); covered.isBefore(end); day = day.plusDays(1)) {
      Optional<Open> open = on(day);
      if (open.isEmpty() || open.get().from().isAfter(covered) || !open.get().until().isAfter(covered)) {
        return false;
      }
      covered = open.get().until();
    }
    return true;
  }

  private Instant at(LocalDate day, int minutes) {
    LocalDateTime local = day.atStartOfDay().plusMinutes(minutes);
    return local.atZone(zone).toInstant();
  }
}
