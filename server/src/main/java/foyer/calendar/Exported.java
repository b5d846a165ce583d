package foyer.calendar;

import foyer.wire.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A booking as it goes into a calendar file.
 *
 * @param uid in the calendar that it came from; null if it was booked here
 * @param recurrence the occurrence of the series that it came from; empty for none
 * @param sequence raised with each change
 * @param start inclusive
 * @param end exclusive
 * @param zone in which its times are meant
 * @param tentative whether it waits for approval
 * @param readable whether the reader of the file may know more than its time
 * @param organizer who calls the meeting, if known
 */
record Exported(
    long id,
    @Nullable String uid,
    String recurrence,
    int sequence,
    Instant start,
    Instant end,
    ZoneId zone,
    String subject,
    Level level,
    boolean tentative,
    boolean readable,
    @Nullable Participant organizer,
    List<Participant> attendees) {

  /** What the door says of such a meeting to those who may not read its subject. */
  String shownSubject() {
    if (readable) {
      return subject;
    }
    return level == Level.STRICT ? "使用中 / In use" : "非公开会议 / Private meeting";
  }
}
