package foyer.booking;

import foyer.booking.BookingView.DepartmentView;
import foyer.booking.Refusal.Begun;
import foyer.booking.Refusal.EmptyPeriod;
import foyer.booking.Refusal.EndChanged;
import foyer.booking.Refusal.InThePast;
import foyer.booking.Refusal.NeedsApproval;
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
import foyer.catalogue.OpeningHours;
import foyer.catalogue.Parameter;
import foyer.catalogue.PolicyInForce;
import foyer.catalogue.Value;
import foyer.room.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides about bookings. Pure: the clock, the policy, the hours and the bookings are parameters.
 * The first reason found wins.
 */
public final class BookingRules {

  private BookingRules() {}

  /**
   * What is booked near a wanted time.
   *
   * @param madeUnder the policy under which each was made
   */
  public record Booked(List<Booking> all, Function<Booking, PolicyInForce> madeUnder) {

    private Booked without(Booking self) {
      return new Booked(all.stream().filter(other -> other.id() != self.id()).toList(), madeUnder);
    }
  }

  /**
   * Says why a room is not booked, or nothing if it is.
   *
   * @param capacity people that the room holds
   * @param booked the room's bookings near the wanted time
   * @param now time of the transaction, PostgreSQL's clock
   */
  public static Optional<Refusal> refuse(
      BookingRequest request,
      PolicyInForce policy,
      OpeningHours hours,
      int capacity,
      Booked booked,
      Instant now) {
    return refusePeriod(request.start(), request.end(), policy, now)
        .or(() -> refuseHours(hours, request.start(), request.end()))
        .or(() -> refusePeople(capacity, request.people()))
        .or(() -> refuseOverlap(request.start(), request.end(), policy, booked));
  }

  /**
   * Says why a department may not book a room on these terms, or nothing if it may.
   *
   * @param above the department and those above it
   * @param names of the departments that may
   */
  public static Optional<Refusal> refuseDepartment(
      Terms terms, List<String> above, List<DepartmentView> names) {
    boolean may =
        terms.departments().isEmpty() || above.stream().anyMatch(terms.departments()::contains);
    return may ? Optional.empty() : Optional.of(new RoomNotForDepartment(names));
  }

  /** Says why a time is not simply taken in a room on these terms, or nothing if it is. */
  public static Optional<Refusal> refuseUnasked(Terms terms, Instant start, Instant end) {
    return terms.needsApproval(Duration.between(start, end))
        ? Optional.of(new NeedsApproval(terms.automatic() ? terms.automaticUpTo() : null))
        : Optional.empty();
  }

  /**
   * Says why the people at the door do not get the room from {@code now} until {@code until}, or
   * nothing if they do.
   */
  public static Optional<Refusal> refuseWalkUp(
      Instant until,
      PolicyInForce policy,
      Terms terms,
      OpeningHours hours,
      Booked booked,
      Instant now) {
    if (!now.isBefore(until)) {
      return Optional.of(new EmptyPeriod());
    }
    if (until.isAfter(now.plus(Duration.ofMinutes(terms.longestWalkUp())))) {
      return Optional.of(new NeedsApproval(terms.automatic() ? terms.automaticUpTo() : null));
    }
    if (until.isAfter(now.plus(Duration.ofMinutes(policy.doorLongest())))) {
      return Optional.of(new TooLong(policy.value(Parameter.DOOR_LONGEST)));
    }
    if (until.isBefore(now.plus(Duration.ofMinutes(policy.shortest())))) {
      return Optional.of(new TooShort(policy.value(Parameter.SHORTEST)));
    }
    return refuseHours(hours, now, until).or(() -> refuseOverlap(now, until, policy, booked));
  }

  /**
   * Says why the booking may not be moved to that time, or nothing if it may. Only what has not
   * begun is moved.
   */
  public static Optional<Refusal> refuseMove(
      Booking booking,
      Instant start,
      Instant end,
      PolicyInForce policy,
      OpeningHours hours,
      Booked booked,
      Instant now) {
    if (booking.status() != Status.CONFIRMED) {
      return Optional.of(new NotConfirmed(booking.status()));
    }
    if (!booking.start().isAfter(now)) {
      return Optional.of(new Begun(booking.start()));
    }
    return refusePeriod(start, end, policy, now)
        .or(() -> refuseHours(hours, start, end))
        .or(() -> refuseOverlap(start, end, policy, booked.without(booking)));
  }

  /** Says why nobody can sign in now, or nothing if they can. */
  public static Optional<Refusal> refuseCheckIn(
      Booking booking, PolicyInForce policy, Instant now) {
    Instant opens = booking.start().minus(Duration.ofMinutes(policy.preparing()));
    if (booking.status() != Status.CONFIRMED) {
      return Optional.of(new NotConfirmed(booking.status()));
    }
    if (now.isBefore(opens)) {
      return Optional.of(new TooEarly(opens, policy.value(Parameter.PREPARING)));
    }
    return now.isBefore(booking.end()) ? Optional.empty() : Optional.of(new Over(booking.end()));
  }

  /**
   * Says why the end is not moved, or nothing if it is. A meeting that runs over time may still be
   * extended.
   *
   * @param seenEnd the end that the caller saw
   */
  public static Optional<Refusal> refuseExtend(
      Booking booking,
      Instant seenEnd,
      Instant newEnd,
      PolicyInForce policy,
      OpeningHours hours,
      Booked booked,
      Instant now) {
    if (booking.status() != Status.CONFIRMED) {
      return Optional.of(new NotConfirmed(booking.status()));
    }
    if (now.isBefore(booking.start())) {
      return Optional.of(new NotBegun(booking.start()));
    }
    if (booking.endedAt() != null || !now.isBefore(overTimeEnds(booking, policy))) {
      return Optional.of(new Over(booking.end()));
    }
    if (!seenEnd.equals(booking.end())) {
      return Optional.of(new EndChanged(booking.end()));
    }
    if (!newEnd.isAfter(booking.end()) || !newEnd.isAfter(now)) {
      return Optional.of(new NotLater(booking.end()));
    }
    if (newEnd.isAfter(booking.start().plus(Duration.ofMinutes(policy.longest())))) {
      return Optional.of(new TooLong(policy.value(Parameter.LONGEST)));
    }
    return refuseHours(hours, booking.end(), newEnd)
        .or(() -> refuseTaken(booking.end(), newEnd, booked.without(booking)));
  }

  /** Says why the meeting is not ended now, or nothing if it is. */
  public static Optional<Refusal> refuseEnd(Booking booking, PolicyInForce policy, Instant now) {
    if (booking.status() != Status.CONFIRMED) {
      return Optional.of(new NotConfirmed(booking.status()));
    }
    if (!now.isAfter(booking.start())) {
      return Optional.of(new NotBegun(booking.start()));
    }
    boolean over = booking.endedAt() != null || !now.isBefore(overTimeEnds(booking, policy));
    return over ? Optional.of(new Over(booking.end())) : Optional.empty();
  }

  /**
   * Says why the end cannot be taken back, or nothing if it can: soon enough, and nobody has taken
   * the room meanwhile.
   */
  public static Optional<Refusal> refuseResume(
      Booking booking, PolicyInForce policy, Booked booked, Instant now) {
    Instant ended = booking.endedAt();
    Instant bookedEnd = booking.endBeforeEnded();
    if (ended == null
        || bookedEnd == null
        || now.isAfter(ended.plusSeconds(policy.undoSeconds()))) {
      return Optional.of(new UndoTooLate(policy.value(Parameter.UNDO_SECONDS)));
    }
    return refuseTaken(booking.end(), bookedEnd, booked.without(booking));
  }

  /** Says why the booking is not cancelled, or nothing if it is: only what has not ended can be. */
  public static Optional<Refusal> refuseCancel(Booking booking, Instant now) {
    if (booking.status() != Status.CONFIRMED
        && booking.status() != Status.HELD
        && booking.status() != Status.REQUESTED) {
      return Optional.of(new NotConfirmed(booking.status()));
    }
    return now.isBefore(booking.end()) ? Optional.empty() : Optional.of(new Over(booking.end()));
  }

  /** Until when the door takes it that the people of this meeting are still in the room. */
  public static Instant overTimeEnds(Booking booking, PolicyInForce policy) {
    return booking.end().plus(Duration.ofMinutes(policy.overTime()));
  }

  private static Optional<Refusal> refusePeriod(
      Instant start, Instant end, PolicyInForce policy, Instant now) {
    if (!start.isBefore(end)) {
      return Optional.of(new EmptyPeriod());
    }
    Duration length = Duration.between(start, end);
    if (length.compareTo(Duration.ofMinutes(policy.shortest())) < 0) {
      return Optional.of(new TooShort(policy.value(Parameter.SHORTEST)));
    }
    if (length.compareTo(Duration.ofMinutes(policy.longest())) > 0) {
      return Optional.of(new TooLong(policy.value(Parameter.LONGEST)));
    }
    if (start.isBefore(now.minus(Duration.ofMinutes(policy.lateEntry()))) || !end.isAfter(now)) {
      return Optional.of(new InThePast(policy.value(Parameter.LATE_ENTRY)));
    }
    return start.isAfter(now.plus(Duration.ofDays(policy.horizonDays())))
        ? Optional.of(new TooFarAhead(policy.value(Parameter.HORIZON)))
        : Optional.empty();
  }

  private static Optional<Refusal> refuseHours(OpeningHours hours, Instant start, Instant end) {
    if (hours.covers(start, end)) {
      return Optional.empty();
    }
    var open = hours.on(LocalDate.ofInstant(start, hours.zone()));
    return Optional.of(
        new OutsideOpeningHours(
            open.map(OpeningHours.Open::from).orElse(null),
            open.map(OpeningHours.Open::until).orElse(null)));
  }

  private static Optional<Refusal> refusePeople(int capacity, int people) {
    return people > capacity ? Optional.of(new TooManyPeople(capacity, people)) : Optional.empty();
  }

  private static Optional<Refusal> refuseOverlap(
      Instant start, Instant end, PolicyInForce policy, Booked booked) {
    Instant from = start.minus(Duration.ofMinutes(policy.holdBefore()));
    return refuseTaken(start, end, booked)
        .or(
            () ->
                inTheWay(from, end, booked)
                    .map(other -> overlaps(other, policy.value(Parameter.HOLD_BEFORE))));
  }

  private static Optional<Refusal> refuseTaken(Instant from, Instant until, Booked booked) {
    return inTheWay(from, until, booked)
        .map(
            other -> {
              boolean held = !other.start().isBefore(until);
              PolicyInForce madeUnder = booked.madeUnder().apply(other);
              return overlaps(other, held ? madeUnder.value(Parameter.HOLD_BEFORE) : null);
            });
  }

  private static Optional<Booking> inTheWay(Instant from, Instant until, Booked booked) {
    return booked.all().stream().filter(other -> other.occupies(from, until)).findFirst();
  }

  private static Refusal overlaps(Booking other, @Nullable Value held) {
    return new Overlaps(other.occupiedFrom(), other.end(), List.of(), held);
  }
}
