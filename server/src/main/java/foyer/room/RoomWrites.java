package foyer.room;

import foyer.room.RoomView.Layout;
import foyer.sql.Read;

/** Writes what people edit of a room. */
final class RoomWrites {

  private static final String INSERT =
      """
      INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, note_zh, note_en, position,
                        booking, automatic_up_to)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
      ON CONFLICT (id) DO NOTHING
      RETURNING id""";

  private static final String UPDATE =
      """
      UPDATE room
      SET site_id = $2, building_zh = $3, building_en = $4, floor = $5, name_zh = $6, name_en = $7, capacity = $8, note_zh = $9,
          note_en = $10, position = $11, booking = $12, automatic_up_to = $13, version = version + 1
      WHERE id = $1""";

  private static final String REMOVE =
      "UPDATE room SET removed_at = $2, version = version + 1 WHERE id = $1";

  private static final String CLEAR_EQUIPMENT = "DELETE FROM room_equipment WHERE room_id = $1";

  private static final String CLEAR_LAYOUTS = "DELETE FROM room_layout WHERE room_id = $1";

  private static final String CLEAR_DEPARTMENTS = "DELETE FROM room_department WHERE room_id = $1";

  private static final String EQUIPMENT =
      "INSERT INTO room_equipment (room_id, equipment_code) SELECT $1, unnest($2::text[])";

  private static final String LAYOUTS =
      """
      INSERT INTO room_layout (room_id, layout_code, capacity)
      SELECT $1, code, capacity FROM unnest($2::text[], $3::int[]) AS l (code, capacity)""";

  private static final String DEPARTMENTS =
      "INSERT INTO room_department (room_id, department_id) SELECT $1, unnest($2::text[])";

  private RoomWrites() {}

  /** Makes a room; false if another one has that id, or had it. */
  static boolean insert(RoomTx tx, String id, RoomEdit room) {
    boolean made = tx.ask(Read.of(INSERT, rows -> rows.size() > 0, fields(id, room)));
    if (made) {
      lists(tx, id, room);
    }
    return made;
  }

  /** Makes of a locked room what is wanted. */
  static void update(RoomTx tx, String id, RoomEdit room) {
    tx.write(UPDATE, fields(id, room));
    tx.write(CLEAR_EQUIPMENT, id);
    tx.write(CLEAR_LAYOUTS, id);
    tx.write(CLEAR_DEPARTMENTS, id);
    lists(tx, id, room);
  }

  /** Takes a locked room away; what was booked in it stays on record. */
  static void remove(RoomTx tx, String id) {
    tx.write(REMOVE, id, tx.now());
  }

  private static Object[] fields(String id, RoomEdit room) {
    return new Object[] {
      id,
      room.site(),
      room.building().zh(),
      room.building().en(),
      room.floor(),
      room.name().zh(),
      room.name().en(),
      room.capacity(),
      room.note().zh(),
      room.note().en(),
      room.position(),
      room.booking(),
      room.automaticUpTo()
    };
  }

  private static void lists(RoomTx tx, String id, RoomEdit room) {
    tx.write(EQUIPMENT, id, room.equipment().toArray(String[]::new));
    tx.write(
        LAYOUTS,
        id,
        room.layouts().stream().map(Layout::layout).toArray(String[]::new),
        room.layouts().stream().map(Layout::capacity).toArray(Integer[]::new));
    tx.write(DEPARTMENTS, id, room.departments().toArray(String[]::new));
  }
}
