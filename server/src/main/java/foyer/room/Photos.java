package foyer.room;

import foyer.api.Caller;
import foyer.audit.Audit;
import foyer.room.RoomRefusal.NoPhoto;
import foyer.room.RoomRefusal.NotAPicture;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One photo a room, kept as it came. */
public final class Photos {

  private static final String OPEN =
      """
      UPDATE room SET version = version + 1
      WHERE id = $1 AND removed_at IS NULL
      RETURNING app_now() AS now, EXISTS (SELECT FROM room_photo p WHERE p.room_id = room.id) AS has""";

  private static final String SET =
      """
      INSERT INTO room_photo (room_id, media_type, bytes, sha256, set_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (room_id) DO UPDATE
        SET media_type = EXCLUDED.media_type, bytes = EXCLUDED.bytes, sha256 = EXCLUDED.sha256, set_at = EXCLUDED.set_at""";

  private static final String REMOVE = "DELETE FROM room_photo WHERE room_id = $1";

  private static final String READ =
      """
      SELECT r.site_id, p.media_type, p.bytes, p.sha256
      FROM room r LEFT JOIN room_photo p ON p.room_id = r.id
      WHERE r.id = $1 AND r.removed_at IS NULL""";

  private static final int TAG_BYTES = 8;

  private final Pool pool;

  /** The photos in a database. */
  public Photos(Pool pool) {
    this.pool = pool;
  }

  /**
   * A photo.
   *
   * @param tag changes with its bytes
   */
  record Photo(String mediaType, byte[] bytes, String tag) {}

  /**
   * A room's photo, if it has one.
   *
   * @param site of the room
   */
  record OfRoom(String site, Optional<Photo> photo) {

    Photo orRefuse() {
      return photo.orElseThrow(() -> new RoomRefused(new NoPhoto()));
    }
  }

  private record Opened(Instant now, boolean has) {}

  /** The photo of a room. */
  OfRoom of(String room) {
    return Sql.list(pool, READ, Photos::ofRoom, room).stream()
        .findFirst()
        .orElseThrow(() -> new NoSuchRoom(room));
  }

  /** Gives the room a photo, in the place of the one that it had. */
  void set(Caller by, String room, byte[] bytes) {
    String type = Pictures.type(bytes).orElseThrow(() -> new RoomRefused(new NotAPicture()));
    byte[] hash = sha256(bytes);
    change(
        by,
        room,
        "set photo",
        (tx, opened) ->
            tx.write(SET, room, type, Buffer.buffer(bytes), Buffer.buffer(hash), opened.now()));
  }

  /** Takes the room's photo away. */
  void remove(Caller by, String room) {
    change(
        by,
        room,
        "remove photo",
        (tx, opened) -> {
          if (!opened.has()) {
            throw new RoomRefused(new NoPhoto());
          }
          tx.write(REMOVE, room);
        });
  }

  private void change(Caller by, String room, String action, BiConsumer<Tx, Opened> write) {
    Read<Opened> open = Read.of(OPEN, rows -> opened(rows, room), room);
    Tx.run(
        pool,
        List.of(open),
        tx -> {
          Opened opened = tx.get(open);
          write.accept(tx, opened);
          Audit.write(
              tx,
              opened.now(),
              new Audit.Entry(by.word(), action, "room:" + room, List.of("photo")));
          return room;
        });
  }

  private static Opened opened(RowSet<Row> rows, String room) {
    if (rows.size() == 0) {
      throw new NoSuchRoom(room);
    }
    Row row = rows.iterator().next();
    return new Opened(Sql.instant(row, "now"), row.getBoolean("has"));
  }

  private static OfRoom ofRoom(Row row) {
    String type = row.getString("media_type");
    Optional<Photo> photo =
        type == null
            ? Optional.empty()
            : Optional.of(
                new Photo(
                    type,
                    row.getBuffer("bytes").getBytes(),
                    HexFormat.of().formatHex(row.getBuffer("sha256").getBytes(), 0, TAG_BYTES)));
    return new OfRoom(row.getString("site_id"), photo);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
