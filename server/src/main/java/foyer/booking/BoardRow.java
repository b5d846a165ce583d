package foyer.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.booking.BookingView.DepartmentView;
import foyer.booking.BookingView.PersonView;
import foyer.wire.Level;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A booking as boards and diaries show it: what fits on a slip of paper, of which there may be
 * thousands. What there is nothing to say about is left out.
 *
 * @param subject absent where the reader may not know it, as are meeting type and people
 * @param checkedIn true where its people have signed in
 * @param endedEarly true where it was ended before its time
 * @param part what the reader is in it: {@code own} (calls or booked it) or {@code attendee}
 * @param move whether the reader may move it: {@code yes}, or {@code reason} where one is wanted
 * @param waitsFor with whom it lies; absent unless it waits for approval
 * @param version the entity tag
 */
@JsonInclude(Include.NON_NULL)
public record BoardRow(
    long id,
    String room,
    Instant start,
    Instant end,
    Status status,
    Level level,
    @Nullable String subject,
    @Nullable String meetingType,
    @Nullable PersonView convener,
    @Nullable DepartmentView department,
    @Nullable Boolean checkedIn,
    @Nullable Boolean endedEarly,
    @Nullable String part,
    @Nullable String move,
    @Nullable WaitsFor waitsFor,
    int version) {

  /** What somebody sees who may know when it is, but not what it is about. */
  BoardRow withoutTitle() {
    return new BoardRow(
        id,
        room,
        start,
        end,
        status,
        level,
        null,
        null,
        null,
        null,
        checkedIn,
        endedEarly,
        part,
        move,
        waitsFor,
        version);
  }
}
