package foyer.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs statements. What fails says which statement it was and who asked. */
public final class Sql {

  private Sql() {}

  /** Sends a statement with positional parameters; the answer comes later. */
  public static Future<RowSet<Row>> send(
      SqlClient client, String statement, @Nullable Object... values) {
    return client
        .preparedQuery(statement)
        .execute(tuple(values))
        .recover(failure -> Future.failedFuture(SqlFailed.of(statement, failure)));
  }

  /** Runs a statement from a virtual thread and waits for its rows. */
  public static RowSet<Row> rows(SqlClient client, String statement, @Nullable Object... values) {
    return await(client.preparedQuery(statement).execute(tuple(values)), statement);
  }

  /** Runs a query from a virtual thread and maps each of its rows. */
  public static <T> List<T> list(
      SqlClient client, String statement, Function<Row, T> mapper, @Nullable Object... values) {
    return map(rows(client, statement, values), mapper);
  }

  /** Maps each row, in order. */
  public static <T> List<T> map(RowSet<Row> rows, Function<Row, T> mapper) {
    List<T> mapped = new ArrayList<>(rows.size());
    for (Row row : rows) {
      mapped.add(mapper.apply(row));
    }
    return mapped;
  }

  /** The instant in a column of type timestamptz. */
  public static Instant instant(Row row, String column) {
    return row.getOffsetDateTime(column).toInstant();
  }

  /** The instant in a column of type timestamptz, or null. */
  public static @Nullable Instant instantOrNull(Row row, String column) {
    OffsetDateTime value = row.getOffsetDateTime(column);
    return value == null ? null : value.toInstant();
  }

  static <T> T await(Future<T> answer, String statement) {
    try {
      return answer.await();
    } catch (Exception failure) {
      throw SqlFailed.of(statement, failure);
    }
  }

  /** Instants become timestamptz; everything else stays as it is. */
  static Tuple tuple(@Nullable Object... values) {
    Tuple tuple = Tuple.tuple();
    for (Object value : values) {
      tuple.addValue(
          value instanceof Instant instant
              ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC)
              : value);
    }
    return tuple;
  }
}
