/** What every program of Foyer agrees on: messages, topics, JSON. Pure: no I/O, no clock. */
@NullMarked
package foyer.wire;

import org.jspecify.annotations.NullMarked;
