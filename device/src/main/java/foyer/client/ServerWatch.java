package foyer.client;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the server for its time every ten seconds or so: this keeps the clock, and tells whether the
 * server is there at all. While it is not, it is asked with a back-off.
 */
final class ServerWatch {

  private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);
  private static final long EVERY = 10_000;

  private final Vertx vertx;
  private final ServerLink server;
  private final DeviceClock clock;
  private final Uptime uptime;
  private final RandomGenerator random;
  private final Backoff backoff;
  private final List<Runnable> onReturn = new ArrayList<>();
  private final List<Runnable> onLoss = new ArrayList<>();
  private boolean asked;
  private boolean reachable;
  private String trouble = "";

  /** Asks nothing before {@link #start}. */
  ServerWatch(
      Vertx vertx, ServerLink server, DeviceClock clock, Uptime uptime, RandomGenerator random) {
    this.vertx = vertx;
    this.server = server;
    this.clock = clock;
    this.uptime = uptime;
    this.random = random;
    this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8), random);
  }

  /** Begins to ask. */
  void start() {
    long since = uptime.millis();
    server
        .clock()
        .onSuccess(now -> answered(now, since))
        .onFailure(this::failed)
        .onComplete(done -> vertx.setTimer(pause(), timer -> start()));
  }

  /** Whether the last question was answered. */
  boolean isReachable() {
    return reachable;
  }

  /** Why the server is not reachable, for people; empty if it is. */
  String trouble() {
    return trouble;
  }

  /** Runs whenever the server answers after it has not. */
  void onReturn(Runnable action) {
    onReturn.add(action);
  }

  /** Runs whenever the server does not answer any more. */
  void onLoss(Runnable action) {
    onLoss.add(action);
  }

  private void answered(Instant now, long since) {
    clock.measured(now, since);
    backoff.reset();
    trouble = "";
    if (!reachable) {
      reachable = true;
      asked = true;
      LOG.info("the server answers");
      onReturn.forEach(Runnable::run);
    }
  }

  private void failed(Throwable failure) {
    String before = trouble;
    trouble = server.reason(failure);
    if (reachable || !asked) {
      reachable = false;
      asked = true;
      LOG.warn("the server does not answer: {}", trouble);
      onLoss.forEach(Runnable::run);
    } else if (!trouble.equals(before)) {
      LOG.warn("the server still does not answer: {}", trouble);
    }
  }

  private long pause() {
    return reachable ? random.nextLong(EVERY * 8 / 10, EVERY * 12 / 10) : backoff.next();
  }
}
