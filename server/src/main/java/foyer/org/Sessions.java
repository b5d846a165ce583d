package foyer.org;

import com.fasterxml.jackson.annotation.JsonInclude;
import foyer.api.Caller;
import foyer.api.Caller.Employee;
import foyer.api.Role;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Who is signed in. A session ends twelve hours after it was last used, and fourteen days after it
 * began at the latest. What the rows say is kept for one second.
 */
public final class Sessions {

  private static final String FIND =
      """
      SELECT s.id AS session, p.id, p.staff_number, p.department_id,
             array(SELECT r.role FROM person_role r WHERE r.person_id = p.id) AS roles,
             array(SELECT d.id FROM department d WHERE d.approver_id = p.id) AS approves,
             array(SELECT g.principal_id FROM delegation g WHERE g.delegate_id = p.id) AS principals
      FROM session s JOIN person p ON p.id = s.person_id
      WHERE s.token_hash = $1 AND s.ended_at IS NULL AND p.left_at IS NULL
        AND s.used_at > app_now() - interval '12 hours' AND s.made_at > app_now() - interval '14 days'""";

  private static final String TOUCH =
      "UPDATE session SET used_at = app_now() WHERE token_hash = $1 AND used_at < app_now() - interval '1 minute'";

  private static final String OPEN =
      "INSERT INTO session (token_hash, person_id, agent, made_at, used_at) VALUES ($1, $2, $3, $4, $4)";

  private static final String END =
      "UPDATE session SET ended_at = app_now() WHERE id = $1 AND person_id = $2 AND ended_at IS NULL";

  private static final String END_OTHERS =
      "UPDATE session SET ended_at = app_now() WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL";

  private static final String OF_PERSON =
      """
      SELECT id, agent, made_at, used_at
      FROM session
      WHERE person_id = $1 AND ended_at IS NULL
        AND used_at > app_now() - interval '12 hours' AND made_at > app_now() - interval '14 days'
      ORDER BY used_at DESC, id DESC
      LIMIT 100""";

  private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_KEPT = 20_000;
  private static final int LONGEST_AGENT = 200;

  private final Pool pool;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(Optional<Employee> employee, long since) {}

  /**
   * A session as its owner sees it.
   *
   * @param agent the browser's own words about itself
   * @param usedAt to the minute
   * @param present whether it is the one that asks
   */
  @JsonInclude
  public record SessionView(
      long id, String agent, Instant madeAt, Instant usedAt, boolean present) {}

  /** The sessions in a database. */
  public Sessions(Pool pool) {
    this.pool = pool;
  }

  /** Who is signed in under this token, from a virtual thread. */
  public Optional<Employee> find(String token) {
    byte[] hash = Tokens.hash(token);
    String key = HexFormat.of().formatHex(hash);
    long now = System.nanoTime();
    Kept known = kept.get(key);
    if (known != null && now - known.since() < KEPT_NS) {
      return known.employee();
    }
    Optional<Employee> found =
        Sql.list(pool, FIND, Sessions::employee, Buffer.buffer(hash)).stream().findFirst();
    if (kept.size() > MOST_KEPT) {
      kept.clear();
    }
    kept.put(key, new Kept(found, now));
    if (found.isPresent()) {
      Sql.send(pool, TOUCH, Buffer.buffer(hash));
    }
    return found;
  }

  /**
   * Begins a session along with the transaction's other writes.
   *
   * @return its token, which the caller's cookie holds
   */
  public static String open(Tx tx, Instant now, long person, String agent) {
    String token = Tokens.fresh();
    String bounded = agent.substring(0, Math.min(LONGEST_AGENT, agent.length()));
    tx.write(OPEN, Buffer.buffer(Tokens.hash(token)), person, bounded, now);
    return token;
  }

  /** Ends one of a person's sessions; ending it again changes nothing. */
  public void end(long person, long session) {
    Sql.rows(pool, END, session, person);
    kept.clear();
  }

  /** Ends all of a person's sessions but one; 0 ends all. */
  public void endOthers(long person, long session) {
    Sql.rows(pool, END_OTHERS, person, session);
    kept.clear();
  }

  /** The employee's sessions, the last used first. */
  public List<SessionView> of(Employee employee) {
    return Sql.list(
        pool,
        OF_PERSON,
        row ->
            new SessionView(
                row.getLong("id"),
                row.getString("agent"),
                Sql.instant(row, "made_at"),
                Sql.instant(row, "used_at"),
                row.getLong("id") == employee.session()),
        employee.id());
  }

  private static Employee employee(Row row) {
    Set<Role> roles =
        Arrays.stream(row.getArrayOfStrings("roles")).map(Role::of).collect(Collectors.toSet());
    return new Caller.Employee(
        row.getLong("id"),
        row.getLong("session"),
        row.getString("staff_number"),
        row.getString("department_id"),
        roles,
        Set.of(row.getArrayOfStrings("approves")),
        Set.of(row.getArrayOfLongs("principals")));
  }
}
