package foyer.timeline;

import foyer.sql.Sql;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.pubsub.PgSubscriber;
import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

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

  private final Vertx vertx;
  private final Pool pool;
  private final RoomFeed feed;
  private final PgSubscriber subscriber;
  private final String self = UUID.randomUUID().toString();
  private final Set<String> pending = new LinkedHashSet<>();
  private boolean waiting;

  /** A notifier for this node's feed, on whose event loop it lives. */
  public Notifier(Vertx vertx, Pool pool, PgConnectOptions options, RoomFeed feed) {
    this.vertx = vertx;
    this.pool = pool;
    this.feed = feed;
    this.subscriber =
        PgSubscriber.subscriber(vertx, options)
            .reconnectPolicy(tries -> Math.min(100L * (tries + 1), 2000L));
  }

  /** Begins to listen to the other nodes. */
  public Future<Void> start() {
    subscriber.channel(CHANNEL).handler(this::heard);
    return subscriber.connect();
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
        .onComplete(
            done -> {
              waiting = false;
              if (!pending.isEmpty()) {
                collect(List.of());
              }
            });
  }

  private void heard(String payload) {
    List<String> words = new ArrayList<>(List.of(payload.split(" ")));
    if (!words.removeFirst().equals(self)) {
      feed.changed(words);
    }
  }
}
