/** Who is in the building: staff register at the kiosk. */
@NullMarked
package foyer.presence;

import org.jspecify.annotations.NullMarked;
