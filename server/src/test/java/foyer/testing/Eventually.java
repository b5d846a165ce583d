package foyer.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what cannot be waited for by an event, at most until a deadline. */
public final class Eventually {

  /**
   * How long a test waits for what it does not time: it costs nothing where all is well, and is
   * enough on a machine that has much else to do.
   */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration LOOK_EVERY = Duration.ofMillis(20);

  private Eventually() {}

  /** Asks until the answer is true, at most for {@link #PATIENCE}. */
  public static void becomes(String what, Callable<Boolean> question) {
    becomes(what, PATIENCE, question);
  }

  /**
   * Asks until the answer is true.
   *
   * @param what said when it did not come true in time
   * @param question asked again and again; an exception counts as no
   */
  public static void becomes(String what, Duration within, Callable<Boolean> question) {
    long deadline = System.nanoTime() + within.toNanos();
    @Nullable Exception last = null;
    while (System.nanoTime() < deadline) {
      try {
        if (question.call()) {
          return;
        }
      } catch (Exception failure) {
        last = failure;
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    throw new AssertionError(what + ": not within " + within, last);
  }
}
