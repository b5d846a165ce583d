package foyer.audit;

import foyer.sql.Tx;
import java.time.Instant;
import java.util.List;

/** The audit log. What is done is told in the transaction that does it. */
public final class Audit {

  private static final String INSERT =
      "INSERT INTO audit_entry (at, actor, action, object, fields, reason) VALUES ($1, $2, $3, $4, $5, $6)";

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
}
