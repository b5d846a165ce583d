package foyer.booking;

import foyer.catalogue.OpeningHours;
import foyer.catalogue.OpeningHours.Open;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds when a room is free. Pure. */
final class FreeTimes {

  private FreeTimes() {}

  /**
   * Starts at which the room is free for the wanted time, nearest first: directly before and after
   * what is taken, within opening hours, on the wanted day and the next.
   *
   * @param hold what the policy holds hard before the start
   * @param booked the room's bookings of those days
   * @param now no start lies before it
   */
  static List<Instant> nearest(
      Instant start,
      Duration length,
      Duration hold,
      OpeningHours hours,
      List<Booking> booked,
      Instant now,
      int atMost) {
    List<Instant> candidates = new ArrayList<>();
    LocalDate day = LocalDate.ofInstant(start, hours.zone());
    for (LocalDate d = day; !d.isAfter(day.plusDays(1)); d = d.plusDays(1)) {
      Optional<Open> open = hours.on(d);
      open.ifPresent(o -> candidates.add(o.from()));
      open.ifPresent(o -> candidates.add(o.until().minus(length)));
    }
    for (Booking booking : booked) {
      candidates.add(booking.end().plus(hold));
      candidates.add(booking.occupiedFrom().minus(length));
    }
    return candidates.stream()
        .distinct()
        .filter(c -> !c.isBefore(now) && !c.equals(start) && hours.covers(c, c.plus(length)))
        .filter(c -> booked.stream().noneMatch(b -> b.occupies(c.minus(hold), c.plus(length))))
        .sorted(
            Comparator.comparing((Instant c) -> Duration.between(start, c).abs())
                .thenComparing(c -> c))
        .limit(atMost)
        .toList();
  }
}
