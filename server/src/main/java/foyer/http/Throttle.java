package foyer.http;

import foyer.api.Problem;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How much one caller may ask for: so many reads a second, and a fifth of that of what may change
 * something; three times a second's worth at once. Callers are told apart by a word, and kept in
 * bounded number. Safe for use by many threads.
 */
public final class Throttle {

  private static final int BURST_SECONDS = 3;
  private static final int READS_TO_A_CHANGE = 5;
  private static final int MOST_CALLERS = 20_000;

  private final long readNanos;
  private final LongSupplier clock;
  private final Map<String, Long> fullAgainAt = new ConcurrentHashMap<>();

  /**
   * A throttle.
   *
   * @param readsPerSecond 0 for as many as come
   */
  public Throttle(int readsPerSecond) {
    this(readsPerSecond, System::nanoTime);
  }

  /** The same by another clock, in nanoseconds. */
  Throttle(int readsPerSecond, LongSupplier clock) {
    this.readNanos = readsPerSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / readsPerSecond;
    this.clock = clock;
  }

  /** Takes one request of the caller, or throws 429 with the time after which the next may come. */
  void take(String caller, boolean safe) {
    if (readNanos == 0) {
      return;
    }
    long each = safe ? readNanos : readNanos * READS_TO_A_CHANGE;
    long most = Math.max(each, TimeUnit.SECONDS.toNanos(BURST_SECONDS));
    long now = clock.getAsLong();
    if (fullAgainAt.size() >= MOST_CALLERS) {
      makeRoom(now);
    }
    long[] tooMuch = {0};
    fullAgainAt.compute(
        (safe ? "reads of " : "changes of ") + caller,
        (key, full) -> {
          long from = full == null || full - now < 0 ? now : full;
          tooMuch[0] = from + each - now - most;
          return tooMuch[0] > 0 ? from : from + each;
        });
    if (tooMuch[0] > 0) {
      int seconds = (int) Math.ceilDiv(tooMuch[0], TimeUnit.SECONDS.toNanos(1));
      throw Problem.of(429, "too-many-requests", "seconds", seconds).retryAfter(seconds).raise();
    }
  }

  /** How many callers it keeps in mind. */
  int callers() {
    return fullAgainAt.size();
  }

  /** Forgets who has asked for nothing lately; if all have, everybody. */
  private void makeRoom(long now) {
    fullAgainAt.values().removeIf(full -> full - now < 0);
    if (fullAgainAt.size() >= MOST_CALLERS) {
      fullAgainAt.clear();
    }
  }
}
