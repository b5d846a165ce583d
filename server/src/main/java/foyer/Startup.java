package foyer;

import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.zone.ZoneRulesProvider;
import org.jspecify.annotations.Nullable;

/** What must hold before the server takes its first request, and how it says that it does not. */
public final class Startup {

  /** Exit status for settings that cannot be taken. */
  public static final int BAD_SETTING = 2;

  /** Exit status for all other reasons not to start. */
  public static final int CANNOT_START = 1;

  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(60);

  private static final String DURABILITY =
      """
      SELECT name
      FROM pg_settings
      WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes') AND setting = 'off'
      ORDER BY name""";

  private static final String GUARANTEE =
      """
      SELECT FROM pg_constraint
      WHERE conname = 'booking_no_overlap' AND conrelid = 'booking'::regclass
        AND contype = 'x' AND convalidated""";

  private static final String CLOCK = "SELECT clock_timestamp()";

  private static final String ZONES = "SELECT DISTINCT zone FROM site ORDER BY zone";

  private static final String WALL_TIME = "SELECT now() AT TIME ZONE ?";

  private Startup() {}

  /** Sets the form of the log; before the first logger is made. */
  public static void logAs(Config.Log form) {
    System.setProperty("foyer.log", form.name());
  }

  /**
   * Refuses a port of 127.0.0.1 on which another program listens, before anything is started.
   *
   * @param setting the setting that chose it, which the refusal names
   * @param port the port; 0 is always free
   */
  public static void requireFree(Setting<Integer> setting, int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException taken) {
      throw new CannotStart(
          "port "
              + port
              + " is taken by another program or not allowed: stop that one, or choose another with "
              + setting.option(),
          taken);
    }
  }

  /**
   * Refuses a database on which an acknowledged booking could be lost or doubled, or a display be
   * wrong: durability off, the exclusion constraint missing, clocks 60 s apart, a zone that Java or
   * PostgreSQL does not know. Blocking; after the migrations.
   */
  public static void check(DatabaseAddress database) {
    check(database, Clock.systemUTC());
  }

  static void check(DatabaseAddress database, Clock machine) {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      checkDurability(connection);
      checkGuarantee(connection);
      checkClock(connection, machine.instant());
      checkZones(connection);
    } catch (SQLException failure) {
      throw new CannotStart(
          "no database at "
              + database
              + " ("
              + oneLine(failure.getMessage())
              + "): start it, or correct its address and password",
          failure);
    }
  }

  /**
   * Prints in one line why the server does not start.
   *
   * @return the exit status that says the same
   */
  public static int explain(Throwable failure, PrintStream to) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Config.Unusable || cause instanceof CannotStart) {
        to.println("foyer: " + oneLine(cause.getMessage()));
        return cause instanceof Config.Unusable ? BAD_SETTING : CANNOT_START;
      }
    }
    to.println("foyer: does not start: " + oneLine(failure.toString()));
    return CANNOT_START;
  }

  private static void checkDurability(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet off = statement.executeQuery(DURABILITY)) {
      if (off.next()) {
        throw new CannotStart(
            "the database would lose acknowledged bookings, for "
                + off.getString("name")
                + " is off: set it to on and start PostgreSQL again");
      }
    }
  }

  private static void checkGuarantee(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet constraint = statement.executeQuery(GUARANTEE)) {
      if (!constraint.next()) {
        throw new CannotStart(
            "the database lacks the constraint booking_no_overlap, without which rooms are booked"
                + " twice: restore it, or restore the database");
      }
    }
  }

  private static void checkClock(Connection connection, Instant ours) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(CLOCK)) {
      row.next();
      Instant theirs = row.getObject(1, OffsetDateTime.class).toInstant();
      Duration apart = Duration.between(theirs, ours).abs();
      if (apart.compareTo(CLOCK_TOLERANCE) > 0) {
        throw new CannotStart(
            "the clocks of this machine and of the database are "
                + apart.toSeconds()
                + " s apart: set them by NTP");
      }
    }
  }

  private static void checkZones(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet zones = statement.executeQuery(ZONES)) {
      while (zones.next()) {
        String zone = zones.getString("zone");
        if (!isRegion(zone) || !knows(connection, zone)) {
          throw new CannotStart(
              "the zone '"
                  + zone
                  + "' of a site is unknown to Java or PostgreSQL: give the site an IANA region such"
                  + " as Asia/Shanghai");
        }
      }
    }
  }

  private static boolean isRegion(String zone) {
    return zone.contains("/") && ZoneRulesProvider.getAvailableZoneIds().contains(zone);
  }

  private static boolean knows(Connection connection, String zone) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WALL_TIME)) {
      statement.setString(1, zone);
      statement.executeQuery().close();
      return true;
    } catch (SQLException failure) {
      if ("22023".equals(failure.getSQLState())) {
        return false;
      }
      throw failure;
    }
  }

  private static String oneLine(@Nullable String text) {
    return String.valueOf(text).replaceAll("\\s+", " ").strip();
  }
}
