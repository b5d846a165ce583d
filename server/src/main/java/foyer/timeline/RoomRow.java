package foyer.timeline;

import foyer.booking.Booking;
import foyer.wire.Names;
import foyer.wire.Timeline.Face;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room as one statement read it.
 *
 * @param longestWalkUp minutes for which people at the door may take it; 0 where they may not
 * @param now PostgreSQL's clock when it was read
 * @param bookings confirmed ones that touch the next two days, by start
 */
record RoomRow(
    String id,
    String site,
    Face face,
    int longestWalkUp,
    long epoch,
    long revision,
    Instant now,
    List<DoorBooking> bookings) {

  /**
   * A booking with what may stand at a door.
   *
   * @param people head-count
   */
  record DoorBooking(
      Booking booking,
      @Nullable Names convener,
      @Nullable Names department,
      @Nullable Integer people) {}
}
