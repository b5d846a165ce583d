/** What every page shares, and the Java that serves pages. */
@NullMarked
package foyer.webkit;

import org.jspecify.annotations.NullMarked;
