package foyer.demo;

import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the demo company into an empty database, in one transaction. */
public final class Demo {

  private static final long SEED = 20_260_101;

  private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('foyer.demo'))";

  private static final String IS_EMPTY =
      "SELECT NOT EXISTS (SELECT FROM site) AND NOT EXISTS (SELECT FROM person)";

  private static final String NOW = "SELECT app_now()";

  private static final String HOLD =
      """
      SELECT max(value::int)
      FROM policy_parameter p JOIN policy_version v ON v.id = p.policy_version_id
      WHERE v.policy_id = 'K' AND p.name = 'booking.hold-before'""";

  private static final String SITE =
      "INSERT INTO site (id, name_zh, name_en, zone, position) VALUES (?, ?, ?, ?, ?)";

  private static final String HOURS =
      """
      INSERT INTO opening_hours (site_id, weekday, opens, closes)
      SELECT site.id, weekday, ?, ? FROM site, generate_series(1, 7) AS weekday""";

  private static final String DEPARTMENT =
      "INSERT INTO department (id, name_zh, name_en, policy_id, position) VALUES (?, ?, ?, ?, ?)";

  private static final String PERSON =
      """
      INSERT INTO person (staff_number, name_zh, name_en, email, department_id, position)
      VALUES (?, ?, ?, ?, ?, ?)""";

  private static final String LEADERS =
      """
      UPDATE department
      SET head_id = (SELECT id FROM person WHERE department_id = department.id AND position = 1),
        approver_id = (SELECT id FROM person WHERE department_id = ? AND position = ?)
      WHERE id = ?""";

  private static final String ROOM =
      """
      INSERT INTO room
        (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, position)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""";

  private static final String EQUIPMENT =
      "INSERT INTO room_equipment (room_id, equipment_code) VALUES (?, ?)";

  /** Level, priority, policies and the hold before it follow from the type and the department. */
  private static final String BOOKING =
      """
      WITH meeting AS (
        SELECT ?::bigint AS id, ?::text AS room_id, ?::timestamptz AS starts, ?::timestamptz AS ends,
          ?::timestamptz AS ended_at, ?::timestamptz AS checked_in_at, ?::timestamptz AS made_at,
          ?::text AS zone, ?::text AS type, ?::text AS department, ?::text AS subject,
          ?::bigint AS convener, ?::int AS heads),
      in_force AS (
        SELECT DISTINCT ON (policy_id) policy_id, id FROM policy_version
        WHERE effective_from <= app_now()
        ORDER BY policy_id, effective_from DESC, version DESC)
      INSERT INTO booking
        (id, room_id, during, occupied, zone, local_start, local_end, status, subject,
         meeting_type_id, level, priority, convener_id, booker_id, department_id, head_count,
         policy_version_id, second_policy_version_id, source, made_at, changed_at,
         checked_in_at, ended_at, end_before_ended)
      SELECT m.id, m.room_id, tstzrange(m.starts, coalesce(m.ended_at, m.ends)),
        tstzrange(m.starts - make_interval(mins => hold.minutes), coalesce(m.ended_at, m.ends)),
        m.zone, m.starts AT TIME ZONE m.zone, m.ends AT TIME ZONE m.zone, 'confirmed', m.subject,
        t.id, t.level, t.priority, m.convener, m.convener, d.id, m.heads,
        first.id, second.id, 'demo', m.made_at,
        coalesce(m.ended_at, m.checked_in_at, m.made_at),
        m.checked_in_at, m.ended_at, CASE WHEN m.ended_at IS NOT NULL THEN m.ends END
      FROM meeting m
      JOIN meeting_type t ON t.id = m.type
      JOIN department d ON d.id = m.department
      JOIN in_force first ON first.policy_id = coalesce(t.policy_id, d.policy_id)
      LEFT JOIN in_force second
        ON t.policy_id <> d.policy_id AND d.policy_id <> 'C' AND second.policy_id = d.policy_id
      CROSS JOIN LATERAL (
        SELECT max(value::int) AS minutes FROM policy_parameter
        WHERE name = 'booking.hold-before' AND policy_version_id IN (first.id, second.id)) hold""";

  private static final String ATTENDEES =
      """
      INSERT INTO booking_attendee (booking_id, ordinal, role, person_id, name, email)
      SELECT a.booking_id, a.ordinal, a.role, p.id, coalesce(p.name_zh, a.guest), p.email
      FROM unnest(?::bigint[], ?::int[], ?::text[], ?::bigint[], ?::text[])
        AS a (booking_id, ordinal, role, person_id, guest)
      LEFT JOIN person p ON p.id = a.person_id""";

  private final Connection connection;
  private final Map<People.Person, Long> ids = new HashMap<>();

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
        DriverManager.getConnection(
            database.jdbcUrl() + "?reWriteBatchedInserts=true",
            database.user(),
            database.password())) {
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
    try (PreparedStatement site = connection.prepareStatement(SITE)) {
      for (House.Site s : House.SITES) {
        add(site, s.id(), s.names().zh(), s.names().en(), s.zone().getId(), House.SITES.indexOf(s));
      }
      site.executeBatch();
    }
    try (PreparedStatement hours = connection.prepareStatement(HOURS)) {
      add(hours, House.OPENS, House.CLOSES);
      hours.executeBatch();
    }
    try (PreparedStatement room = connection.prepareStatement(ROOM);
        PreparedStatement equipment = connection.prepareStatement(EQUIPMENT)) {
      for (House.Room r : House.ROOMS) {
        insertRoom(room, equipment, r);
      }
      room.executeBatch();
      equipment.executeBatch();
    }
  }

  private static void insertRoom(
      PreparedStatement room, PreparedStatement equipment, House.Room r) throws SQLException {
    add(
        room,
        r.id(),
        r.site().id(),
        r.building().zh(),
        r.building().en(),
        r.floor(),
        r.names().zh(),
        r.names().en(),
        r.capacity(),
        House.ROOMS.indexOf(r));
    for (String code : r.equipment()) {
      add(equipment, r.id(), code);
    }
  }

  private void insertPeople(List<People.Person> people) throws SQLException {
    try (PreparedStatement department = connection.prepareStatement(DEPARTMENT);
        PreparedStatement person = connection.prepareStatement(PERSON);
        PreparedStatement leaders = connection.prepareStatement(LEADERS)) {
      String management = House.DEPARTMENTS.getFirst().id();
      for (House.Department d : House.DEPARTMENTS) {
        int position = House.DEPARTMENTS.indexOf(d);
        add(department, d.id(), d.names().zh(), d.names().en(), d.policy(), position);
        add(leaders, management, d.leader(), d.id());
      }
      for (People.Person p : people) {
        add(person, p.number(), p.names().zh(), p.names().en(), p.email(), p.department(), p.rank());
      }
      department.executeBatch();
      person.executeBatch();
      leaders.executeBatch();
    }
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT staff_number, id FROM person")) {
      Map<String, Long> byNumber = new HashMap<>();
      while (rows.next()) {
        byNumber.put(rows.getString(1), rows.getLong(2));
      }
      people.forEach(p -> ids.put(p, byNumber.getOrDefault(p.number(), 0L)));
    }
  }

  private void insertMeetings(List<Meeting> meetings) throws SQLException {
    List<Long> bookings = nextIds(meetings.size());
    var attendees = new Attendees();
    try (PreparedStatement booking = connection.prepareStatement(BOOKING)) {
      for (int i = 0; i < meetings.size(); i++) {
        Meeting m = meetings.get(i);
        add(
            booking,
            bookings.get(i),
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
            ids.get(m.convener()),
            m.headCount());
        attendees.add(bookings.get(i), m);
      }
      booking.executeBatch();
    }
    attendees.insert();
  }

  private List<Long> nextIds(int count) throws SQLException {
    var found = new ArrayList<Long>();
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT nextval('booking_id_seq') FROM generate_series(1, ?)")) {
      statement.setInt(1, count);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getLong(1));
        }
      }
    }
    return found;
  }

  /** The attendees of all meetings, column by column. */
  private final class Attendees {
    private final List<Long> bookings = new ArrayList<>();
    private final List<Integer> ordinals = new ArrayList<>();
    private final List<String> roles = new ArrayList<>();
    private final List<@Nullable Long> persons = new ArrayList<>();
    private final List<@Nullable String> guests = new ArrayList<>();

    void add(long booking, Meeting m) {
      int ordinal = 1;
      add(booking, ordinal++, "required", ids.get(m.convener()), null);
      for (People.Person person : m.attendees()) {
        add(booking, ordinal++, "required", ids.get(person), null);
      }
      for (People.Person person : m.invited()) {
        add(booking, ordinal++, "invited", ids.get(person), null);
      }
      for (String guest : m.guests()) {
        add(booking, ordinal++, "guest", null, guest);
      }
    }

    private void add(
        long booking, int ordinal, String role, @Nullable Long person, @Nullable String guest) {
      bookings.add(booking);
      ordinals.add(ordinal);
      roles.add(role);
      persons.add(person);
      guests.add(guest);
    }

    void insert() throws SQLException {
      try (PreparedStatement statement = connection.prepareStatement(ATTENDEES)) {
        statement.setArray(1, array("bigint", bookings));
        statement.setArray(2, array("int", ordinals));
        statement.setArray(3, array("text", roles));
        statement.setArray(4, array("bigint", persons));
        statement.setArray(5, array("text", guests));
        statement.executeUpdate();
      }
    }

    private Array array(String type, List<? extends @Nullable Object> values) throws SQLException {
      return connection.createArrayOf(type, values.toArray());
    }
  }

  /** Adds one row to a batch. */
  private static void add(PreparedStatement statement, @Nullable Object... values)
      throws SQLException {
    for (int i = 0; i < values.length; i++) {
      switch (values[i]) {
        case null -> statement.setNull(i + 1, Types.TIMESTAMP_WITH_TIMEZONE);
        case Instant instant -> statement.setObject(i + 1, instant.atOffset(ZoneOffset.UTC));
        case Object value -> statement.setObject(i + 1, value);
      }
    }
    statement.addBatch();
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
