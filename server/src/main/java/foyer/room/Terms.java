package foyer.room;

import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * On what terms a room is booked, as the admin department says (K-4.1.2).
 *
 * @param automatic whether a booking is confirmed at once; else it is kept as a request
 * @param automaticUpTo minutes; what lasts longer is kept as a request all the same; null whatever
 *     its length
 * @param departments ids of those that may book it, with all below them; empty for everybody
 */
public record Terms(boolean automatic, @Nullable Integer automaticUpTo, Set<String> departments) {

  /** Confirmed at once, for everybody. */
  public static final Terms FREE = new Terms(true, null, Set.of());

  public Terms {
    departments = Set.copyOf(departments);
  }

  /** Those in a row with {@code booking}, {@code automatic_up_to} and {@code departments}. */
  public static Terms of(Row row) {
    return new Terms(
        row.getString("booking").equals("automatic"),
        row.getInteger("automatic_up_to"),
        Set.of(row.getArrayOfStrings("departments")));
  }

  /** Whether a booking of that length is kept as a request. */
  public boolean needsApproval(Duration length) {
    return !automatic
        || (automaticUpTo != null && length.compareTo(Duration.ofMinutes(automaticUpTo)) > 0);
  }

  /** The longest time that people at the door may take, minutes; 0 where they may not. */
  public int longestWalkUp() {
    boolean forAnybody = automatic && departments.isEmpty();
    return !forAnybody ? 0 : automaticUpTo == null ? Integer.MAX_VALUE : automaticUpTo;
  }
}
