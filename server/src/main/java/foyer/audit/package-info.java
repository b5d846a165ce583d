/** Who did what. */
@NullMarked
package foyer.audit;

import org.jspecify.annotations.NullMarked;
