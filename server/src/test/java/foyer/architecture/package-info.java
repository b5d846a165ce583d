/** What the house holds, and the faults that show that it would be noticed. */
@NullMarked
package foyer.architecture;

import org.jspecify.annotations.NullMarked;
