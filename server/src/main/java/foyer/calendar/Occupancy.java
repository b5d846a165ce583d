package foyer.calendar;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The times in which a room is taken; no two of them overlap. */
final class Occupancy {

  private final TreeMap<Instant, Taken> byStart = new TreeMap<>();
  private final Map<Long, Taken> byBooking = new HashMap<>();

  Occupancy(List<Taken> taken) {
    taken.forEach(this::put);
  }

  /** Who takes the room in some of that time. */
  Optional<Taken> at(Instant from, Instant until) {
    Map.Entry<Instant, Taken> last = byStart.lowerEntry(until);
    return last != null && last.getValue().until().isAfter(from)
        ? Optional.of(last.getValue())
        : Optional.empty();
  }

  void put(Taken taken) {
    byStart.put(taken.from(), taken);
    if (taken.booking() != 0) {
      byBooking.put(taken.booking(), taken);
    }
  }

  /** Takes a booking out; what it took, if it took anything. */
  Optional<Taken> remove(long booking) {
    Taken taken = byBooking.remove(booking);
    if (taken != null) {
      byStart.remove(taken.from());
    }
    return Optional.ofNullable(taken);
  }
}
