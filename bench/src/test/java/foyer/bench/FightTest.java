package foyer.bench;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.Brokers;
import foyer.Server;
import foyer.bench.Fight.Booked;
import foyer.bench.Fight.Outcome;
import foyer.bench.Fight.Refused;
import foyer.embedded.DataFolder;
import foyer.embedded.EmbeddedPostgres;
import foyer.sql.DatabaseAddress;
import foyer.sql.Migrations;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A short fight, and that its verdict notices what is wrong. */
class FightTest {

  private static final int CLIENTS = 64;
  private static final Duration AT_MOST = Duration.ofSeconds(60);
  private static final int BOOKED = 40;
  private static final int REFUSED = 100;

  private static DataFolder data;
  private static EmbeddedPostgres postgres;
  private static Server server;
  private static House house;

  @BeforeAll
  static void aHouse(@TempDir Path folder) {
    data = DataFolder.open(folder.resolve("data"));
    Path programs = Path.of(System.getProperty("user.home"), ".cache", "foyer");
    postgres = EmbeddedPostgres.start(data, new EmbeddedPostgres.Options(programs, false, 50));
    DatabaseAddress database = postgres.database();
    Migrations.migrate(database);
    house = new House(database);
    house.fill(100);
    server = Server.start(new Server.Options(database, 8, 0, new Brokers.Choice.None()));
  }

  @AfterAll
  static void noHouse() {
    server.close();
    postgres.close();
    data.close();
  }

  @Test
  void whenManyFightForTheSameTimesNoRoomIsGivenTwiceAndEveryRefusalHasItsReason() {
    Fight fight = new Fight(URI.create(server.address()), house, house.firstDay());
    long end = System.nanoTime() + AT_MOST.toNanos();
    Outcome outcome =
        fight.run(
            CLIENTS,
            () ->
                System.nanoTime() < end
                    && (fight.acknowledged() < BOOKED || fight.refusals() < REFUSED));
    assertThat(outcome.booked()).hasSizeGreaterThanOrEqualTo(BOOKED);
    assertThat(outcome.refused()).hasSizeGreaterThanOrEqualTo(REFUSED);
    assertThat(outcome.answers()).containsOnlyKeys("200", "201", "409");
    assertThat(Verdict.on(outcome, house.database())).isEqualTo(new Verdict(0, 0, 0));
  }

  @Test
  void aRefusalOfATimeThatNobodyHeldIsNoticed() {
    Instant start = house.firstDay().plus(Duration.ofDays(100));
    Refused refused =
        new Refused(
            "fight-0", start, start.plus(Duration.ofHours(1)), Instant.now(), Instant.now());
    Outcome outcome = new Outcome(List.of(), List.of(refused), List.of(), Map.of());
    assertThat(Verdict.on(outcome, house.database()).unjustified()).isEqualTo(1);
  }

  @Test
  void anAcknowledgedBookingThatIsNotThereIsNoticed() {
    Instant start = house.firstDay().plus(Duration.ofDays(100));
    Booked lost = new Booked(-7, "fight-0", start, start.plus(Duration.ofHours(1)));
    Outcome outcome = new Outcome(List.of(lost), List.of(), List.of(), Map.of());
    assertThat(Verdict.on(outcome, house.database()).lost()).isEqualTo(1);
  }

  @Test
  void aRoomThatIsGivenTwiceIsNoticed() throws SQLException {
    try (Another copy = Another.of(postgres)) {
      Migrations.migrate(copy.address());
      new House(copy.address()).fill(1);
      copy.execute(
          """
          ALTER TABLE booking DROP CONSTRAINT booking_no_overlap;
          INSERT INTO booking (room_id, during, occupied, zone, local_start, local_end, status, subject, meeting_type_id, level,
                               priority, policy_version_id, source, made_at, changed_at)
          SELECT 'fight-0', p, p, 'UTC', lower(p) AT TIME ZONE 'UTC', upper(p) AT TIME ZONE 'UTC', 'confirmed', '会', 'regular',
                 'internal', 'normal', 1, 'demo', now(), now()
          FROM (VALUES (tstzrange('2030-01-01 01:00Z', '2030-01-01 02:00Z')),
                       (tstzrange('2030-01-01 01:59Z', '2030-01-01 03:00Z'))) planted (p);""");
      Outcome nothing = new Outcome(List.of(), List.of(), List.of(), Map.of());
      assertThat(Verdict.on(nothing, copy.address()).overlaps()).isEqualTo(1);
    }
  }

  /** Another database on the same PostgreSQL. */
  private record Another(DatabaseAddress admin, DatabaseAddress address) implements AutoCloseable {

    static Another of(EmbeddedPostgres postgres) throws SQLException {
      execute(postgres.admin(), "CREATE DATABASE planted OWNER foyer");
      return new Another(postgres.admin(), postgres.database().withDatabase("planted"));
    }

    void execute(String statements) throws SQLException {
      execute(address, statements);
    }

    @Override
    public void close() throws SQLException {
      execute(admin, "DROP DATABASE planted WITH (FORCE)");
    }

    private static void execute(DatabaseAddress on, String statements) throws SQLException {
      try (var connection = DriverManager.getConnection(on.jdbcUrl(), on.user(), on.password());
          var statement = connection.createStatement()) {
        statement.execute(statements);
      }
    }
  }
}
