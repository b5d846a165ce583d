package foyer.demo;

import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** Puts the demo company into an empty database, in one transaction. */
public final class Demo {

  private static final long SEED = 20_260_101;

  private static final String ONE_AT_A_TIME =
      "SELECT pg_advisory_xact_lock(hashtext('foyer.demo'))";

  private static final String IS_EMPTY =
      "SELECT NOT EXISTS (SELECT FROM site) AND NOT EXISTS (SELECT FROM person)";

  private static final String NOW = "SELECT app_now()";

  private static final String HOLD =
      """
      SELECT max(value::int)
      FROM policy_parameter p JOIN policy_version v ON v.id = p.policy_version_id
      WHERE v.policy_id = 'K' AND p.name = 'booking.hold-before'""";

  private static final String SITES =
      """
      INSERT INTO site (id, name_zh, name_en, zone, position)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[])""";

  private static final String HOURS =
      """
      INSERT INTO opening_hours (site_id, weekday, opens, closes)
      SELECT s.id, weekday, s.opens, s.closes
      FROM unnest(?::text[], ?::time[], ?::time[]) AS s (id, opens, closes),
        generate_series(1, 7) AS weekday""";

  private static final String DEPARTMENTS =
      """
      INSERT INTO department (id, name_zh, name_en, policy_id, position)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::int[])""";

  private static final String PEOPLE =
      """
      INSERT INTO person (staff_number, name_zh, name_en, email, department_id, position)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::int[])""";

  private static final String LEADERS =
      """
      UPDATE department d
      SET head_id = head.id, approver_id = leader.id
      FROM unnest(?::text[], ?::text[], ?::int[]) AS l (department_id, leaders, rank)
      JOIN person head ON head.department_id = l.department_id AND head.position = 1
      JOIN person leader ON leader.department_id = l.leaders AND leader.position = l.rank
      WHERE d.id = l.department_id""";

  private static final String ROOMS =
      """
      INSERT INTO room
        (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, position,
         booking, automatic_up_to)
      SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
        ?::text[], ?::int[], ?::int[], ?::text[], ?::int[])""";

  private static final String KEPT =
      """
      INSERT INTO room_department (room_id, department_id)
      SELECT * FROM unnest(?::text[], ?::text[])""";

  private static final String EQUIPMENT =
      """
      INSERT INTO room_equipment (room_id, equipment_code)
      SELECT * FROM unnest(?::text[], ?::text[])""";

  /** Level, priority, policies and the hold before it follow from the type and the department. */
  private static final String BOOKINGS =
      """
      WITH meeting AS (
        SELECT * FROM unnest(?::bigint[], ?::text[], ?::timestamptz[], ?::timestamptz[],
            ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::text[], ?::text[],
            ?::text[], ?::text[], ?::int[])
          AS m (id, room_id, starts, ends, ended_at, checked_in_at, made_at, zone, type,
            department, subject, convener, heads)),
      in_force AS (
        SELECT DISTINCT ON (policy_id) policy_id, id FROM policy_version
        WHERE effective_from <= app_now()
        ORDER BY policy_id, effective_from DESC, version DESC),
      hold AS (
        SELECT policy_version_id AS id, make_interval(mins => value::int) AS long
        FROM policy_parameter WHERE name = 'booking.hold-before')
      INSERT INTO booking
        (id, room_id, during, occupied, zone, local_start, local_end, status, subject,
         meeting_type_id, level, priority, convener_id, booker_id, department_id, head_count,
         policy_version_id, second_policy_version_id, source, made_at, changed_at,
         checked_in_at, ended_at, end_before_ended)
      SELECT m.id, m.room_id, tstzrange(m.starts, coalesce(m.ended_at, m.ends)),
        tstzrange(m.starts - greatest(h1.long, h2.long), coalesce(m.ended_at, m.ends)),
        m.zone, m.starts AT TIME ZONE m.zone, m.ends AT TIME ZONE m.zone, 'confirmed', m.subject,
        t.id, t.level, t.priority, p.id, p.id, d.id, m.heads, f1.id, f2.id, 'demo', m.made_at,
        coalesce(m.ended_at, m.checked_in_at, m.made_at),
        m.checked_in_at, m.ended_at, CASE WHEN m.ended_at IS NOT NULL THEN m.ends END
      FROM meeting m
      JOIN meeting_type t ON t.id = m.type
      JOIN department d ON d.id = m.department
      JOIN person p ON p.staff_number = m.convener
      JOIN in_force f1 ON f1.policy_id = coalesce(t.policy_id, d.policy_id)
      JOIN hold h1 ON h1.id = f1.id
      LEFT JOIN in_force f2
        ON t.policy_id <> d.policy_id AND d.policy_id <> 'C' AND f2.policy_id = d.policy_id
      LEFT JOIN hold h2 ON h2.id = f2.id""";

  /** A third of what is to come in the halls still waits for approval. */
  private static final String REQUESTS =
      """
      UPDATE booking b SET status = 'requested'
      FROM room r
      WHERE r.id = b.room_id AND r.booking = 'approval' AND b.id % 3 = 0
        AND lower(b.during) > app_now() + interval '1 day'""";

  private static final String ATTENDEES =
      """
      INSERT INTO booking_attendee (booking_id, ordinal, role, person_id, name, email)
      SELECT a.booking_id, a.ordinal, a.role, p.id, coalesce(p.name_zh, a.guest), p.email
      FROM unnest(?::bigint[], ?::int[], ?::text[], ?::text[], ?::text[])
        AS a (booking_id, ordinal, role, staff_number, guest)
      LEFT JOIN person p ON p.staff_number = a.staff_number""";

  private final Connection connection;

  private Demo(Connection connection) {
    this.connection = connection;
  }

  /**
   * Fills in the demo company, if the database has no site and nobody. Blocking; after the
   * migrations, before the first verticle.
   *
   * @return whether it was filled in
   */
  public static boolean fill(DatabaseAddress database) {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.setAutoCommit(false);
      boolean filled = new Demo(connection).fillIfEmpty();
      connection.commit();
      return filled;
    } catch (SQLException failure) {
      throw new CannotStart(
          "the demo company cannot be put into "
              + database
              + " ("
              + failure.getMessage()
              + "): start with --no-demo",
          failure);
    }
  }

  private boolean fillIfEmpty() throws SQLException {
    one(ONE_AT_A_TIME, row -> "");
    if (!one(IS_EMPTY, row -> row.getBoolean(1))) {
      return false;
    }
    Instant now = one(NOW, row -> row.getObject(1, OffsetDateTime.class).toInstant());
    Duration hold = Duration.ofMinutes(one(HOLD, row -> row.getInt(1)));
    List<People.Person> people = People.hire(SEED);
    insertHouse();
    insertPeople(people);
    insertMeetings(Meetings.around(now, people, hold, SEED));
    return true;
  }

  private void insertHouse() throws SQLException {
    var sites = new Columns("text", "text", "text", "text", "int");
    var hours = new Columns("text", "time", "time");
    for (House.Site s : House.SITES) {
      sites.row(s.id(), s.names().zh(), s.names().en(), s.zone().getId(), House.SITES.indexOf(s));
      hours.row(s.id(), House.OPENS, House.CLOSES);
    }
    sites.send(connection, SITES);
    hours.send(connection, HOURS);
    var rooms =
        new Columns(
            "text", "text", "text", "text", "text", "text", "text", "int", "int", "text", "int");
    var equipment = new Columns("text", "text");
    for (House.Room r : House.ROOMS) {
      rooms.row(
          r.id(),
          r.site().id(),
          r.building().zh(),
          r.building().en(),
          r.floor(),
          r.names().zh(),
          r.names().en(),
          r.capacity(),
          House.ROOMS.indexOf(r),
          House.BY_APPROVAL.contains(r.id()) ? "approval" : "automatic",
          r.id().equals(House.UP_TO_TWO_HOURS) ? 120 : null);
      r.equipment().forEach(code -> equipment.row(r.id(), code));
    }
    rooms.send(connection, ROOMS);
    equipment.send(connection, EQUIPMENT);
  }

  private void insertPeople(List<People.Person> people) throws SQLException {
    var departments = new Columns("text", "text", "text", "text", "int");
    var leaders = new Columns("text", "text", "int");
    String management = House.DEPARTMENTS.getFirst().id();
    for (House.Department d : House.DEPARTMENTS) {
      int position = House.DEPARTMENTS.indexOf(d);
      departments.row(d.id(), d.names().zh(), d.names().en(), d.policy(), position);
      leaders.row(d.id(), management, d.leader());
    }
    departments.send(connection, DEPARTMENTS);
    var persons = new Columns("text", "text", "text", "text", "text", "int");
    for (People.Person p : people) {
      persons.row(p.number(), p.names().zh(), p.names().en(), p.email(), p.department(), p.rank());
    }
    persons.send(connection, PEOPLE);
    leaders.send(connection, LEADERS);
    var kept = new Columns("text", "text");
    House.KEPT.forEach(kept::row);
    kept.send(connection, KEPT);
  }

  private void insertMeetings(List<Meeting> meetings) throws SQLException {
    List<Long> ids = nextIds(meetings.size());
    var bookings =
        new Columns(
            "bigint",
            "text",
            "timestamptz",
            "timestamptz",
            "timestamptz",
            "timestamptz",
            "timestamptz",
            "text",
            "text",
            "text",
            "text",
            "text",
            "int");
    var attendees = new Columns("bigint", "int", "text", "text", "text");
    for (int i = 0; i < meetings.size(); i++) {
      Meeting m = meetings.get(i);
      bookings.row(
          ids.get(i),
          m.room().id(),
          m.start(),
          m.end(),
          m.endedAt(),
          m.checkedInAt(),
          m.madeAt(),
          m.room().site().zone().getId(),
          m.type(),
          m.department().id(),
          m.subject(),
          m.convener().number(),
          m.headCount());
      addAttendees(attendees, ids.get(i), m);
    }
    bookings.send(connection, BOOKINGS);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(REQUESTS);
    }
    attendees.send(connection, ATTENDEES);
  }

  private static void addAttendees(Columns attendees, long booking, Meeting m) {
    int ordinal = 1;
    attendees.row(booking, ordinal++, "required", m.convener().number(), null);
    for (People.Person person : m.attendees()) {
      attendees.row(booking, ordinal++, "required", person.number(), null);
    }
    for (People.Person person : m.invited()) {
      attendees.row(booking, ordinal++, "invited", person.number(), null);
    }
    for (String guest : m.guests()) {
      attendees.row(booking, ordinal++, "guest", null, guest);
    }
  }

  private List<Long> nextIds(int count) throws SQLException {
    var found = new ArrayList<Long>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT nextval('booking_id_seq') FROM generate_series(1, ?)")) {
      statement.setInt(1, count);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
      }
    }
    return found;
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T one(String query, Reader<T> reader) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return reader.read(row);
    }
  }
}
