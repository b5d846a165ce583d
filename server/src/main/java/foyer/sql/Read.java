package foyer.sql;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A question to the database that can be sent along with others in one trip.
 *
 * @param statement with positional parameters
 * @param mapper makes the answer of the rows
 */
public record Read<T>(
    String statement, @Nullable Object[] values, Function<RowSet<Row>, T> mapper) {

  /** A question with its parameters. */
  public static <T> Read<T> of(
      String statement, Function<RowSet<Row>, T> mapper, @Nullable Object... values) {
    return new Read<>(statement, values, mapper);
  }

  /** The nth question of two is equal only to itself: answers are found by it. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
