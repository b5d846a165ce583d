/**
 * What lies between HTTP and the features: the contract, a call that it has let through, an answer,
 * a problem, and the texts of problems in the reader's language. Knows no feature.
 */
@NullMarked
package foyer.api;

import org.jspecify.annotations.NullMarked;
