/** PostgreSQL and an MQTT broker for one machine, run by the server itself. */
@NullMarked
package foyer.embedded;

import org.jspecify.annotations.NullMarked;
