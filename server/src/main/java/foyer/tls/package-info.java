/** Certificates: those of the company, or of a certificate authority of Foyer's own. */
@NullMarked
package foyer.tls;

import org.jspecify.annotations.NullMarked;
