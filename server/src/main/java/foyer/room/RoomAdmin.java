package foyer.room;

import foyer.api.Caller;
import foyer.api.Once;
import foyer.audit.Audit;
import foyer.audit.Changes;
import foyer.room.RoomRefusal.EquipmentExists;
import foyer.room.RoomRefusal.RoomChangedMeanwhile;
import foyer.room.RoomRefusal.RoomExists;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rooms as admins keep them. Each method is one sentence: open the room, look, decide, write.
 */
public final class RoomAdmin {

  private static final String ADD_EQUIPMENT =
      """
      INSERT INTO equipment (code, name_zh, name_en, position)
      SELECT $1, $2, $3, coalesce(max(position), 0) + 1 FROM equipment
      ON CONFLICT (code) DO NOTHING
      RETURNING app_now() AS now""";

  private final Pool pool;
  private final Rooms rooms;

  /** Keeps these rooms. */
  public RoomAdmin(Pool pool, Rooms rooms) {
    this.pool = pool;
    this.rooms = rooms;
  }

  /** Makes a room; it has a door at once. */
  public RoomView create(Caller by, String id, RoomEdit wanted, Once once) {
    Read<Features> features = Features.read();
    return rooms.make(
        Set.of(),
        Set.of(id),
        List.of(once.read(), features),
        tx -> {
          once.firstTime(tx.tx());
          refuse(RoomRules.refuse(wanted, tx.get(features), tx.catalogue()));
          if (!RoomWrites.insert(tx, id, wanted)) {
            throw new RoomRefused(new RoomExists());
          }
          audit(tx, by, "create room", id, List.of());
          RoomView made = wanted.as(id, null, 1);
          once.keep(tx.tx(), tx.now(), 201, made);
          return made;
        });
  }

  /**
   * Makes of a room what is wanted.
   *
   * @param version the version that the caller saw
   */
  public RoomView edit(Caller by, String id, RoomEdit wanted, int version) {
    Read<RoomView> stored = Rooms.asSeen(id);
    Read<Features> features = Features.read();
    Read<Upcoming> upcoming = Upcoming.of(id);
    rooms.change(
        id,
        List.of(stored, features, upcoming),
        tx -> {
          RoomView present = unchanged(tx, tx.get(stored), version);
          refuse(RoomRules.refuse(wanted, tx.get(features), tx.catalogue()));
          refuse(RoomRules.refuseSite(present, wanted, tx.get(upcoming)));
          List<String> fields = RoomRules.changes(present, wanted);
          if (!fields.isEmpty()) {
            RoomWrites.update(tx, id, wanted);
            audit(tx, by, "edit room", id, fields);
          }
          return present;
        });
    return rooms.view(id);
  }

  /**
   * Takes a room away that nobody has booked any more.
   *
   * @param version the version that the caller saw
   * @return what it was
   */
  public RoomView remove(Caller by, String id, int version) {
    Read<RoomView> stored = Rooms.asSeen(id);
    Read<Upcoming> upcoming = Upcoming.of(id);
    return rooms.change(
        id,
        List.of(stored, upcoming),
        tx -> {
          RoomView present = unchanged(tx, tx.get(stored), version);
          refuse(RoomRules.refuseRemoval(tx.get(upcoming)));
          RoomWrites.remove(tx, id);
          audit(tx, by, "remove room", id, List.of());
          return present;
        });
  }

  /** What rooms can have. */
  public Features features() {
    Read<Features> features = Features.read();
    return Tx.run(pool, List.of(features), tx -> tx.get(features));
  }

  /** Adds a kind of equipment, after all others. */
  public Features.Feature addEquipment(Caller by, Features.Feature wanted, Once once) {
    return Tx.run(
        pool,
        List.of(once.read()),
        tx -> {
          once.firstTime(tx);
          var added =
              tx.ask(
                  Read.of(
                      ADD_EQUIPMENT,
                      rows -> Sql.map(rows, row -> Sql.instant(row, "now")),
                      wanted.code(),
                      wanted.name().zh(),
                      wanted.name().en()));
          if (added.isEmpty()) {
            throw new RoomRefused(new EquipmentExists());
          }
          Audit.write(
              tx,
              added.getFirst(),
              new Audit.Entry(by.word(), "add equipment", "equipment:" + wanted.code(), List.of()));
          once.keep(tx, added.getFirst(), 201, wanted);
          return wanted;
        });
  }

  static void audit(RoomTx tx, Caller by, String action, String room, List<String> fields) {
    Audit.write(tx.tx(), tx.now(), new Audit.Entry(by.word(), action, "room:" + room, fields));
  }

  private static RoomView unchanged(RoomTx tx, RoomView present, int version) {
    if (present.version() == version) {
      return present;
    }
    Changes changes = tx.ask(Changes.last("room:" + present.id(), present.version() - version));
    throw new RoomRefused(new RoomChangedMeanwhile(present, changes));
  }

  private static void refuse(Optional<RoomRefusal> refusal) {
    refusal.ifPresent(
        no -> {
          throw new RoomRefused(no);
        });
  }
}
