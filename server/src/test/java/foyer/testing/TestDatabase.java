package foyer.testing;

import foyer.embedded.DataFolder;
import foyer.embedded.EmbeddedPostgres;
import foyer.sql.DatabaseAddress;
import foyer.sql.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A migrated database of its own for a test class, on a PostgreSQL that all tests of this process
 * share, with a clock that the test moves:
 *
 * <pre>{@code
 * @RegisterExtension static final TestDatabase database = TestDatabase.create();
 * }</pre>
 *
 * <p>The cluster is not durable: what is killed in a test runs on a cluster of its own.
 */
public final class TestDatabase implements AfterAllCallback, AutoCloseable {

  private static final String TEMPLATE = "foyer_template";
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static @Nullable EmbeddedPostgres cluster;

  /** The shift makes {@code app_now()} run on from the instant that it was set to. */
  private static final String MOVABLE_CLOCK =
      """
      CREATE TABLE test_clock (shift interval NOT NULL);
      INSERT INTO test_clock VALUES ('0');
      CREATE OR REPLACE FUNCTION app_now() RETURNS timestamptz
        LANGUAGE sql VOLATILE
        BEGIN ATOMIC
          SELECT clock_timestamp() + shift FROM test_clock;
        END""";

  private final DatabaseAddress address;

  private TestDatabase(DatabaseAddress address) {
    this.address = address;
  }

  /** Makes a fresh database: all tables, the catalogue, nothing else. */
  public static TestDatabase create() {
    synchronized (TestDatabase.class) {
      EmbeddedPostgres shared = cluster();
      String name = "foyer_test_" + COUNT.incrementAndGet();
      execute(shared.admin(), "CREATE DATABASE " + name + " TEMPLATE " + TEMPLATE + " OWNER foyer");
      return new TestDatabase(shared.database().withDatabase(name));
    }
  }

  /** Where the programs of PostgreSQL are kept between test runs. */
  public static Path programs() {
    return Path.of(System.getProperty("user.home"), ".cache", "foyer");
  }

  /** The address, with the role that owns the database. */
  public DatabaseAddress address() {
    return address;
  }

  /** A JDBC connection, to look at and prepare rows; the caller closes it. */
  public Connection connect() throws SQLException {
    return connect(address);
  }

  /** Runs statements, separated by semicolons. */
  public void execute(String sql) {
    execute(address, sql);
  }

  /** The number that the query's only row and column holds. */
  public long number(String query) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException failure) {
      throw new IllegalStateException(query, failure);
    }
  }

  /** What {@code app_now()} says. */
  public Instant now() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT app_now()")) {
      rows.next();
      return rows.getObject(1, OffsetDateTime.class).toInstant();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    }
  }

  /** Moves {@code app_now()} on by this much, back where negative. */
  public void moveClock(Duration by) {
    execute("UPDATE test_clock SET shift = shift + " + interval(by));
  }

  /** Sets {@code app_now()} to this instant, from which it runs on. */
  public void setClock(Instant to) {
    execute("UPDATE test_clock SET shift = timestamptz '" + to + "' - clock_timestamp()");
  }

  /** Drops the database, connected or not. */
  @Override
  public void close() {
    synchronized (TestDatabase.class) {
      execute(cluster().admin(), "DROP DATABASE IF EXISTS " + address.database() + " WITH (FORCE)");
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    close();
  }

  private static EmbeddedPostgres cluster() {
    if (cluster == null) {
      cluster = startCluster();
      DatabaseAddress template = cluster.database().withDatabase(TEMPLATE);
      execute(cluster.admin(), "CREATE DATABASE " + TEMPLATE + " OWNER foyer");
      Migrations.migrate(template);
      execute(template, MOVABLE_CLOCK);
    }
    return cluster;
  }

  private static EmbeddedPostgres startCluster() {
    try {
      Path folder = Files.createTempDirectory("foyer-test-");
      DataFolder data = DataFolder.open(folder);
      var started =
          EmbeddedPostgres.start(data, new EmbeddedPostgres.Options(programs(), false, 200));
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    started.close();
                    data.close();
                    delete(folder);
                  }));
      return started;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void delete(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String interval(Duration duration) {
    return "make_interval(secs => " + duration.toMillis() / 1000.0 + ")";
  }

  private static Connection connect(DatabaseAddress to) throws SQLException {
    return DriverManager.getConnection(to.jdbcUrl(), to.user(), to.password());
  }

  private static void execute(DatabaseAddress on, String sql) {
    try (Connection connection = connect(on);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException failure) {
      throw new IllegalStateException(sql, failure);
    }
  }
}
