/**
 * HTTP: which routes there are, who may knock, how a request is read and an answer written, and
 * what becomes of each failure.
 */
@NullMarked
package foyer.http;

import org.jspecify.annotations.NullMarked;
