package foyer.bench;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits, on the main thread, for what happens on event loops. */
final class Wait {

  private static final Duration USUAL = Duration.ofSeconds(60);

  private Wait() {}

  /** What the future comes to within a minute. */
  static <T> T result(Future<T> future) {
    return result(future, USUAL);
  }

  /** What the future comes to in that time. */
  static <T> T result(Future<T> future, Duration within) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }
}
