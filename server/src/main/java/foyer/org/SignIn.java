package foyer.org;

import foyer.api.Caller;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Signing in with a password. Five wrong ones within fifteen minutes are the end for a while: for
 * strangers together, and apart from them for each browser that the account knows.
 */
public final class SignIn {

  private static final String ACCOUNT =
      """
      SELECT p.id, w.hash
      FROM person p LEFT JOIN password w ON w.person_id = p.id
      WHERE (lower(p.staff_number) = $1 OR lower(p.email) = $1) AND p.left_at IS NULL
      ORDER BY lower(p.staff_number) = $1 DESC, p.id
      LIMIT 1""";

  private static final Read<Instant> NOW =
      Read.of("SELECT app_now() AS now", rows -> Sql.instant(rows.iterator().next(), "now"));

  private final Pool pool;
  private final Passwords passwords;
  private final KnownBrowsers browsers;
  private final Tries tries;

  private record Account(long id, @Nullable String hash) {}

  /**
   * What the browser is given.
   *
   * @param session token of the new session
   * @param mark by which the browser is known from now on
   */
  public record SignedIn(String session, String mark) {}

  /** Sign-in at a database. */
  public SignIn(Pool pool, Passwords passwords, KnownBrowsers browsers) {
    this.pool = pool;
    this.passwords = passwords;
    this.browsers = browsers;
    this.tries = new Tries(pool);
  }

  /**
   * Begins a session, or throws 401 for a wrong name or password, 429 after too many.
   *
   * @param name staff number or mail address
   * @param mark of the browser; empty for none
   * @param agent the browser's own words about itself
   */
  public SignedIn signIn(String name, String password, String mark, String agent) {
    String typed = name.strip().toLowerCase(Locale.ROOT);
    Optional<Account> account = account(typed);
    String word =
        account
            .map(a -> "person:" + a.id())
            .orElseGet(() -> "unknown:" + HexFormat.of().formatHex(Tokens.hash(typed)));
    Optional<String> browser = account.flatMap(a -> browsers.name(mark, a.id()));
    String counted = word + browser.map(known -> " in " + known).orElse("");
    tries.count(word, counted);
    String hash = account.map(Account::hash).orElse(null);
    boolean right =
        hash == null ? passwords.matchesNobodys(password) : passwords.matches(password, hash);
    if (!right) {
      failed(account.map(found -> "person:" + found.id()).orElse("unknown name"));
      throw Problem.of(401, "wrong-name-or-password").raise();
    }
    return begin(account.orElseThrow().id(), counted, mark, agent);
  }

  /** Begins a session of somebody who has shown otherwise than by a password who it is. */
  public SignedIn begin(long person, String mark, String agent) {
    return begin(person, "person:" + person, mark, agent);
  }

  /** Throws 422, and counts the try, unless this is the employee's password. */
  public void requirePassword(Caller.Employee employee, String password) {
    String counted = employee.word() + " changes it";
    tries.count(employee.word(), counted);
    Optional<Account> account =
        account(employee.staffNumber().toLowerCase(Locale.ROOT))
            .filter(found -> found.id() == employee.id());
    String hash = account.map(Account::hash).orElse(null);
    if (hash == null || !passwords.matches(password, hash)) {
      failed(employee.word());
      throw Problem.of(422, "wrong-password").raise();
    }
    tries.forget(counted);
  }

  private Optional<Account> account(String typed) {
    return Sql.list(
            pool, ACCOUNT, row -> new Account(row.getLong("id"), row.getString("hash")), typed)
        .stream()
        .findFirst();
  }

  private SignedIn begin(long person, String counted, String mark, String agent) {
    return Tx.run(
        pool,
        List.of(NOW),
        tx -> {
          Instant now = tx.get(NOW);
          Tries.forget(tx, now, counted);
          String token = Sessions.open(tx, now, person, agent);
          Audit.write(
              tx,
              now,
              new Audit.Entry("person:" + person, "sign in", "person:" + person, List.of()));
          boolean known = browsers.name(mark, person).isPresent();
          return new SignedIn(token, known ? mark : browsers.mark(person));
        });
  }

  /** Puts a wrong password on record; what was typed is not kept. */
  private void failed(String object) {
    Tx.run(
        pool,
        List.of(NOW),
        tx -> {
          Audit.write(
              tx, tx.get(NOW), new Audit.Entry("nobody", "fail to sign in", object, List.of()));
          return true;
        });
  }
}
