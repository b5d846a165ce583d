package foyer.http;

import foyer.api.Problem;
import foyer.booking.BookingView.DepartmentView;
import foyer.booking.Refusal;
import foyer.booking.Refusal.AttendeeTwice;
import foyer.booking.Refusal.Begun;
import foyer.booking.Refusal.ChangedMeanwhile;
import foyer.booking.Refusal.EmptyPeriod;
import foyer.booking.Refusal.EndChanged;
import foyer.booking.Refusal.InThePast;
import foyer.booking.Refusal.NeedsApproval;
import foyer.booking.Refusal.NoSuchBooking;
import foyer.booking.Refusal.NotBegun;
import foyer.booking.Refusal.NotConfirmed;
import foyer.booking.Refusal.NotLater;
import foyer.booking.Refusal.OutsideOpeningHours;
import foyer.booking.Refusal.Over;
import foyer.booking.Refusal.Overlaps;
import foyer.booking.Refusal.RoomNotForDepartment;
import foyer.booking.Refusal.TooEarly;
import foyer.booking.Refusal.TooFarAhead;
import foyer.booking.Refusal.TooLong;
import foyer.booking.Refusal.TooManyPeople;
import foyer.booking.Refusal.TooShort;
import foyer.booking.Refusal.UndoTooLate;
import foyer.booking.Refusal.UnknownDepartment;
import foyer.booking.Refusal.UnknownMeetingType;
import foyer.booking.Refusal.UnknownPerson;
import foyer.catalogue.Value;
import java.util.List;
import java.util.stream.Collectors;

/** How each refusal about bookings is answered. */
final class Refusals {

  private Refusals() {}

  /** The problem that tells the caller; the texts come from the language table. */
  static Problem of(Refusal refusal) {
    return switch (refusal) {
      case EmptyPeriod() -> Problem.of(422, "empty-period");
      case TooShort(var shortest) ->
          by(shortest, Problem.of(422, "too-short", "minutes", shortest.number()));
      case TooLong(var longest) ->
          by(longest, Problem.of(422, "too-long", "minutes", longest.number()));
      case InThePast(var lateEntry) ->
          by(lateEntry, Problem.of(422, "in-the-past", "minutes", lateEntry.number()));
      case TooFarAhead(var horizon) ->
          by(horizon, Problem.of(422, "too-far-ahead", "days", horizon.number()));
      case OutsideOpeningHours(var opens, var closes) ->
          opens == null || closes == null
              ? Problem.of(422, "closed-that-day", "clause", "F-4.6.2")
              : Problem.of(
                  422,
                  "outside-opening-hours",
                  "opens",
                  opens,
                  "closes",
                  closes,
                  "clause",
                  "F-4.6.2");
      case TooManyPeople(int capacity, int people) ->
          Problem.of(
              422, "too-many-people", "capacity", capacity, "people", people, "clause", "K-2.1.5");
      case RoomNotForDepartment(var departments) ->
          Problem.of(
              422,
              "room-not-for-department",
              "names",
              names(departments),
              "departments",
              departments);
      case NeedsApproval(var minutes) ->
          minutes == null
              ? Problem.of(422, "needs-approval", "clause", "K-4.1.2")
              : Problem.of(422, "needs-approval-beyond", "minutes", minutes, "clause", "K-4.1.2");
      case Overlaps(var from, var until, var nearest, var held) -> {
        Problem taken =
            Problem.of(409, "overlaps", "from", from, "until", until, "nearest", nearest);
        yield held == null ? taken : by(held, taken.and("minutes", held.number()));
      }
      case UnknownPerson(String staffNumber) ->
          Problem.of(422, "unknown-person", "staffNumber", staffNumber);
      case AttendeeTwice(String staffNumber) ->
          Problem.of(422, "attendee-twice", "staffNumber", staffNumber);
      case UnknownDepartment() -> Problem.of(422, "unknown-department");
      case UnknownMeetingType() -> Problem.of(422, "unknown-meeting-type");
      case NoSuchBooking() -> Problem.of(404, "no-such-booking");
      case NotConfirmed(var status) ->
          Problem.of(409, "not-confirmed", "bookingStatus", status.word());
      case TooEarly(var opens, var preparing) ->
          by(
              preparing,
              Problem.of(409, "too-early", "opens", opens, "minutes", preparing.number()));
      case NotBegun(var start) -> Problem.of(409, "not-begun", "start", start);
      case Begun(var start) -> Problem.of(409, "begun", "start", start);
      case Over(var end) -> Problem.of(409, "over", "end", end);
      case EndChanged(var end) -> Problem.of(409, "end-changed", "end", end);
      case NotLater(var end) -> Problem.of(422, "not-later", "end", end);
      case UndoTooLate(var seconds) ->
          by(seconds, Problem.of(409, "undo-too-late", "seconds", seconds.number()));
      case ChangedMeanwhile(int version) ->
          Problem.of(412, "changed-meanwhile", "version", version);
    };
  }

  /** Says which parameter of which policy version says so, and by which clause if there is one. */
  private static Problem by(Value value, Problem problem) {
    Problem said =
        problem.and("policy", value.version().label()).and("parameter", value.parameter().word());
    return value.clause() == null ? said : said.and("clause", value.clause());
  }

  private static String names(List<DepartmentView> departments) {
    return departments.stream()
        .map(department -> department.name().zh() + " " + department.name().en())
        .collect(Collectors.joining(" · "));
  }
}
