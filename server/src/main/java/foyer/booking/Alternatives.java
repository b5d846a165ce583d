package foyer.booking;

import foyer.booking.Refusal.Alternative;
import foyer.catalogue.Catalogue;
import foyer.catalogue.Catalogues;
import foyer.catalogue.OpeningHours;
import foyer.room.RoomView;
import foyer.room.Rooms;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
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
          WHERE b.room_id = r.id AND b.occupied && tstzrange(least(coalesce($2, app_now()), $3), $3) AND b.status IN ('held', 'confirmed'))
      ORDER BY r.floor <> wanted.floor, abs(r.capacity - wanted.capacity), r.position, r.id
      LIMIT 3""";

  private final Pool pool;
  private final Catalogues catalogues;

  /** Alternatives among the rooms of a database. */
  public Alternatives(Pool pool, Catalogues catalogues) {
    this.pool = pool;
    this.catalogues = catalogues;
  }

  private record FreeRoom(String id, Names name) {}

  /**
   * At most three other rooms at the wanted time, and two other times in the wanted room. A hint:
   * they are free now, and may be gone when asked for. All is asked in one trip, since whoever
   * fights for a room in a crowd is refused more often than not.
   *
   * @param start null for now
   * @param people whom the room must hold
   */
  public List<Alternative> nearest(String room, @Nullable Instant start, Instant end, int people) {
    Instant lookFrom = (start == null ? end : start).minus(Duration.ofDays(1));
    Read<Instant> clock = Read.of(NOW, rows -> Sql.instant(rows.iterator().next(), "now"));
    Read<RoomView> wanted = Rooms.asSeen(room);
    Read<List<FreeRoom>> free =
        Read.of(FREE_ROOMS, rows -> Sql.map(rows, Alternatives::free), room, start, end, people);
    Read<List<Booking>> booked = Bookings.near(room, lookFrom, end.plus(Duration.ofDays(2)));
    return Tx.run(
        pool,
        List.of(clock, wanted, free, booked),
        tx -> {
          Instant now = tx.get(clock);
          Instant from = start == null ? now : start;
          return found(tx.get(wanted), from, end, now, tx.get(free), tx.get(booked));
        });
  }

  private List<Alternative> found(
      RoomView wanted,
      Instant from,
      Instant end,
      Instant now,
      List<FreeRoom> rooms,
      List<Booking> booked) {
    Catalogue catalogue = catalogues.present();
    OpeningHours hours = catalogue.site(wanted.site()).hours();
    List<Alternative> found = new ArrayList<>();
    if (hours.covers(from, end)) {
      rooms.forEach(room -> found.add(new Alternative(room.id(), room.name(), from, end)));
    }
    Duration length = Duration.between(from, end);
    Duration hold = Duration.ofMinutes(catalogue.defaults(now).holdBefore());
    FreeTimes.nearest(from, length, hold, hours, booked, now, 2)
        .forEach(
            free ->
                found.add(new Alternative(wanted.id(), wanted.name(), free, free.plus(length))));
    return found;
  }

  private static FreeRoom free(Row row) {
    return new FreeRoom(
        row.getString("id"), new Names(row.getString("name_zh"), row.getString("name_en")));
  }
}
