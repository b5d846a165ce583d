/** Statements and transactions on PostgreSQL. */
@NullMarked
package foyer.sql;

import org.jspecify.annotations.NullMarked;
