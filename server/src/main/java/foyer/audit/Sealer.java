package foyer.audit;

import foyer.sql.Read;
import foyer.sql.Secrets;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Links the entries of the audit log, about a second behind. The row lock on the head elects one
 * server for each batch. Entries come in the order of their transactions: all those of a
 * transaction that nobody can still commit before are there, so none is passed over.
 */
public final class Sealer extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(Sealer.class);

  private static final long EVERY_MS = 1000;
  private static final int BATCH = 1000;
  private static final int MOST_BATCHES = 100;
  private static final Duration TOLD_EVERY = Duration.ofHours(1);

  private static final String HEAD =
      """
      SELECT position, hash, horizon::text AS horizon, signature IS NULL AS unsigned,
             horizon > pg_snapshot_xmax(pg_current_snapshot()) AS restored
      FROM audit_head
      FOR UPDATE SKIP LOCKED""";

  /**
   * Entries from the horizon on. A horizon that lies in the future is that of another cluster, from
   * which the tables were restored: then all entries are looked through once.
   */
  private static final String UNLINKED =
      """
      WITH seen AS (
        SELECT pg_snapshot_xmin(pg_current_snapshot()) AS xmin,
               CASE WHEN h.horizon > pg_snapshot_xmax(pg_current_snapshot()) THEN NULL ELSE h.horizon END AS horizon
        FROM audit_head h)
      SELECT s.xmin::text AS xmin, e.id, e.xid::text AS xid, e.at, e.actor, e.action, e.object, e.fields, e.reason
      FROM seen s LEFT JOIN audit_entry e
        ON (s.horizon IS NULL OR (e.xid >= s.horizon AND e.xid < s.xmin))
        AND NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id)
      ORDER BY e.xid, e.id
      LIMIT $1""";

  private static final String LINK =
      """
      INSERT INTO audit_link (position, entry_id, hash)
      SELECT p, e, h FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS t (p, e, h)""";

  private static final String MOVE_HEAD =
      "UPDATE audit_head SET position = $1, hash = $2, horizon = $3::text::xid8, signature = $4";

  private final Pool pool;
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile long toldAt = System.nanoTime() - TOLD_EVERY.toNanos();
  private volatile long wholeAtNanos = System.nanoTime();

  /**
   * What the sealer finds.
   *
   * @param restored whether the horizon is one of another cluster
   */
  private record Present(Head head, boolean unsigned, boolean restored) {
    boolean isToBeMoved() {
      return unsigned || restored;
    }
  }

  private record Batch(String xmin, List<Sealed> entries) {
    boolean isFull() {
      return entries.size() == BATCH;
    }

    /** Of a full batch's last transaction there may be more. */
    String horizon(Present before) {
      if (!isFull()) {
        return xmin;
      }
      return before.restored() ? before.head().horizon() : entries.getLast().xid();
    }
  }

  /** A sealer of the log in a database. */
  public Sealer(Pool pool) {
    this.pool = pool;
  }

  @Override
  public Future<?> start() {
    return Secrets.key(pool, Head.KEY)
        .onSuccess(secret -> vertx.setPeriodic(EVERY_MS, tick -> begin(secret)));
  }

  /** Time since every entry was last seen sealed; about a second where all is well. Any thread. */
  public Duration lag() {
    return Duration.ofNanos(System.nanoTime() - wholeAtNanos);
  }

  private void begin(byte[] secret) {
    if (busy.compareAndSet(false, true)) {
      Thread.ofVirtual().name("audit sealer").start(() -> seal(secret));
    }
  }

  private void seal(byte[] secret) {
    try {
      int batches = 0;
      while (sealBatch(secret) && batches < MOST_BATCHES) {
        batches++;
      }
    } catch (RuntimeException failure) {
      LOG.warn("the audit log is not sealed, trying again: {}", failure.getMessage());
    } finally {
      busy.set(false);
    }
  }

  /** Links some entries; false when there are no more, or another server is at it. */
  private boolean sealBatch(byte[] secret) {
    Read<Optional<Present>> present =
        Read.of(HEAD, rows -> Sql.map(rows, Sealer::present).stream().findFirst());
    Read<Batch> unlinked = Read.of(UNLINKED, Sealer::batch, BATCH);
    return Tx.run(
        pool,
        List.of(present, unlinked),
        tx -> {
          Optional<Present> mine = tx.get(present);
          Batch batch = tx.get(unlinked);
          if (batch.entries().isEmpty()) {
            wholeAtNanos = System.nanoTime();
          }
          if (mine.isEmpty() || (batch.entries().isEmpty() && !mine.get().isToBeMoved())) {
            return false;
          }
          tell(link(tx, mine.get(), batch, secret));
          return batch.isFull();
        });
  }

  /**
   * Says every hour how far the chain has come, in the log of the server: out of reach of whoever
   * owns the database.
   */
  private void tell(Head head) {
    if (System.nanoTime() - toldAt >= TOLD_EVERY.toNanos()) {
      toldAt = System.nanoTime();
      LOG.info("the audit log is sealed up to {}:{}", head.position(), head.inWords());
    }
  }

  private static Head link(Tx tx, Present present, Batch batch, byte[] secret) {
    Head head = present.head();
    int size = batch.entries().size();
    Long[] positions = new Long[size];
    Long[] ids = new Long[size];
    List<Buffer> hashes = new ArrayList<>(size);
    byte[] hash = head.hash();
    for (int i = 0; i < size; i++) {
      Sealed entry = batch.entries().get(i);
      hash = entry.hash(hash);
      positions[i] = head.position() + i + 1;
      ids[i] = entry.id();
      hashes.add(Buffer.buffer(hash));
    }
    Head next = new Head(head.position() + size, hash, batch.horizon(present));
    if (size > 0) {
      tx.write(LINK, positions, ids, hashes.toArray(Buffer[]::new));
    }
    tx.write(
        MOVE_HEAD,
        next.position(),
        Buffer.buffer(hash),
        next.horizon(),
        Buffer.buffer(next.signature(secret)));
    return next;
  }

  private static Present present(Row row) {
    Head head =
        new Head(
            row.getLong("position"), row.getBuffer("hash").getBytes(), row.getString("horizon"));
    return new Present(head, row.getBoolean("unsigned"), row.getBoolean("restored"));
  }

  private static Batch batch(RowSet<Row> rows) {
    List<Sealed> entries = new ArrayList<>();
    String xmin = "";
    for (Row row : rows) {
      xmin = row.getString("xmin");
      if (row.getLong("id") != null) {
        entries.add(entry(row));
      }
    }
    return new Batch(xmin, entries);
  }

  private static Sealed entry(Row row) {
    return new Sealed(
        row.getLong("id"),
        row.getString("xid"),
        Sql.instant(row, "at"),
        row.getString("actor"),
        row.getString("action"),
        row.getString("object"),
        List.of(row.getArrayOfStrings("fields")),
        row.getString("reason"));
  }
}
