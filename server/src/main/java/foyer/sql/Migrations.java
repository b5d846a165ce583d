package foyer.sql;

import java.util.Locale;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateResult;

/**
 * Brings the tables of a database to what this program expects. Blocking; before the first
 * verticle.
 */
public final class Migrations {

  private Migrations() {}

  /**
   * Applies the migrations of {@code db/} that the database lacks.
   *
   * @return how many were applied; 0 when the tables were current
   * @throws CannotStart when the database is out of reach or was written by another version
   */
  public static int migrate(DatabaseAddress database) {
    try {
      MigrateResult result =
          Flyway.configure()
              .dataSource(database.jdbcUrl(), database.user(), database.password())
              .locations("classpath:db")
              .ignoreMigrationPatterns(new String[0])
              .load()
              .migrate();
      return result.migrationsExecuted;
    } catch (FlywayException failure) {
      throw new CannotStart(line(database, failure), failure);
    }
  }

  private static String line(DatabaseAddress database, FlywayException failure) {
    String reason = String.valueOf(failure.getMessage()).strip();
    String first = reason.lines().findFirst().orElse(reason);
    if (reason.toLowerCase(Locale.ROOT).contains("unable to obtain connection")) {
      String why = reason.lines().filter(l -> l.startsWith("Message")).findFirst().orElse(first);
      return "no database at "
          + database
          + " ("
          + why.replaceFirst("^Message\\s*:\\s*", "")
          + "): start it, or correct its address and password";
    }
    if (reason.contains("not resolved locally") || reason.contains("hecksum mismatch")) {
      return "the tables of "
          + database
          + " were made by another version of Foyer: start that version, or choose another database"
          + " (--data DIR or --database-url URL)";
    }
    return "the tables of " + database + " cannot be brought up to date: " + first;
  }
}
