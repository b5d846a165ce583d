package foyer.staff;

import foyer.wire.Names;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is kept already, as an import looks at them.
 *
 * @param department id
 * @param left whether they work here no more
 * @param imported whether a file brought them
 */
record Known(
    long id,
    String staffNumber,
    Names name,
    Names title,
    @Nullable String email,
    String department,
    int position,
    @Nullable String badge,
    boolean left,
    boolean imported) {}
