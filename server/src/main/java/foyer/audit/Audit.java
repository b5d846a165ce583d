package foyer.audit;

import foyer.sql.Tx;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** The audit log. What is done is told in the transaction that does it. */
public final class Audit {

  private static final String INSERT =
      "INSERT INTO audit_entry (at, actor, action, object, fields, reason) VALUES ($1, $2, $3, $4, $5, $6)";

  private static final String INSERT_ALL =
      """
      INSERT INTO audit_entry (at, actor, action, object, fields, reason)
      SELECT $1, actor, action, object, CASE fields WHEN '' THEN '{}' ELSE string_to_array(fields, ',') END, reason
      FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) WITH ORDINALITY
           AS entry (actor, action, object, fields, reason, place)
      ORDER BY place""";

  private Audit() {}

  /**
   * Something that was done.
   *
   * @param actor such as {@code person:7}
   * @param action verb and noun, such as {@code move booking}
   * @param object such as {@code booking:42}
   * @param fields names of what changed, never its contents
   * @param reason in the actor's words; empty where none was wanted
   */
  public record Entry(
      String actor, String action, String object, List<String> fields, String reason) {

    public Entry {
      fields = List.copyOf(fields);
    }

    /** Something that was done without a reason in writing. */
    public Entry(String actor, String action, String object, List<String> fields) {
      this(actor, action, object, fields, "");
    }
  }

  /** Adds an entry along with the transaction's other writes. */
  public static void write(Tx tx, Instant now, Entry entry) {
    tx.write(
        INSERT,
        now,
        entry.actor(),
        entry.action(),
        entry.object(),
        entry.fields().toArray(String[]::new),
        entry.reason());
  }

  /** Adds many entries at once, in their order; names of fields hold no comma. */
  public static void writeAll(Tx tx, Instant now, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    tx.write(
        INSERT_ALL,
        now,
        texts(entries, Entry::actor),
        texts(entries, Entry::action),
        texts(entries, Entry::object),
        texts(entries, entry -> String.join(",", entry.fields())),
        texts(entries, Entry::reason));
  }

  private static String[] texts(List<Entry> entries, Function<Entry, String> text) {
    return entries.stream().map(text).toArray(String[]::new);
  }
}
