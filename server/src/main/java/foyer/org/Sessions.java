package foyer.org;

import com.fasterxml.jackson.annotation.JsonInclude;
import foyer.api.Caller;
import foyer.api.Caller.Employee;
import foyer.api.Role;
import foyer.audit.Audit;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
      "UPDATE session SET ended_at = app_now() WHERE id = $1 AND person_id = $2 AND ended_at IS NULL RETURNING ended_at";

  private static final String END_OTHERS =
      "UPDATE session SET ended_at = app_now() WHERE person_id = $1 AND id <> $2 AND ended_at IS NULL RETURNING ended_at";

  private static final String OF_PERSON =
      """
      SELECT id, agent, made_at, used_at
      FROM session
      WHERE person_id = $1 AND ended_at IS NULL
        AND used_at > app_now() - interval '12 hours' AND made_at > app_now() - interval '14 days'
      ORDER BY used_at DESC, id DESC
      LIMIT 100""";

  private static final int LONGEST_AGENT = 200;

  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final Pool pool;
  private final OneSecond<Optional<Employee>> kept = new OneSecond<>();

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
    return kept.get(HexFormat.of().formatHex(hash), () -> look(Buffer.buffer(hash)));
  }

  private Optional<Employee> look(Buffer hash) {
    Optional<Employee> found =
        Sql.list(pool, FIND, Sessions::employee, hash).stream().findFirst();
    if (found.isPresent()) {
      Sql.send(pool, TOUCH, hash)
          .onFailure(failure -> LOG.debug("a session looks older than it is", failure));
    }
    return found;
  }

  /** Looks at the rows again, for rights have changed. */
  public void forget() {
    kept.forget();
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

  /** Ends the session that asks. */
  public void signOut(Employee employee) {
    end(employee, "sign out", employee.id(), END, employee.session(), employee.id());
  }

  /** Ends one of the employee's own sessions; ending it again changes nothing. */
  public void end(Employee employee, long session) {
    end(employee, "end session", employee.id(), END, session, employee.id());
  }

  /** Ends all of the employee's own sessions but the one that asks. */
  public void endOthers(Employee employee) {
    end(
        employee,
        "end other sessions",
        employee.id(),
        END_OTHERS,
        employee.id(),
        employee.session());
  }

  /** Ends all sessions of a person, except the one that asks for it. */
  public void endAll(Employee by, long person) {
    end(by, "end sessions", person, END_OTHERS, person, by.session());
  }

  private void end(Employee by, String action, long person, String statement, Long... values) {
    Read<List<Instant>> ended =
        Read.of(
            statement,
            rows -> Sql.map(rows, row -> Sql.instant(row, "ended_at")),
            (Object[]) values);
    Tx.run(
        pool,
        List.of(ended),
        tx -> {
          tx.get(ended).stream()
              .findFirst()
              .ifPresent(
                  at ->
                      Audit.write(
                          tx,
                          at,
                          new Audit.Entry(by.word(), action, "person:" + person, List.of())));
          return true;
        });
    kept.forget();
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
