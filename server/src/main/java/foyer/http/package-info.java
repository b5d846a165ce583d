/** HTTP: the routes, and how failures are answered. */
@NullMarked
package foyer.http;

import org.jspecify.annotations.NullMarked;
