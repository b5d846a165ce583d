package foyer.staff;

import foyer.sql.Read;
import foyer.sql.Sql;
import java.time.Instant;
import java.util.List;

/**
 * One at a time changes people and departments: whether a badge is somebody's and whether parents
 * go round in a circle is asked of all rows, not of one.
 */
final class StaffLock {

  private static final String LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('staff', 7))";

  private static final String NOW = "SELECT app_now() AS now";

  private final Read<Boolean> lock = Read.of(LOCK, rows -> true);
  private final Read<Instant> now =
      Read.of(NOW, rows -> Sql.instant(rows.iterator().next(), "now"));

  /** To be asked first, in this order. */
  List<Read<?>> reads() {
    return List.of(lock, now);
  }

  /** The transaction's time, to be asked of it. */
  Read<Instant> now() {
    return now;
  }
}
