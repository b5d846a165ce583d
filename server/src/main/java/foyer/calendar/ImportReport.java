package foyer.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import has done, for whoever sent the file.
 *
 * @param written whether anything was to be written and was
 * @param from start of the time that was looked at
 * @param until end of the time that was looked at
 */
record ImportReport(
    String room,
    String mode,
    boolean dryRun,
    boolean written,
    Instant from,
    Instant until,
    Counts counts,
    List<Line> created,
    List<Line> updated,
    List<Line> cancelled,
    List<ClashLine> clashed,
    List<FaultLine> refused,
    List<SkipLine> skipped,
    List<FaultLine> remarks) {

  /** How many of each; {@code refused} and {@code skipped} count also what is not listed. */
  record Counts(
      int created,
      int updated,
      int unchanged,
      int cancelled,
      int clashed,
      int refused,
      int skipped) {}

  /**
   * A meeting that came in, was changed or called off.
   *
   * @param booking its id; null where nothing was written
   * @param line in the file; null if the file does not hold it any more
   */
  @JsonInclude(Include.NON_NULL)
  record Line(
      @Nullable Long booking,
      @Nullable Integer line,
      String uid,
      String recurrence,
      Instant start,
      Instant end,
      String subject) {}

  /**
   * A meeting that found the room taken.
   *
   * @param with the booking in the way; null if it is an entry of the same file
   * @param withLine the entry in the way; null if it is a booking
   * @param withSubject null unless internal
   * @param text in the reader's language
   */
  @JsonInclude(Include.NON_NULL)
  record ClashLine(
      int line,
      String uid,
      String recurrence,
      Instant start,
      Instant end,
      String subject,
      String code,
      @Nullable Long with,
      @Nullable Integer withLine,
      Instant withStart,
      Instant withEnd,
      @Nullable String withSubject,
      String text) {}

  /**
   * Something that is wrong with the file or a meeting.
   *
   * @param line 0 for the whole file
   * @param uid empty if it concerns no single meeting
   * @param text in the reader's language
   */
  record FaultLine(int line, String uid, String code, Map<String, String> arguments, String text) {}

  /**
   * What needed nothing.
   *
   * @param count how many meetings of it
   * @param text in the reader's language
   */
  record SkipLine(int line, String uid, String subject, String code, int count, String text) {}
}
