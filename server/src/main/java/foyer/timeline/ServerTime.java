package foyer.timeline;

import java.time.Duration;
import java.time.Instant;

/**
 * PostgreSQL's time as this process knows it, on the monotonic clock. Safe for use by many threads.
 */
public final class ServerTime {

  private record Measured(Instant database, long nanos) {}

  private volatile Measured measured = new Measured(Instant.now(), System.nanoTime());

  /**
   * Takes a measurement.
   *
   * @param database what PostgreSQL's clock said
   * @param before {@link System#nanoTime} before it was asked
   * @param after {@link System#nanoTime} when the answer was there
   */
  void measured(Instant database, long before, long after) {
    measured = new Measured(database, before + (after - before) / 2);
  }

  /** PostgreSQL's clock now, within half a round trip. */
  public Instant now() {
    Measured last = measured;
    return last.database().plus(Duration.ofNanos(System.nanoTime() - last.nanos()));
  }
}
