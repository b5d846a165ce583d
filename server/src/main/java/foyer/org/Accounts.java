package foyer.org;

import foyer.api.Caller.Employee;
import foyer.api.Problem;
import foyer.api.Role;
import foyer.audit.Audit;
import foyer.org.EntryLinks.Purpose;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Passwords and roles of people. */
public final class Accounts {

  private static final Duration LINK_OPENS = Duration.ofDays(2);

  private static final String NAME = "SELECT name_zh, name_en FROM person WHERE id = $1";

  private static final String SET_PASSWORD =
      """
      INSERT INTO password (person_id, hash, set_at) VALUES ($1, $2, $3)
      ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at""";

  private static final String END_SESSIONS =
      "UPDATE session SET ended_at = $2 WHERE person_id = $1 AND ended_at IS NULL";

  private static final String HOLDER =
      """
      SELECT p.id, p.staff_number, p.name_zh, p.name_en, p.department_id, app_now() AS now,
             array(SELECT r.role FROM person_role r WHERE r.person_id = p.id ORDER BY r.role) AS roles
      FROM person p
      WHERE p.staff_number = $1 AND p.left_at IS NULL""";

  /** Locks all admins, so that of two who take each other's role one comes too late. */
  private static final String ADMINS =
      """
      SELECT r.person_id
      FROM person_role r JOIN person p ON p.id = r.person_id
      WHERE r.role = 'admin' AND p.left_at IS NULL
      ORDER BY r.person_id
      FOR UPDATE OF r""";

  private static final String GIVE =
      "INSERT INTO person_role (person_id, role, given_at, given_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

  private static final String TAKE = "DELETE FROM person_role WHERE person_id = $1 AND role = $2";

  private static final String FIRST_DEPARTMENT =
      """
      INSERT INTO department (id, name_zh, name_en, position)
      VALUES ('first', $1, $1, 0) ON CONFLICT DO NOTHING""";

  private static final String FIRST_PERSON =
      """
      INSERT INTO person (staff_number, name_zh, name_en, department_id)
      VALUES ($1, $2, $3, 'first')
      ON CONFLICT (staff_number) DO UPDATE SET left_at = NULL""";

  private static final String FIRST_PASSWORD =
      """
      INSERT INTO password (person_id, hash, set_at) SELECT id, $2, $3 FROM person WHERE staff_number = $1
      ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at""";

  private static final String FIRST_ROLE =
      """
      INSERT INTO person_role (person_id, role, given_at)
      SELECT id, 'admin', $2 FROM person WHERE staff_number = $1 ON CONFLICT DO NOTHING""";

  private static final Read<Instant> NOW =
      Read.of("SELECT app_now() AS now", rows -> Sql.instant(rows.iterator().next(), "now"));

  /** Of two links for the first admin, the second one waits until there is an admin. */
  private static final Read<Boolean> ONE_FIRST_ADMIN =
      Read.of("SELECT pg_advisory_xact_lock(hashtextextended('first admin', 7))", rows -> true);

  private static final Read<List<Long>> ADMIN_IDS =
      Read.of(ADMINS, rows -> Sql.map(rows, row -> row.getLong("person_id")));

  private final Pool pool;
  private final Passwords passwords;

  /**
   * Somebody with what they are beside being an employee.
   *
   * @param roles words, sorted
   */
  public record Holder(
      long id,
      String staffNumber,
      Names name,
      String department,
      List<String> roles,
      Instant now) {}

  /** Accounts in a database. */
  public Accounts(Pool pool, Passwords passwords) {
    this.pool = pool;
    this.passwords = passwords;
  }

  /**
   * Ids of the admins, to be asked along with others; locks them, so that of two who make an end of
   * each other's being one, one comes too late.
   */
  public static Read<List<Long>> admins() {
    return ADMIN_IDS;
  }

  /** A person's name. */
  public Names name(long person) {
    return Sql.list(
            pool,
            NAME,
            row -> new Names(row.getString("name_zh"), row.getString("name_en")),
            person)
        .getFirst();
  }

  /** Sets the employee's own password and ends all of their sessions. */
  public void changePassword(Employee employee, String password) {
    String hash = passwords.hash(password);
    Tx.run(
        pool,
        List.of(NOW),
        tx -> {
          setPassword(tx, tx.get(NOW), employee.id(), hash, employee.word());
          return true;
        });
  }

  /**
   * Sets the password of the person whom the link names, and ends all of their sessions.
   *
   * @return the person's id
   */
  public long setPassword(String link, String password) {
    Read<Optional<EntryLinks.Open>> read = EntryLinks.open(link, Purpose.PASSWORD);
    String hash = hashIfOpen(read, password);
    return Tx.run(
        pool,
        List.of(read),
        tx -> {
          EntryLinks.Open open = tx.get(read).orElseThrow(Accounts::usedUp);
          long linked = Objects.requireNonNull(open.person());
          EntryLinks.use(tx, open.now(), link);
          setPassword(tx, open.now(), linked, hash, "person:" + linked);
          return linked;
        });
  }

  /**
   * Makes the first admin, with a department if there is none yet.
   *
   * @param department the name of that department
   * @return the admin's id
   */
  public long makeFirstAdmin(
      String link, String staffNumber, Names name, String department, String password) {
    Read<Optional<EntryLinks.Open>> read = EntryLinks.open(link, Purpose.FIRST_ADMIN);
    String hash = hashIfOpen(read, password);
    Tx.run(
        pool,
        List.of(ONE_FIRST_ADMIN, read, ADMIN_IDS),
        tx -> {
          EntryLinks.Open open = tx.get(read).orElseThrow(Accounts::usedUp);
          if (!tx.get(ADMIN_IDS).isEmpty()) {
            throw usedUp();
          }
          Instant now = open.now();
          EntryLinks.use(tx, now, link);
          tx.write(FIRST_DEPARTMENT, department);
          tx.write(FIRST_PERSON, staffNumber, name.zh(), name.en());
          tx.write(FIRST_PASSWORD, staffNumber, hash, now);
          tx.write(FIRST_ROLE, staffNumber, now);
          Audit.write(
              tx,
              now,
              new Audit.Entry(
                  "nobody", "make first admin", "staff:" + staffNumber, List.of("roles")));
          return true;
        });
    return holder(staffNumber).id();
  }

  /**
   * Makes the link of the first admin if there is no admin, along with nothing else.
   *
   * @return what it says; empty if there is an admin
   */
  public Optional<String> firstAdminLink() {
    return Tx.run(
        pool,
        List.of(NOW, ADMIN_IDS),
        tx ->
            tx.get(ADMIN_IDS).isEmpty()
                ? Optional.of(
                    EntryLinks.make(
                        tx, tx.get(NOW), Purpose.FIRST_ADMIN, null, null, null, LINK_OPENS))
                : Optional.empty());
  }

  /** Somebody by staff number, with roles. */
  public Holder holder(String staffNumber) {
    return Sql.list(pool, HOLDER, Accounts::holder, staffNumber).stream()
        .findFirst()
        .orElseThrow(Accounts::unknown);
  }

  /** Makes a link by which somebody sets a password, open for two days. */
  public String passwordLink(Employee by, String staffNumber) {
    Holder holder = holder(staffNumber);
    return Tx.run(
        pool,
        List.of(NOW),
        tx -> {
          Instant now = tx.get(NOW);
          Audit.write(
              tx,
              now,
              new Audit.Entry(
                  by.word(), "make password link", "person:" + holder.id(), List.of("password")));
          return EntryLinks.make(tx, now, Purpose.PASSWORD, holder.id(), null, by.id(), LINK_OPENS);
        });
  }

  /**
   * Gives somebody exactly these roles. Nobody changes their own; the last admin stays one.
   *
   * @param wanted {@link Role#ADMIN}, {@link Role#FRONT_DESK} and {@link Role#FACILITY} at most
   */
  public Holder setRoles(Employee by, String staffNumber, Set<Role> wanted) {
    Read<Optional<Holder>> read =
        Read.of(HOLDER, rows -> Sql.map(rows, Accounts::holder).stream().findFirst(), staffNumber);
    Tx.run(
        pool,
        List.of(ADMIN_IDS, read),
        tx -> {
          Holder holder = tx.get(read).orElseThrow(Accounts::unknown);
          if (holder.id() == by.id()) {
            throw Problem.of(403, "own-roles").raise();
          }
          if (!tx.get(ADMIN_IDS).contains(by.id())) {
            throw Problem.of(403, "not-yours-to-do").raise();
          }
          Set<String> words = new TreeSet<>(wanted.stream().map(Role::word).toList());
          holder.roles().stream()
              .filter(role -> !words.contains(role))
              .forEach(role -> tx.write(TAKE, holder.id(), role));
          words.forEach(role -> tx.write(GIVE, holder.id(), role, holder.now(), by.id()));
          Audit.write(
              tx,
              holder.now(),
              new Audit.Entry(by.word(), "set roles", "person:" + holder.id(), List.copyOf(words)));
          return true;
        });
    return holder(staffNumber);
  }

  /** Spends no work on a link that does not work. */
  private String hashIfOpen(Read<Optional<EntryLinks.Open>> link, String password) {
    Tx.run(pool, List.of(link), tx -> tx.get(link).orElseThrow(Accounts::usedUp));
    return passwords.hash(password);
  }

  private static void setPassword(Tx tx, Instant now, long person, String hash, String actor) {
    tx.write(SET_PASSWORD, person, hash, now);
    tx.write(END_SESSIONS, person, now);
    Audit.write(
        tx, now, new Audit.Entry(actor, "set password", "person:" + person, List.of("password")));
  }

  private static Holder holder(Row row) {
    return new Holder(
        row.getLong("id"),
        row.getString("staff_number"),
        new Names(row.getString("name_zh"), row.getString("name_en")),
        row.getString("department_id"),
        Arrays.asList(row.getArrayOfStrings("roles")),
        Sql.instant(row, "now"));
  }

  private static RuntimeException usedUp() {
    return Problem.of(410, "link-used-up").raise();
  }

  private static RuntimeException unknown() {
    return Problem.of(404, "no-such-person").raise();
  }
}
