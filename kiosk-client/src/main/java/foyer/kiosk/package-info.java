/** The program for a lobby machine. */
@NullMarked
package foyer.kiosk;

import org.jspecify.annotations.NullMarked;
