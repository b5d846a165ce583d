package foyer.sql;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import java.security.SecureRandom;

/** Keys that all servers on a database share. */
public final class Secrets {

  private static final String KEY =
      """
      WITH made AS (
        INSERT INTO secret (name, value) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING value)
      SELECT value FROM made UNION ALL SELECT value FROM secret WHERE name = $1 LIMIT 1""";

  private static final int BYTES = 32;

  private Secrets() {}

  /** The key of that name, 256 random bits; made when it is first asked for. */
  public static Future<byte[]> key(Pool pool, String name) {
    byte[] fresh = new byte[BYTES];
    new SecureRandom().nextBytes(fresh);
    return Sql.send(pool, KEY, name, Buffer.buffer(fresh))
        .map(rows -> rows.iterator().next().getBuffer("value").getBytes());
  }
}
