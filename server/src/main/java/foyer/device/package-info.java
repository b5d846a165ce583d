/**
 * Door displays, kiosks and other things with a credential: what the brokers are told about them.
 */
@NullMarked
package foyer.device;

import org.jspecify.annotations.NullMarked;
