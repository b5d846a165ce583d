package foyer.embedded;

import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL inside a data folder, run and watched by this process. What is acknowledged is on disk
 * (fsync, synchronous_commit, full_page_writes, checksums). It listens on 127.0.0.1 only, with
 * SCRAM and a random password. When it dies it is started again within seconds, on the same port.
 * All methods block.
 */
public final class EmbeddedPostgres implements AutoCloseable {

  /**
   * How it is run.
   *
   * @param programs folder that gets or holds the unpacked programs; shared by many clusters
   * @param durable false for tests only: nothing is forced to the disk
   * @param connections how many connections it accepts
   */
  public record Options(Path programs, boolean durable, int connections) {}

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String DATABASE = "foyer";
  private static final String OWNER = "foyer";
  static final String ADMIN = "postgres";

  private final Postmaster postmaster;
  private final String password;
  private final Thread watch;

  private EmbeddedPostgres(Postmaster postmaster, String password) {
    this.postmaster = postmaster;
    this.password = password;
    this.watch = Thread.ofPlatform().daemon().name("postgres-watch").unstarted(this::keepAlive);
  }

  /** Starts it, durable, with its programs in the data folder. */
  public static EmbeddedPostgres start(DataFolder data) {
    return start(data, new Options(data.path(), true, 100));
  }

  /**
   * Starts the cluster of the data folder, making it at the first start, or takes over the one that
   * a killed server left running.
   *
   * @return when the database {@code foyer} takes connections
   * @throws CannotStart when the cluster is of another version, the disk is full, or it does not
   *     start
   */
  public static EmbeddedPostgres start(DataFolder data, Options options) {
    Thread hook = new Thread(() -> stopHalfStarted(options.programs()), "postgres-half-started");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      throw new CannotStart("told to stop before PostgreSQL started", shuttingDown);
    }
    try {
      return startOrTakeOver(data, options);
    } finally {
      forget(hook);
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      LOG.debug("told to stop while PostgreSQL started", shuttingDown);
    }
  }

  private static EmbeddedPostgres startOrTakeOver(DataFolder data, Options options) {
    try {
      Path programs = PostgresBinaries.unpack(options.programs());
      Cluster cluster = Cluster.open(data.path(), programs, options.durable());
      String password = cluster.password();
      var postmaster = new Postmaster(cluster, options.durable(), options.connections());
      postmaster.takeOverOrStart();
      var postgres = new EmbeddedPostgres(postmaster, password);
      postgres.makeDatabase();
      postgres.watch.start();
      return postgres;
    } catch (IOException | SQLException failure) {
      throw Cluster.cannotStart(data.path(), String.valueOf(failure.getMessage()), failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CannotStart("interrupted while PostgreSQL started", interrupted);
    }
  }

  /** Told to stop while it starts, this process leaves none of its programs behind. */
  private static void stopHalfStarted(Path programs) {
    ProcessHandle.current()
        .descendants()
        .filter(
            child ->
                child.info().command().filter(c -> c.startsWith(programs.toString())).isPresent())
        .forEach(Postmaster::stop);
  }

  /** Stops a cluster that a killed server left running in this folder, if there is one. */
  static void stopLeftBehind(DataFolder data) throws IOException {
    Postmaster.stopLeftBehind(data.path());
  }

  /** The database of Foyer, as the role that owns it and may nothing else. */
  public DatabaseAddress database() {
    return new DatabaseAddress("127.0.0.1", postmaster.port(), DATABASE, OWNER, password);
  }

  /** The maintenance database, as the role that may do all. */
  public DatabaseAddress admin() {
    return new DatabaseAddress("127.0.0.1", postmaster.port(), ADMIN, ADMIN, password);
  }

  /** Process id of the postmaster, which changes when it was started again. */
  public long pid() {
    return postmaster.pid();
  }

  /** Stops it: open transactions are rolled back, all is written, no process is left. */
  @Override
  public void close() {
    watch.interrupt();
    try {
      watch.join();
      postmaster.stop();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      postmaster.stop();
    }
  }

  private void makeDatabase() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      try (var found =
          statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("DROP ROLE IF EXISTS " + OWNER);
      statement.execute("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + password + "'");
      statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + OWNER);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(admin().jdbcUrl(), ADMIN, password);
  }

  private void keepAlive() {
    try {
      while (true) {
        postmaster.awaitDeath();
        LOG.warn("PostgreSQL died; starting it again");
        restart();
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private void restart() throws InterruptedException {
    for (long pause = 100; ; pause = Math.min(2 * pause, 2_000)) {
      try {
        postmaster.startAgain();
        LOG.info("PostgreSQL is back, process {}", postmaster.pid());
        return;
      } catch (CannotStart | IOException failure) {
        LOG.error("PostgreSQL does not start: {}", failure.getMessage());
        Thread.sleep(pause);
      }
    }
  }
}
