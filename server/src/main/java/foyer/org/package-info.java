/** People. */
@NullMarked
package foyer.org;

import org.jspecify.annotations.NullMarked;
