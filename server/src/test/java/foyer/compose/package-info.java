/** The files that put the server into containers, held to what they promise without an engine. */
@NullMarked
package foyer.compose;

import org.jspecify.annotations.NullMarked;
