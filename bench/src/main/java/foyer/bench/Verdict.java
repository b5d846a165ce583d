package foyer.bench;

import foyer.bench.Fight.Booked;
import foyer.bench.Fight.Outcome;
import foyer.bench.Fight.Refused;
import foyer.sql.DatabaseAddress;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;

/**
 * What the database says about a fight.
 *
 * @param overlaps pairs of bookings that hold one room at one time
 * @param lost acknowledged bookings, and cancellations, that the database does not know as they
 *     were acknowledged
 * @param unjustified refusals of a time that nobody held while it was asked for
 */
record Verdict(long overlaps, long lost, long unjustified) {

  /** The rooms' bookings apart, with an index that knows the cancelled ones too. */
  private static final String FOUGHT =
      """
      CREATE TEMPORARY TABLE fought AS
        SELECT id, room_id, during, occupied, status, made_at, cancelled_at FROM booking WHERE room_id LIKE 'fight-%';
      CREATE INDEX ON fought USING gist (room_id, occupied);
      CREATE INDEX ON fought (id);
      ANALYZE fought;""";

  private static final String OVERLAPS =
      """
      SELECT count(*) FROM fought a JOIN fought b ON a.room_id = b.room_id AND a.occupied && b.occupied AND a.id < b.id
      WHERE a.status IN ('held', 'confirmed') AND b.status IN ('held', 'confirmed')""";

  private static final String LOST =
      """
      SELECT count(*)
      FROM unnest(?::bigint[], ?::text[], ?::timestamptz[], ?::timestamptz[], ?::boolean[]) AS a (id, room, from_at, until_at, cancelled)
      LEFT JOIN fought f ON f.id = a.id AND f.room_id = a.room AND f.during = tstzrange(a.from_at, a.until_at)
        AND f.status = CASE WHEN a.cancelled THEN 'cancelled' ELSE 'confirmed' END
      WHERE f.id IS NULL""";

  private static final String UNJUSTIFIED =
      """
      SELECT count(*)
      FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[], ?::timestamptz[])
        AS r (room, from_at, until_at, sent_at, answered_at)
      WHERE NOT EXISTS (
        SELECT FROM fought f
        WHERE f.room_id = r.room AND f.occupied && tstzrange(r.from_at, r.until_at)
          AND f.made_at <= r.answered_at AND (f.cancelled_at IS NULL OR f.cancelled_at >= r.sent_at))""";

  /** Asks the database. */
  static Verdict on(Outcome outcome, DatabaseAddress database) {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      try (Statement statement = connection.createStatement()) {
        statement.execute(FOUGHT);
      }
      List<Booked> booked = outcome.booked();
      List<Refused> refused = outcome.refused();
      var cancelled = new HashSet<>(outcome.cancelled());
      return new Verdict(
          count(connection, OVERLAPS),
          count(
              connection,
              LOST,
              array(connection, "bigint", booked, Booked::id),
              array(connection, "text", booked, Booked::room),
              array(connection, "timestamptz", booked, b -> timestamp(b.start())),
              array(connection, "timestamptz", booked, b -> timestamp(b.end())),
              array(connection, "boolean", booked, b -> cancelled.contains(b.id()))),
          count(
              connection,
              UNJUSTIFIED,
              array(connection, "text", refused, Refused::room),
              array(connection, "timestamptz", refused, r -> timestamp(r.start())),
              array(connection, "timestamptz", refused, r -> timestamp(r.end())),
              array(connection, "timestamptz", refused, r -> timestamp(r.sent())),
              array(connection, "timestamptz", refused, r -> timestamp(r.answered()))));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean right() {
    return overlaps == 0 && lost == 0 && unjustified == 0;
  }

  private static long count(Connection connection, String query, Array... arrays)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < arrays.length; i++) {
        statement.setArray(i + 1, arrays[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private static <T> Array array(
      Connection connection, String type, List<T> values, Function<T, Object> column)
      throws SQLException {
    return connection.createArrayOf(type, values.stream().map(column).toArray());
  }

  private static Timestamp timestamp(Instant instant) {
    return Timestamp.from(instant);
  }
}
