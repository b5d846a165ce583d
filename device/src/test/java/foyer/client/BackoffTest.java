package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration CAP = Duration.ofSeconds(8);

  @Test
  void theBoundDoublesUpToTheCapAndNoWaitIsLonger() {
    for (int seed = 0; seed < 200; seed++) {
      Backoff backoff = new Backoff(FIRST, CAP, new Random(seed));
      for (long bound : new long[] {500, 1000, 2000, 4000, 8000, 8000, 8000}) {
        assertThat(backoff.bound().toMillis()).isEqualTo(bound);
        assertThat(backoff.next()).isBetween(1L, bound);
      }
    }
  }

  @Test
  void aThousandDevicesThatLostTheSameServerComeBackSpreadOverTheWholeWait() {
    RandomGenerator random = new Random(7);
    long[] waits =
        LongStream.range(0, 1000)
            .map(
                device -> {
                  Backoff backoff = new Backoff(FIRST, CAP, random);
                  LongStream.range(0, 5).forEach(failure -> backoff.next());
                  return backoff.next();
                })
            .toArray();
    for (long from = 0; from < 8000; from += 800) {
      long begin = from;
      assertThat(LongStream.of(waits).filter(wait -> wait > begin && wait <= begin + 800).count())
          .as("devices between %d and %d ms", from, from + 800)
          .isBetween(60L, 140L);
    }
  }

  @Test
  void afterAGoodConnectionTheFirstWaitIsShortAgain() {
    Backoff backoff = new Backoff(FIRST, CAP, new Random(1));
    LongStream.range(0, 20).forEach(failure -> backoff.next());
    backoff.reset();
    assertThat(backoff.bound()).isEqualTo(FIRST);
  }
}
