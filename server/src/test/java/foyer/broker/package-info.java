/** One suite for both brokers, and the clients that it is told with. */
@NullMarked
package foyer.broker;

import org.jspecify.annotations.NullMarked;
