package foyer.staff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Caller.Employee;
import foyer.api.Once;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.org.People;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.staff.StaffRecord.Led;
import foyer.staff.StaffRecord.Somebody;
import foyer.wire.Names;
import io.vertx.core.json.JsonArray;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The people in full, and what an admin changes of them. */
final class Staff {

  static final int PAGE = 50;

  private static final String RECORD =
      """
      SELECT p.id, p.staff_number, p.name_zh, p.name_en, p.title_zh, p.title_en, p.email, p.department_id,
             d.name_zh AS department_zh, d.name_en AS department_en, p.position, p.badge_code, p.source, p.left_at, p.version,
             array(SELECT r.role FROM person_role r WHERE r.person_id = p.id ORDER BY r.role) AS roles,
             EXISTS (SELECT FROM password w WHERE w.person_id = p.id) AS has_password,
             EXISTS (SELECT FROM kiosk_pin k WHERE k.person_id = p.id) AS has_pin,
             (SELECT count(*)::int FROM session s
              WHERE s.person_id = p.id AND s.ended_at IS NULL
                AND s.used_at > app_now() - interval '12 hours' AND s.made_at > app_now() - interval '14 days') AS sessions,
             (SELECT jsonb_agg(jsonb_build_array(o.staff_number, o.name_zh, o.name_en) ORDER BY o.staff_number)
              FROM delegation g JOIN person o ON o.id = g.delegate_id WHERE g.principal_id = p.id) AS booked_by,
             (SELECT jsonb_agg(jsonb_build_array(o.staff_number, o.name_zh, o.name_en) ORDER BY o.staff_number)
              FROM delegation g JOIN person o ON o.id = g.principal_id WHERE g.delegate_id = p.id) AS books_for,
             (SELECT jsonb_agg(jsonb_build_array(h.id, h.name_zh, h.name_en) ORDER BY h.position, h.id)
              FROM department h WHERE p.id IN (h.head_id, h.approver_id) AND h.removed_at IS NULL) AS heads
      FROM person p JOIN department d ON d.id = p.department_id
      WHERE p.staff_number = $1""";

  private static final String PAGE_OF =
      """
      WITH RECURSIVE below AS (
        SELECT id FROM department WHERE id = $2
        UNION
        SELECT d.id FROM department d JOIN below b ON d.parent_id = b.id)
      SELECT p.staff_number, p.name_zh, p.name_en, p.title_zh, p.title_en, p.email, p.department_id,
             d.name_zh AS department_zh, d.name_en AS department_en, p.left_at, count(*) OVER ()::int AS total,
             array(SELECT r.role FROM person_role r WHERE r.person_id = p.id ORDER BY r.role) AS roles
      FROM person p JOIN department d ON d.id = p.department_id
      WHERE ($1 = '' OR position(lower($1) IN lower(concat_ws(chr(10), p.staff_number, p.name_zh, p.name_en, p.email, p.badge_code))) > 0)
        AND ($2::text IS NULL OR p.department_id IN (SELECT id FROM below))
        AND ($3::text IS NULL OR EXISTS (SELECT FROM person_role r WHERE r.person_id = p.id AND r.role = $3))
        AND ($4 = 'all' OR (p.left_at IS NULL) = ($4 = 'here'))
      ORDER BY d.position, d.id, p.position, p.id
      LIMIT 50 OFFSET $5""";

  private static final String CARD =
      """
      SELECT staff_number, name_zh, name_en, title_zh, title_en, department_id
      FROM person WHERE staff_number = $1 AND left_at IS NULL""";

  private static final String DEPARTMENT =
      "SELECT id FROM department WHERE id = $1 AND removed_at IS NULL";

  /** Who else has one of these; people who have left keep their number but not their badge. */
  private static final String HOLDERS =
      """
      SELECT staff_number, name_zh, name_en, lower(staff_number) = lower($1) AS number, badge_code IS NOT DISTINCT FROM $2 AND $2 IS NOT NULL AS badge,
             lower(email) IS NOT DISTINCT FROM lower($3) AND $3 IS NOT NULL AND left_at IS NULL AS email
      FROM person
      WHERE lower(staff_number) = lower($1) OR badge_code = $2 OR lower(email) = lower($3)""";

  private static final String INSERT =
      """
      INSERT INTO person (id, staff_number, name_zh, name_en, title_zh, title_en, email, department_id, position, badge_code)
      OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)""";

  private static final String UPDATE =
      """
      UPDATE person
      SET name_zh = $2, name_en = $3, title_zh = $4, title_en = $5, email = $6, department_id = $7, position = $8, badge_code = $9,
          version = version + 1
      WHERE id = $1""";

  private static final String NEXT_IDS =
      "SELECT nextval(pg_get_serial_sequence('person', 'id')) AS id FROM generate_series(1, $1)";

  private static final String RETURN =
      "UPDATE person SET left_at = NULL, version = version + 1 WHERE id = $1";

  private final Pool pool;

  /** A page of the list. */
  record Page(List<Listed> people, int total, int page, int pages) {}

  /** Somebody in a list. */
  @JsonInclude(Include.NON_NULL)
  record Listed(
      String staffNumber,
      Names name,
      Names title,
      @Nullable String email,
      String department,
      Names departmentName,
      List<String> roles,
      @Nullable Instant leftAt) {}

  /**
   * What is looked for.
   *
   * @param text part of a name, number, address or badge code; empty for all
   * @param state {@code here}, {@code left} or {@code all}
   */
  record Search(
      String text, @Nullable String department, @Nullable String role, String state, int page) {}

  private record Holder(Somebody who, boolean number, boolean badge, boolean email) {}

  Staff(Pool pool) {
    this.pool = pool;
  }

  /** A page of those who are looked for; the last one if there are fewer. */
  Page page(Search search) {
    List<Row> rows = rows(search, search.page());
    int total = rows.isEmpty() ? 0 : rows.getFirst().getInteger("total");
    int page = search.page();
    if (rows.isEmpty() && page > 1) {
      return page(new Search(search.text(), search.department(), search.role(), search.state(), 1));
    }
    return new Page(
        rows.stream().map(Staff::listed).toList(),
        total,
        page,
        Math.max(1, Math.ceilDiv(total, PAGE)));
  }

  private List<Row> rows(Search search, int page) {
    return Sql.list(
        pool,
        PAGE_OF,
        row -> row,
        search.text(),
        search.department(),
        search.role(),
        search.state(),
        (long) (page - 1) * PAGE);
  }

  /** Somebody who works here, as everybody may know them. */
  People.Card card(String staffNumber) {
    return Sql.list(
            pool,
            CARD,
            row ->
                new People.Card(
                    row.getString("staff_number"),
                    names(row, "name"),
                    names(row, "title"),
                    row.getString("department_id")),
            staffNumber)
        .stream()
        .findFirst()
        .orElseThrow(Staff::unknown);
  }

  /** All that is kept of somebody. */
  StaffRecord record(String staffNumber) {
    return Sql.list(pool, RECORD, Staff::map, staffNumber).stream()
        .findFirst()
        .orElseThrow(Staff::unknown);
  }

  /** Enters somebody. */
  StaffRecord create(Employee by, String staffNumber, PersonEdit wanted, Once once) {
    StaffLock lock = new StaffLock();
    Read<List<Holder>> holders = holders(staffNumber, wanted);
    Read<Boolean> department = department(wanted.department());
    Read<List<Long>> ids = nextIds(1);
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.addAll(List.of(once.read(), holders, department, ids));
    Tx.run(
        pool,
        open,
        tx -> {
          once.firstTime(tx);
          refuseTaken(tx.get(holders), "");
          refuseUnknown(tx.get(department));
          Instant now = tx.get(lock.now());
          long id = tx.get(ids).getFirst();
          tx.write(
              INSERT,
              id,
              staffNumber,
              wanted.name().zh(),
              wanted.name().en(),
              wanted.titles().zh(),
              wanted.titles().en(),
              wanted.email(),
              wanted.department(),
              wanted.position(),
              wanted.badgeCode());
          note(tx, now, by, "enter person", id, PersonRules.all(wanted));
          once.keep(
              tx, now, 201, PersonRules.fresh(staffNumber, wanted, departmentName(tx, wanted)));
          return true;
        });
    return record(staffNumber);
  }

  /** Replaces what is kept of somebody if it is still at that version. */
  StaffRecord edit(Employee by, String staffNumber, PersonEdit wanted, int version) {
    StaffLock lock = new StaffLock();
    Read<Optional<StaffRecord>> read = one(staffNumber);
    Read<List<Holder>> holders = holders(staffNumber, wanted);
    Read<Boolean> department = department(wanted.department());
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.addAll(List.of(read, holders, department));
    Tx.run(
        pool,
        open,
        tx -> {
          StaffRecord present = tx.get(read).orElseThrow(Staff::unknown);
          if (present.version() != version) {
            throw Problem.of(412, "changed-meanwhile", "version", present.version()).raise();
          }
          refuseTaken(tx.get(holders), staffNumber);
          refuseUnknown(tx.get(department));
          List<String> changed = PersonRules.changes(present, wanted);
          if (!changed.isEmpty()) {
            write(tx, present.id(), wanted);
            note(tx, tx.get(lock.now()), by, "edit person", present.id(), changed);
          }
          return true;
        });
    return record(staffNumber);
  }

  /** Lets somebody leave; does nothing to whoever has left. */
  StaffRecord leave(Employee by, String staffNumber) {
    if (staffNumber.equals(by.staffNumber())) {
      throw Problem.of(409, "own-leaving").raise();
    }
    return change(
        staffNumber,
        (tx, present) -> {
          Leaving.requireAdmin(tx, by);
          if (present.leftAt() == null) {
            Leaving.write(tx, now(tx), by.word(), List.of(present.id()));
          }
        });
  }

  /** Lets somebody who has left work here again. */
  StaffRecord comeBack(Employee by, String staffNumber) {
    StaffRecord before = record(staffNumber);
    Read<Boolean> department = department(before.department());
    Read<List<Holder>> holders =
        holders(
            staffNumber,
            new PersonEdit(before.name(), null, before.email(), before.department(), 0, null));
    return change(
        staffNumber,
        (tx, present) -> {
          if (present.leftAt() != null) {
            refuseTaken(tx.ask(holders), staffNumber);
            refuseUnknown(tx.ask(department));
            tx.write(RETURN, present.id());
            note(tx, now(tx), by, "let return", present.id(), List.of("left"));
          }
        });
  }

  private StaffRecord change(String staffNumber, BiConsumer<Tx, StaffRecord> change) {
    StaffLock lock = new StaffLock();
    Read<Optional<StaffRecord>> read = one(staffNumber);
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.add(read);
    Tx.run(
        pool,
        open,
        tx -> {
          change.accept(tx, tx.get(read).orElseThrow(Staff::unknown));
          return true;
        });
    return record(staffNumber);
  }

  private static Instant now(Tx tx) {
    return tx.ask(new StaffLock().now());
  }

  private static void note(
      Tx tx, Instant now, Employee by, String action, long person, List<String> fields) {
    Audit.write(tx, now, new Audit.Entry(by.word(), action, "person:" + person, fields));
  }

  private static void write(Tx tx, long id, PersonEdit wanted) {
    tx.write(
        UPDATE,
        id,
        wanted.name().zh(),
        wanted.name().en(),
        wanted.titles().zh(),
        wanted.titles().en(),
        wanted.email(),
        wanted.department(),
        wanted.position(),
        wanted.badgeCode());
  }

  /** Ids of people who are about to be entered, to be asked along with others. */
  static Read<List<Long>> nextIds(int count) {
    return Read.of(NEXT_IDS, rows -> Sql.map(rows, row -> row.getLong("id")), count);
  }

  private static Names departmentName(Tx tx, PersonEdit wanted) {
    return tx.ask(
        Read.of(
            "SELECT name_zh, name_en FROM department WHERE id = $1",
            rows -> names(rows.iterator().next(), "name"),
            wanted.department()));
  }

  private static Read<Boolean> department(String id) {
    return Read.of(DEPARTMENT, rows -> rows.size() > 0, id);
  }

  private static Read<List<Holder>> holders(String staffNumber, PersonEdit wanted) {
    return Read.of(
        HOLDERS,
        rows -> Sql.map(rows, Staff::holder),
        staffNumber,
        wanted.badgeCode(),
        wanted.email());
  }

  /** Throws 409 if somebody else has the number, the badge or the address; says who. */
  private static void refuseTaken(List<Holder> holders, String self) {
    for (Holder holder : holders) {
      String number = holder.who().staffNumber();
      if (self.equals(number)) {
        continue;
      }
      if (self.isEmpty() && holder.number()) {
        throw taken("staff-number-taken", holder);
      }
      if (holder.badge()) {
        throw taken("badge-taken", holder);
      }
      if (holder.email()) {
        throw taken("email-taken", holder);
      }
    }
  }

  private static RuntimeException taken(String type, Holder holder) {
    Names name = holder.who().name();
    Object[] who = {
      "staffNumber", holder.who().staffNumber(), "name", name.zh(), "nameEn", name.en()
    };
    return switch (type) {
      case "staff-number-taken" -> Problem.of(409, "staff-number-taken", who).raise();
      case "badge-taken" -> Problem.of(409, "badge-taken", who).raise();
      default -> Problem.of(409, "email-taken", who).raise();
    };
  }

  private static void refuseUnknown(boolean known) {
    if (!known) {
      throw Problem.of(422, "unknown-department").raise();
    }
  }

  private static Read<Optional<StaffRecord>> one(String staffNumber) {
    return Read.of(RECORD, rows -> Sql.map(rows, Staff::map).stream().findFirst(), staffNumber);
  }

  private static Holder holder(Row row) {
    return new Holder(
        new Somebody(row.getString("staff_number"), names(row, "name")),
        row.getBoolean("number"),
        row.getBoolean("badge"),
        row.getBoolean("email"));
  }

  private static Listed listed(Row row) {
    return new Listed(
        row.getString("staff_number"),
        names(row, "name"),
        names(row, "title"),
        row.getString("email"),
        row.getString("department_id"),
        names(row, "department"),
        Arrays.asList(row.getArrayOfStrings("roles")),
        Sql.instantOrNull(row, "left_at"));
  }

  private static StaffRecord map(Row row) {
    return new StaffRecord(
        row.getLong("id"),
        row.getString("staff_number"),
        names(row, "name"),
        names(row, "title"),
        row.getString("email"),
        row.getString("department_id"),
        names(row, "department"),
        row.getInteger("position"),
        row.getString("badge_code"),
        row.getString("source"),
        Arrays.asList(row.getArrayOfStrings("roles")),
        row.getBoolean("has_password"),
        row.getBoolean("has_pin"),
        row.getInteger("sessions"),
        triples(row.getJsonArray("booked_by")).stream()
            .map(t -> new Somebody(t.getString(0), names(t)))
            .toList(),
        triples(row.getJsonArray("books_for")).stream()
            .map(t -> new Somebody(t.getString(0), names(t)))
            .toList(),
        triples(row.getJsonArray("heads")).stream()
            .map(t -> new Led(t.getString(0), names(t)))
            .toList(),
        Sql.instantOrNull(row, "left_at"),
        row.getInteger("version"));
  }

  private static List<JsonArray> triples(@Nullable JsonArray rows) {
    return rows == null
        ? List.of()
        : rows.stream().map(row -> (JsonArray) Objects.requireNonNull(row)).toList();
  }

  private static Names names(JsonArray triple) {
    return new Names(triple.getString(1), triple.getString(2));
  }

  static Names names(Row row, String of) {
    return new Names(row.getString(of + "_zh"), row.getString(of + "_en"));
  }

  static RuntimeException unknown() {
    return Problem.of(404, "no-such-person").raise();
  }
}
