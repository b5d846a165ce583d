package foyer.booking;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.booking.BookingView.PersonView;
import foyer.booking.Refusal.UnknownPerson;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import org.jspecify.annotations.Nullable;

/**
 * With whom a request lies (K-1.4.1): the supervising leader of its department first, the admin
 * department where there is none.
 *
 * @param what {@code leader} or {@code admin-department}
 * @param person the leader; null for the admin department
 */
@JsonInclude(Include.NON_NULL)
public record WaitsFor(String what, @Nullable PersonView person) {

  /** Columns of a query on {@code booking b} with {@link #JOIN} that {@link #of} reads. */
  static final String COLUMNS =
      "leader.staff_number AS leader_number, leader.name_zh AS leader_zh, leader.name_en AS leader_en";

  /** Finds out with whom a booking lies that waits for approval. */
  static final String JOIN =
      """
      LEFT JOIN person leader
        ON leader.id = CASE WHEN b.status = 'requested' THEN supervising_leader(b.department_id, b.convener_id, b.booker_id) END
      """;

  private static final String OF_NEW =
      """
      SELECT l.staff_number AS leader_number, l.name_zh AS leader_zh, l.name_en AS leader_en
      FROM (SELECT supervising_leader($1, $2, $3) AS id) found LEFT JOIN person l ON l.id = found.id""";

  private static final String OF_WANTED =
      """
      SELECT l.staff_number AS leader_number, l.name_zh AS leader_zh, l.name_en AS leader_en
      FROM (SELECT supervising_leader(coalesce($2, c.department_id), c.id, $3) AS id FROM person c
            WHERE c.staff_number = $1 AND c.left_at IS NULL) found
      LEFT JOIN person l ON l.id = found.id""";

  /**
   * With whom a request of that convener would lie.
   *
   * @param convener staff number
   * @param department id of the using department; null for the convener's
   * @param booker id of the person who would book
   */
  static WaitsFor ofWanted(Pool pool, String convener, @Nullable String department, long booker) {
    return Sql.list(pool, OF_WANTED, WaitsFor::of, convener, department, booker).stream()
        .findFirst()
        .orElseThrow(() -> new Refused(new UnknownPerson(convener)));
  }

  /**
   * With whom a request will lie that is being made.
   *
   * @param department id of the using department
   * @param convener id of the person who calls the meeting
   * @param booker id of the person who books
   */
  static Read<WaitsFor> ofNew(
      @Nullable String department, @Nullable Long convener, @Nullable Long booker) {
    return Read.of(
        OF_NEW, rows -> Sql.map(rows, WaitsFor::of).getFirst(), department, convener, booker);
  }

  /** That in a row with {@link #COLUMNS}. */
  static WaitsFor of(Row row) {
    String number = row.getString("leader_number");
    return number == null
        ? new WaitsFor("admin-department", null)
        : new WaitsFor(
            "leader",
            new PersonView(
                number, new Names(row.getString("leader_zh"), row.getString("leader_en"))));
  }
}
