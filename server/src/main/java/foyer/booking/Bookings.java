package foyer.booking;

import com.fasterxml.jackson.core.type.TypeReference;
import foyer.api.Caller;
import foyer.api.Role;
import foyer.booking.BookingRequest.Attendee;
import foyer.booking.BookingView.AttendeeView;
import foyer.booking.BookingView.DepartmentView;
import foyer.booking.BookingView.PersonView;
import foyer.booking.Refusal.NoSuchBooking;
import foyer.catalogue.PolicyInForce;
import foyer.catalogue.PolicyVersion;
import foyer.org.Person;
import foyer.org.Rights;
import foyer.room.RoomTx;
import foyer.room.RoomView;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Json;
import foyer.wire.Level;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bookings. */
public final class Bookings {

  private static final String NEXT_ID = "SELECT nextval('booking_id_seq') AS id";

  private static final String NEAR =
      """
      SELECT id, room_id, lower(during) AS start_at, upper(during) AS end_at, lower(occupied) AS occupied_from, status, subject, level,
             meeting_type_id, checked_in_at, ended_at, end_before_ended, policy_version_id, second_policy_version_id, version
      FROM booking
      WHERE room_id = $1 AND occupied && tstzrange($2, $3) AND status IN ('held', 'confirmed')
      ORDER BY lower(during)""";

  private static final String BY_ID =
      """
      SELECT id, room_id, lower(during) AS start_at, upper(during) AS end_at, lower(occupied) AS occupied_from, status, subject, level,
             meeting_type_id, checked_in_at, ended_at, end_before_ended, policy_version_id, second_policy_version_id, version
      FROM booking
      WHERE id = $1""";

  private static final String ROOM_OF = "SELECT room_id FROM booking WHERE id = $1";

  private static final String VIEW =
      """
      SELECT b.id, lower(b.during) AS start_at, upper(b.during) AS end_at, b.zone, b.subject, b.goal,
             b.meeting_type_id, b.level, b.priority, p.staff_number, p.name_zh AS person_zh, p.name_en AS person_en,
             d.name_zh AS department_zh, d.name_en AS department_en, b.head_count,
             (SELECT jsonb_agg(jsonb_build_object('role', a.role, 'name', a.name, 'staffNumber', ap.staff_number, 'email', a.email)
                ORDER BY a.ordinal)::text
              FROM booking_attendee a LEFT JOIN person ap ON ap.id = a.person_id WHERE a.booking_id = b.id) AS attendees,
             concat_ws('+', v.policy_id || '-' || v.version, w.policy_id || '-' || w.version) AS policy,
             b.checked_in_at, b.ended_at, b.made_at, b.source, b.version,
      """
          + WaitsFor.COLUMNS
          + ", "
          + Ties.COLUMNS
          + """

      FROM booking b
      JOIN policy_version v ON v.id = b.policy_version_id
      LEFT JOIN policy_version w ON w.id = b.second_policy_version_id
      LEFT JOIN person p ON p.id = b.convener_id
      LEFT JOIN department d ON d.id = b.department_id
      """
          + WaitsFor.JOIN;

  private static final String VIEW_BY_ID = VIEW + "WHERE b.id = $1";

  private static final String VIEW_OF_ROOM =
      VIEW
          + """
          WHERE b.room_id = $1 AND b.during && tstzrange($2, $3) AND b.status IN ('requested', 'held', 'confirmed')
          ORDER BY lower(b.during), b.id""";

  private static final String VIEW_OWN_REQUESTS =
      VIEW
          + """
          WHERE b.status = 'requested' AND upper(b.during) > app_now() AND (b.convener_id = $1 OR b.booker_id = $1)
          ORDER BY lower(b.during), b.id
          LIMIT 200""";

  private static final String VIEW_REQUESTS_WITH =
      VIEW
          + """
          WHERE b.status = 'requested' AND upper(b.during) > app_now() AND (leader.id = $1 OR leader.id IS NULL AND $2)
          ORDER BY lower(b.during), b.id
          LIMIT 200""";

  private static final String INSERT =
      """
      INSERT INTO booking (id, room_id, during, occupied, zone, local_start, local_end, status, subject, goal, meeting_type_id, level,
                           priority, convener_id, department_id, head_count, policy_version_id, second_policy_version_id, source,
                           made_at, changed_at, checked_in_at, booker_id)
      VALUES ($1, $2, tstzrange($3, $4), tstzrange($5, $4), $6, $7, $8, $23, $9, $10, $11, $12,
              $13, $14, $15, $16, $17, $18, $19, $20, $20, $21, $22)""";

  private static final String INSERT_ATTENDEES =
      """
      INSERT INTO booking_attendee (booking_id, ordinal, role, person_id, name, email)
      SELECT $1, a.ordinal, a.role, a.person_id, a.name, a.email
      FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[]) WITH ORDINALITY AS a (role, person_id, name, email, ordinal)""";

  private static final String MOVE =
      """
      UPDATE booking
      SET room_id = $2, during = tstzrange($3, $4), occupied = tstzrange($5, $4), zone = $6, local_start = $7, local_end = $8,
          changed_at = $9, version = version + 1
      WHERE id = $1""";

  private static final String CHECK_IN =
      "UPDATE booking SET checked_in_at = $2, changed_at = $2, version = version + 1 WHERE id = $1";

  private static final String EXTEND =
      """
      UPDATE booking
      SET during = tstzrange(lower(during), $2), occupied = tstzrange(lower(occupied), $2),
          local_end = $2 AT TIME ZONE zone, changed_at = $3, version = version + 1
      WHERE id = $1""";

  private static final String END_EARLY =
      """
      UPDATE booking
      SET end_before_ended = upper(during), ended_at = $2,
          during = tstzrange(lower(during), least(upper(during), $2)), occupied = tstzrange(lower(occupied), least(upper(during), $2)),
          changed_at = $2, version = version + 1
      WHERE id = $1""";

  private static final String RESUME =
      """
      UPDATE booking
      SET during = tstzrange(lower(during), end_before_ended), occupied = tstzrange(lower(occupied), end_before_ended),
          end_before_ended = NULL, ended_at = NULL, changed_at = $2, version = version + 1
      WHERE id = $1""";

  private static final String CANCEL =
      """
      UPDATE booking
      SET status = 'cancelled', cancelled_at = $2, cancel_reason = $3, changed_at = $2, version = version + 1
      WHERE id = $1""";

  private static final String WITHDRAW =
      "UPDATE booking SET status = 'withdrawn', changed_at = $2, version = version + 1 WHERE id = $1";

  private final Pool pool;
  private final Sight sight;

  /** The bookings in a database. */
  public Bookings(Pool pool, Rights rights) {
    this.pool = pool;
    this.sight = new Sight(rights);
  }

  /** The id of a booking to be made. */
  public static Read<Long> nextId() {
    return Read.of(NEXT_ID, rows -> rows.iterator().next().getLong("id"));
  }

  /**
   * The room's bookings that occupy some of the time from {@code from} until {@code until}, by
   * start; none if that is no time at all.
   */
  public static Read<List<Booking>> near(String room, Instant from, Instant until) {
    Instant last = until.isBefore(from) ? from : until;
    return Read.of(NEAR, rows -> Sql.map(rows, Bookings::booking), room, from, last);
  }

  /** The booking of that id, if there is one. */
  public static Read<Optional<Booking>> byId(long id) {
    return Read.of(BY_ID, rows -> Sql.map(rows, Bookings::booking).stream().findFirst(), id);
  }

  /** The room that the booking is in now. */
  public String roomOf(long id) {
    return Sql.list(pool, ROOM_OF, row -> row.getString("room_id"), id).stream()
        .findFirst()
        .orElseThrow(() -> new Refused(new NoSuchBooking()));
  }

  /** The booking as the caller may see it; who may not know of it hears that there is none. */
  public BookingView view(Caller caller, long id) {
    return Sql.list(pool, VIEW_BY_ID, row -> seen(caller, row), id).stream()
        .flatMap(Optional::stream)
        .findFirst()
        .orElseThrow(() -> new Refused(new NoSuchBooking()));
  }

  /**
   * The room's bookings, asked for or confirmed, that lie at least partly in that time, by start,
   * as the caller may see them.
   */
  public List<BookingView> ofRoom(Caller caller, RoomView room, Instant from, Instant until) {
    sight.require(caller, room);
    return seen(caller, Sql.rows(pool, VIEW_OF_ROOM, room.id(), from, until));
  }

  /** At most 200 requests of the caller's own that wait for approval, by start. */
  public List<BookingView> ownRequests(Caller.Employee caller) {
    return seen(caller, Sql.rows(pool, VIEW_OWN_REQUESTS, caller.id()));
  }

  /**
   * At most 200 requests that lie with the caller, as a leader or as one of the admin department,
   * by start.
   */
  public List<BookingView> requestsWith(Caller.Employee caller) {
    boolean admin = caller.roles().contains(Role.ADMIN);
    return seen(caller, Sql.rows(pool, VIEW_REQUESTS_WITH, caller.id(), admin));
  }

  /**
   * With whom a request would lie.
   *
   * @param convener staff number
   * @param department id; null for the convener's
   */
  public WaitsFor whoApproves(
      Caller.Employee booker, String convener, @Nullable String department) {
    return WaitsFor.ofWanted(pool, convener, department, booker.id());
  }

  private List<BookingView> seen(Caller caller, RowSet<Row> rows) {
    return Sql.map(rows, row -> seen(caller, row)).stream().flatMap(Optional::stream).toList();
  }

  /** Whether the caller may know that there is this booking. */
  boolean isKnownTo(Caller caller, Ties ties) {
    return sight.knows(caller, ties);
  }

  private Optional<BookingView> seen(Caller caller, Row row) {
    Ties ties = Ties.of(row);
    return sight.knows(caller, ties)
        ? Optional.of(sight.of(caller, viewOf(row), ties))
        : Optional.empty();
  }

  /**
   * Writes a booking.
   *
   * @param booker id of the person who books; null for the people at the door
   * @param checkedInAt when its people signed in already; null if they have not
   * @param waitsFor with whom the request lies; null for a confirmed booking
   */
  static BookingView insert(
      RoomTx tx,
      long id,
      String room,
      BookingRequest request,
      PolicyInForce policy,
      @Nullable Long booker,
      @Nullable Instant checkedInAt,
      @Nullable WaitsFor waitsFor) {
    Status status = waitsFor == null ? Status.CONFIRMED : Status.REQUESTED;
    ZoneId zone = tx.site(tx.room(room)).zone();
    PolicyVersion second = policy.second();
    Person convener = request.convener();
    String department = request.department() == null ? null : request.department().id();
    tx.write(
        INSERT,
        id,
        room,
        request.start(),
        request.end(),
        request.start().minus(Duration.ofMinutes(policy.holdBefore())),
        zone.getId(),
        LocalDateTime.ofInstant(request.start(), zone),
        LocalDateTime.ofInstant(request.end(), zone),
        request.subject(),
        request.goal(),
        request.type().id(),
        request.level().word(),
        request.priority(),
        convener == null ? null : convener.id(),
        department,
        request.headCount(),
        policy.first().id(),
        second == null ? null : second.id(),
        request.source(),
        tx.now(),
        checkedInAt,
        booker,
        status.word());
    insertAttendees(tx, id, request.attendees());
    return view(id, room, zone, request, policy, tx.now(), checkedInAt, status, waitsFor);
  }

  /** Moves the booking to a room and time. */
  static void move(
      RoomTx tx, Booking booking, String room, Instant start, Instant end, PolicyInForce policy) {
    ZoneId zone = tx.site(tx.room(room)).zone();
    tx.write(
        MOVE,
        booking.id(),
        room,
        start,
        end,
        start.minus(Duration.ofMinutes(policy.holdBefore())),
        zone.getId(),
        LocalDateTime.ofInstant(start, zone),
        LocalDateTime.ofInstant(end, zone),
        tx.now());
  }

  static void checkIn(RoomTx tx, Booking booking) {
    tx.write(CHECK_IN, booking.id(), tx.now());
  }

  static void extend(RoomTx tx, Booking booking, Instant newEnd) {
    tx.write(EXTEND, booking.id(), newEnd, tx.now());
  }

  static void endEarly(RoomTx tx, Booking booking) {
    tx.write(END_EARLY, booking.id(), tx.now());
  }

  static void resume(RoomTx tx, Booking booking) {
    tx.write(RESUME, booking.id(), tx.now());
  }

  static void cancel(RoomTx tx, Booking booking, @Nullable String reason) {
    tx.write(CANCEL, booking.id(), tx.now(), reason);
  }

  static void withdraw(RoomTx tx, Booking booking) {
    tx.write(WITHDRAW, booking.id(), tx.now());
  }

  private static void insertAttendees(RoomTx tx, long booking, List<Attendee> attendees) {
    if (attendees.isEmpty()) {
      return;
    }
    tx.write(
        INSERT_ATTENDEES,
        booking,
        attendees.stream().map(Attendee::role).toArray(String[]::new),
        attendees.stream()
            .map(a -> a.person() == null ? null : a.person().id())
            .toArray(Long[]::new),
        attendees.stream().map(Attendee::name).toArray(String[]::new),
        attendees.stream().map(Attendee::email).toArray(String[]::new));
  }

  private static BookingView view(
      long id,
      String room,
      ZoneId zone,
      BookingRequest request,
      PolicyInForce policy,
      Instant now,
      @Nullable Instant checkedInAt,
      Status status,
      @Nullable WaitsFor waitsFor) {
    Person convener = request.convener();
    var department = request.department();
    return new BookingView(
        id,
        room,
        request.start(),
        request.end(),
        zone.getId(),
        status,
        request.subject(),
        request.goal(),
        request.type().id(),
        request.level(),
        request.priority(),
        convener == null ? null : new PersonView(convener.staffNumber(), convener.name()),
        department == null ? null : new DepartmentView(department.id(), department.name()),
        request.headCount(),
        request.attendees().stream().map(Bookings::attendee).toList(),
        policy.label(),
        checkedInAt,
        null,
        now,
        request.source(),
        false,
        1,
        waitsFor);
  }

  private static AttendeeView attendee(Attendee attendee) {
    Person person = attendee.person();
    return new AttendeeView(
        attendee.role(),
        attendee.name(),
        person == null ? null : person.staffNumber(),
        attendee.email());
  }

  private static Booking booking(Row row) {
    return new Booking(
        row.getLong("id"),
        row.getString("room_id"),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "end_at"),
        Sql.instant(row, "occupied_from"),
        Status.of(row.getString("status")),
        row.getString("subject"),
        Level.of(row.getString("level")),
        row.getString("meeting_type_id"),
        Sql.instantOrNull(row, "checked_in_at"),
        Sql.instantOrNull(row, "ended_at"),
        Sql.instantOrNull(row, "end_before_ended"),
        row.getLong("policy_version_id"),
        row.getLong("second_policy_version_id"),
        row.getInteger("version"));
  }

  private static BookingView viewOf(Row row) {
    String staffNumber = row.getString("staff_number");
    String department = row.getString("department_id");
    Status status = Status.of(row.getString("status"));
    return new BookingView(
        row.getLong("id"),
        row.getString("room_id"),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "end_at"),
        row.getString("zone"),
        status,
        row.getString("subject"),
        row.getString("goal"),
        row.getString("meeting_type_id"),
        Level.of(row.getString("level")),
        row.getString("priority"),
        staffNumber == null ? null : new PersonView(staffNumber, names(row, "person")),
        department == null ? null : new DepartmentView(department, names(row, "department")),
        row.getInteger("head_count"),
        attendees(row.getString("attendees")),
        row.getString("policy"),
        Sql.instantOrNull(row, "checked_in_at"),
        Sql.instantOrNull(row, "ended_at"),
        Sql.instant(row, "made_at"),
        row.getString("source"),
        false,
        row.getInteger("version"),
        status == Status.REQUESTED ? WaitsFor.of(row) : null);
  }

  private static List<AttendeeView> attendees(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try {
      return Json.MAPPER.readValue(json, new TypeReference<List<AttendeeView>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Names names(Row row, String column) {
    return new Names(row.getString(column + "_zh"), row.getString(column + "_en"));
  }
}
