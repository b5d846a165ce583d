package foyer.timeline;

import foyer.catalogue.Catalogues;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The live part of the server, on one event loop: the feed, the displays' sockets, the other nodes,
 * the broker.
 */
public final class Timelines extends VerticleBase {

  /** Whoever has not heard from the record for so long does not publish. */
  private static final Duration FRESH = Duration.ofSeconds(4);

  private final Pool pool;
  private final PgConnectOptions database;
  private final Catalogues catalogues;
  private final Optional<Publishing> publishing;
  private final ServerTime time = new ServerTime();
  private @Nullable Live live;

  /** What this node does for the broker while it is the elected one. */
  public interface Publishing {
    /** Adds to the link what else is done over it; before it is opened for the first time. */
    void prepare(MqttLink link);

    /** Where the broker is and as whom to sign in, when its rights are as they should be. */
    Future<MqttLink.Address> ready();
  }

  private record Live(
      RoomFeed feed,
      LiveSockets sockets,
      Notifier notifier,
      Optional<Leader> leader,
      MqttLink link) {}

  /**
   * Timelines of a database.
   *
   * @param pool connections of its own, so that no burst of commands keeps a display waiting
   * @param database for the sessions that listen and that stand for election
   * @param publishing empty where this node is never to publish to a broker
   */
  public Timelines(
      Pool pool,
      PgConnectOptions database,
      Catalogues catalogues,
      Optional<Publishing> publishing) {
    this.pool = pool;
    this.database = database;
    this.catalogues = catalogues;
    this.publishing = publishing;
  }

  @Override
  public Future<?> start() {
    RoomFeed feed = new RoomFeed(vertx, pool, catalogues, time);
    LiveSockets sockets = new LiveSockets(vertx, feed, time);
    Notifier notifier = new Notifier(vertx, pool, database, feed);
    MqttLink link = new MqttLink(vertx);
    MqttTimelines mirror = new MqttTimelines(feed, link);
    Optional<Leader> leader = publishing.map(work -> leader(feed, link, work));
    live = new Live(feed, sockets, notifier, leader, link);
    return feed.start()
        .compose(read -> notifier.start())
        .onSuccess(
            listening -> {
              sockets.start();
              mirror.start();
              publishing.ifPresent(work -> work.prepare(link));
              leader.ifPresent(Leader::start);
            });
  }

  @Override
  public Future<?> stop() {
    Live stopping = live();
    stopping.sockets().close();
    Future<?> resigned =
        stopping
            .link()
            .close()
            .eventually(
                () -> stopping.leader().map(Leader::close).orElse(Future.succeededFuture()));
    return Future.join(resigned, stopping.notifier().close());
  }

  /** Takes it that these rooms have changed, and tells the other nodes; any thread. */
  public void changed(Collection<String> rooms) {
    live().feed().changed(rooms);
    live().notifier().changed(rooms);
  }

  /** What is shown. */
  public RoomFeed feed() {
    return live().feed();
  }

  /** The displays that are connected. */
  public LiveSockets sockets() {
    return live().sockets();
  }

  /**
   * What has been pushed, and how.
   *
   * @param sockets displays that are connected
   * @param toSockets timelines that were handed to them since the start
   * @param toBroker timelines that were handed to the broker since the start
   * @param publishes whether this node is the elected one
   * @param connected whether it is connected to the broker
   */
  public record Figures(
      int sockets, long toSockets, long toBroker, boolean publishes, boolean connected) {}

  /** What has been pushed until now; any thread. */
  public Figures figures() {
    Live now = live();
    return new Figures(
        now.sockets().size(),
        now.sockets().pushed(),
        now.link().published(),
        now.leader().map(Leader::leads).orElse(false),
        now.link().connected());
  }

  /** PostgreSQL's time. */
  public ServerTime time() {
    return time;
  }

  /** Whoever comes back to the broker asks first whether the role is still its own. */
  private Leader leader(RoomFeed feed, MqttLink link, Publishing work) {
    return new Leader(
        vertx,
        database,
        new Leader.Role(
            () -> feed.age().compareTo(FRESH) < 0,
            leader -> link.open(() -> leader.confirmed().compose(still -> work.ready())),
            link::close));
  }

  private Live live() {
    Live started = live;
    if (started == null) {
      throw new IllegalStateException("not started");
    }
    return started;
  }
}
