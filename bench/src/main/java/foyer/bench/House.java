package foyer.bench;

import foyer.org.Tokens;
import foyer.sql.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A company to measure: one site that is always open, 200 rooms, and slots that nobody has yet. */
final class House {

  static final String HALL = "hall";
  private static final int ROOMS = 200;
  private static final Duration SLOT = Duration.ofMinutes(15);
  private static final int DAYS_AHEAD = 350;

  private static final String COMPANY =
      """
      INSERT INTO site (id, name_zh, name_en, zone) VALUES ('bench', '测试园区', 'Bench', 'Asia/Shanghai');
      INSERT INTO opening_hours (site_id, weekday, opens, closes)
        SELECT 'bench', d, '00:00', '24:00' FROM generate_series(1, 7) d;
      INSERT INTO department (id, name_zh, name_en) VALUES ('sales', '销售部', 'Sales');
      INSERT INTO person (staff_number, name_zh, name_en, department_id) VALUES ('1001', '王芳', 'Wang Fang', 'sales');
      INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, booking)
        SELECT id, 'bench', '主楼', 'Main', '8F', '松涛厅', 'Songtao', 12, 'automatic'
        FROM (SELECT 'room-' || i AS id FROM generate_series(0, %d) i
              UNION ALL SELECT 'fight-' || i FROM generate_series(0, 3) i
              UNION ALL SELECT 'hall') r;
      """
          .formatted(ROOMS - 1);

  /** Half-hours one after another in all rooms, from 2001 on. */
  private static final String EXISTING =
      """
      INSERT INTO booking (room_id, during, occupied, zone, local_start, local_end, status, subject, meeting_type_id, level,
                           priority, policy_version_id, source, made_at, changed_at)
      SELECT 'room-' || i %% 200, tstzrange(s, s + interval '30 minutes'), tstzrange(s, s + interval '30 minutes'), 'UTC',
             s AT TIME ZONE 'UTC', s AT TIME ZONE 'UTC', 'confirmed', '例会', 'regular', 'internal', 'normal', 1, 'demo', s, s
      FROM (SELECT i, timestamptz '2001-01-01Z' + (i / 200) * interval '30 minutes' AS s
            FROM generate_series(0, %d) i) slot;
      """;

  /**
   * Eight meetings in the next two days in the hall, so that its timeline weighs what a usual one
   * weighs.
   */
  private static final String USUAL_DAYS =
      """
      INSERT INTO booking (room_id, during, occupied, zone, local_start, local_end, status, subject, meeting_type_id, level,
                           priority, convener_id, department_id, head_count, policy_version_id, source, made_at, changed_at)
      SELECT 'hall', tstzrange(s, s + interval '1 hour'), tstzrange(s, s + interval '1 hour'), 'UTC',
             s AT TIME ZONE 'UTC', s AT TIME ZONE 'UTC', 'confirmed', '客服周例会与季度复盘', 'regular', 'internal', 'normal',
             1, 'sales', 8, 1, 'demo', now(), now()
      FROM generate_series(date_trunc('hour', now()) + interval '1 hour', now() + interval '2 days', interval '6 hours') s;
      """;

  /** One admin, who is signed in for as long as anybody measures. */
  private static final String ADMIN =
      """
      INSERT INTO person_role (person_id, role, given_at) SELECT id, 'admin', now() FROM person WHERE staff_number = '1001';
      INSERT INTO session (token_hash, person_id, agent, made_at, used_at)
        SELECT sha256('%s'), id, 'bench', 'infinity', 'infinity' FROM person WHERE staff_number = '1001';
      """;

  private final String token = Tokens.fresh();
  private final DatabaseAddress database;
  private final Instant first = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(4, ChronoUnit.DAYS);
  private final AtomicInteger given = new AtomicInteger();

  /** A free time in a room. */
  record Slot(String room, Instant start, Instant end) {

    /** The slot as the body of a booking. */
    String json() {
      return "{\"subject\": \"季度复盘\", \"start\": \""
          + start
          + "\", \"end\": \""
          + end
          + "\", \"meetingType\": \"regular\", \"convener\": \"1001\", \"headCount\": 6}";
    }
  }

  House(DatabaseAddress database) {
    this.database = database;
  }

  /** Puts the company in, and bookings of former years. */
  void fill(int existing) {
    run(
        COMPANY
            + ADMIN.formatted(token)
            + USUAL_DAYS
            + EXISTING.formatted(existing - 1)
            + "ANALYZE;");
  }

  /** A slot that was not given before; of neighbours in the order none share a room. */
  Slot next() {
    int n = given.getAndIncrement();
    return slot("room-" + n % ROOMS, n / ROOMS);
  }

  /** A slot of the hall, days ahead of what its timeline shows. */
  Slot nextInHall() {
    return slot(HALL, given.getAndIncrement() % (DAYS_AHEAD * 96));
  }

  /** The rooms that are fought for. */
  static List<String> arena() {
    return List.of("fight-0", "fight-1", "fight-2", "fight-3");
  }

  /** The first instant of the times that are fought for. */
  Instant firstDay() {
    return first;
  }

  /** The header Cookie of the company's admin. */
  String cookie() {
    return "foyer-session=" + token;
  }

  /** What the admin shows to change something. */
  String csrfToken() {
    return Tokens.csrf(token);
  }

  DatabaseAddress database() {
    return database;
  }

  /** The settings without which PostgreSQL may lose what it acknowledged; all must be on. */
  List<String> durability() {
    List<String> found = new ArrayList<>();
    for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
      String value = text("SHOW " + setting);
      if (!value.equals("on")) {
        throw new IllegalStateException(setting + " is " + value + ": figures would mean nothing");
      }
      found.add(setting + " " + value);
    }
    found.add("PostgreSQL " + text("SHOW server_version"));
    return found;
  }

  /** The one value that a query answers with. */
  String text(String query) {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement(query);
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  private Slot slot(String room, int number) {
    Instant start = first.plus(SLOT.multipliedBy(number));
    return new Slot(room, start, start.plus(SLOT));
  }

  private void run(String statements) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(statements, e);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
  }
}
