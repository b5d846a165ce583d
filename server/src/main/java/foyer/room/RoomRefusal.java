package foyer.room;

import foyer.audit.Changes;
import java.time.Instant;

/** Why something about a room is not done. */
public sealed interface RoomRefusal {

  /** Another room has that id, or had it. */
  record RoomExists() implements RoomRefusal {}

  /** There is no such site. */
  record UnknownSite() implements RoomRefusal {}

  /** There is no such equipment. */
  record UnknownEquipment(String code) implements RoomRefusal {}

  /** There is no such layout. */
  record UnknownLayout(String code) implements RoomRefusal {}

  /** The layout is named twice. */
  record LayoutTwice(String code) implements RoomRefusal {}

  /** In that layout the room would hold more than it holds. */
  record LayoutTooLarge(String code, int people, int capacity) implements RoomRefusal {}

  /** There is no such department. */
  record UnknownRoomDepartment(String id) implements RoomRefusal {}

  /** Minutes up to which a booking is confirmed at once, of a room where none is. */
  record NothingAutomatic() implements RoomRefusal {}

  /**
   * A room stays, and stays at its site, while it is booked.
   *
   * @param count bookings that have not ended
   * @param first when the first of them begins
   */
  record RoomHasBookings(int count, Instant first) implements RoomRefusal {}

  /**
   * It was changed since the caller saw it.
   *
   * @param present what it is now
   */
  record RoomChangedMeanwhile(RoomView present, Changes changes) implements RoomRefusal {}

  /** What was sent begins like no JPEG, PNG or WebP. */
  record NotAPicture() implements RoomRefusal {}

  /** The room has no photo. */
  record NoPhoto() implements RoomRefusal {}

  /** There is such equipment already. */
  record EquipmentExists() implements RoomRefusal {}
}
