package foyer.timeline;

import foyer.booking.Booking;
import foyer.booking.Status;
import foyer.room.Terms;
import foyer.sql.Sql;
import foyer.timeline.RoomRow.DoorBooking;
import foyer.wire.Level;
import foyer.wire.Names;
import foyer.wire.Timeline.Face;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads rooms for their displays, on the event loop. */
final class RoomRows {

  private static final String READ =
      """
      SELECT r.id AS room_id, r.site_id, r.name_zh, r.name_en, r.floor, r.capacity, r.booking, r.automatic_up_to, r.revision, e.epoch, (SELECT app_now()) AS now,
             array(SELECT q.equipment_code FROM room_equipment q JOIN equipment x ON x.code = q.equipment_code
                   WHERE q.room_id = r.id ORDER BY x.position) AS equipment,
             array(SELECT t.department_id FROM room_department t WHERE t.room_id = r.id) AS departments,
             b.id, lower(b.during) AS start_at, upper(b.during) AS end_at, lower(b.occupied) AS occupied_from, b.status, b.subject,
             b.level, b.meeting_type_id, b.checked_in_at, b.ended_at, b.end_before_ended, b.policy_version_id,
             b.second_policy_version_id, b.version, b.head_count,
             p.name_zh AS person_zh, p.name_en AS person_en, d.name_zh AS department_zh, d.name_en AS department_en
      FROM room r
      CROSS JOIN timeline_epoch e
      LEFT JOIN booking b
        ON b.room_id = r.id AND b.status = 'confirmed'
        AND b.occupied && (SELECT tstzrange(app_now() - interval '4 hours', app_now() + interval '49 hours'))
      LEFT JOIN person p ON p.id = b.convener_id
      LEFT JOIN department d ON d.id = b.department_id
      WHERE r.id = ANY($1) AND r.removed_at IS NULL
      ORDER BY r.id, lower(b.during)""";

  private static final String COMPARE =
      """
      SELECT r.id, r.revision, e.epoch, c.revision AS catalogue, a.revision AS access, (SELECT app_now()) AS now
      FROM timeline_epoch e CROSS JOIN catalogue_revision c CROSS JOIN access_revision a LEFT JOIN room r ON r.removed_at IS NULL""";

  private static final String RAISE_EPOCH = "UPDATE timeline_epoch SET epoch = $2 WHERE epoch = $1";

  /** A database that is silent for so long is asked again. */
  private static final long ANSWER_WITHIN_MS = 5000;

  private final Pool pool;

  RoomRows(Pool pool) {
    this.pool = pool;
  }

  /**
   * Where the record stands.
   *
   * @param revisions of all rooms, by id
   * @param access rises whenever somebody loses or gets a right
   * @param now PostgreSQL's clock
   */
  record Standing(
      Map<String, Long> revisions, long epoch, long catalogue, long access, Instant now) {}

  /** The rooms of those ids that exist, as one statement sees them. */
  Future<List<RoomRow>> read(Collection<String> ids) {
    return Sql.send(pool, READ, (Object) ids.toArray(String[]::new))
        .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .map(RoomRows::rooms);
  }

  /** The revisions of all rooms. */
  Future<Standing> compare() {
    return Sql.send(pool, COMPARE)
        .timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS)
        .map(RoomRows::standing);
  }

  /** Raises the epoch, unless somebody has raised it already. */
  Future<?> raiseEpoch(long seen, long to) {
    return Sql.send(pool, RAISE_EPOCH, seen, to).timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
  }

  private static Standing standing(RowSet<Row> rows) {
    Map<String, Long> revisions = HashMap.newHashMap(rows.size());
    Row last = rows.iterator().next();
    for (Row row : rows) {
      String id = row.getString(0);
      if (id != null) {
        revisions.put(id, row.getLong(1));
      }
    }
    return new Standing(
        revisions,
        last.getLong("epoch"),
        last.getLong("catalogue"),
        last.getLong("access"),
        Sql.instant(last, "now"));
  }

  private static List<RoomRow> rooms(RowSet<Row> rows) {
    Map<String, RoomRow> rooms = new LinkedHashMap<>();
    for (Row row : rows) {
      RoomRow room = rooms.computeIfAbsent(row.getString("room_id"), id -> room(id, row));
      if (row.getLong("id") != null) {
        room.bookings().add(booking(room.id(), row));
      }
    }
    return List.copyOf(rooms.values());
  }

  private static RoomRow room(String id, Row row) {
    Face face =
        new Face(
            new Names(row.getString("name_zh"), row.getString("name_en")),
            row.getString("floor"),
            row.getInteger("capacity"),
            List.of(row.getArrayOfStrings("equipment")));
    return new RoomRow(
        id,
        row.getString("site_id"),
        face,
        Terms.of(row).longestWalkUp(),
        row.getLong("epoch"),
        row.getLong("revision"),
        Sql.instant(row, "now"),
        new ArrayList<>());
  }

  private static DoorBooking booking(String room, Row row) {
    Booking booking =
        new Booking(
            row.getLong("id"),
            room,
            Sql.instant(row, "start_at"),
            Sql.instant(row, "end_at"),
            Sql.instant(row, "occupied_from"),
            Status.of(row.getString("status")),
            row.getString("subject"),
            Level.of(row.getString("level")),
            row.getString("meeting_type_id"),
            Sql.instantOrNull(row, "checked_in_at"),
            Sql.instantOrNull(row, "ended_at"),
            Sql.instantOrNull(row, "end_before_ended"),
            row.getLong("policy_version_id"),
            row.getLong("second_policy_version_id"),
            row.getInteger("version"));
    return new DoorBooking(
        booking, names(row, "person"), names(row, "department"), row.getInteger("head_count"));
  }

  private static @Nullable Names names(Row row, String column) {
    String zh = row.getString(column + "_zh");
    return zh == null ? null : new Names(zh, row.getString(column + "_en"));
  }
}
