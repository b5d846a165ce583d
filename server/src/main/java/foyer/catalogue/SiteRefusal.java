package foyer.catalogue;

import foyer.audit.Changes;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;

/** Why something about a site is not done. */
public sealed interface SiteRefusal {

  /** There is no such site. */
  record NoSuchSite() implements SiteRefusal {}

  /** Another site has that id. */
  record SiteExists() implements SiteRefusal {}

  /** Java or PostgreSQL does not know the zone. */
  record UnknownZone() implements SiteRefusal {}

  /**
   * Hours that end before they start, or at once.
   *
   * @param day the ISO weekday (1 is Monday) or the date
   */
  record HoursEndBeforeStart(String day) implements SiteRefusal {}

  /**
   * The same day is named twice.
   *
   * @param day the ISO weekday (1 is Monday) or the date
   */
  record DayTwice(String day) implements SiteRefusal {}

  /**
   * Bookings lie within the present hours and would lie outside of the new ones.
   *
   * @param count of all of them
   * @param bookings the first of them
   */
  record BookingsOutside(int count, List<Booked> bookings) implements SiteRefusal {
    public BookingsOutside {
      bookings = List.copyOf(bookings);
    }
  }

  /**
   * The zone stays while there are bookings: their times on the wall would be others.
   *
   * @param first when the first of them begins
   */
  record SiteHasBookings(int count, Instant first) implements SiteRefusal {}

  /** It was changed since the caller saw it. */
  record SiteChangedMeanwhile(int version, Changes changes) implements SiteRefusal {}

  /**
   * A booking, as far as this matters to its time.
   *
   * @param name of the room
   */
  record Booked(long id, String room, Names name, Instant start, Instant end) {}
}
