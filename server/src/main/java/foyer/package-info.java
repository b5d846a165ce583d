/** The program: its settings, its checks at the start, and how its parts are put together. */
@NullMarked
package foyer;

import org.jspecify.annotations.NullMarked;
