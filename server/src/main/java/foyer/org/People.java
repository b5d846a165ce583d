package foyer.org;

import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.util.Collection;
import java.util.List;

/** The people of the company. */
public final class People {

  private static final String BY_STAFF_NUMBER =
      """
      SELECT id, staff_number, name_zh, name_en, email, department_id
      FROM person
      WHERE staff_number = ANY($1) AND left_at IS NULL""";

  private static final String BY_EMAIL =
      """
      SELECT id, staff_number, name_zh, name_en, email, department_id
      FROM person
      WHERE lower(email) = ANY($1) AND left_at IS NULL""";

  private static final String SEARCH =
      """
      SELECT p.staff_number, p.name_zh, p.name_en, p.title_zh, p.title_en, p.department_id
      FROM person p JOIN department d ON d.id = p.department_id
      WHERE p.left_at IS NULL
        AND (position(lower($1) IN lower(p.name_zh)) > 0 OR position(lower($1) IN lower(p.name_en)) > 0
             OR starts_with(lower(p.staff_number), lower($1)) OR starts_with(lower(p.email), lower($1)))
      ORDER BY d.position, p.position, p.id
      LIMIT 20""";

  private final Pool pool;

  /** The people in a database. */
  public People(Pool pool) {
    this.pool = pool;
  }

  /** Those of the given staff numbers who work here now; to be asked along with others. */
  public static Read<List<Person>> byStaffNumbers(Collection<String> staffNumbers) {
    return Read.of(
        BY_STAFF_NUMBER,
        rows -> Sql.map(rows, People::person),
        (Object) staffNumbers.toArray(String[]::new));
  }

  /**
   * Those of the given addresses, in lower case, who work here now; to be asked along with others.
   */
  public static Read<List<Person>> byEmails(Collection<String> addresses) {
    return Read.of(
        BY_EMAIL, rows -> Sql.map(rows, People::person), (Object) addresses.toArray(String[]::new));
  }

  /**
   * A colleague as everybody may know them.
   *
   * @param title empty for none
   */
  public record Card(String staffNumber, Names name, Names title, String department) {}

  /**
   * At most 20 people whose name in either language holds the text, or whose staff number or mail
   * address begins with it.
   */
  public List<Card> search(String text) {
    return Sql.list(pool, SEARCH, People::card, text);
  }

  private static Card card(Row row) {
    return new Card(
        row.getString("staff_number"),
        new Names(row.getString("name_zh"), row.getString("name_en")),
        new Names(row.getString("title_zh"), row.getString("title_en")),
        row.getString("department_id"));
  }

  private static Person person(Row row) {
    return new Person(
        row.getLong("id"),
        row.getString("staff_number"),
        new Names(row.getString("name_zh"), row.getString("name_en")),
        row.getString("email"),
        row.getString("department_id"));
  }
}
