/** The way to PostgreSQL: its address, migrations, statements. */
@NullMarked
package foyer.sql;

import org.jspecify.annotations.NullMarked;
