/** Bookings: the decisions about them and their rows. */
@NullMarked
package foyer.booking;

import org.jspecify.annotations.NullMarked;
