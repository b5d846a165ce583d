package foyer.demo;

import foyer.org.Passwords;
import foyer.org.Tokens;
import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * How one gets into the demo company: all its people have the same password, the head of
 * administration is the admin, and a display and the lobby's kiosk are there.
 */
public final class DemoAccess {

  private static final String KNOWN = "SELECT value FROM secret WHERE name = 'demo-password'";

  private static final String REMEMBER =
      "INSERT INTO secret (name, value) VALUES ('demo-password', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";

  private static final String PASSWORDS =
      """
      INSERT INTO password (person_id, hash, set_at) SELECT id, ?, app_now() FROM person
      ON CONFLICT (person_id) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at""";

  private static final String ADMIN =
      """
      INSERT INTO person_role (person_id, role, given_at)
      SELECT head_id, 'admin', app_now() FROM department WHERE id = 'administration'
      ON CONFLICT DO NOTHING""";

  private static final String FRONT_DESK =
      """
      INSERT INTO person_role (person_id, role, given_at)
      SELECT id, 'front-desk', app_now() FROM person WHERE department_id = 'administration' AND position = 2
      ON CONFLICT DO NOTHING""";

  private static final String DEVICES =
      """
      INSERT INTO device (id, kind, name, site_id, made_at)
      SELECT 'door-' || r.id, 'display', r.name_zh || ' ' || r.name_en, r.site_id, app_now() FROM room r WHERE r.id = 'sh-0801'
      UNION ALL
      SELECT 'kiosk-' || s.id, 'kiosk', s.name_zh || ' ' || s.name_en, s.id, app_now() FROM site s WHERE s.id = 'shanghai'
      ON CONFLICT DO NOTHING""";

  private static final String DEVICE_ROOMS =
      "INSERT INTO device_room (device_id, room_id) SELECT 'door-sh-0801', 'sh-0801' WHERE EXISTS (SELECT FROM device WHERE id = 'door-sh-0801') ON CONFLICT DO NOTHING";

  private static final String WHO =
      """
      SELECT admin.staff_number AS admin, leader.staff_number AS leader
      FROM department a JOIN person admin ON admin.id = a.head_id
      JOIN department s ON s.id = 'sales' JOIN person leader ON leader.id = s.approver_id
      WHERE a.id = 'administration'""";

  private DemoAccess() {}

  /**
   * Whom one can be.
   *
   * @param admin staff number
   * @param leader staff number of somebody who approves
   */
  public record Access(String admin, String leader, String password) {}

  /**
   * Opens a demo company: at its first start, or when another password is wanted, sets everybody's.
   *
   * @param filled whether the demo company has just been put in
   * @param wanted password; empty for the one that it has, at first a random one
   * @return nothing if this database holds no demo company
   */
  public static Optional<Access> open(
      DatabaseAddress database, boolean filled, Optional<String> wanted) {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.setAutoCommit(false);
      Optional<String> known = known(connection);
      if (known.isEmpty() && !filled) {
        return Optional.empty();
      }
      String password =
          wanted
              .or(() -> known)
              .orElseGet(() -> Tokens.fresh().replaceAll("[^A-Za-z0-9]", "").substring(0, 12));
      if (!known.equals(Optional.of(password))) {
        set(connection, password);
      }
      Access access = access(connection, password);
      connection.commit();
      return Optional.of(access);
    } catch (SQLException failure) {
      throw new CannotStart(
          "nobody can be let into the demo company of "
              + database
              + " ("
              + failure.getMessage()
              + "): start with --no-demo",
          failure);
    }
  }

  private static Optional<String> known(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(KNOWN);
        ResultSet rows = statement.executeQuery()) {
      return rows.next()
          ? Optional.of(new String(rows.getBytes(1), StandardCharsets.UTF_8))
          : Optional.empty();
    }
  }

  private static void set(Connection connection, String password) throws SQLException {
    try (PreparedStatement passwords = connection.prepareStatement(PASSWORDS);
        PreparedStatement remember = connection.prepareStatement(REMEMBER)) {
      passwords.setString(1, Passwords.hashNow(password));
      passwords.executeUpdate();
      remember.setBytes(1, password.getBytes(StandardCharsets.UTF_8));
      remember.executeUpdate();
    }
    try (var statement = connection.createStatement()) {
      statement.execute(ADMIN);
      statement.execute(FRONT_DESK);
      statement.execute(DEVICES);
      statement.execute(DEVICE_ROOMS);
    }
  }

  private static Access access(Connection connection, String password) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WHO);
        ResultSet rows = statement.executeQuery()) {
      if (!rows.next()) {
        throw new SQLException("the demo company has no administration");
      }
      return new Access(rows.getString("admin"), rows.getString("leader"), password);
    }
  }
}
