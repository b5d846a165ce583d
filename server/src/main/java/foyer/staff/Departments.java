package foyer.staff;

import foyer.api.Caller.Employee;
import foyer.api.Once;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.staff.DepartmentRecord.Leader;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The departments in full, and what an admin changes of them. */
final class Departments {

  static final String ALL =
      """
      SELECT d.id, d.name_zh, d.name_en, d.parent_id, d.policy_id, d.position, d.source, d.version,
             h.staff_number AS head, h.name_zh AS head_zh, h.name_en AS head_en, h.department_id AS head_at, h.left_at AS head_left,
             a.staff_number AS approver, a.name_zh AS approver_zh, a.name_en AS approver_en, a.department_id AS approver_at,
             a.left_at AS approver_left,
             (SELECT count(*)::int FROM person p WHERE p.department_id = d.id AND p.left_at IS NULL) AS people,
             (SELECT count(*)::int FROM department c WHERE c.parent_id = d.id AND c.removed_at IS NULL) AS children
      FROM department d LEFT JOIN person h ON h.id = d.head_id LEFT JOIN person a ON a.id = d.approver_id
      WHERE d.removed_at IS NULL
      ORDER BY d.position, d.id
      LIMIT 5000""";

  private static final String TAKEN = "SELECT id FROM department";

  private static final String HERE =
      "SELECT staff_number FROM person WHERE staff_number = ANY($1) AND left_at IS NULL";

  private static final String ROOMS =
      """
      SELECT count(*)::int AS rooms
      FROM room_department k JOIN room r ON r.id = k.room_id
      WHERE k.department_id = $1 AND r.removed_at IS NULL""";

  private static final String INSERT =
      """
      INSERT INTO department (id, name_zh, name_en, parent_id, policy_id, head_id, approver_id, position)
      VALUES ($1, $2, $3, $4, $5, (SELECT id FROM person WHERE staff_number = $6), (SELECT id FROM person WHERE staff_number = $7), $8)""";

  private static final String UPDATE =
      """
      UPDATE department
      SET name_zh = $2, name_en = $3, parent_id = $4, policy_id = $5,
          head_id = (SELECT id FROM person WHERE staff_number = $6), approver_id = (SELECT id FROM person WHERE staff_number = $7),
          position = $8, version = version + 1
      WHERE id = $1""";

  private static final String REMOVE =
      "UPDATE department SET removed_at = $2, version = version + 1 WHERE id = $1";

  private final Pool pool;

  Departments(Pool pool) {
    this.pool = pool;
  }

  /** All of them, to be asked along with others. */
  static Read<List<DepartmentRecord>> read() {
    return Read.of(ALL, rows -> Sql.map(rows, Departments::map));
  }

  /** Ids of all that there are or were, to be asked along with others. */
  static Read<Set<String>> taken() {
    return Read.of(TAKEN, rows -> new TreeSet<>(Sql.map(rows, row -> row.getString("id"))));
  }

  /** All of them, in their order. */
  List<DepartmentRecord> all() {
    return Sql.list(pool, ALL, Departments::map);
  }

  /** One of them. */
  DepartmentRecord one(String id) {
    return all().stream()
        .filter(department -> department.id().equals(id))
        .findFirst()
        .orElseThrow(Departments::unknown);
  }

  /** Enters a department. */
  DepartmentRecord create(Employee by, DepartmentEdit wanted, Once once) {
    StaffLock lock = new StaffLock();
    Read<List<DepartmentRecord>> all = read();
    Read<Set<String>> taken = taken();
    Read<Set<String>> here = here(wanted);
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.addAll(List.of(once.read(), all, taken, here));
    String made =
        Tx.run(
            pool,
            open,
            tx -> {
              once.firstTime(tx);
              String id = DepartmentRules.freshId(wanted.name().en(), tx.get(taken));
              refuse(byId(tx.get(all)), tx.get(here), id, wanted);
              write(tx, INSERT, id, wanted);
              Instant now = tx.get(lock.now());
              note(tx, now, by, "enter department", id, List.of("name", "parent", "policy"));
              once.keep(tx, now, 201, fresh(id, wanted));
              return id;
            });
    return one(made);
  }

  /** Replaces what is kept of a department if it is still at that version. */
  DepartmentRecord edit(Employee by, String id, DepartmentEdit wanted, int version) {
    StaffLock lock = new StaffLock();
    Read<List<DepartmentRecord>> all = read();
    Read<Set<String>> here = here(wanted);
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.addAll(List.of(all, here));
    Tx.run(
        pool,
        open,
        tx -> {
          Map<String, DepartmentRecord> known = byId(tx.get(all));
          DepartmentRecord present = required(known, id);
          if (present.version() != version) {
            throw Problem.of(412, "changed-meanwhile", "version", present.version()).raise();
          }
          List<String> changed = DepartmentRules.changes(present, wanted);
          refuse(known, withPresent(tx.get(here), present), id, wanted);
          if (!changed.isEmpty()) {
            write(tx, UPDATE, id, wanted);
            note(tx, tx.get(lock.now()), by, "edit department", id, changed);
          }
          return true;
        });
    return one(id);
  }

  /**
   * Removes a department in which nobody works, below which there is none and for which no room is
   * kept; bookings go on naming it.
   *
   * @return as it was
   */
  DepartmentRecord remove(Employee by, String id) {
    StaffLock lock = new StaffLock();
    Read<List<DepartmentRecord>> all = read();
    Read<Integer> rooms = Read.of(ROOMS, rows -> rows.iterator().next().getInteger("rooms"), id);
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.addAll(List.of(all, rooms));
    return Tx.run(
        pool,
        open,
        tx -> {
          DepartmentRecord present = required(byId(tx.get(all)), id);
          if (present.people() > 0 || present.children() > 0 || tx.get(rooms) > 0) {
            throw Problem.of(
                    409,
                    "department-in-use",
                    "people",
                    present.people(),
                    "departments",
                    present.children(),
                    "rooms",
                    tx.get(rooms))
                .raise();
          }
          Instant now = tx.get(lock.now());
          tx.write(REMOVE, id, now);
          note(tx, now, by, "remove department", id, List.of());
          return present;
        });
  }

  private static void refuse(
      Map<String, DepartmentRecord> known, Set<String> here, String id, DepartmentEdit wanted) {
    String parent = wanted.parent();
    if (parent != null && !known.containsKey(parent)) {
      throw Problem.of(422, "unknown-department").raise();
    }
    for (String leader : leaders(wanted)) {
      if (!here.contains(leader)) {
        throw Problem.of(422, "unknown-person", "staffNumber", leader).raise();
      }
    }
    Map<String, @Nullable String> parents = new HashMap<>();
    known.values().forEach(d -> parents.put(d.id(), d.parent()));
    DepartmentRules.loop(parents, id, parent)
        .ifPresent(
            way -> {
              throw Problem.of(
                      409,
                      "department-loop",
                      "way",
                      way(known, way, true),
                      "wayEn",
                      way(known, way, false))
                  .raise();
            });
    DepartmentRules.namesake(known.values(), id, wanted)
        .ifPresent(
            other -> {
              throw Problem.of(409, "department-name-taken", "department", other.id()).raise();
            });
  }

  private static String way(Map<String, DepartmentRecord> known, List<String> way, boolean zh) {
    return way.stream()
        .map(id -> required(known, id).name())
        .map(name -> zh ? name.zh() : name.en())
        .collect(Collectors.joining(" → "));
  }

  private static Set<String> withPresent(Set<String> here, DepartmentRecord present) {
    Set<String> all = new TreeSet<>(here);
    for (Leader leader : new Leader[] {present.head(), present.approver()}) {
      if (leader != null) {
        all.add(leader.staffNumber());
      }
    }
    return all;
  }

  private static List<String> leaders(DepartmentEdit wanted) {
    List<String> leaders = new ArrayList<>();
    String head = wanted.head();
    String approver = wanted.approver();
    if (head != null) {
      leaders.add(head);
    }
    if (approver != null) {
      leaders.add(approver);
    }
    return leaders;
  }

  private static Read<Set<String>> here(DepartmentEdit wanted) {
    return Read.of(
        HERE,
        rows -> new TreeSet<>(Sql.map(rows, row -> row.getString("staff_number"))),
        (Object) leaders(wanted).toArray(String[]::new));
  }

  private static void write(Tx tx, String statement, String id, DepartmentEdit wanted) {
    tx.write(
        statement,
        id,
        wanted.name().zh(),
        wanted.name().en(),
        wanted.parent(),
        wanted.policy(),
        wanted.head(),
        wanted.approver(),
        wanted.position());
  }

  private static void note(
      Tx tx, Instant now, Employee by, String action, String id, List<String> fields) {
    Audit.write(tx, now, new Audit.Entry(by.word(), action, "department:" + id, fields));
  }

  private static DepartmentRecord fresh(String id, DepartmentEdit wanted) {
    return new DepartmentRecord(
        id,
        wanted.name(),
        wanted.parent(),
        wanted.policy(),
        null,
        null,
        wanted.position(),
        0,
        0,
        "console",
        1);
  }

  private static DepartmentRecord required(Map<String, DepartmentRecord> known, String id) {
    DepartmentRecord found = known.get(id);
    if (found == null) {
      throw unknown();
    }
    return found;
  }

  private static RuntimeException unknown() {
    return Problem.of(404, "no-such-department").raise();
  }

  private static Map<String, DepartmentRecord> byId(List<DepartmentRecord> all) {
    Map<String, DepartmentRecord> byId = new LinkedHashMap<>();
    all.forEach(department -> byId.put(department.id(), department));
    return byId;
  }

  static DepartmentRecord map(Row row) {
    return new DepartmentRecord(
        row.getString("id"),
        Staff.names(row, "name"),
        row.getString("parent_id"),
        row.getString("policy_id"),
        leader(row, "head"),
        leader(row, "approver"),
        row.getInteger("position"),
        row.getInteger("people"),
        row.getInteger("children"),
        row.getString("source"),
        row.getInteger("version"));
  }

  private static @Nullable Leader leader(Row row, String column) {
    String number = row.getString(column);
    return number == null
        ? null
        : new Leader(
            number,
            new Names(row.getString(column + "_zh"), row.getString(column + "_en")),
            row.getString(column + "_at"),
            row.getValue(column + "_left") != null);
  }
}
