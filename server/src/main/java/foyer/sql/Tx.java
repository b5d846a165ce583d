package foyer.sql;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A transaction in two trips: <em>open</em> sends BEGIN and every question at once, <em>close</em>
 * sends the collected writes and COMMIT at once. Trips, not statements, are what a transaction
 * costs.
 */
public final class Tx {

  private static final int TRIES = 3;

  private final SqlConnection connection;
  private final Map<Read<?>, Object> answers = new HashMap<>();
  private final List<Write> writes = new ArrayList<>();

  private record Write(String statement, @Nullable Object[] values) {}

  private Tx(SqlConnection connection) {
    this.connection = connection;
  }

  /**
   * Runs {@code work} in a transaction, from a virtual thread. What it throws rolls everything
   * back; a deadlock or a serialization failure repeats the whole at most three times.
   *
   * @param open questions that are asked in this order, in the first trip
   */
  public static <T> T run(Pool pool, List<Read<?>> open, Function<Tx, T> work) {
    for (int attempt = 1; ; attempt++) {
      try {
        return runOnce(pool, open, work);
      } catch (SqlFailed failure) {
        if (attempt == TRIES || !failure.worthRepeating()) {
          throw failure;
        }
        pause(attempt);
      }
    }
  }

  /** The answer to a question that was sent along with BEGIN. */
  @SuppressWarnings("unchecked") // answers are put in under the question that they belong to
  public <T> T get(Read<T> read) {
    Object answer = answers.get(read);
    if (answer == null) {
      throw new IllegalArgumentException(
          "not asked when the transaction was opened: " + read.statement());
    }
    return (T) answer;
  }

  /** Asks a question in a trip of its own. */
  public <T> T ask(Read<T> read) {
    return read.mapper().apply(Sql.rows(connection, read.statement(), read.values()));
  }

  /** Collects a write; it is sent together with COMMIT. */
  public void write(String statement, @Nullable Object... values) {
    writes.add(new Write(statement, values));
  }

  private static <T> T runOnce(Pool pool, List<Read<?>> open, Function<Tx, T> work) {
    SqlConnection connection = Sql.await(pool.getConnection(), "(connect)");
    Tx tx = new Tx(connection);
    boolean committed = false;
    try {
      tx.open(open);
      T result = work.apply(tx);
      tx.close();
      committed = true;
      return result;
    } finally {
      tx.release(committed);
    }
  }

  private void open(List<Read<?>> reads) {
    Future<?> begin = connection.query("BEGIN").execute();
    List<Future<RowSet<Row>>> sent = new ArrayList<>(reads.size());
    for (Read<?> read : reads) {
      sent.add(Sql.send(connection, read.statement(), read.values()));
    }
    Sql.await(begin, "BEGIN");
    for (int i = 0; i < reads.size(); i++) {
      Read<?> read = reads.get(i);
      answers.put(read, read.mapper().apply(Sql.await(sent.get(i), read.statement())));
    }
  }

  /**
   * Sends the writes and COMMIT. COMMIT after a failed write is a ROLLBACK in PostgreSQL and no
   * error, so the writes are what is looked at first.
   */
  private void close() {
    List<Future<RowSet<Row>>> sent = new ArrayList<>(writes.size());
    for (Write write : writes) {
      sent.add(Sql.send(connection, write.statement(), write.values()));
    }
    Future<RowSet<Row>> commit = connection.query("COMMIT").execute();
    for (int i = 0; i < sent.size(); i++) {
      Sql.await(sent.get(i), writes.get(i).statement());
    }
    Sql.await(commit, "COMMIT");
  }

  /** Gives the connection back, rolled back if need be; nobody has to wait for that. */
  private void release(boolean committed) {
    Future<?> rolledBack =
        committed ? Future.succeededFuture() : connection.query("ROLLBACK").execute();
    rolledBack.onComplete(done -> connection.close());
  }

  private static void pause(int attempt) {
    long milliseconds = ThreadLocalRandom.current().nextLong(5, 25) * attempt;
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(milliseconds));
  }
}
