/** Load drivers and figures, side by side with raw limits. */
@NullMarked
package foyer.bench;

import org.jspecify.annotations.NullMarked;
