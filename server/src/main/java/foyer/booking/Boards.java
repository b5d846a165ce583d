package foyer.booking;

import foyer.api.Caller;
import foyer.api.Caller.Employee;
import foyer.api.Problem;
import foyer.booking.BookingView.DepartmentView;
import foyer.booking.BookingView.PersonView;
import foyer.booking.Refusal.NoSuchBooking;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Verdict;
import foyer.sql.Sql;
import foyer.wire.Level;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Bookings side by side, as boards and diaries show them, and what has become of each. */
public final class Boards {

  /** More bookings are not told at once. */
  private static final int MOST = 5_000;

  private static final int MOST_ENTRIES = 200;

  private static final String ROWS =
      """
      SELECT b.id, lower(b.during) AS start_at, upper(b.during) AS end_at, b.level, b.subject, b.meeting_type_id,
             p.staff_number, p.name_zh AS person_zh, p.name_en AS person_en, d.name_zh AS department_zh, d.name_en AS department_en,
             b.checked_in_at IS NOT NULL AS checked_in, b.ended_at IS NOT NULL AS ended_early, b.version,
      """
          + WaitsFor.COLUMNS
          + ", "
          + Ties.COLUMNS
          + """

      FROM booking b
      LEFT JOIN person p ON p.id = b.convener_id
      LEFT JOIN department d ON d.id = b.department_id
      """
          + WaitsFor.JOIN;

  private static final String OF_SITE =
      ROWS
          + """
          WHERE b.room_id IN (SELECT id FROM room WHERE site_id = $1 AND removed_at IS NULL AND ($4::text IS NULL OR id = $4))
            AND b.during && tstzrange($2, $3) AND b.status IN ('requested', 'held', 'confirmed')
          ORDER BY lower(b.during), b.id
          LIMIT $5""";

  private static final String OF_PERSON =
      ROWS
          + """
          WHERE b.id IN (SELECT id FROM booking WHERE convener_id = $1
                         UNION SELECT id FROM booking WHERE booker_id = $1
                         UNION SELECT booking_id FROM booking_attendee WHERE person_id = $1)
            AND b.during && tstzrange($2, $3) AND b.status IN ('requested', 'held', 'confirmed')
          ORDER BY lower(b.during), b.id
          LIMIT $4""";

  private static final String ONE = ROWS + "WHERE b.id = $1";

  private static final String HISTORY =
      """
      SELECT e.at, e.actor, e.action, e.fields, e.reason, p.staff_number, p.name_zh, p.name_en
      FROM audit_entry e
      LEFT JOIN person p ON e.actor = 'person:' || p.id
      WHERE e.object = 'booking:' || $1::bigint
      ORDER BY e.id
      LIMIT $2""";

  private static final List<String> DEEDS =
      List.of("move", "cancel", "check-in", "extend", "end-early", "history");

  private static final List<String> DEEDS_OF_REQUEST = List.of("withdraw", "history");

  private final Pool pool;
  private final Rights rights;
  private final Sight sight;

  /** The bookings in a database. */
  public Boards(Pool pool, Rights rights) {
    this.pool = pool;
    this.rights = rights;
    this.sight = new Sight(rights);
  }

  /**
   * Something that was done to a booking.
   *
   * @param by who did it; null where it was no person
   * @param device what did it; null where it was no device
   * @param action its name in the audit log
   * @param fields names of what changed
   * @param reason in the actor's words; empty where none was given, or it is not for this reader
   */
  public record Event(
      Instant at,
      @Nullable PersonView by,
      @Nullable String device,
      String action,
      List<String> fields,
      String reason) {}

  /**
   * What the reader may do with a booking.
   *
   * @param reason whether a reason in writing is wanted
   */
  public record Deed(String deed, boolean reason) {}

  /**
   * The bookings of a site, or of one of its rooms, asked for or confirmed, that lie at least
   * partly in that time, by start, as the caller may see them.
   *
   * @param room id; null for all
   */
  List<BoardRow> ofSite(
      Caller caller, String site, @Nullable String room, Instant from, Instant until) {
    return bounded(
        Sql.list(pool, OF_SITE, row -> seen(caller, row), site, from, until, room, MOST + 1));
  }

  /** The same of what the caller calls, has booked, or is to come to. */
  List<BoardRow> ofPerson(Employee caller, Instant from, Instant until) {
    return bounded(
        Sql.list(pool, OF_PERSON, row -> seen(caller, row), caller.id(), from, until, MOST + 1));
  }

  /** What the caller may do with a booking; who may not know of it hears that there is none. */
  List<Deed> deeds(Caller caller, long id) {
    Ties ties = known(caller, id);
    Relation relation = ties.to(caller);
    List<Deed> deeds = new ArrayList<>();
    for (String deed : ties.status().isRequest() ? DEEDS_OF_REQUEST : DEEDS) {
      Verdict verdict = rights.verdict(deed, caller, relation);
      if (verdict != Verdict.REFUSED) {
        deeds.add(new Deed(deed, verdict == Verdict.WITH_REASON));
      }
    }
    return deeds;
  }

  /**
   * What was done to a booking, by whom, in the order of time. Reasons are words about the meeting:
   * who may not know its title does not read them.
   */
  List<Event> history(Caller caller, long id) {
    Ties ties = known(caller, id);
    rights.require("history", caller, ties.to(caller), "");
    boolean titled =
        Sql.list(pool, ONE, row -> sight.isTitled(caller, level(row), ties), id).getFirst();
    return Sql.list(pool, HISTORY, row -> event(row, titled), id, MOST_ENTRIES);
  }

  private Ties known(Caller caller, long id) {
    return Sql.list(pool, ONE, Ties::of, id).stream()
        .filter(ties -> sight.knows(caller, ties))
        .findFirst()
        .orElseThrow(() -> new Refused(new NoSuchBooking()));
  }

  private static List<BoardRow> bounded(List<Optional<BoardRow>> found) {
    if (found.size() > MOST) {
      throw Problem.of(422, "too-many-bookings", "most", MOST).raise();
    }
    return found.stream().flatMap(Optional::stream).toList();
  }

  private Optional<BoardRow> seen(Caller caller, Row row) {
    Ties ties = Ties.of(row);
    if (!sight.knows(caller, ties)) {
      return Optional.empty();
    }
    BoardRow all = rowOf(row, caller, ties);
    return Optional.of(sight.isTitled(caller, all.level(), ties) ? all : all.withoutTitle());
  }

  private BoardRow rowOf(Row row, Caller caller, Ties ties) {
    Relation relation = ties.to(caller);
    String staffNumber = row.getString("staff_number");
    String department = row.getString("department_id");
    return new BoardRow(
        row.getLong("id"),
        row.getString("room_id"),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "end_at"),
        ties.status(),
        level(row),
        row.getString("subject"),
        row.getString("meeting_type_id"),
        staffNumber == null ? null : new PersonView(staffNumber, names(row, "person")),
        department == null ? null : new DepartmentView(department, names(row, "department")),
        row.getBoolean("checked_in") ? Boolean.TRUE : null,
        row.getBoolean("ended_early") ? Boolean.TRUE : null,
        part(relation),
        ties.status() == Status.CONFIRMED ? move(rights.verdict("move", caller, relation)) : null,
        ties.status().isRequest() ? WaitsFor.of(row) : null,
        row.getInteger("version"));
  }

  private static @Nullable String part(Relation relation) {
    if (relation.own()) {
      return "own";
    }
    return relation.parts().isEmpty() ? null : "attendee";
  }

  private static @Nullable String move(Verdict verdict) {
    return switch (verdict) {
      case ALLOWED -> "yes";
      case WITH_REASON -> "reason";
      case MASKED, REFUSED -> null;
    };
  }

  private static Event event(Row row, boolean titled) {
    String staffNumber = row.getString("staff_number");
    String actor = row.getString("actor");
    return new Event(
        Sql.instant(row, "at"),
        staffNumber == null ? null : new PersonView(staffNumber, names(row, "name")),
        actor.startsWith("device:") ? actor.substring("device:".length()) : null,
        row.getString("action"),
        List.of(row.getArrayOfStrings("fields")),
        titled ? row.getString("reason") : "");
  }

  private static Level level(Row row) {
    return Level.of(row.getString("level"));
  }

  private static Names names(Row row, String column) {
    return new Names(row.getString(column + "_zh"), row.getString(column + "_en"));
  }
}
