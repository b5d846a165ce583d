package foyer.client;

import foyer.wire.Topics;
import io.vertx.core.Vertx;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches timelines over REST: each once after the start, and about once a minute those that the
 * broker does not bring while the server answers.
 */
final class Fallback {

  private static final Logger LOG = LoggerFactory.getLogger(Fallback.class);

  private static final long EVERY = 60_000;

  /** Devices that lost the same server ask again within this time, in ms, not all at once. */
  private static final long SPREAD = 5_000;

  private final Vertx vertx;
  private final ServerLink server;
  private final ServerWatch watch;
  private final BrokerLink broker;
  private final TimelineStore store;
  private final DeviceClock clock;
  private final Supplier<Collection<String>> rooms;
  private final RandomGenerator random;

  /**
   * Fetches nothing before {@link #start}.
   *
   * @param rooms the rooms that the device has to know at present
   */
  Fallback(
      Vertx vertx,
      ServerLink server,
      ServerWatch watch,
      BrokerLink broker,
      TimelineStore store,
      DeviceClock clock,
      Supplier<Collection<String>> rooms,
      RandomGenerator random) {
    this.vertx = vertx;
    this.server = server;
    this.watch = watch;
    this.broker = broker;
    this.store = store;
    this.clock = clock;
    this.rooms = rooms;
    this.random = random;
  }

  /** From now on what is missing is fetched. */
  void start() {
    watch.onReturn(this::soon);
    broker.onLoss(this::soon);
    vertx.setTimer(random.nextLong(EVERY * 8 / 10, EVERY * 12 / 10), timer -> eachMinute());
  }

  /** Fetches at once what the broker does not bring. */
  void now() {
    if (watch.isReachable()) {
      rooms.get().stream()
          .filter(room -> !broker.covers(Topics.roomTimeline(room)))
          .forEach(this::fetch);
    }
  }

  private void soon() {
    long spread = store.all().isEmpty() ? SPREAD / 10 : SPREAD;
    vertx.setTimer(random.nextLong(1, spread), timer -> now());
  }

  private void eachMinute() {
    now();
    vertx.setTimer(random.nextLong(EVERY * 8 / 10, EVERY * 12 / 10), timer -> eachMinute());
  }

  private void fetch(String room) {
    server
        .timeline(room, store.get(room).map(HeldTimeline::etag).orElse(""))
        .onSuccess(answer -> take(room, answer))
        .onFailure(failure -> LOG.debug("{} was not fetched: {}", room, failure.toString()));
  }

  private void take(String room, ServerLink.Answer answer) {
    switch (answer.status()) {
      case 200 -> {
        clock.heardNow();
        try {
          store.offer(room, answer.body().getBytes());
        } catch (IllegalArgumentException e) {
          LOG.warn("the server's timeline of {} cannot be used: {}", room, e.getMessage());
        }
      }
      case 304 -> clock.heardNow();
      default -> LOG.warn("no timeline of {}: the server says {}", room, answer.status());
    }
  }
}
