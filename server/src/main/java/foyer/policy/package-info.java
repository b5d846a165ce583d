/** Versions of policies: who publishes them, from when they hold, and where a value comes from. */
@NullMarked
package foyer.policy;

import org.jspecify.annotations.NullMarked;
