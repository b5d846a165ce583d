package foyer.audit;

import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What others changed in something since somebody saw it: each version of it has one entry in the
 * log that names fields.
 *
 * @param fields their names, each once
 * @param by who made the last change; null where it was nobody who works here
 * @param at when; null where nothing was changed
 */
public record Changes(List<String> fields, @Nullable Names by, @Nullable Instant at) {

  private static final String LAST =
      """
      SELECT e.fields, e.at, p.name_zh, p.name_en
      FROM audit_entry e
      LEFT JOIN person p ON e.actor = 'person:' || p.id
      WHERE e.object = $1 AND cardinality(e.fields) > 0
      ORDER BY e.id DESC
      LIMIT $2""";

  private static final int MOST = 50;

  public Changes {
    fields = List.copyOf(fields);
  }

  /**
   * The last so many changes of a thing, at most 50.
   *
   * @param object as the log names it, such as {@code room:sh-0801}
   * @param count versions between what was seen and what is
   */
  public static Read<Changes> last(String object, int count) {
    return Read.of(LAST, Changes::of, object, Math.clamp(count, 0, MOST));
  }

  private static Changes of(RowSet<Row> rows) {
    TreeSet<String> fields = new TreeSet<>();
    Names by = null;
    Instant at = null;
    for (Row row : rows) {
      fields.addAll(List.of(row.getArrayOfStrings("fields")));
      if (at == null) {
        at = Sql.instant(row, "at");
        String zh = row.getString("name_zh");
        by = zh == null ? null : new Names(zh, row.getString("name_en"));
      }
    }
    return new Changes(List.copyOf(fields), by, at);
  }
}
