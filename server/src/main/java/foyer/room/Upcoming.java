package foyer.room;

import foyer.sql.Read;
import foyer.sql.Sql;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a room is booked for and has not ended.
 *
 * @param first when the first of it begins; null where there is nothing
 */
record Upcoming(int count, @Nullable Instant first) {

  private static final String OF_ROOM =
      """
      SELECT count(*)::int AS count, min(lower(during)) AS first
      FROM booking
      WHERE room_id = $1 AND status IN ('requested', 'held', 'confirmed') AND ended_at IS NULL
        AND upper(during) > (SELECT app_now())""";

  /** Of one room; to be asked along with other questions. */
  static Read<Upcoming> of(String room) {
    return Read.of(
        OF_ROOM,
        rows -> {
          var row = rows.iterator().next();
          return new Upcoming(row.getInteger("count"), Sql.instantOrNull(row, "first"));
        },
        room);
  }
}
