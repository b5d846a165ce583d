package foyer.calendar;

import foyer.wire.Level;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting that a file tells of: a single one, or one occurrence of a series.
 *
 * @param line where its entry begins, counted from 1
 * @param uid its identity in the other calendar, at most 500 characters
 * @param recurrence start of the occurrence as the series meant it, an instant in UTC; empty for a
 *     single meeting, and for all of them if the whole series is cancelled
 * @param sequence revision of the entry (RFC 5545 §3.8.7.4)
 * @param start inclusive
 * @param end exclusive
 * @param zone in which the times were meant; the site's where the file names none that is known
 * @param localStart the wall time in {@code zone}
 * @param localEnd the wall time in {@code zone}
 * @param allDay whether it is days and not times
 * @param cancelled whether the file calls it off
 * @param tentative whether it is not yet sure
 * @param subject one line, cleaned, at most 200 characters; may be empty
 * @param description cleaned, at most 2,000 characters
 * @param organizer who calls the meeting, if told
 * @param attendees each once; rooms and equipment are left out
 * @param level from CLASS
 */
public record Found(
    int line,
    String uid,
    String recurrence,
    int sequence,
    Instant start,
    Instant end,
    ZoneId zone,
    LocalDateTime localStart,
    LocalDateTime localEnd,
    boolean allDay,
    boolean cancelled,
    boolean tentative,
    String subject,
    String description,
    @Nullable Participant organizer,
    List<Participant> attendees,
    Level level) {}
