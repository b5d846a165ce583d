package foyer.staff;

import foyer.api.Caller.Employee;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;

/** Who books for whom as a matter of course (代订). */
final class Delegations {

  private static final int MOST = 50;

  private static final String TWO =
      """
      SELECT id, staff_number, app_now() AS now,
             (SELECT count(*)::int FROM delegation g WHERE g.principal_id = p.id) AS given
      FROM person p
      WHERE staff_number = ANY($1) AND left_at IS NULL
      FOR UPDATE""";

  private static final String GIVE =
      """
      INSERT INTO delegation (principal_id, delegate_id, given_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING""";

  private static final String END =
      "DELETE FROM delegation WHERE principal_id = $1 AND delegate_id = $2";

  private final Pool pool;

  private record One(long id, String staffNumber, Instant now, int given) {}

  Delegations(Pool pool) {
    this.pool = pool;
  }

  /** Lets one book for the other, both by staff number. */
  void give(Employee by, String principal, String delegate) {
    if (principal.equals(delegate)) {
      throw Problem.of(422, "delegation-to-oneself").raise();
    }
    change(by, "give delegation", GIVE, principal, delegate);
  }

  /** Takes that back. */
  void end(Employee by, String principal, String delegate) {
    change(by, "end delegation", END, principal, delegate);
  }

  private void change(
      Employee by, String action, String statement, String principal, String delegate) {
    Read<List<One>> read =
        Read.of(
            TWO,
            rows -> Sql.map(rows, Delegations::one),
            (Object) new String[] {principal, delegate});
    Tx.run(
        pool,
        List.of(read),
        tx -> {
          One from = find(tx.get(read), principal, Staff.unknown());
          One to =
              find(
                  tx.get(read),
                  delegate,
                  Problem.of(422, "unknown-person", "staffNumber", delegate).raise());
          if (statement.equals(GIVE)) {
            if (from.given() >= MOST) {
              throw Problem.of(422, "too-many-delegations", "most", MOST).raise();
            }
            tx.write(statement, from.id(), to.id(), from.now());
          } else {
            tx.write(statement, from.id(), to.id());
          }
          Audit.write(
              tx,
              from.now(),
              new Audit.Entry(by.word(), action, "person:" + from.id(), List.of("delegations")));
          return true;
        });
  }

  private static One find(List<One> both, String staffNumber, RuntimeException otherwise) {
    return both.stream()
        .filter(one -> one.staffNumber().equals(staffNumber))
        .findFirst()
        .orElseThrow(() -> otherwise);
  }

  private static One one(Row row) {
    return new One(
        row.getLong("id"),
        row.getString("staff_number"),
        Sql.instant(row, "now"),
        row.getInteger("given"));
  }
}
