package foyer.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reading the audit log. */
public final class AuditRoutes {

  private static final int PAGE = 100;

  private static final String LIST =
      """
      SELECT e.id, e.at, e.actor, e.action, e.object, e.fields, e.reason,
             p.staff_number, p.name_zh, p.name_en, l.position IS NOT NULL AS sealed
      FROM audit_entry e
      LEFT JOIN person p ON e.actor = 'person:' || p.id
      LEFT JOIN audit_link l ON l.entry_id = e.id
      WHERE ($1::text IS NULL OR e.object = $1) AND ($2::bigint IS NULL OR e.id < $2)
        AND ($4::text IS NULL OR e.actor = (SELECT 'person:' || a.id FROM person a WHERE a.staff_number = $4))
      ORDER BY e.id DESC
      LIMIT $3""";

  private final Pool pool;

  /** Operations on the log in a database. */
  public AuditRoutes(Pool pool) {
    this.pool = pool;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("listAudit", this::list);
  }

  /** Somebody, by the number that people use. */
  private record PersonView(String staffNumber, Names name) {}

  /**
   * An entry as admins see it.
   *
   * @param person who the actor is; null where it is no person
   * @param sealed whether the chain holds it already
   */
  @JsonInclude(Include.NON_NULL)
  private record EntryView(
      long id,
      Instant at,
      String actor,
      @Nullable PersonView person,
      String action,
      String object,
      List<String> fields,
      String reason,
      boolean sealed) {}

  /**
   * Entries, the newest first.
   *
   * @param next what to ask for the entries before these; null where there are none
   */
  @JsonInclude(Include.NON_NULL)
  private record Page(List<EntryView> entries, @Nullable Long next) {}

  private Answer list(Call call) {
    Long before = call.query("before").map(Long::valueOf).orElse(null);
    List<EntryView> found =
        Sql.list(
            pool,
            LIST,
            AuditRoutes::entry,
            call.query("object").orElse(null),
            before,
            PAGE + 1,
            call.query("person").orElse(null));
    List<EntryView> shown = found.subList(0, Math.min(PAGE, found.size()));
    Long next = found.size() > PAGE ? (Long) shown.getLast().id() : null;
    return Answer.ok(new Page(shown, next));
  }

  private static EntryView entry(Row row) {
    String staffNumber = row.getString("staff_number");
    return new EntryView(
        row.getLong("id"),
        Sql.instant(row, "at"),
        row.getString("actor"),
        staffNumber == null
            ? null
            : new PersonView(
                staffNumber, new Names(row.getString("name_zh"), row.getString("name_en"))),
        row.getString("action"),
        row.getString("object"),
        List.of(row.getArrayOfStrings("fields")),
        row.getString("reason"),
        row.getBoolean("sealed"));
  }
}
