package foyer.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: anything between nothing and a bound that doubles with
 * each failure up to a cap (full jitter), so that many devices that lost the same server do not
 * come back at the same instant.
 */
final class Backoff {

  private final Duration first;
  private final Duration cap;
  private final RandomGenerator random;
  private int failures;

  /**
   * A back-off without failures.
   *
   * @param first bound of the first wait
   * @param cap the bound never grows beyond this
   */
  Backoff(Duration first, Duration cap, RandomGenerator random) {
    this.first = first;
    this.cap = cap;
    this.random = random;
  }

  /** The wait after one more failure, in ms, at least 1. */
  long next() {
    long bound = bound().toMillis();
    failures++;
    return random.nextLong(1, bound + 1);
  }

  /** The longest that {@link #next} can answer now. */
  Duration bound() {
    Duration bound = first;
    for (int i = 0; i < failures && bound.compareTo(cap) < 0; i++) {
      bound = bound.multipliedBy(2);
    }
    return bound.compareTo(cap) < 0 ? bound : cap;
  }

  /** Forgets the failures. */
  void reset() {
    failures = 0;
  }
}
