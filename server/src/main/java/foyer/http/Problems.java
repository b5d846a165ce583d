package foyer.http;

import foyer.api.Problem;
import foyer.api.ProblemException;
import foyer.booking.Refusal;
import foyer.booking.Refused;
import foyer.room.NoSuchRoom;
import foyer.sql.SqlFailed;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place that says what is answered to each failure. */
final class Problems {

  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  private static final int RETRY_SECONDS = 2;

  /**
   * SQLSTATEs after which the same request may well succeed: deadlock and serialization failure
   * (tried again already), lock not available, statement or idle time-out, too many connections or
   * no memory or disk, shut-down.
   */
  private static final Set<String> PASSING =
      Set.of("40P01", "40001", "55P03", "57014", "25P03", "57P01", "57P02", "57P03");

  private Problems() {}

  /** What is answered; the unforeseen is logged under the id that the answer names. */
  static Problem of(Throwable failure) {
    return switch (failure) {
      case ProblemException known -> known.problem();
      case Refused refused -> of(refused.refusal());
      case NoSuchRoom none -> Problem.of(404, "no-such-room");
      case SqlFailed sql -> of(sql);
      default -> unforeseen(failure);
    };
  }

  /** The problem of a request that could not be served now. */
  static Problem busy() {
    return Problem.of(503, "busy").retryAfter(RETRY_SECONDS);
  }

  private static Problem of(Refusal refusal) {
    return switch (refusal) {
      case Refusal.EmptyPeriod() -> Problem.of(422, "empty-period");
      case Refusal.TooShort(var minutes, var policy) ->
          Problem.of(422, "too-short", "minutes", minutes, "policy", policy);
      case Refusal.TooLong(var minutes, var policy) ->
          Problem.of(422, "too-long", "minutes", minutes, "policy", policy);
      case Refusal.InThePast(var minutes, var policy) ->
          Problem.of(422, "in-the-past", "minutes", minutes, "policy", policy);
      case Refusal.TooFarAhead(var days, var policy) ->
          Problem.of(422, "too-far-ahead", "days", days, "policy", policy);
      case Refusal.OutsideOpeningHours(var opens, var closes) -> {
        Problem problem = Problem.of(422, "outside-opening-hours");
        problem = opens == null ? problem : problem.and("opens", opens);
        yield closes == null ? problem : problem.and("closes", closes);
      }
      case Refusal.TooManyPeople(var capacity, var people) ->
          Problem.of(422, "too-many-people", "capacity", capacity, "people", people);
      case Refusal.Overlaps(var from, var until, var nearest) ->
          Problem.of(409, "overlaps", "from", from, "until", until, "nearest", nearest);
      case Refusal.UnknownPerson(var staffNumber) ->
          Problem.of(422, "unknown-person", "staffNumber", staffNumber);
      case Refusal.AttendeeTwice(var staffNumber) ->
          Problem.of(422, "attendee-twice", "staffNumber", staffNumber);
      case Refusal.UnknownDepartment() -> Problem.of(422, "unknown-department");
      case Refusal.UnknownMeetingType() -> Problem.of(422, "unknown-meeting-type");
      case Refusal.NoSuchBooking() -> Problem.of(404, "no-such-booking");
      case Refusal.NotConfirmed(var status) ->
          Problem.of(409, "not-confirmed", "bookingStatus", status.word());
      case Refusal.TooEarly(var opens, var minutes, var policy) ->
          Problem.of(409, "too-early", "opens", opens, "minutes", minutes, "policy", policy);
      case Refusal.NotBegun(var start) -> Problem.of(409, "not-begun", "start", start);
      case Refusal.Begun(var start) -> Problem.of(409, "begun", "start", start);
      case Refusal.Over(var end) -> Problem.of(409, "over", "end", end);
      case Refusal.EndChanged(var end) -> Problem.of(409, "end-changed", "end", end);
      case Refusal.NotLater(var end) -> Problem.of(422, "not-later", "end", end);
      case Refusal.UndoTooLate(var seconds, var policy) ->
          Problem.of(409, "undo-too-late", "seconds", seconds, "policy", policy);
      case Refusal.ChangedMeanwhile(var version) ->
          Problem.of(412, "changed-meanwhile", "version", version);
    };
  }

  /**
   * A violated booking_no_overlap is a race that the rules could not see. Without a SQLSTATE it was the
   * connection that failed: whether a COMMIT on it counted is known when the same Idempotency-Key is
   * sent again.
   */
  private static Problem of(SqlFailed failure) {
    String state = failure.state();
    if (state == null) {
      LOG.warn("no connection to PostgreSQL: {}", failure.getMessage());
      return busy();
    }
    if (state.equals("23P01")) {
      return Problem.of(409, "overlaps");
    }
    if (PASSING.contains(state) || state.startsWith("08") || state.startsWith("53")) {
      LOG.warn("PostgreSQL cannot at present: {} {}", state, failure.getMessage());
      return busy();
    }
    return unforeseen(failure);
  }

  private static Problem unforeseen(Throwable failure) {
    String id = UUID.randomUUID().toString();
    LOG.error("unforeseen, told as {}", id, failure);
    return Problem.of(500, "unforeseen", "id", id);
  }
}
