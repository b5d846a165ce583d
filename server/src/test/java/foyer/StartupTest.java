package foyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import foyer.embedded.DataFolder;
import foyer.embedded.EmbeddedPostgres;
import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import foyer.sql.Migrations;
import foyer.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StartupTest {

  @TempDir private static Path folder;
  private static DataFolder data;
  private static EmbeddedPostgres postgres;
  private static int count;

  @BeforeAll
  static void aDurableDatabase() {
    data = DataFolder.open(folder);
    postgres =
        EmbeddedPostgres.start(
            data, new EmbeddedPostgres.Options(TestDatabase.programs(), true, 20));
    Migrations.migrate(postgres.database());
  }

  @AfterAll
  static void stop() {
    postgres.close();
    data.close();
  }

  @Test
  void aSoundDatabasePasses() throws Exception {
    DatabaseAddress sound = databaseWith("");
    Startup.check(sound);
    Startup.check(sound, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(50)));
  }

  @Test
  void whatWouldLoseAcknowledgedBookingsIsRefused() throws Exception {
    DatabaseAddress careless = databaseWith("");
    execute(
        postgres.admin(),
        "ALTER DATABASE " + careless.database() + " SET synchronous_commit = off");
    refused(careless, "synchronous_commit is off");
    try (TestDatabase quick = TestDatabase.create()) {
      refused(quick.address(), "fsync is off");
    }
  }

  @Test
  void aDatabaseWithoutTheConstraintIsRefused() throws Exception {
    refused(
        databaseWith("ALTER TABLE booking DROP CONSTRAINT booking_no_overlap"),
        "booking_no_overlap");
  }

  @Test
  void clocksAMinuteApartAreRefused() throws Exception {
    DatabaseAddress sound = databaseWith("");
    for (int seconds : new int[] {70, -70}) {
      assertThatThrownBy(
              () ->
                  Startup.check(
                      sound, Clock.offset(Clock.systemUTC(), Duration.ofSeconds(seconds))))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("s apart");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Europe/Atlantis", "+08:00", "CST6CDT4", "EST", ""})
  void aZoneThatNotAllKnowIsRefused(String zone) throws Exception {
    refused(
        databaseWith(
            "INSERT INTO site (id, name_zh, name_en, zone) VALUES ('x', '甲', 'X', '" + zone + "')"),
        "'" + zone + "'");
  }

  @Test
  void noDatabaseIsSaidInOneLineWithoutThePassword() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = silent.getLocalPort();
      silent.close();
      var nowhere = new DatabaseAddress("127.0.0.1", port, "foyer", "foyer", "s3cret");
      refused(nowhere, "no database at foyer@127.0.0.1:" + port);
      assertThatThrownBy(() -> Migrations.migrate(nowhere))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("no database at foyer@127.0.0.1:" + port)
          .hasMessageNotContaining("s3cret")
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void aDatabaseOfALaterVersionIsRefused() throws Exception {
    DatabaseAddress later =
        databaseWith(
            """
            INSERT INTO flyway_schema_history
            SELECT installed_rank + 1, '999', 'later', type, 'V999__later.sql', checksum,
              installed_by, installed_on, execution_time, success
            FROM flyway_schema_history ORDER BY installed_rank DESC LIMIT 1""");
    assertThatThrownBy(() -> Migrations.migrate(later))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("another version of Foyer")
        .message()
        .hasLineCount(1);
  }

  @Test
  void aTakenPortIsRefusedNamingItsOption() throws Exception {
    try (var owner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> Startup.requireFree(Config.MQTT_PORT, owner.getLocalPort()))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("port " + owner.getLocalPort() + " is taken")
          .hasMessageContaining("--mqtt-port PORT");
    }
    Startup.requireFree(Config.PORT, 0);
  }

  @Test
  void everyFailureIsOneLineAndAnExitStatus() {
    assertThat(explained(new IllegalStateException("a", new CannotStart("the disk is full"))))
        .isEqualTo("1 foyer: the disk is full\n");
    Throwable badSetting = catchThrowable(() -> Config.read(List.of("--port", "x"), Map.of()));
    assertThat(explained(badSetting)).startsWith("2 foyer: --port must be");
    assertThat(explained(new IllegalStateException("two\nlines")))
        .isEqualTo("1 foyer: does not start: java.lang.IllegalStateException: two lines\n");
  }

  private static String explained(Throwable failure) {
    var bytes = new ByteArrayOutputStream();
    int status = Startup.explain(failure, new PrintStream(bytes, true, StandardCharsets.UTF_8));
    return status + " " + bytes.toString(StandardCharsets.UTF_8);
  }

  private static void refused(DatabaseAddress database, String reason) {
    assertThatThrownBy(() -> Startup.check(database))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining(database.password())
        .message()
        .hasLineCount(1);
  }

  /** A copy of the sound database, with a fault. */
  private static DatabaseAddress databaseWith(String fault) throws SQLException {
    String name = "copy_" + ++count;
    execute(postgres.admin(), "CREATE DATABASE " + name + " TEMPLATE foyer OWNER foyer");
    DatabaseAddress copy = postgres.database().withDatabase(name);
    if (!fault.isEmpty()) {
      execute(copy, fault);
    }
    return copy;
  }

  private static void execute(DatabaseAddress on, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection(on.jdbcUrl(), on.user(), on.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
