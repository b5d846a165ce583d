package foyer.room;

import foyer.api.Caller;
import foyer.api.Language;
import foyer.api.Problem;
import foyer.catalogue.Catalogue;
import foyer.catalogue.Catalogues;
import foyer.room.RoomFileRules.Line;
import foyer.room.RoomFileRules.Stand;
import foyer.sheet.Column;
import foyer.sheet.Sheets;
import foyer.sheet.Table;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Names;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rooms as spreadsheets: taken by their ids, and given in the same form. */
public final class RoomFiles {

  private static final String REMOVED = "SELECT id FROM room WHERE removed_at IS NOT NULL";

  private static final String BOOKED =
      """
      SELECT room_id, count(*)::int AS count
      FROM booking
      WHERE status IN ('requested', 'held', 'confirmed') AND ended_at IS NULL AND upper(during) > (SELECT app_now())
      GROUP BY room_id""";

  private static final int WORKERS = 2;
  private static final int MOST_ROOMS = 2_000;
  private static final int MOST_LISTED = 500;
  private static final int TRIES = 3;

  private final Pool pool;
  private final Rooms rooms;
  private final Catalogues catalogues;
  private final WorkerExecutor workers;

  /** Files of these rooms; read and written by two threads at most. */
  public RoomFiles(Vertx vertx, Pool pool, Rooms rooms, Catalogues catalogues) {
    this.pool = pool;
    this.rooms = rooms;
    this.catalogues = catalogues;
    this.workers = vertx.createSharedWorkerExecutor("room-files", WORKERS, 60, TimeUnit.SECONDS);
  }

  /**
   * How a file is taken.
   *
   * @param all whether nothing comes in if one row cannot
   * @param dryRun whether only the report is wanted
   */
  record Wish(boolean all, boolean dryRun) {}

  /** What an import has done, for whoever sent the file. */
  record Report(
      String mode,
      boolean dryRun,
      boolean written,
      Counts counts,
      List<Taken> rooms,
      List<Refused> refused,
      List<String> ignored) {}

  /** How many rows came to what; {@code refused} counts also what is not listed. */
  record Counts(int created, int updated, int unchanged, int refused) {}

  /** A row that came in or would come in. */
  record Taken(int row, String id, Names name, String outcome, List<String> fields) {}

  /** Something that is wrong with a row. */
  record Refused(int row, String id, String column, String code, String text) {}

  /** Questions about all that a file can touch. */
  private record Asked(
      Read<List<RoomView>> rooms,
      Read<Set<String>> removed,
      Read<Map<String, Integer>> booked,
      Read<Features> features) {

    static Asked now() {
      return new Asked(
          Rooms.asSeen(),
          Read.of(REMOVED, RoomFiles::ids),
          Read.of(BOOKED, RoomFiles::counts),
          Features.read());
    }

    List<Read<?>> all() {
      return List.of(rooms, removed, booked, features);
    }

    Stand stand(Tx tx, Catalogue catalogue) {
      Map<String, RoomView> byId = new LinkedHashMap<>();
      tx.get(rooms).forEach(room -> byId.put(room.id(), room));
      return new Stand(byId, tx.get(removed), tx.get(booked), catalogue, tx.get(features));
    }
  }

  /** What was planned outside of the locks is not what is to be done: others were faster. */
  private static final class Stale extends RuntimeException {
    private static final long serialVersionUID = 1;

    Stale() {
      super(null, null, false, false);
    }
  }

  /** Takes the file; all or nothing of it, or each good row. */
  Report take(Caller by, byte[] file, Wish wish, Language language) {
    Table table =
        workers.executeBlocking(() -> Sheets.read(file, RoomColumns.ALL, language), false).await();
    if (table.rows().size() > MOST_ROOMS) {
      throw Problem.of(422, "sheet-too-large", "rows", MOST_ROOMS).raise();
    }
    for (int left = TRIES; ; left--) {
      try {
        return take(by, table, wish, language);
      } catch (Stale stale) {
        if (left == 1) {
          throw Problem.of(503, "busy").retryAfter(1).raise();
        }
      }
    }
  }

  /** The rooms of one site or all as a spreadsheet. */
  byte[] write(@Nullable String site, boolean csv, Language language) {
    Catalogue catalogue = catalogues.present();
    Asked asked = Asked.now();
    Stand stand = Tx.run(pool, asked.all(), tx -> asked.stand(tx, catalogue));
    List<RoomView> chosen =
        stand.rooms().values().stream()
            .filter(room -> site == null || room.site().equals(site))
            .toList();
    List<String> heads = RoomColumns.ALL.stream().map(column -> column.head(language)).toList();
    List<List<String>> rows = RoomColumns.rows(chosen, catalogue, stand.features(), language);
    String name = language == Language.EN ? "Rooms" : "会议室";
    return workers
        .executeBlocking(
            () -> csv ? Sheets.csv(heads, rows) : Sheets.xlsx(name, heads, rows), false)
        .await();
  }

  private Report take(Caller by, Table table, Wish wish, Language language) {
    Asked asked = Asked.now();
    Catalogue catalogue = catalogues.present();
    List<Line> plan =
        Tx.run(pool, asked.all(), tx -> RoomFileRules.plan(table, asked.stand(tx, catalogue)));
    boolean refused = wish.all() && plan.stream().anyMatch(line -> line.wanted() == null);
    boolean changes = plan.stream().anyMatch(line -> line.makes() || line.changes());
    boolean written = !wish.dryRun() && !refused && changes;
    List<Line> done = written ? write(by, table, plan) : plan;
    Report report = report(table, done, wish, written, language);
    if (refused && !wish.dryRun()) {
      throw Problem.of(422, "import-refused", "report", report).raise();
    }
    return report;
  }

  /** Plans again under the locks, and writes if that is what was planned before. */
  private List<Line> write(Caller by, Table table, List<Line> plan) {
    Set<String> changed = ids(plan, Line::changes);
    Set<String> made = ids(plan, Line::makes);
    Asked asked = Asked.now();
    return rooms.make(
        changed,
        made,
        asked.all(),
        tx -> {
          List<Line> again = RoomFileRules.plan(table, asked.stand(tx.tx(), tx.catalogue()));
          if (!ids(again, Line::changes).equals(changed) || !ids(again, Line::makes).equals(made)) {
            throw new Stale();
          }
          again.forEach(line -> write(by, tx, line));
          return again;
        });
  }

  private static void write(Caller by, RoomTx tx, Line line) {
    RoomEdit wanted = line.wanted();
    if (wanted == null) {
      return;
    }
    if (line.makes()) {
      if (!RoomWrites.insert(tx, line.id(), wanted)) {
        throw new Stale();
      }
      RoomAdmin.audit(tx, by, "create room", line.id(), List.of());
    } else if (line.changes()) {
      RoomWrites.update(tx, line.id(), wanted);
      RoomAdmin.audit(tx, by, "edit room", line.id(), line.fields());
    }
  }

  private static Report report(
      Table table, List<Line> lines, Wish wish, boolean written, Language language) {
    List<Taken> taken =
        lines.stream().flatMap(line -> taken(line).stream()).limit(MOST_LISTED).toList();
    List<Refused> refused =
        lines.stream()
            .flatMap(line -> line.faults().stream().map(fault -> refused(line, fault, language)))
            .limit(MOST_LISTED)
            .toList();
    Counts counts =
        new Counts(
            count(lines, Line::makes),
            count(lines, Line::changes),
            count(lines, line -> line.wanted() != null && !line.makes() && !line.changes()),
            count(lines, line -> line.wanted() == null));
    String mode = wish.all() ? "all" : "good";
    return new Report(mode, wish.dryRun(), written, counts, taken, refused, table.ignored());
  }

  private static Optional<Taken> taken(Line line) {
    RoomEdit wanted = line.wanted();
    if (wanted == null || !(line.makes() || line.changes())) {
      return Optional.empty();
    }
    String outcome = line.makes() ? "created" : "updated";
    return Optional.of(new Taken(line.row(), line.id(), wanted.name(), outcome, line.fields()));
  }

  private static Refused refused(Line line, RoomFileRules.Fault fault, Language language) {
    Column column = fault.column();
    String invalid = "invalid." + fault.code();
    String key = language.has(invalid) ? invalid : "problem." + fault.code() + ".detail";
    return new Refused(
        line.row(),
        line.id(),
        column == null ? "" : column.head(language),
        fault.code(),
        language.text(key, fault.arguments()));
  }

  private static int count(List<Line> lines, Predicate<Line> which) {
    return (int) lines.stream().filter(which).count();
  }

  private static Set<String> ids(List<Line> lines, Predicate<Line> which) {
    Set<String> ids = new TreeSet<>();
    lines.stream().filter(which).map(Line::id).forEach(ids::add);
    return ids;
  }

  private static Set<String> ids(RowSet<Row> rows) {
    return new HashSet<>(Sql.map(rows, row -> row.getString("id")));
  }

  private static Map<String, Integer> counts(RowSet<Row> rows) {
    Map<String, Integer> counts = new HashMap<>();
    rows.forEach(row -> counts.put(row.getString("room_id"), row.getInteger("count")));
    return counts;
  }
}
