package foyer.booking;

import foyer.api.Caller;
import foyer.api.Caller.Employee;
import foyer.api.Role;
import foyer.org.Relation;
import foyer.sql.Read;
import foyer.sql.Sql;
import io.vertx.sqlclient.Row;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people and places a booking is tied to: from these its rights follow.
 *
 * @param convener id of the person who calls the meeting
 * @param booker id of the person who booked
 * @param attendees ids of the people who are to come
 */
record Ties(
    String room,
    String site,
    @Nullable String department,
    @Nullable Long convener,
    @Nullable Long booker,
    Set<Long> attendees) {

  /** Columns of a query on {@code booking b} that {@link #of} reads. */
  static final String COLUMNS =
      """
      b.room_id, (SELECT r.site_id FROM room r WHERE r.id = b.room_id) AS site_id, b.department_id, b.convener_id, b.booker_id,
             array(SELECT t.person_id FROM booking_attendee t WHERE t.booking_id = b.id AND t.person_id IS NOT NULL) AS attendee_ids""";

  private static final String BY_ID = "SELECT " + COLUMNS + " FROM booking b WHERE b.id = $1";

  Ties {
    attendees = Set.copyOf(attendees);
  }

  /** Those of one booking, if there is one; to be asked along with others. */
  static Read<Optional<Ties>> byId(long id) {
    return Read.of(BY_ID, rows -> Sql.map(rows, Ties::of).stream().findFirst(), id);
  }

  /** Those in a row with {@link #COLUMNS}. */
  static Ties of(Row row) {
    return new Ties(
        row.getString("room_id"),
        row.getString("site_id"),
        row.getString("department_id"),
        row.getLong("convener_id"),
        row.getLong("booker_id"),
        Set.of(row.getArrayOfLongs("attendee_ids")));
  }

  /** What the booking is to this caller. */
  Relation to(Caller caller) {
    if (!(caller instanceof Employee employee)) {
      return Relation.toRoom(site, room);
    }
    Long me = employee.id();
    boolean own = me.equals(convener) || me.equals(booker);
    Set<Role> parts = attendees.contains(me) ? Set.of(Role.ATTENDEE) : Set.of();
    return new Relation(own, department, site, room, parts);
  }
}
