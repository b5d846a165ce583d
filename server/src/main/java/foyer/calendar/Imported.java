package foyer.calendar;

import java.time.Instant;

/**
 * A booking that came from another calendar.
 *
 * @param recurrence occurrence of the series that it is; empty for a single meeting
 * @param sequence revision of the entry that it was last taken from
 * @param digest of what that entry said
 * @param live whether it still takes the room: confirmed, held or asked for, and not ended early
 * @param calledOff whether an import cancelled it, and nobody here
 */
record Imported(
    long id,
    String uid,
    String recurrence,
    int sequence,
    String digest,
    Instant start,
    Instant end,
    String subject,
    boolean live,
    boolean calledOff) {}
