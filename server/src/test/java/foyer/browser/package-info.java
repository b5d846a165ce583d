/** What people see, in a real browser. */
@NullMarked
package foyer.browser;

import org.jspecify.annotations.NullMarked;
