package foyer.booking;

import foyer.booking.BookingView.DepartmentView;
import foyer.catalogue.Value;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why something about a booking is not done. Each names its rule, and the policy that sets its
 * number.
 */
public sealed interface Refusal {

  /** The end is not after the start. */
  record EmptyPeriod() implements Refusal {}

  /** Shorter than the policy's shortest. */
  record TooShort(Value shortest) implements Refusal {}

  /** Longer than the policy's longest. */
  record TooLong(Value longest) implements Refusal {}

  /** It began longer ago than the policy's minutes for entering it late. */
  record InThePast(Value lateEntry) implements Refusal {}

  /** It begins later than the policy's horizon. */
  record TooFarAhead(Value horizon) implements Refusal {}

  /** The site is closed during some of it (F-4.6.2: only by prior approval). */
  record OutsideOpeningHours(@Nullable Instant opens, @Nullable Instant closes)
      implements Refusal {}

  /** More people than the room holds (K-2.1.5). */
  record TooManyPeople(int capacity, int people) implements Refusal {}

  /** The room is kept for other departments, which are named. */
  record RoomNotForDepartment(List<DepartmentView> departments) implements Refusal {}

  /**
   * The room is booked by approval only (K-4.1.2).
   *
   * @param minutes up to which it is confirmed at once; null where it never is
   */
  record NeedsApproval(@Nullable Integer minutes) implements Refusal {}

  /**
   * The room is taken.
   *
   * @param from when the other one begins to occupy the room
   * @param until when it ends
   * @param nearest where and when the same length is free
   * @param held what is held before a start, where nothing but that is in the way
   */
  record Overlaps(Instant from, Instant until, List<Alternative> nearest, @Nullable Value held)
      implements Refusal {}

  /** Nobody of that staff number works here. */
  record UnknownPerson(String staffNumber) implements Refusal {}

  /** The same person is named twice among the attendees. */
  record AttendeeTwice(String staffNumber) implements Refusal {}

  /** There is no such department. */
  record UnknownDepartment() implements Refusal {}

  /** There is no such meeting type. */
  record UnknownMeetingType() implements Refusal {}

  /** There is no such booking, or none that the caller may know of. */
  record NoSuchBooking() implements Refusal {}

  /** It is not (or no longer) a confirmed booking. */
  record NotConfirmed(Status status) implements Refusal {}

  /** Signing in opens later. */
  record TooEarly(Instant opens, Value preparing) implements Refusal {}

  /** It has not begun yet. */
  record NotBegun(Instant start) implements Refusal {}

  /** It has begun already. */
  record Begun(Instant start) implements Refusal {}

  /** It is over. */
  record Over(Instant end) implements Refusal {}

  /** The end is not what the caller saw. */
  record EndChanged(Instant end) implements Refusal {}

  /** The new end is not later than the present one and than now. */
  record NotLater(Instant end) implements Refusal {}

  /** Nobody has ended it early, or the time to take that back has passed. */
  record UndoTooLate(Value seconds) implements Refusal {}

  /** It was changed since the caller saw it. */
  record ChangedMeanwhile(int version) implements Refusal {}

  /** A place and time at which the wanted length is free. */
  record Alternative(String room, Names name, Instant start, Instant end) {}
}
