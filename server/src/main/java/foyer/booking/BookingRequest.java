package foyer.booking;

import foyer.catalogue.Department;
import foyer.catalogue.MeetingType;
import foyer.org.Person;
import foyer.wire.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to book, with all that it names found.
 *
 * @param start inclusive
 * @param end exclusive
 * @param priority {@code normal}, {@code important} or {@code urgent} (K-4.1.3)
 * @param headCount people expected; null if not said
 * @param source {@code console}, {@code door}, {@code kiosk}, {@code import} or {@code demo}
 */
public record BookingRequest(
    Instant start,
    Instant end,
    String subject,
    String goal,
    MeetingType type,
    Level level,
    String priority,
    @Nullable Person convener,
    @Nullable Department department,
    @Nullable Integer headCount,
    List<Attendee> attendees,
    String source) {

  /**
   * Somebody who is to come (K-1.5.1, K-1.5.2).
   *
   * @param role {@code required}, {@code invited} or {@code guest}
   * @param person null for somebody from outside
   */
  public record Attendee(
      String role, @Nullable Person person, String name, @Nullable String email) {}

  /** How long the room is wanted. */
  public Duration length() {
    return Duration.between(start, end);
  }

  /** The head-count that the room must hold: what was said, at least everybody named. */
  public int people() {
    return Math.max(headCount == null ? 0 : headCount, attendees.size());
  }
}
