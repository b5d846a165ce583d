package foyer.org;

import foyer.api.Caller.Employee;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says at the kiosk beside the staff number, which everybody knows. Each sets it for
 * themself; an admin can only take it away.
 */
public final class KioskPins {

  private static final String ACCOUNT =
      """
      SELECT p.id, p.staff_number, p.name_zh, p.name_en, p.email, p.department_id, k.hash
      FROM person p LEFT JOIN kiosk_pin k ON k.person_id = p.id
      WHERE lower(p.staff_number) = $1 AND p.left_at IS NULL
      LIMIT 1""";

  private static final String SET =
      """
      INSERT INTO kiosk_pin (person_id, hash, set_at) VALUES ($1, $2, $3)
      ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at""";

  private static final String CLEAR =
      """
      DELETE FROM kiosk_pin k USING person p
      WHERE p.id = k.person_id AND p.staff_number = $1 RETURNING k.person_id, app_now() AS now""";

  private static final Read<Instant> NOW =
      Read.of("SELECT app_now() AS now", rows -> Sql.instant(rows.iterator().next(), "now"));

  private final Pool pool;
  private final Passwords passwords;
  private final Tries tries;

  private record Account(Person person, @Nullable String hash) {}

  private record Cleared(long person, Instant now) {}

  /** PINs in a database. */
  public KioskPins(Pool pool, Passwords passwords) {
    this.pool = pool;
    this.passwords = passwords;
    this.tries = new Tries(pool);
  }

  /**
   * Who it is who says this PIN, from a virtual thread; nobody if it is another one or none is set.
   * Throws 429 {@code too-many-tries} after five wrong ones within fifteen minutes, which are
   * counted apart from those at the password.
   *
   * @param pin as it was typed
   */
  public Optional<Person> check(String staffNumber, String pin) {
    String typed = staffNumber.strip().toLowerCase(Locale.ROOT);
    Optional<Account> account =
        Sql.list(pool, ACCOUNT, KioskPins::account, typed).stream().findFirst();
    if (account.isEmpty()) {
      passwords.matchesNobodys(pin);
      return Optional.empty();
    }
    Person person = account.get().person();
    String word = "person:" + person.id();
    String counted = word + " at kiosks";
    tries.count(word, counted);
    String hash = account.get().hash();
    boolean right = hash == null ? passwords.matchesNobodys(pin) : passwords.matches(pin, hash);
    if (!right) {
      note("nobody", "fail to say pin", person.id(), List.of());
      return Optional.empty();
    }
    tries.forget(counted);
    return Optional.of(person);
  }

  /** Sets the employee's own PIN; throws 422 {@code pin-trivial} for one that is easily guessed. */
  public void set(Employee employee, String pin) {
    if (PinRules.isTrivial(pin, employee.staffNumber())) {
      throw Problem.of(422, "pin-trivial").raise();
    }
    String hash = passwords.hash(pin);
    Tx.run(
        pool,
        List.of(NOW),
        tx -> {
          Instant now = tx.get(NOW);
          tx.write(SET, employee.id(), hash, now);
          Tries.forget(tx, now, employee.word() + " at kiosks");
          Audit.write(
              tx,
              now,
              new Audit.Entry(employee.word(), "set pin", employee.word(), List.of("pin")));
          return true;
        });
  }

  /** Takes somebody's PIN away; where there is none, it changes nothing. */
  public void clear(Employee by, String staffNumber) {
    Read<Optional<Cleared>> cleared =
        Read.of(
            CLEAR,
            rows ->
                Sql.map(rows, row -> new Cleared(row.getLong("person_id"), Sql.instant(row, "now")))
                    .stream()
                    .findFirst(),
            staffNumber);
    Tx.run(
        pool,
        List.of(cleared),
        tx -> {
          tx.get(cleared)
              .ifPresent(
                  whose ->
                      Audit.write(
                          tx,
                          whose.now(),
                          new Audit.Entry(
                              by.word(), "clear pin", "person:" + whose.person(), List.of("pin"))));
          return true;
        });
  }

  private void note(String actor, String action, long person, List<String> fields) {
    Tx.run(
        pool,
        List.of(NOW),
        tx -> {
          Audit.write(tx, tx.get(NOW), new Audit.Entry(actor, action, "person:" + person, fields));
          return true;
        });
  }

  private static Account account(Row row) {
    return new Account(
        new Person(
            row.getLong("id"),
            row.getString("staff_number"),
            new Names(row.getString("name_zh"), row.getString("name_en")),
            row.getString("email"),
            row.getString("department_id")),
        row.getString("hash"));
  }
}
