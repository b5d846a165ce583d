/** What tests share: a database of their own with a clock that they move. */
@NullMarked
package foyer.testing;

import org.jspecify.annotations.NullMarked;
