package foyer.calendar;

import java.util.ArrayList;
import java.util.List;

/**
 * What an import does to a room.
 *
 * @param cancelled bookings that the file no longer holds or calls off
 * @param updated in an order in which each finds its place free
 */
record ImportPlan(
    List<Cancelled> cancelled,
    List<Updated> updated,
    List<Found> created,
    List<Clash> clashes,
    List<Left> left,
    int unchanged) {

  /**
   * A booking that is called off.
   *
   * @param sequence revision that says so
   */
  record Cancelled(Imported booking, int sequence) {}

  /** A booking that is changed to what the file says. */
  record Updated(Imported booking, Found meeting) {}

  /** A meeting that finds the room taken. */
  record Clash(Found meeting, Taken with) {}

  /** A meeting that needs nothing, and why. */
  record Left(Found meeting, String code) {}

  ImportPlan() {
    this(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        0);
  }

  ImportPlan withUnchanged(int count) {
    return new ImportPlan(cancelled, updated, created, clashes, left, count);
  }

  /** Whether nothing needs to be written. */
  boolean changesNothing() {
    return cancelled.isEmpty() && updated.isEmpty() && created.isEmpty();
  }
}
