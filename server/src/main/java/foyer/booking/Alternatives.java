package foyer.booking;

import foyer.booking.Refusal.Alternative;
import foyer.catalogue.Catalogue;
import foyer.catalogue.Catalogues;
import foyer.catalogue.OpeningHours;
import foyer.room.RoomView;
import foyer.room.Rooms;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where and when else, for somebody who did not get a room. */
public final class Alternatives {

  private static final String NOW = "SELECT app_now() AS now";

  /**
   * Rooms of the same site that hold the people and are free, the same floor first, then the least
   * too large.
   */
  private static final String FREE_ROOMS =
      """
      SELECT r.id, r.name_zh, r.name_en
      FROM room r, room wanted
      WHERE wanted.id = $1 AND r.id <> wanted.id AND r.site_id = wanted.site_id AND r.removed_at IS NULL
        AND r.capacity >= greatest($4, least(wanted.capacity, 4))
        AND NOT EXISTS (
          SELECT FROM booking b
          WHERE b.room_id = r.id AND b.occupied && tstzrange($2, $3) AND b.status IN ('held', 'confirmed'))
      ORDER BY r.floor <> wanted.floor, abs(r.capacity - wanted.capacity), r.position, r.id
      LIMIT 3""";

  private final Pool pool;
  private final Catalogues catalogues;
  private final Rooms rooms;
  private final Bookings bookings;

  /** Alternatives among these rooms. */
  public Alternatives(Pool pool, Catalogues catalogues, Rooms rooms, Bookings bookings) {
    this.pool = pool;
    this.catalogues = catalogues;
    this.rooms = rooms;
    this.bookings = bookings;
  }

  /**
   * At most three other rooms at the wanted time, and two other times in the wanted room. A hint:
   * they are free now, and may be gone when asked for.
   *
   * @param start null for now
   * @param people whom the room must hold
   */
  public List<Alternative> nearest(String room, @Nullable Instant start, Instant end, int people) {
    Instant now = Sql.rows(pool, NOW).iterator().next().getOffsetDateTime("now").toInstant();
    Instant from = start == null ? now : start;
    Catalogue catalogue = catalogues.present();
    RoomView wanted = rooms.view(room);
    OpeningHours hours = catalogue.site(wanted.site()).hours();
    List<Alternative> found = new ArrayList<>();
    if (hours.covers(from, end)) {
      found.addAll(
          Sql.list(
              pool,
              FREE_ROOMS,
              row ->
                  new Alternative(
                      row.getString("id"),
                      new Names(row.getString("name_zh"), row.getString("name_en")),
                      from,
                      end),
              room,
              from,
              end,
              people));
    }
    Duration length = Duration.between(from, end);
    Duration hold = Duration.ofMinutes(catalogue.defaults(now).holdBefore());
    List<Booking> booked =
        bookings.listNear(room, from.minus(Duration.ofDays(1)), end.plus(Duration.ofDays(2)));
    FreeTimes.nearest(from, length, hold, hours, booked, now, 2)
        .forEach(free -> found.add(new Alternative(room, wanted.name(), free, free.plus(length))));
    return found;
  }
}
