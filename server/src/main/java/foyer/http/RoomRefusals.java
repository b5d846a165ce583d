package foyer.http;

import foyer.api.Problem;
import foyer.audit.Changes;
import foyer.catalogue.SiteRefusal;
import foyer.catalogue.SiteRefusal.BookingsOutside;
import foyer.catalogue.SiteRefusal.DayTwice;
import foyer.catalogue.SiteRefusal.HoursEndBeforeStart;
import foyer.catalogue.SiteRefusal.NoSuchSite;
import foyer.catalogue.SiteRefusal.SiteChangedMeanwhile;
import foyer.catalogue.SiteRefusal.SiteExists;
import foyer.catalogue.SiteRefusal.SiteHasBookings;
import foyer.catalogue.SiteRefusal.UnknownZone;
import foyer.room.RoomRefusal;
import foyer.room.RoomRefusal.EquipmentExists;
import foyer.room.RoomRefusal.LayoutTooLarge;
import foyer.room.RoomRefusal.LayoutTwice;
import foyer.room.RoomRefusal.NoPhoto;
import foyer.room.RoomRefusal.NotAPicture;
import foyer.room.RoomRefusal.NothingAutomatic;
import foyer.room.RoomRefusal.RoomChangedMeanwhile;
import foyer.room.RoomRefusal.RoomExists;
import foyer.room.RoomRefusal.RoomHasBookings;
import foyer.room.RoomRefusal.UnknownEquipment;
import foyer.room.RoomRefusal.UnknownLayout;
import foyer.room.RoomRefusal.UnknownRoomDepartment;
import foyer.room.RoomRefusal.UnknownSite;

/** How each refusal about sites and rooms is answered. */
final class RoomRefusals {

  private RoomRefusals() {}

  /** The problem that tells the caller; the texts come from the language table. */
  static Problem of(SiteRefusal refusal) {
    return switch (refusal) {
      case NoSuchSite() -> Problem.of(404, "no-such-site");
      case SiteExists() -> Problem.of(409, "site-exists");
      case UnknownZone() -> Problem.of(422, "unknown-zone");
      case HoursEndBeforeStart(String day) -> Problem.of(422, "hours-end-before-start", "day", day);
      case DayTwice(String day) -> Problem.of(422, "day-twice", "day", day);
      case BookingsOutside(int count, var bookings) ->
          Problem.of(409, "bookings-outside-hours", "count", count, "bookings", bookings);
      case SiteHasBookings(int count, var first) ->
          Problem.of(409, "site-has-bookings", "count", count, "first", first);
      case SiteChangedMeanwhile(int version, Changes changes) -> changed(version, changes);
    };
  }

  /** The problem that tells the caller; the texts come from the language table. */
  static Problem of(RoomRefusal refusal) {
    return switch (refusal) {
      case RoomExists() -> Problem.of(409, "room-exists");
      case UnknownSite() -> Problem.of(422, "unknown-site");
      case UnknownEquipment(String code) -> Problem.of(422, "unknown-equipment", "code", code);
      case UnknownLayout(String code) -> Problem.of(422, "unknown-layout", "code", code);
      case LayoutTwice(String code) -> Problem.of(422, "layout-twice", "code", code);
      case LayoutTooLarge(String code, int people, int capacity) ->
          Problem.of(422, "layout-too-large", "code", code, "people", people, "capacity", capacity);
      case UnknownRoomDepartment(String id) -> Problem.of(422, "unknown-department", "id", id);
      case NothingAutomatic() -> Problem.of(422, "nothing-automatic");
      case RoomHasBookings(int count, var first) ->
          Problem.of(409, "room-has-bookings", "count", count, "first", first);
      case RoomChangedMeanwhile(var present, Changes changes) ->
          changed(present.version(), changes).and("present", present);
      case NotAPicture() -> Problem.of(422, "not-a-picture");
      case NoPhoto() -> Problem.of(404, "no-photo");
      case EquipmentExists() -> Problem.of(409, "equipment-exists");
    };
  }

  /** Which fields, and as far as it is known by whom and when. */
  private static Problem changed(int version, Changes changes) {
    Problem problem =
        Problem.of(412, "changed-meanwhile", "version", version, "fields", changes.fields());
    if (changes.by() != null) {
      problem = problem.and("by", changes.by());
    }
    return changes.at() == null ? problem : problem.and("at", changes.at());
  }
}
