package foyer.org;

import foyer.api.Problem;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts tries at a secret: so many within fifteen minutes, then no more for a while. */
public final class Tries {

  private static final int MOST = 5;
  private static final Duration COUNTED_FOR = Duration.ofMinutes(15);

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended($1, 7))";

  private static final String LATEST =
      """
      SELECT app_now() AS now, count(*) AS tries, min(at) AS oldest
      FROM (
        SELECT at FROM sign_in_failure
        WHERE counted = $1 AND at > app_now() - interval '15 minutes'
        ORDER BY at DESC LIMIT $2) latest""";

  private static final String COUNT =
      "INSERT INTO sign_in_failure (account, counted, at) VALUES ($1, $2, $3)";

  private static final String FORGET = "DELETE FROM sign_in_failure WHERE counted = $1 OR at < $2";

  private static final Duration KEPT = Duration.ofDays(1);

  private final Pool pool;

  private record Latest(Instant now, long count, @Nullable Instant oldest) {}

  /** Counts in a database, for all servers on it. */
  public Tries(Pool pool) {
    this.pool = pool;
  }

  /**
   * Counts a try before the secret is looked at, so that many at once are many; throws 429 after
   * five.
   *
   * @param account whose secret it is
   * @param counted under which word the try is counted
   */
  void count(String account, String counted) {
    count(account, counted, MOST);
  }

  /**
   * The same with another number.
   *
   * @param most tries within fifteen minutes
   */
  public void count(String account, String counted, int most) {
    Read<Boolean> lock = Read.of(LOCK, rows -> true, counted);
    Read<Latest> latest = Read.of(LATEST, Tries::latest, counted, most);
    Tx.run(
        pool,
        List.of(lock, latest),
        tx -> {
          Latest before = tx.get(latest);
          if (before.count() >= most && before.oldest() != null) {
            Duration wait =
                Duration.between(before.now(), before.oldest().plus(COUNTED_FOR)).plusSeconds(1);
            throw Problem.of(429, "too-many-tries", "minutes", wait.toMinutes() + 1)
                .retryAfter((int) wait.toSeconds())
                .raise();
          }
          tx.write(COUNT, account, counted, before.now());
          return true;
        });
  }

  /** Forgets what was counted under the word, and all that is old, with the other writes. */
  static void forget(Tx tx, Instant now, String counted) {
    tx.write(FORGET, counted, now.minus(KEPT));
  }

  /** Forgets what was counted under the word. */
  public void forget(String counted) {
    Sql.rows(pool, FORGET, counted, Instant.EPOCH);
  }

  private static Latest latest(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    return new Latest(
        Sql.instant(row, "now"), row.getLong("tries"), Sql.instantOrNull(row, "oldest"));
  }
}
