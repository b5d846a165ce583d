package foyer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.api.ProblemException;
import foyer.http.RawHttp.Reply;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Nobody asks for so much that others wait; nobody who works quickly notices. */
class RateTest {

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
  private final Throttle throttle = new Throttle(100, nanos::get);

  @Test
  void threeSecondsWorthOfReadsMayComeAtOnceAndThenAHundredASecond() {
    for (int i = 0; i < 300; i++) {
      throttle.take("session 1", true);
    }
    assertRefused("session 1", true);
    later(Duration.ofMillis(10));
    throttle.take("session 1", true);
    assertRefused("session 1", true);
    later(Duration.ofSeconds(60));
    for (int i = 0; i < 300; i++) {
      throttle.take("session 1", true);
    }
    assertRefused("session 1", true);
  }

  @Test
  void ofWhatChangesSomethingOnlyAFifthAsMuch() {
    for (int i = 0; i < 60; i++) {
      throttle.take("session 1", false);
    }
    assertRefused("session 1", false);
    throttle.take("session 1", true);
    later(Duration.ofMillis(50));
    throttle.take("session 1", false);
    assertRefused("session 1", false);
  }

  @Test
  void whoAsksForTooMuchStandsInNobodyElsesWay() {
    for (int i = 0; i < 60; i++) {
      throttle.take("device door-a", false);
    }
    assertRefused("device door-a", false);
    throttle.take("device door-b", false);
    throttle.take("address 10.0.0.1", false);
  }

  @Test
  void howManyCallersThereAreCostsBoundedMemory() {
    for (int i = 0; i < 60; i++) {
      throttle.take("session 1", false);
    }
    for (int i = 0; i < 19_000; i++) {
      throttle.take("address " + i, true);
    }
    assertRefused("session 1", false);
    later(Duration.ofMillis(20));
    for (int i = 0; i < 19_000; i++) {
      throttle.take("address more " + i, true);
    }
    assertThat(throttle.callers()).isLessThanOrEqualTo(20_000);
    assertRefused("session 1", false);
  }

  @Test
  void whoIsRefusedHearsWhenToComeBackAndADeviceIsCountedByItself() {
    try (HttpServerForTests server = HttpServerForTests.with(new Throttle(1, nanos::get))) {
      for (int i = 0; i < 3; i++) {
        assertThat(server.http().request("GET", "/api/sites").send().status()).isEqualTo(200);
      }
      Reply refused = server.http().request("GET", "/api/sites").send();
      assertThat(refused.status()).isEqualTo(429);
      assertThat(refused.problem()).isEqualTo("too-many-requests");
      assertThat(refused.headers()).containsEntry("retry-after", "1");
      Reply door =
          server
              .http()
              .request("POST", "/api/rooms/a/walk-up")
              .with("Idempotency-Key", "0123456789")
              .json("{\"until\": \"2026-11-23T03:00:00Z\"}")
              .send();
      assertThat(door.status()).as(door.text()).isEqualTo(200);
      later(Duration.ofSeconds(1));
      assertThat(server.http().request("GET", "/api/sites").send().status()).isEqualTo(200);
    }
  }

  private void later(Duration by) {
    nanos.addAndGet(by.toNanos());
  }

  private void assertRefused(String caller, boolean safe) {
    assertThatThrownBy(() -> throttle.take(caller, safe))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(429);
              assertThat(refused.problem().headers()).containsEntry("Retry-After", "1");
            });
  }
}
