/**
 * Calendars of other programs (iCalendar, RFC 5545): reading their files as they are really
 * written, bringing their meetings into a room, and writing a room's bookings as such a file.
 */
@NullMarked
package foyer.calendar;

import org.jspecify.annotations.NullMarked;
