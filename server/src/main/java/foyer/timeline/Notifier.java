package foyer.timeline;

import foyer.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Tells the other server nodes which rooms have changed: one NOTIFY with the ids of the last ten
 * milliseconds, in a transaction of its own, because inside the booking's it would take a lock that
 * all writers share. A hint: what is missed is found by the feed's comparison.
 */
public final class Notifier {

  private static final String NOTIFY = "SELECT pg_notify('foyer_rooms', $1)";
  private static final String CHANNEL = "foyer_rooms";
  private static final long COALESCE_MS = 10;
  private static final int IDS_AT_ONCE = 180;
  private static final String PING = "SELECT 1";
  private static final long PING_EVERY_MS = 5000;
  private static final long ANSWER_WITHIN_MS = 2000;

  private final Vertx vertx;
  private final Pool pool;
  private final RoomFeed feed;
  private final PgConnectOptions options;
  private final String self = UUID.randomUUID().toString();
  private final Set<String> pending = new LinkedHashSet<>();
  private PgSubscriber subscriber;
  private boolean waiting;

  /** A notifier for this node's feed, on whose event loop it lives. */
  public Notifier(Vertx vertx, Pool pool, PgConnectOptions options, RoomFeed feed) {
    this.vertx = vertx;
    this.pool = pool;
    this.feed = feed;
    this.options = new PgConnectOptions(options).addProperty("application_name", "foyer listener");
    this.subscriber = subscriber();
  }

  /** Begins to listen to the other nodes. */
  public Future<Void> start() {
    return subscriber
        .connect()
        .onSuccess(listening -> vertx.setPeriodic(PING_EVERY_MS, tick -> ping()));
  }

  /** Stops listening. */
  public Future<Void> close() {
    return subscriber.close();
  }

  /** Tells the other nodes soon; any thread. */
  public void changed(Collection<String> rooms) {
    List<String> copy = List.copyOf(rooms);
    feed.context().runOnContext(now -> collect(copy));
  }

  private void collect(List<String> rooms) {
    pending.addAll(rooms);
    if (!waiting) {
      waiting = true;
      vertx.setTimer(COALESCE_MS, tick -> tell());
    }
  }

  private void tell() {
    List<String> part = pending.stream().limit(IDS_AT_ONCE).toList();
    part.forEach(pending::remove);
    Sql.send(pool, NOTIFY, self + " " + String.join(" ", part))
        .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .onComplete(
            done -> {
              waiting = false;
              if (!pending.isEmpty()) {
                collect(List.of());
              }
            });
  }

  private PgSubscriber subscriber() {
    PgSubscriber made =
        PgSubscriber.subscriber(vertx, options)
            .reconnectPolicy(tries -> Math.min(100L * (tries + 1), 2000L));
    made.channel(CHANNEL).handler(this::heard);
    return made;
  }

  private void ping() {
    PgSubscriber asked = subscriber;
    PgConnection line = asked.actualConnection();
    if (line != null) {
      Sql.send(line, PING)
          .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
          .onFailure(silent -> replace(asked));
    }
  }

  /** A line that is dead without having been closed takes its farewell in its own time. */
  private void replace(PgSubscriber dead) {
    if (dead == subscriber) {
      subscriber = subscriber();
      subscriber.connect();
      dead.close();
    }
  }

  private void heard(String payload) {
    List<String> words = new ArrayList<>(List.of(payload.split(" ")));
    if (!words.removeFirst().equals(self)) {
      feed.changed(words);
    }
  }
}
