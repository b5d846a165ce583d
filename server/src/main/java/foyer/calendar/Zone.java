package foyer.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * A zone in which times are meant.
 *
 * @param rules its offsets
 * @param id its region; null if it is only offsets, as UTC is
 */
record Zone(ZoneRules rules, @Nullable ZoneId id) {

  static Zone of(ZoneId id) {
    return new Zone(id.getRules(), id);
  }

  /**
   * The instant of a start. One that exists twice is the earlier; one that does not exist is
   * unusable, and the two nearest are named.
   */
  Instant start(LocalDateTime local) {
    ZoneOffsetTransition jump = rules.getTransition(local);
    if (jump != null && jump.isGap()) {
      throw new Unusable(
          "no-such-time",
          "time",
          local.toString(),
          "before",
          jump.getDateTimeBefore().minusMinutes(1).toString(),
          "after",
          jump.getDateTimeAfter().toString());
    }
    return local.toInstant(rules.getOffset(local));
  }

  /** The instant of an end, or of a day's beginning: what does not exist is moved over the gap. */
  Instant end(LocalDateTime local) {
    return local.toInstant(rules.getOffset(local));
  }

  LocalDateTime local(Instant instant) {
    return LocalDateTime.ofInstant(instant, rules.getOffset(instant));
  }

  /** Whether another zone has the same offsets at all times from one instant to another. */
  boolean agrees(ZoneRules other, Instant from, Instant until) {
    Instant at = from;
    while (at.isBefore(until)) {
      if (!rules.getOffset(at).equals(other.getOffset(at))) {
        return false;
      }
      ZoneOffsetTransition mine = rules.nextTransition(at);
      ZoneOffsetTransition others = other.nextTransition(at);
      Instant next = earlier(mine, others);
      if (next == null) {
        return true;
      }
      at = next.isAfter(at) ? next : at.plus(Duration.ofDays(1));
    }
    return true;
  }

  private static @Nullable Instant earlier(
      @Nullable ZoneOffsetTransition one, @Nullable ZoneOffsetTransition other) {
    if (one == null) {
      return other == null ? null : other.getInstant();
    }
    return other == null || one.getInstant().isBefore(other.getInstant())
        ? one.getInstant()
        : other.getInstant();
  }
}
