package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DeviceClockTest {

  private static final Instant NINE = Timelines.NINE;

  private final AtomicLong uptime = new AtomicLong(1_000_000);
  private final AtomicReference<Instant> wall = new AtomicReference<>(NINE.plusSeconds(86_400));
  private final DeviceClock clock = clock("boot-1");

  @Test
  void aWallClockThatIsADayWrongDoesNotMatterOnceTheServerHasAnswered() {
    answer(NINE, 40);
    assertThat(clock.now()).isEqualTo(NINE.plusMillis(20));
    wall.set(NINE.minusSeconds(999_999));
    uptime.addAndGet(3_600_000);
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(3600).plusMillis(20));
    assertThat(clock.isServers()).isTrue();
  }

  @Test
  void theShortestOfTheLastRoundTripsCounts() {
    answer(NINE, 4);
    uptime.addAndGet(10_000);
    answer(NINE.plusMillis(10_400), 800);
    assertThat(clock.now()).isEqualTo(NINE.plusMillis(10_000 + 800 + 2));
  }

  @Test
  void anAnswerThatContradictsAllEarlierOnesMeansThatTheServersClockWasSet() {
    answer(NINE, 4);
    answer(NINE.plusSeconds(7200), 50);
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(7200).plusMillis(25));
  }

  @Test
  void heardIsWhenTheServerLastAnsweredAndStaysWhileItIsSilent() {
    assertThat(clock.heard()).isEmpty();
    answer(NINE, 0);
    uptime.addAndGet(720_000);
    assertThat(clock.heard()).contains(NINE);
    assertThat(clock.now()).isEqualTo(NINE.plusSeconds(720));
  }

  @Test
  void aRestartOfTheProgramKeepsTheServersTime() {
    answer(NINE, 10);
    DeviceClock.Kept kept = clock.kept().orElseThrow();
    uptime.addAndGet(60_000);
    DeviceClock next = clock("boot-1");
    next.restore(kept);
    assertThat(next.now()).isEqualTo(NINE.plusSeconds(60).plusMillis(5));
    assertThat(next.heard()).contains(NINE.plusMillis(5));
    assertThat(next.isServers()).isTrue();
  }

  @Test
  void afterARestartOfTheMachineOnlyTheWallClockIsLeftAndThatIsSaid() {
    answer(NINE, 10);
    DeviceClock.Kept kept = clock.kept().orElseThrow();
    DeviceClock next = clock("boot-2");
    wall.set(NINE.plusSeconds(300));
    next.restore(kept);
    assertThat(next.isServers()).isFalse();
    assertThat(next.now()).isEqualTo(NINE.plusSeconds(300));
    assertThat(next.heard()).contains(NINE.plusMillis(5));
    assertThat(next.kept()).as("nothing of the wall clock is kept").isEmpty();
  }

  @Test
  void aWallClockBeforeTheLastWordOfTheServerIsKnownToBeWrong() {
    answer(NINE, 0);
    DeviceClock next = clock("boot-2");
    wall.set(Instant.EPOCH);
    next.restore(clock.kept().orElseThrow());
    assertThat(next.now()).isEqualTo(NINE);
  }

  private void answer(Instant serversNow, long roundTrip) {
    long asked = uptime.get();
    uptime.addAndGet(roundTrip);
    clock.measured(serversNow, asked);
  }

  private DeviceClock clock(String boot) {
    return new DeviceClock(new Uptime(boot, uptime::get), wall::get);
  }
}
