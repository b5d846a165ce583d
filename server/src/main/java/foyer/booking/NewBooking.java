package foyer.booking;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A booking as it is asked for on the wire; the contract has checked its form.
 *
 * @param meetingType id; null for an ad-hoc meeting
 * @param level null for the meeting type's
 * @param priority null for the meeting type's
 * @param convener staff number
 * @param department id; null for the convener's
 */
public record NewBooking(
    String subject,
    Instant start,
    Instant end,
    String goal,
    String meetingType,
    @Nullable String level,
    @Nullable String priority,
    @Nullable String convener,
    @Nullable String department,
    @Nullable Integer headCount,
    List<NewAttendee> attendees) {

  /** Fills in what may be left out; PostgreSQL keeps instants to the microsecond. */
  @SuppressWarnings("NullAway") // Jackson hands null for what is absent
  public NewBooking {
    start = start.truncatedTo(ChronoUnit.MICROS);
    end = end.truncatedTo(ChronoUnit.MICROS);
    goal = goal == null ? "" : goal;
    meetingType = meetingType == null ? "ad-hoc" : meetingType;
    attendees = attendees == null ? List.of() : List.copyOf(attendees);
  }

  /**
   * Somebody who is to come: one of the company by staff number, anybody else by name, address or
   * both.
   *
   * @param role {@code required}, {@code invited} or {@code guest}
   */
  public record NewAttendee(
      String role, @Nullable String staffNumber, @Nullable String name, @Nullable String email) {

    String nameOrEmail() {
      return name != null ? name : Objects.requireNonNullElse(email, "?");
    }
  }

  /** The same with its convener. */
  NewBooking by(String staffNumber) {
    return new NewBooking(
        subject,
        start,
        end,
        goal,
        meetingType,
        level,
        priority,
        staffNumber,
        department,
        headCount,
        attendees);
  }

  /** All staff numbers that it names. */
  List<String> staffNumbers() {
    return Stream.concat(
            Stream.ofNullable(convener),
            attendees.stream()
                .map(NewAttendee::staffNumber)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull))
        .distinct()
        .toList();
  }

  /** The head-count that the room must hold. */
  int people() {
    return Math.max(headCount == null ? 0 : headCount, attendees.size());
  }
}
