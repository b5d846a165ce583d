package foyer.http;

import foyer.api.Problem;
import foyer.api.ProblemException;
import foyer.booking.Refused;
import foyer.catalogue.SiteRefused;
import foyer.room.NoSuchRoom;
import foyer.room.RoomRefused;
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
      case Refused refused -> Refusals.of(refused.refusal());
      case NoSuchRoom none -> Problem.of(404, "no-such-room");
      case RoomRefused refused -> RoomRefusals.of(refused.refusal());
      case SiteRefused refused -> RoomRefusals.of(refused.refusal());
      case SqlFailed sql -> of(sql);
      default -> unforeseen(failure);
    };
  }

  /** The problem of a request that could not be served now. */
  static Problem busy() {
    return Problem.of(503, "busy").retryAfter(RETRY_SECONDS);
  }

  /**
   * A violated booking_no_overlap is a race that the rules could not see, a key written twice the
   * same request sent twice at once. Without a SQLSTATE it was the connection that failed: whether
   * a COMMIT on it counted is known when the same Idempotency-Key is sent again.
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
    if (state.equals("23505") && "idempotency_record_pkey".equals(failure.constraint())) {
      return Problem.of(409, "idempotency-key-in-use").retryAfter(RETRY_SECONDS);
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
