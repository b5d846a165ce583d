package foyer.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** When a message came in at each of many displays. */
final class Arrivals {

  private volatile Round round = new Round(0);

  private static final class Round {
    private final long[] at;
    private final AtomicInteger count = new AtomicInteger();
    private final Promise<long[]> all = Promise.promise();

    Round(int displays) {
      at = new long[displays];
    }
  }

  /** From now on so many are awaited; done with their times, {@link System#nanoTime()}. */
  Future<long[]> expect(int displays) {
    Round next = new Round(displays);
    round = next;
    return next.all.future();
  }

  /** A display got the message, now. */
  void arrived() {
    long now = System.nanoTime();
    Round present = round;
    int place = present.count.getAndIncrement();
    if (place < present.at.length) {
      present.at[place] = now;
    }
    if (place == present.at.length - 1) {
      present.all.complete(Arrays.copyOf(present.at, present.at.length));
    }
  }
}
