package foyer.org;

import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Links that work once. The database holds the hash of what they say. */
public final class EntryLinks {

  private static final String MAKE =
      """
      INSERT INTO entry_link (token_hash, purpose, person_id, device_id, made_at, made_by, expires_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7)""";

  private static final String OPEN =
      """
      SELECT person_id, device_id, app_now() AS now
      FROM entry_link
      WHERE token_hash = $1 AND purpose = $2 AND used_at IS NULL AND expires_at > app_now()
      FOR UPDATE""";

  private static final String USE = "UPDATE entry_link SET used_at = $2 WHERE token_hash = $1";

  private EntryLinks() {}

  /** What a link is for. */
  public enum Purpose {
    FIRST_ADMIN("first-admin"),
    PASSWORD("password"),
    DEVICE("device");

    private final String word;

    Purpose(String word) {
      this.word = word;
    }
  }

  /** Where an open link leads, at the transaction's time. */
  public record Open(Instant now, @Nullable Long person, @Nullable String device) {}

  /**
   * Makes a link along with the transaction's other writes.
   *
   * @param by who makes it; null for the installation itself
   * @return what it says
   */
  public static String make(
      Tx tx,
      Instant now,
      Purpose purpose,
      @Nullable Long person,
      @Nullable String device,
      @Nullable Long by,
      Duration opens) {
    String token = Tokens.fresh();
    tx.write(
        MAKE,
        Buffer.buffer(Tokens.hash(token)),
        purpose.word,
        person,
        device,
        now,
        by,
        now.plus(opens));
    return token;
  }

  /** Whether the link is open, and for whom; locks it. */
  public static Read<Optional<Open>> open(String token, Purpose purpose) {
    return Read.of(
        OPEN,
        rows -> Sql.map(rows, EntryLinks::open).stream().findFirst(),
        Buffer.buffer(Tokens.hash(token)),
        purpose.word);
  }

  /** Closes a link that {@link #open} has found, along with the transaction's other writes. */
  public static void use(Tx tx, Instant now, String token) {
    tx.write(USE, Buffer.buffer(Tokens.hash(token)), now);
  }

  private static Open open(Row row) {
    return new Open(Sql.instant(row, "now"), row.getLong("person_id"), row.getString("device_id"));
  }
}
