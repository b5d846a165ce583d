package foyer.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.wire.Level;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A booking as people see it.
 *
 * @param zone the site's IANA zone
 * @param meetingType id; null where it is masked, for it tells what the meeting is about
 * @param policy policies and versions under which it was made, such as {@code K-1}
 * @param masked whether something is left out that its reader may not know; the subject is then
 *     empty where it is confidential
 * @param version the entity tag
 * @param waitsFor with whom it lies; null unless it waits for approval
 */
public record BookingView(
    long id,
    String room,
    Instant start,
    Instant end,
    String zone,
    Status status,
    String subject,
    String goal,
    @Nullable String meetingType,
    Level level,
    String priority,
    @Nullable PersonView convener,
    @Nullable DepartmentView department,
    @Nullable Integer headCount,
    List<AttendeeView> attendees,
    String policy,
    @Nullable Instant checkedInAt,
    @Nullable Instant endedAt,
    Instant madeAt,
    String source,
    boolean masked,
    int version,
    @JsonInclude(Include.NON_NULL) @Nullable WaitsFor waitsFor) {

  /** What somebody sees who may know when it is, but not what it is about. */
  BookingView withoutTitle() {
    return without("", null, null);
  }

  /** What somebody sees who may know what it is about, but not who takes part. */
  BookingView withoutAttendees() {
    return attendees.isEmpty() ? this : without(subject, convener, department);
  }

  private BookingView without(
      String shown, @Nullable PersonView shownConvener, @Nullable DepartmentView shownDepartment) {
    return new BookingView(
        id,
        room,
        start,
        end,
        zone,
        status,
        shown,
        shown.isEmpty() ? "" : goal,
        shown.isEmpty() ? null : meetingType,
        level,
        priority,
        shownConvener,
        shownDepartment,
        shown.isEmpty() ? null : headCount,
        List.of(),
        policy,
        checkedInAt,
        endedAt,
        madeAt,
        source,
        true,
        version,
        waitsFor);
  }

  /** Somebody, by the number that people use. */
  public record PersonView(String staffNumber, Names name) {}

  /** A department. */
  public record DepartmentView(String id, Names name) {}

  /** Somebody who is to come. */
  @JsonInclude(Include.NON_NULL)
  public record AttendeeView(
      String role, String name, @Nullable String staffNumber, @Nullable String email) {}
}
