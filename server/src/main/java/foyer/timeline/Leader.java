package foyer.timeline;

import foyer.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one of the server nodes on a database: the one that holds a lease of four seconds, which
 * it renews each second over a session of its own. Another one has it a second after the holder's
 * session is gone (it died; or it fell silent, and PostgreSQL has ended its session after three
 * seconds), and else when the lease has run out (its session hangs). A holder that gets no answer
 * gives the role up before its lease runs out, and so does one that knows no longer what there is
 * to be shown. Lives on the event loop on which it was started.
 */
public final class Leader {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
  private static final String TAKE_OR_RENEW =
      """
      UPDATE publisher SET node = $1, session = pg_backend_pid(), until = clock_timestamp() + interval '4 seconds'
      WHERE node = $1 OR until < clock_timestamp() OR NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.pid = publisher.session)
      RETURNING node""";
  private static final String RELEASE =
      "UPDATE publisher SET until = '-infinity' WHERE node = $1 AND until > clock_timestamp()";
  private static final long EVERY_MS = 1000;
  private static final long ANSWER_WITHIN_MS = 2000;
  private static final String SILENT_AT_MOST_MS = "3000";
  private static final int SESSIONS = 4;

  private final Vertx vertx;
  private final Role role;
  private final Pool sessions;
  private final String self = UUID.randomUUID().toString();
  private volatile boolean leading;
  private boolean busy;
  private boolean closed;

  /**
   * What a candidate can do, and is told.
   *
   * @param fit whether it knows what there is to be published; asked each second
   * @param elected called when this node has the role
   * @param deposed called when it has it no longer
   */
  public record Role(BooleanSupplier fit, Consumer<Leader> elected, Runnable deposed) {}

  /** A candidate on this database. */
  public Leader(Vertx vertx, PgConnectOptions database, Role role) {
    this.vertx = vertx;
    this.role = role;
    this.sessions = sessions(vertx, database);
  }

  /** Stands for election from now on. */
  public void start() {
    step();
    vertx.setPeriodic(EVERY_MS, tick -> step());
  }

  /** Whether this node has the role, as far as it knows; any thread. */
  boolean leads() {
    return leading;
  }

  /** Gives the role up. */
  public Future<Void> close() {
    leading = false;
    closed = true;
    return sessions.close();
  }

  /**
   * Fails unless this node still has the role, by the database's word: whoever has stood still may
   * have lost it without having noticed.
   */
  public Future<?> confirmed() {
    return takeOrRenew()
        .compose(
            mine ->
                mine && leading
                    ? Future.succeededFuture()
                    : Future.failedFuture("another node publishes"));
  }

  /** One session is in use; another takes its place when it was lost or hangs. */
  private static Pool sessions(Vertx vertx, PgConnectOptions database) {
    PgConnectOptions options =
        new PgConnectOptions(database)
            .addProperty("application_name", "foyer leader")
            .addProperty("idle_session_timeout", SILENT_AT_MOST_MS);
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setName("election")
                .setShared(false)
                .setMaxSize(SESSIONS)
                .setConnectionTimeout((int) ANSWER_WITHIN_MS)
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
        .connectingTo(options)
        .using(vertx)
        .build();
  }

  private void step() {
    if (busy || closed) {
      return;
    }
    if (!role.fit().getAsBoolean()) {
      resign();
      return;
    }
    busy = true;
    takeOrRenew()
        .onComplete(
            mine -> {
              busy = false;
              if (mine) {
                won();
              } else {
                lost();
              }
            },
            failure -> {
              busy = false;
              lost();
            });
  }

  private Future<Boolean> takeOrRenew() {
    return Sql.send(sessions, TAKE_OR_RENEW, self)
        .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .map(rows -> rows.size() == 1);
  }

  private void won() {
    if (!leading && !closed) {
      leading = true;
      LOG.info("this node publishes to the broker");
      role.elected().accept(this);
    }
  }

  private void lost() {
    if (leading) {
      leading = false;
      LOG.warn("this node no longer publishes to the broker");
      role.deposed().run();
    }
  }

  private void resign() {
    if (leading) {
      lost();
      Sql.send(sessions, RELEASE, self)
          .onFailure(silent -> LOG.debug("the lease runs out by itself", silent));
    }
  }
}
