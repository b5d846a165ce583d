package foyer.wire;

import java.time.Instant;

/**
 * The order of a room's timelines: a higher epoch always wins, then the higher revision, then the
 * later computation.
 *
 * @param computedAt PostgreSQL's clock
 */
public record Stamp(long epoch, long revision, Instant computedAt) implements Comparable<Stamp> {

  @Override
  public int compareTo(Stamp other) {
    int byEpoch = Long.compare(epoch, other.epoch);
    if (byEpoch != 0) {
      return byEpoch;
    }
    int byRevision = Long.compare(revision, other.revision);
    return byRevision != 0 ? byRevision : computedAt.compareTo(other.computedAt);
  }

  /** Whether a display that shows {@code other} must show this instead. */
  public boolean supersedes(Stamp other) {
    return compareTo(other) > 0;
  }
}
