package foyer.client;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server's time on this device: the best of the last round trips, carried on by the machine's
 * uptime, so that a wrong or moved wall clock does not matter. Only after a restart of the machine
 * without a server there is nothing better than the wall clock, and {@link #isServers} says so.
 */
final class DeviceClock {

  /** How many round trips are compared. */
  private static final int SAMPLES = 16;

  /** What two estimates may differ by beyond their round trips, in ms: the grain of the uptime. */
  private static final long GRAIN = 25;

  private final Uptime uptime;
  private final InstantSource wall;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private @Nullable Instant heard;

  /** Knows nothing of the server yet. */
  DeviceClock(Uptime uptime, InstantSource wall) {
    this.uptime = uptime;
    this.wall = wall;
  }

  /** Goes on from what was kept on disk: the time only if the machine has not been restarted. */
  void restore(Kept kept) {
    heard = kept.heard();
    if (kept.boot().equals(uptime.boot()) && kept.uptime() <= uptime.millis()) {
      samples.add(new Sample(kept.server().toEpochMilli() - kept.uptime(), kept.roundTrip()));
    }
  }

  /**
   * Takes in an answer of the server.
   *
   * @param now the server's time in the answer
   * @param asked uptime when it was asked for, ms
   */
  void measured(Instant now, long asked) {
    long roundTrip = Math.max(0, uptime.millis() - asked);
    Sample latest = new Sample(now.toEpochMilli() - (asked + roundTrip / 2), roundTrip);
    samples.removeIf(sample -> sample.contradicts(latest));
    samples.addLast(latest);
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
    heardNow();
  }

  /** The server has just been heard, by whichever way. */
  void heardNow() {
    heard = now();
  }

  /** The server's time as far as this device knows. */
  Instant now() {
    return best()
        .map(sample -> Instant.ofEpochMilli(sample.offset() + uptime.millis()))
        .orElseGet(this::byTheWall);
  }

  /**
   * Whether {@link #now} goes back to the server's clock and not to the wall clock of the device.
   */
  boolean isServers() {
    return !samples.isEmpty();
  }

  /** When the server was last heard, by its own clock; nothing if it never was. */
  Optional<Instant> heard() {
    return Optional.ofNullable(heard);
  }

  /** What the disk should keep; nothing as long as no server has answered. */
  Optional<Kept> kept() {
    return best().map(sample -> keep(sample, uptime.millis()));
  }

  private Kept keep(Sample sample, long at) {
    return new Kept(
        uptime.boot(), at, Instant.ofEpochMilli(sample.offset() + at), sample.roundTrip(), heard);
  }

  private Optional<Sample> best() {
    return samples.stream().min(Comparator.comparingLong(Sample::roundTrip));
  }

  /** The wall clock; but it cannot be earlier than what the server has already said. */
  private Instant byTheWall() {
    Instant now = wall.instant();
    return heard != null && now.isBefore(heard) ? heard : now;
  }

  /**
   * One round trip.
   *
   * @param offset the server's time minus the uptime, ms
   * @param roundTrip ms
   */
  private record Sample(long offset, long roundTrip) {

    /** Whether the two cannot both be right: a clock was set in between. */
    boolean contradicts(Sample other) {
      return Math.abs(offset - other.offset) > (roundTrip + other.roundTrip) / 2 + GRAIN;
    }
  }

  /**
   * What is kept on disk. None of it comes from the device's wall clock.
   *
   * @param boot the machine's start
   * @param uptime ms since then
   * @param server the server's time at that uptime
   * @param roundTrip of the measurement, ms
   * @param heard when the server was last heard, its clock
   */
  record Kept(String boot, long uptime, Instant server, long roundTrip, @Nullable Instant heard) {}
}
