/** Rooms, and the only way to change what a door shows. */
@NullMarked
package foyer.room;

import org.jspecify.annotations.NullMarked;
