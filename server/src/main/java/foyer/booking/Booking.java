package foyer.booking;

import foyer.wire.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A booking as decisions see it.
 *
 * @param start inclusive
 * @param end exclusive; moves when the meeting is extended or ended early
 * @param occupiedFrom start less what the policy holds hard before it
 * @param type id of the meeting type
 * @param endBeforeEnded the booked end if it was ended early
 * @param policy id of the policy version under which it was made
 * @param secondPolicy id of the other one where two hold
 * @param version raised with each change, the entity tag
 */
public record Booking(
    long id,
    String room,
    Instant start,
    Instant end,
    Instant occupiedFrom,
    Status status,
    String subject,
    Level level,
    String type,
    @Nullable Instant checkedInAt,
    @Nullable Instant endedAt,
    @Nullable Instant endBeforeEnded,
    long policy,
    @Nullable Long secondPolicy,
    int version) {

  /** Whether it occupies some of the time from {@code from} until {@code until}. */
  public boolean occupies(Instant from, Instant until) {
    return occupiedFrom.isBefore(until) && from.isBefore(end);
  }
}
