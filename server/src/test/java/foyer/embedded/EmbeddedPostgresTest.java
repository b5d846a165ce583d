package foyer.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import foyer.testing.Eventually;
import foyer.testing.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {

  private static final EmbeddedPostgres.Options DURABLE =
      new EmbeddedPostgres.Options(TestDatabase.programs(), true, 20);
  private static final EmbeddedPostgres.Options QUICK =
      new EmbeddedPostgres.Options(TestDatabase.programs(), false, 20);

  @TempDir private Path folder;

  @Test
  void theSecondStartFindsTheDataAndThePortOfTheFirst() throws Exception {
    int port;
    long pid;
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, DURABLE)) {
      port = postgres.database().port();
      pid = postgres.pid();
      execute(postgres.database(), "CREATE TABLE kept AS SELECT '会客厅' AS word");
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, DURABLE)) {
      assertThat(postgres.database().port()).isEqualTo(port);
      assertThat(text(postgres.database(), "SELECT word FROM kept")).isEqualTo("会客厅");
      assertThat(text(postgres.database(), DURABILITY)).isEqualTo("on on on on scram-sha-256");
      assertThat(text(postgres.database(), "SHOW listen_addresses")).isEqualTo("127.0.0.1");
      assertThat(text(postgres.database(), LOCALE)).isEqualTo("b C.UTF-8 UTF8");
    }
  }

  private static final String DURABILITY =
      "SELECT concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'),"
          + " current_setting('full_page_writes'), current_setting('data_checksums'),"
          + " current_setting('password_encryption'))";

  private static final String LOCALE =
      "SELECT concat_ws(' ', datlocprovider, datlocale, pg_encoding_to_char(encoding))"
          + " FROM pg_database WHERE datname = 'foyer'";

  @Test
  void onlyWhoKnowsThePasswordComesInAndTheServersRoleIsNoSuperuser() throws Exception {
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      DatabaseAddress known = postgres.database();
      var guessed =
          new DatabaseAddress(known.host(), known.port(), "foyer", known.user(), "guessed");
      assertThatThrownBy(() -> text(guessed, "SELECT 1"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
      assertThat(text(known, "SELECT rolsuper::text FROM pg_roles WHERE rolname = current_user"))
          .isEqualTo("false");
      assertThat(known.toString()).doesNotContain(known.password());
      assertThat(
              PosixFilePermissions.toString(
                  Files.getPosixFilePermissions(folder.resolve("postgres.password"))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void killedPostgresIsBackWithinFiveSecondsWithAllThatWasAcknowledged() throws Exception {
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, DURABLE)) {
      execute(postgres.database(), "CREATE TABLE kept (n int)");
      for (int time = 1; time <= 2; time++) {
        execute(postgres.database(), "INSERT INTO kept VALUES (" + time + ")");
        long killed = postgres.pid();
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();
        Eventually.becomes(
            "PostgreSQL is back",
            Duration.ofSeconds(5),
            () -> postgres.pid() != killed && text(postgres.database(), "SELECT 1").equals("1"));
        assertThat(text(postgres.database(), "SELECT count(*) FROM kept"))
            .isEqualTo(Integer.toString(time));
      }
    }
  }

  @Test
  void theNextServerTakesOverWhatAKilledServerLeftRunning() throws Exception {
    Process killed = serverOfItsOwn(folder);
    long pid = Long.parseLong(killed.inputReader().readLine());
    killed.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(pid)).isPresent();
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      assertThat(postgres.pid()).isEqualTo(pid);
      assertThat(text(postgres.database(), "SELECT n FROM kept")).isEqualTo("1");
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      Eventually.becomes(
          "the one that was taken over is watched as well",
          Duration.ofSeconds(5),
          () -> postgres.pid() != pid && text(postgres.database(), "SELECT 1").equals("1"));
    }
  }

  @Test
  void emptyingAFolderStopsWhatAKilledServerLeftRunning() throws Exception {
    Process killed = serverOfItsOwn(folder);
    long pid = Long.parseLong(killed.inputReader().readLine());
    killed.destroyForcibly().waitFor();
    try (DataFolder data = DataFolder.open(folder)) {
      data.empty();
      assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
      try (var left = Files.list(folder)) {
        assertThat(left.map(path -> path.getFileName().toString()))
            .containsExactlyInAnyOrder("foyer.lock", "foyer.version");
      }
    }
  }

  @Test
  void anOldPidFileThatNamesALivingStrangerIsNoObstacle() throws Exception {
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      execute(postgres.database(), "CREATE TABLE kept AS SELECT 1 AS n");
    }
    Files.writeString(
        folder.resolve("postgres/postmaster.pid"),
        ProcessHandle.current().pid()
            + "\n"
            + folder.resolve("postgres")
            + "\n1700000000\n5432\n\n127.0.0.1\n 1 1\nready   \n");
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      assertThat(text(postgres.database(), "SELECT n FROM kept")).isEqualTo("1");
    }
  }

  @Test
  void aTakenPortIsLeftToItsOwner() throws Exception {
    int port;
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      port = postgres.database().port();
    }
    try (var owner = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      assertThat(postgres.database().port()).isNotEqualTo(owner.getLocalPort());
      assertThat(text(postgres.database(), "SELECT 1")).isEqualTo("1");
    }
  }

  @Test
  void aClusterOfAnotherPostgresIsRefusedInOneLineAndNotTouched() throws Exception {
    Path cluster = Files.createDirectories(folder.resolve("postgres"));
    try (DataFolder data = openPrepared()) {
      Files.writeString(cluster.resolve("PG_VERSION"), "17\n");
      assertThatThrownBy(() -> EmbeddedPostgres.start(data, QUICK))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining("PostgreSQL 17")
          .hasMessageContaining("--data")
          .message()
          .hasLineCount(1);
    }
    assertThat(cluster).isDirectoryContaining("glob:**PG_VERSION");
  }

  @Test
  void damagedFilesAreSaidInOneLine() throws Exception {
    try (DataFolder data = DataFolder.open(folder);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data, QUICK)) {
      assertThat(postgres.pid()).isPositive();
    }
    Files.delete(folder.resolve("postgres/global/pg_control"));
    try (DataFolder data = DataFolder.open(folder)) {
      assertThatThrownBy(() -> EmbeddedPostgres.start(data, QUICK))
          .isInstanceOf(CannotStart.class)
          .hasMessageContaining(folder.toString())
          .message()
          .hasLineCount(1);
    }
  }

  @Test
  void theProgramsAreNamedAfterTheBundleThatTheyComeFrom() {
    URL bundle = EmbeddedPostgres.class.getResource("/" + PostgresBinaries.resource());
    assertThat(Optional.ofNullable(bundle).orElseThrow().toString())
        .contains("-" + PostgresBinaries.VERSION + ".jar!");
  }

  @Test
  void ofManyWhoUnpackAtOnceAllGetTheWholeOfIt() throws Exception {
    try (var threads = Executors.newFixedThreadPool(2)) {
      var first = threads.submit(() -> PostgresBinaries.unpack(folder));
      var second = threads.submit(() -> PostgresBinaries.unpack(folder));
      assertThat(first.get()).isEqualTo(second.get());
      assertThat(first.get().resolve("bin/postgres")).isExecutable();
    }
    try (var left = Files.list(folder)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactly("postgres-" + PostgresBinaries.VERSION);
    }
  }

  private DataFolder openPrepared() throws IOException {
    Files.writeString(folder.resolve("foyer.version"), DataFolder.FORMAT + "\n");
    return DataFolder.open(folder);
  }

  private static Process serverOfItsOwn(Path folder) throws IOException {
    return new ProcessBuilder(
            ProcessHandle.current().info().command().orElseThrow(),
            "-cp",
            System.getProperty("java.class.path"),
            ServerOfItsOwn.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Starts PostgreSQL, says its process id, and waits to be killed. */
  static final class ServerOfItsOwn {

    private ServerOfItsOwn() {}

    public static void main(String[] arguments) throws Exception {
      EmbeddedPostgres postgres =
          EmbeddedPostgres.start(DataFolder.open(Path.of(arguments[0])), QUICK);
      execute(postgres.database(), "CREATE TABLE kept AS SELECT 1 AS n");
      System.out.println(postgres.pid());
      new CountDownLatch(1).await();
    }
  }

  private static void execute(DatabaseAddress on, String sql) throws SQLException {
    try (Connection connection = connect(on);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(DatabaseAddress on, String query) throws SQLException {
    try (Connection connection = connect(on);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(DatabaseAddress to) throws SQLException {
    return DriverManager.getConnection(to.jdbcUrl(), to.user(), to.password());
  }
}
