/** The program for a door panel. */
@NullMarked
package foyer.display;

import org.jspecify.annotations.NullMarked;
