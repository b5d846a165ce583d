package foyer.booking;

import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;

/** Breaks rules of the house, so that a test can show that this is noticed. */
public final class PlantedRules {

  private final ReentrantLock lock = new ReentrantLock();

  boolean late(Instant end) {
    return lock.isLocked() || Instant.now().isAfter(end);
  }
}
