package foyer.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import foyer.sql.Migrations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestDatabaseTest {

  @RegisterExtension static final TestDatabase database = TestDatabase.create();

  @Test
  void aFreshDatabaseHasTheCatalogueAndNoRooms() {
    assertThat(database.number("SELECT count(*) FROM meeting_type")).isEqualTo(10);
    assertThat(database.number("SELECT count(*) FROM room")).isZero();
  }

  @Test
  void migratingACurrentDatabaseChangesNothing() {
    assertThat(Migrations.migrate(database.address())).isZero();
  }

  @Test
  void theClockMovesInThisDatabaseAlone() {
    try (TestDatabase other = TestDatabase.create()) {
      Instant set = Instant.parse("2027-03-28T00:59:00Z");
      database.setClock(set);
      assertThat(database.now()).isCloseTo(set, within(5, ChronoUnit.SECONDS));
      database.moveClock(Duration.ofHours(-25));
      assertThat(database.now())
          .isCloseTo(set.minus(Duration.ofHours(25)), within(5, ChronoUnit.SECONDS));
      assertThat(other.now()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
    }
  }
}
