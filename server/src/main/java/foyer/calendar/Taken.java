package foyer.calendar;

import foyer.wire.Level;
import java.time.Instant;

/**
 * A time in which the room is taken.
 *
 * @param booking id; 0 if it is to be made from the same file
 * @param line of its entry in the same file; 0 if it is booked already
 * @param from when it begins to occupy the room
 * @param until exclusive
 */
record Taken(long booking, int line, Instant from, Instant until, String subject, Level level) {}
