/**
 * What every decision reads and hardly anybody changes: sites, hours, policies, meeting types,
 * departments.
 */
@NullMarked
package foyer.catalogue;

import org.jspecify.annotations.NullMarked;
