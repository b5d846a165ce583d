package foyer.booking;

import foyer.api.Caller;
import foyer.api.Caller.Employee;
import foyer.api.Role;
import foyer.org.Relation;
import foyer.sql.Read;
import foyer.sql.Sql;
import io.vertx.sqlclient.Row;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people and places a booking is tied to: from these its rights follow.
 *
 * @param convener id of the person who calls the meeting
 * @param booker id of the person who booked
 * @param attendees ids of the people who are to come
 * @param leader id of the person with whom it lies, where it waits for approval
 */
record Ties(
    Status status,
    String room,
    String site,
    @Nullable String department,
    @Nullable Long convener,
    @Nullable Long booker,
    Set<Long> attendees,
    @Nullable Long leader) {

  /** Columns of a query on {@code booking b} with {@link WaitsFor#JOIN} that {@link #of} reads. */
  static final String COLUMNS =
      """
      b.status, b.room_id, (SELECT r.site_id FROM room r WHERE r.id = b.room_id) AS site_id, b.department_id, b.convener_id, b.booker_id,
             array(SELECT t.person_id FROM booking_attendee t WHERE t.booking_id = b.id AND t.person_id IS NOT NULL) AS attendee_ids,
             leader.id AS leader_id""";

  private static final String BY_ID =
      "SELECT " + COLUMNS + " FROM booking b " + WaitsFor.JOIN + "WHERE b.id = $1";

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
        Status.of(row.getString("status")),
        row.getString("room_id"),
        row.getString("site_id"),
        row.getString("department_id"),
        row.getLong("convener_id"),
        row.getLong("booker_id"),
        Set.of(row.getArrayOfLongs("attendee_ids")),
        row.getLong("leader_id"));
  }

  /** What the booking is to this caller. */
  Relation to(Caller caller) {
    if (!(caller instanceof Employee employee)) {
      return Relation.toRoom(site, room);
    }
    Long me = employee.id();
    boolean own = me.equals(convener) || me.equals(booker);
    Set<Role> parts = EnumSet.noneOf(Role.class);
    if (attendees.contains(me)) {
      parts.add(Role.ATTENDEE);
    }
    if (me.equals(leader)) {
      parts.add(Role.LEADER);
    }
    return new Relation(own, department, site, room, parts);
  }
}
