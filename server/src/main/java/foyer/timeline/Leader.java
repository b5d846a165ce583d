package foyer.timeline;

import foyer.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Elects one of the server nodes on a database: the one whose session holds an advisory lock. A
 * node that dies loses it with its connection; one that falls silent (its machine is gone, its
 * process stands still) loses it after three seconds, when PostgreSQL ends the silent session.
 * Another one has it a second later. Lives on the event loop on which it was started.
 */
public final class Leader {

  private static final Logger LOG = LoggerFactory.getLogger(Leader.class);
  private static final String TRY = "SELECT pg_try_advisory_lock(7146, 1) AS got";
  private static final String PING = "SELECT 1";
  private static final long EVERY_MS = 1000;
  private static final long ANSWER_WITHIN_MS = 2000;
  private static final String SILENT_AT_MOST_MS = "3000";

  private final Vertx vertx;
  private final PgConnectOptions options;
  private final Runnable elected;
  private final Runnable deposed;
  private @Nullable PgConnection session;
  private boolean leading;
  private boolean busy;
  private boolean closed;

  /**
   * A candidate.
   *
   * @param elected called when this node has the role
   * @param deposed called when it has it no longer
   */
  public Leader(Vertx vertx, PgConnectOptions options, Runnable elected, Runnable deposed) {
    this.vertx = vertx;
    this.options =
        new PgConnectOptions(options)
            .addProperty("application_name", "foyer leader")
            .addProperty("idle_session_timeout", SILENT_AT_MOST_MS);
    this.elected = elected;
    this.deposed = deposed;
  }

  /** Stands for election from now on. */
  public void start() {
    step();
    vertx.setPeriodic(EVERY_MS, tick -> step());
  }

  /** Gives the role up. */
  public Future<Void> close() {
    PgConnection held = session;
    session = null;
    leading = false;
    closed = true;
    return held == null ? Future.succeededFuture() : held.close();
  }

  private void step() {
    if (busy || closed) {
      return;
    }
    busy = true;
    connected()
        .compose(connection -> leading ? Sql.send(connection, PING).map(true) : tryLock(connection))
        .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .onComplete(
            got -> {
              busy = false;
              if (got && !leading && !closed && session != null) {
                leading = true;
                LOG.info("this node publishes to the broker");
                elected.run();
              }
            },
            failure -> {
              busy = false;
              lost();
            });
  }

  private Future<PgConnection> connected() {
    PgConnection held = session;
    if (held != null) {
      return Future.succeededFuture(held);
    }
    return PgConnection.connect(vertx, options)
        .onSuccess(
            connection -> {
              if (closed || session != null) {
                connection.close();
                return;
              }
              session = connection;
              connection.closeHandler(
                  closed -> {
                    if (session == connection) {
                      lost();
                    }
                  });
            });
  }

  private static Future<Boolean> tryLock(PgConnection connection) {
    return Sql.send(connection, TRY).map(rows -> rows.iterator().next().getBoolean("got"));
  }

  private void lost() {
    PgConnection held = session;
    session = null;
    if (held != null) {
      held.close();
    }
    if (leading) {
      leading = false;
      LOG.warn("this node no longer publishes to the broker");
      deposed.run();
    }
  }
}
