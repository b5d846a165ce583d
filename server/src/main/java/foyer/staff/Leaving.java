package foyer.staff;

import foyer.api.Caller.Employee;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.org.Accounts;
import foyer.sql.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/**
 * What it means that somebody leaves: sessions end, roles, delegations and the badge are taken
 * away, links that were made for them no longer work. Nothing that they did is deleted.
 */
final class Leaving {

  private static final String LEAVE =
      "UPDATE person SET left_at = $2, badge_code = NULL, version = version + 1 WHERE id = ANY($1)";

  private static final String ROLES = "DELETE FROM person_role WHERE person_id = ANY($1)";

  private static final String DELEGATIONS =
      "DELETE FROM delegation WHERE principal_id = ANY($1) OR delegate_id = ANY($1)";

  private static final String SESSIONS =
      "UPDATE session SET ended_at = $2 WHERE person_id = ANY($1) AND ended_at IS NULL";

  private static final String LINKS =
      "UPDATE entry_link SET used_at = $2 WHERE person_id = ANY($1) AND used_at IS NULL";

  private static final List<String> FIELDS = List.of("left", "roles", "delegations", "badge");

  private Leaving() {}

  /** Throws 403 to whoever is no admin any more; so the last admin stays. */
  static void requireAdmin(Tx tx, Employee by) {
    if (!tx.ask(Accounts.admins()).contains(by.id())) {
      throw Problem.of(403, "not-yours-to-do").raise();
    }
  }

  /** Lets these people leave along with the transaction's other writes. */
  static void write(Tx tx, Instant now, String actor, Collection<Long> people) {
    Long[] ids = people.toArray(Long[]::new);
    tx.write(LEAVE, ids, now);
    tx.write(ROLES, (Object) ids);
    tx.write(DELEGATIONS, (Object) ids);
    tx.write(SESSIONS, ids, now);
    tx.write(LINKS, ids, now);
    Audit.writeAll(
        tx,
        now,
        people.stream()
            .map(id -> new Audit.Entry(actor, "let leave", "person:" + id, FIELDS))
            .toList());
  }
}
