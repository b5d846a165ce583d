/** People and departments as the personnel department knows them, by hand and from its files. */
@NullMarked
package foyer.staff;

import org.jspecify.annotations.NullMarked;
