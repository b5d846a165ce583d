package foyer.room;

import foyer.catalogue.Catalogues;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The rooms. Whatever a door shows is changed through {@link #change}. */
public final class Rooms {

  private static final String OPEN_FOR_CHANGE =
      """
      WITH opened AS (
        UPDATE room SET revision = revision + 1
        WHERE id = $1 AND removed_at IS NULL
        RETURNING id, site_id, name_zh, name_en, floor, capacity, booking, automatic_up_to, revision)
      SELECT opened.*, array(SELECT d.department_id FROM room_department d WHERE d.room_id = opened.id) AS departments, app_now() AS now, (SELECT revision FROM catalogue_revision) AS catalogue
      FROM opened""";

  private static final String ALL =
      """
      SELECT r.id, r.site_id, r.building_zh, r.building_en, r.floor, r.name_zh, r.name_en, r.capacity,
             r.note_zh, r.note_en, r.position, r.booking, r.automatic_up_to, r.version,
             array(SELECT equipment_code FROM room_equipment e JOIN equipment q ON q.code = e.equipment_code
                   WHERE e.room_id = r.id ORDER BY q.position, q.code) AS equipment,
             array(SELECT l.layout_code FROM room_layout l JOIN layout k ON k.code = l.layout_code
                   WHERE l.room_id = r.id ORDER BY k.position, k.code) AS layouts,
             array(SELECT l.capacity FROM room_layout l JOIN layout k ON k.code = l.layout_code
                   WHERE l.room_id = r.id ORDER BY k.position, k.code) AS layout_capacities,
             array(SELECT department_id FROM room_department d WHERE d.room_id = r.id ORDER BY department_id) AS departments,
             (SELECT left(encode(p.sha256, 'hex'), 16) FROM room_photo p WHERE p.room_id = r.id) AS photo
      FROM room r
      WHERE r.removed_at IS NULL AND ($1::text IS NULL OR r.site_id = $1) AND ($2::text IS NULL OR r.id = $2)
      ORDER BY r.site_id, r.position, r.id""";

  private static final String BEGIN =
      "SELECT app_now() AS now, (SELECT revision FROM catalogue_revision) AS catalogue";

  private final Pool pool;
  private final Catalogues catalogues;
  private final Consumer<Collection<String>> changed;

  /**
   * The rooms of a database.
   *
   * @param changed told the ids of changed rooms after each commit
   */
  public Rooms(Pool pool, Catalogues catalogues, Consumer<Collection<String>> changed) {
    this.pool = pool;
    this.catalogues = catalogues;
    this.changed = changed;
  }

  private record Opened(Room room, Instant now, long catalogue) {}

  private record Begun(Instant now, long catalogue) {}

  /** Changes one room; as {@link #change(Set, List, Function)}. */
  public <T> T change(String room, List<Read<?>> reads, Function<RoomTx, T> decide) {
    return change(Set.of(room), reads, decide);
  }

  /**
   * Locks the rooms in the order of their ids, raises their revisions, asks the reads, lets {@code
   * decide} look and write, commits, and tells whoever shows them. What {@code decide} throws
   * undoes everything.
   *
   * @throws NoSuchRoom if one of them does not exist
   */
  public <T> T change(Set<String> rooms, List<Read<?>> reads, Function<RoomTx, T> decide) {
    List<Read<Opened>> locks = new TreeSet<>(rooms).stream().map(Rooms::open).toList();
    List<Read<?>> open = new ArrayList<>(locks);
    open.addAll(reads);
    T result = Tx.run(pool, open, tx -> decide.apply(opened(tx, locks)));
    changed.accept(rooms);
    return result;
  }

  /**
   * Locks and changes rooms as {@link #change(Set, List, Function)} does, and makes others besides.
   *
   * @param present those that are there already and are changed
   * @param made those that {@code decide} makes
   */
  public <T> T make(
      Set<String> present, Set<String> made, List<Read<?>> reads, Function<RoomTx, T> decide) {
    Read<Begun> begin = Read.of(BEGIN, Rooms::begun);
    List<Read<Opened>> locks = new TreeSet<>(present).stream().map(Rooms::open).toList();
    List<Read<?>> open = new ArrayList<>(locks);
    open.add(begin);
    open.addAll(reads);
    T result =
        Tx.run(
            pool,
            open,
            tx -> {
              Begun begun = tx.get(begin);
              Map<String, Room> locked = new LinkedHashMap<>();
              locks.forEach(lock -> locked.put(tx.get(lock).room().id(), tx.get(lock).room()));
              return decide.apply(
                  new RoomTx(tx, locked, begun.now(), catalogues.at(begun.catalogue())));
            });
    Set<String> all = new TreeSet<>(present);
    all.addAll(made);
    changed.accept(all);
    return result;
  }

  /** All rooms, of one site if it is named, as people see them. */
  public List<RoomView> list(@Nullable String site) {
    return Sql.list(pool, ALL, Rooms::view, site, null);
  }

  /** One room as people see it. */
  public RoomView view(String room) {
    return Sql.list(pool, ALL, Rooms::view, null, room).stream()
        .findFirst()
        .orElseThrow(() -> new NoSuchRoom(room));
  }

  /** One room as people see it; to be asked along with other questions. */
  public static Read<RoomView> asSeen(String room) {
    return Read.of(
        ALL,
        rows ->
            Sql.map(rows, Rooms::view).stream().findFirst().orElseThrow(() -> new NoSuchRoom(room)),
        null,
        room);
  }

  /** All rooms as people see them; to be asked along with other questions. */
  public static Read<List<RoomView>> asSeen() {
    return Read.of(ALL, rows -> Sql.map(rows, Rooms::view), null, null);
  }

  private static Begun begun(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    return new Begun(Sql.instant(row, "now"), row.getLong("catalogue"));
  }

  private static Read<Opened> open(String room) {
    return Read.of(OPEN_FOR_CHANGE, rows -> opened(rows, room), room);
  }

  private static Opened opened(RowSet<Row> rows, String id) {
    if (rows.size() == 0) {
      throw new NoSuchRoom(id);
    }
    Row row = rows.iterator().next();
    Room room =
        new Room(
            row.getString("id"),
            row.getString("site_id"),
            names(row, "name"),
            row.getString("floor"),
            row.getInteger("capacity"),
            Terms.of(row),
            row.getLong("revision"));
    return new Opened(room, Sql.instant(row, "now"), row.getLong("catalogue"));
  }

  private RoomTx opened(Tx tx, List<Read<Opened>> locks) {
    Map<String, Room> rooms = new LinkedHashMap<>();
    Instant now = Instant.MIN;
    long catalogue = 0;
    for (Read<Opened> lock : locks) {
      Opened opened = tx.get(lock);
      rooms.put(opened.room().id(), opened.room());
      now = opened.now();
      catalogue = opened.catalogue();
    }
    return new RoomTx(tx, rooms, now, catalogues.at(catalogue));
  }

  private static RoomView view(Row row) {
    return new RoomView(
        row.getString("id"),
        row.getString("site_id"),
        names(row, "building"),
        row.getString("floor"),
        names(row, "name"),
        row.getInteger("capacity"),
        List.of(row.getArrayOfStrings("equipment")),
        layouts(row),
        names(row, "note"),
        row.getInteger("position"),
        row.getString("booking"),
        row.getInteger("automatic_up_to"),
        List.of(row.getArrayOfStrings("departments")),
        row.getString("photo"),
        row.getInteger("version"));
  }

  private static List<RoomView.Layout> layouts(Row row) {
    String[] codes = row.getArrayOfStrings("layouts");
    Integer[] capacities = row.getArrayOfIntegers("layout_capacities");
    return IntStream.range(0, codes.length)
        .mapToObj(i -> new RoomView.Layout(codes[i], capacities[i]))
        .toList();
  }

  private static Names names(Row row, String column) {
    return new Names(row.getString(column + "_zh"), row.getString(column + "_en"));
  }
}
