package foyer.staff;

import foyer.api.Caller.Employee;
import foyer.api.Language;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.org.Accounts;
import foyer.sheet.Sheets;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.staff.DepartmentTree.Node;
import foyer.staff.StaffPlan.Change;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings staff and departments in from the personnel department's spreadsheet, and writes them as
 * one. An import is one transaction of a handful of statements, however many rows it has.
 */
final class StaffImport {

  private static final int READERS = 2;

  private static final String PEOPLE =
      """
      SELECT id, staff_number, name_zh, name_en, title_zh, title_en, email, department_id, position, badge_code,
             left_at IS NOT NULL AS gone, source = 'import' AS imported
      FROM person
      ORDER BY id""";

  private static final String ADD_DEPARTMENTS =
      """
      INSERT INTO department (id, name_zh, name_en, parent_id, position, source)
      SELECT id, zh, en, parent, position, 'import'
      FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[]) WITH ORDINALITY AS d (id, zh, en, parent, position, place)
      ORDER BY place""";

  private static final String CHANGE_DEPARTMENTS =
      """
      UPDATE department d
      SET name_en = n.en, parent_id = n.parent, version = d.version + 1
      FROM unnest($1::text[], $2::text[], $3::text[]) AS n (id, en, parent)
      WHERE d.id = n.id""";

  private static final String LEAD =
      """
      UPDATE department d
      SET head_id = (SELECT id FROM person WHERE staff_number = n.head),
          approver_id = (SELECT id FROM person WHERE staff_number = n.approver)
      FROM unnest($1::text[], $2::text[], $3::text[]) AS n (id, head, approver)
      WHERE d.id = n.id""";

  private static final String ADD_PEOPLE =
      """
      INSERT INTO person (id, staff_number, name_zh, name_en, title_zh, title_en, email, department_id, position, badge_code, source)
      OVERRIDING SYSTEM VALUE
      SELECT id, number, zh, en, title_zh, title_en, email, department, position, badge, 'import'
      FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[])
           AS p (id, number, zh, en, title_zh, title_en, email, department, position, badge)""";

  private static final String FREE_BADGES =
      "UPDATE person SET badge_code = NULL WHERE id = ANY($1) AND badge_code IS NOT NULL";

  private static final String CHANGE_PEOPLE =
      """
      UPDATE person p
      SET name_zh = n.zh, name_en = n.en, title_zh = n.title_zh, title_en = n.title_en, email = n.email, department_id = n.department,
          position = n.position, badge_code = n.badge, left_at = NULL, version = p.version + 1
      FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::text[])
           AS n (id, number, zh, en, title_zh, title_en, email, department, position, badge)
      WHERE p.id = n.id""";

  private final Pool pool;
  private final WorkerExecutor readers;

  /** How a file is taken. */
  record Wish(boolean all, boolean leave, boolean dryRun) {}

  /** Imports into this database; files are read by two threads at most. */
  StaffImport(Vertx vertx, Pool pool) {
    this.pool = pool;
    this.readers = vertx.createSharedWorkerExecutor("staff-files", READERS, 60, TimeUnit.SECONDS);
  }

  /** Takes the file; all or nothing of it, or each good row. */
  StaffReport take(Employee by, byte[] bytes, Wish wish, Language language) {
    StaffFile file =
        readers.executeBlocking(() -> StaffReader.read(bytes, language), false).await();
    StaffLock lock = new StaffLock();
    Read<List<Known>> people = Read.of(PEOPLE, rows -> Sql.map(rows, StaffImport::known));
    Read<List<DepartmentRecord>> departments = Departments.read();
    Read<Set<String>> taken = Departments.taken();
    Read<List<Long>> admins = Accounts.admins();
    List<Read<?>> open = new ArrayList<>(lock.reads());
    open.addAll(List.of(people, departments, taken, admins));
    return Tx.run(
        pool,
        open,
        tx -> {
          if (!tx.get(admins).contains(by.id())) {
            throw Problem.of(403, "not-yours-to-do").raise();
          }
          StaffPlan plan =
              StaffImportRules.plan(
                  file,
                  new StaffImportRules.Present(tx.get(people), tx.get(departments), tx.get(taken)),
                  new StaffImportRules.Wish(wish.leave(), by.id()));
          boolean refused = wish.all() && !plan.faults().isEmpty();
          boolean written = !wish.dryRun() && !refused && !plan.changesNothing();
          StaffReport report =
              StaffReport.of(
                  file, plan, wish.all(), wish.leave(), wish.dryRun(), written, language);
          if (refused && !wish.dryRun()) {
            throw Problem.of(422, "staff-import-refused", "report", report).raise();
          }
          if (written) {
            write(tx, tx.get(lock.now()), by, plan);
          }
          return report;
        });
  }

  /**
   * Those who work here, in the columns of an import.
   *
   * @param xlsx whether as a workbook, else as CSV
   */
  byte[] export(boolean xlsx, Language language) {
    List<Known> people =
        Sql.list(pool, PEOPLE, StaffImport::known).stream().filter(p -> !p.left()).toList();
    List<DepartmentRecord> departments = Sql.list(pool, Departments.ALL, Departments::map);
    return readers
        .executeBlocking(() -> StaffFiles.write(people, departments, xlsx, language), false)
        .await();
  }

  /** An empty file with the heads of all columns and an example. */
  byte[] template(boolean xlsx, Language language) {
    return readers.executeBlocking(() -> StaffFiles.template(xlsx, language), false).await();
  }

  private static void write(Tx tx, Instant now, Employee by, StaffPlan plan) {
    List<Audit.Entry> entries = new ArrayList<>();
    entries.add(new Audit.Entry(by.word(), "import people", "import:people", List.of()));
    List<Node> added = plan.departments().stream().filter(node -> node.isNew).toList();
    List<Node> changed = plan.departments().stream().filter(node -> !node.isNew).toList();
    if (!added.isEmpty()) {
      tx.write(
          ADD_DEPARTMENTS,
          texts(added, node -> node.id),
          texts(added, node -> node.zh),
          texts(added, node -> node.en),
          texts(added, StaffImport::parent),
          added.stream().map(node -> node.position).toArray(Integer[]::new));
    }
    if (!changed.isEmpty()) {
      tx.write(
          CHANGE_DEPARTMENTS,
          texts(changed, node -> node.id),
          texts(changed, node -> node.en),
          texts(changed, StaffImport::parent));
    }
    if (!plan.leaving().isEmpty()) {
      Leaving.write(tx, now, by.word(), plan.leaving().stream().map(Known::id).toList());
    }
    people(tx, by, plan, entries);
    if (!plan.departments().isEmpty()) {
      tx.write(
          LEAD,
          texts(plan.departments(), node -> node.id),
          texts(plan.departments(), node -> node.head),
          texts(plan.departments(), node -> node.approver));
    }
    for (Node node : plan.departments()) {
      entries.add(
          new Audit.Entry(
              by.word(),
              node.isNew ? "enter department" : "edit department",
              "department:" + node.id,
              node.isNew ? List.of("name", "parent") : List.copyOf(node.changed)));
    }
    Audit.writeAll(tx, now, entries);
  }

  private static void people(Tx tx, Employee by, StaffPlan plan, List<Audit.Entry> entries) {
    List<Change> changed = new ArrayList<>(plan.updated());
    changed.addAll(plan.returned());
    if (!changed.isEmpty()) {
      List<Long> ids = changed.stream().map(c -> Objects.requireNonNull(c.known()).id()).toList();
      List<Long> badges =
          changed.stream()
              .filter(change -> change.fields().contains("badge"))
              .map(change -> Objects.requireNonNull(change.known()).id())
              .toList();
      tx.write(FREE_BADGES, (Object) badges.toArray(Long[]::new));
      write(tx, CHANGE_PEOPLE, ids, changed);
      for (Change change : changed) {
        long id = Objects.requireNonNull(change.known()).id();
        boolean back = plan.returned().contains(change);
        entries.add(
            new Audit.Entry(
                by.word(), back ? "let return" : "edit person", "person:" + id, change.fields()));
      }
    }
    if (!plan.created().isEmpty()) {
      List<Long> ids = tx.ask(Staff.nextIds(plan.created().size()));
      write(tx, ADD_PEOPLE, ids, plan.created());
      for (Long id : ids) {
        entries.add(
            new Audit.Entry(
                by.word(), "enter person", "person:" + id, List.of("name", "department")));
      }
    }
  }

  private static void write(Tx tx, String statement, List<Long> ids, List<Change> changes) {
    tx.write(
        statement,
        ids.toArray(Long[]::new),
        texts(changes, Change::staffNumber),
        texts(changes, change -> change.name().zh()),
        texts(changes, change -> change.name().en()),
        texts(changes, change -> change.title().zh()),
        texts(changes, change -> change.title().en()),
        texts(changes, Change::email),
        texts(changes, Change::department),
        changes.stream().map(Change::position).toArray(Integer[]::new),
        texts(changes, Change::badge));
  }

  private static <T> @Nullable String[] texts(List<T> of, Function<T, @Nullable String> text) {
    return of.stream().map(text).toArray(String[]::new);
  }

  private static @Nullable String parent(Node node) {
    Node parent = node.parent;
    return parent == null ? null : parent.id;
  }

  private static Known known(Row row) {
    return new Known(
        row.getLong("id"),
        row.getString("staff_number"),
        Staff.names(row, "name"),
        Staff.names(row, "title"),
        row.getString("email"),
        row.getString("department_id"),
        row.getInteger("position"),
        row.getString("badge_code"),
        row.getBoolean("gone"),
        row.getBoolean("imported"));
  }

  /** Content type of a file. */
  static String contentType(boolean xlsx) {
    return xlsx ? Sheets.XLSX : Sheets.CSV;
  }
}
