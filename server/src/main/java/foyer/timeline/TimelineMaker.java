package foyer.timeline;

import foyer.booking.Booking;
import foyer.catalogue.Catalogue;
import foyer.catalogue.OpeningHours;
import foyer.catalogue.PolicyInForce;
import foyer.timeline.RoomRow.DoorBooking;
import foyer.wire.Json;
import foyer.wire.Level;
import foyer.wire.Timeline;
import foyer.wire.Timeline.Entry;
import foyer.wire.Timeline.Meeting;
import foyer.wire.Timeline.Offers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes the timeline of a room of its rows: only what a passer-by may read, and never too large.
 * Pure.
 */
final class TimelineMaker {

  private static final int MINUTES_OF_A_DAY = 1440;

  private TimelineMaker() {}

  /** A timeline and its bytes on the wire. */
  record Made(Timeline timeline, byte[] bytes) {}

  /** The room's timeline from the moment at which it was read. */
  static Made make(RoomRow room, Catalogue catalogue) {
    OpeningHours hours = catalogue.site(room.site()).hours();
    Instant until = windowEnd(room.id(), room.now());
    List<Booking> bookings = room.bookings().stream().map(DoorBooking::booking).toList();
    List<Entry> entries =
        TimelineRules.entries(
            catalogue, hours, bookings, room.longestWalkUp() > 0, room.now(), until);
    Made whole = made(room, catalogue, entries, until);
    return whole.bytes().length <= Timeline.MAX_BYTES
        ? whole
        : shortened(room, catalogue, entries, whole);
  }

  /**
   * The end of the window: 48 hours after it was last moved on, which happens once a day at a
   * minute that the room's id decides, so that not all rooms are computed at midnight. A display
   * without network stays right for a day at least.
   */
  static Instant windowEnd(String room, Instant now) {
    int minute = Math.floorMod(room.hashCode(), MINUTES_OF_A_DAY);
    Instant moved = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofMinutes(minute));
    return (moved.isAfter(now) ? moved.minus(Duration.ofDays(1)) : moved).plus(Duration.ofDays(2));
  }

  /** The longest part of the timeline that is not too large. */
  private static Made shortened(
      RoomRow room, Catalogue catalogue, List<Entry> entries, Made whole) {
    int fits = 1;
    int tooMany = entries.size();
    Made best = whole;
    while (tooMany - fits > 1) {
      int half = (fits + tooMany) / 2;
      Made part = made(room, catalogue, entries.subList(0, half), entries.get(half).from());
      if (part.bytes().length <= Timeline.MAX_BYTES) {
        best = part;
        fits = half;
      } else {
        tooMany = half;
      }
    }
    return best;
  }

  private static Made made(RoomRow room, Catalogue catalogue, List<Entry> entries, Instant until) {
    PolicyInForce policy = catalogue.defaults(room.now());
    int longest = Math.min(policy.doorLongest(), room.longestWalkUp());
    Set<Long> shown = new HashSet<>();
    entries.forEach(
        entry -> {
          if (entry.meeting() != null) {
            shown.add(entry.meeting());
          }
          entry.actions().stream()
              .filter(a -> a.booking() != null)
              .forEach(a -> shown.add(a.booking()));
        });
    Timeline timeline =
        new Timeline(
            room.id(),
            room.site(),
            room.epoch(),
            room.revision(),
            room.now(),
            until,
            catalogue.site(room.site()).zone().getId(),
            room.face(),
            new Offers(
                policy.doorBook().stream().filter(minutes -> minutes <= longest).toList(),
                policy.doorExtend(),
                longest),
            room.bookings().stream()
                .filter(b -> shown.contains(b.booking().id()))
                .map(b -> meeting(b, catalogue))
                .toList(),
            entries);
    return new Made(timeline, Json.bytes(timeline));
  }

  /** What the corridor may read of a meeting (K-1.3.4, F-1.4.3). */
  private static Meeting meeting(DoorBooking shown, Catalogue catalogue) {
    Booking booking = shown.booking();
    boolean open = booking.level() == Level.INTERNAL;
    return new Meeting(
        booking.id(),
        booking.start(),
        booking.end(),
        booking.level(),
        booking.level() != Level.STRICT && catalogue.type(booking.type()).reception(),
        booking.checkedInAt() != null,
        open ? booking.subject() : null,
        open ? shown.convener() : null,
        open ? shown.department() : null,
        open ? shown.people() : null);
  }
}
