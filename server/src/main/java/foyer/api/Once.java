package foyer.api;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Json;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A creating request under its Idempotency-Key (draft-ietf-httpapi-idempotency-key-header): carried
 * out once, and answered in the same way each time it is sent. The first answer is written in the
 * transaction that it reports.
 */
public final class Once {

  private static final String FIND =
      "SELECT request_hash, status, body FROM idempotency_record WHERE caller = $1 AND key = $2";

  private static final String KEEP =
      """
      INSERT INTO idempotency_record (caller, key, request_hash, status, body, made_at)
      VALUES ($1, $2, $3, $4, $5, $6)""";

  private final String caller;
  private final String key;
  private final byte[] hash;
  private final Read<Optional<Kept>> read;

  private record Kept(byte[] hash, int status, String body) {}

  private static final class Repeated extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Kept first;

    Repeated(Kept first) {
      super(null, null, false, false);
      this.first = first;
    }
  }

  private Once(String caller, String key, byte[] hash) {
    this.caller = caller;
    this.key = key;
    this.hash = hash;
    this.read = Read.of(FIND, Once::kept, caller, key);
  }

  /**
   * Carries the request out, or answers it as the first time.
   *
   * @param again puts the headers of the first answer, which follow from its body, on the same text
   */
  public static Answer run(
      Call call, Function<Once, Answer> operation, BiFunction<Answer, JsonNode, Answer> again) {
    String key =
        call.idempotencyKey().orElseThrow(() -> new IllegalArgumentException("no Idempotency-Key"));
    try {
      return operation.apply(new Once(call.caller().word(), key, call.hash()));
    } catch (Repeated repeated) {
      String body = repeated.first.body();
      return again.apply(
          Answer.again(repeated.first.status(), body),
          Json.read(body.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }
  }

  /** To be asked along with the transaction's first questions. */
  public Read<?> read() {
    return read;
  }

  /**
   * Goes on only if this is the first time; otherwise undoes the transaction and answers as the
   * first time.
   */
  public void firstTime(Tx tx) {
    Optional<Kept> kept = tx.get(read);
    if (kept.isPresent()) {
      if (!MessageDigest.isEqual(kept.get().hash(), hash)) {
        throw Problem.of(422, "idempotency-key-reused").raise();
      }
      throw new Repeated(kept.get());
    }
  }

  /** Keeps the first answer, in the transaction that it reports. */
  public void keep(Tx tx, Instant now, int status, Object body) {
    tx.write(KEEP, caller, key, Buffer.buffer(hash), status, Json.text(body), now);
  }

  private static Optional<Kept> kept(RowSet<Row> rows) {
    return Sql.map(
            rows,
            row ->
                new Kept(
                    row.getBuffer("request_hash").getBytes(),
                    row.getInteger("status"),
                    row.getString("body")))
        .stream()
        .findFirst();
  }
}
