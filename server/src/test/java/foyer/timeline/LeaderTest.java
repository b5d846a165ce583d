package foyer.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.testing.Eventually;
import foyer.testing.TestDatabase;
import foyer.testing.Wire;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One of the nodes has the role; a node that cannot fill it does not keep it. */
class LeaderTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @RegisterExtension static final TestDatabase database = TestDatabase.create();

  private Wire wire;
  private Node first;
  private Node second;

  @BeforeEach
  void theFirstOfTwoIsElected() {
    wire = Wire.to(database.address().port());
    first = new Node(wire.port());
    Eventually.becomes("the first leads", PATIENCE, () -> first.leads);
    second = new Node(database.address().port());
  }

  @AfterEach
  void end() throws Exception {
    wire.close();
    first.close();
    second.close();
    database.execute("UPDATE publisher SET until = '-infinity'");
  }

  @Test
  void aNodeWhoseDatabaseFallsSilentGivesTheRoleUpBeforeAnotherHasItAndStandsAgainLater()
      throws Exception {
    wire.fallSilent();
    Eventually.becomes("the second leads", PATIENCE, () -> second.leads);
    assertThat(second.electedAt).isGreaterThan(first.deposedAt);
    assertThat(first.leads).isFalse();
    wire.goOn();
    second.close();
    Eventually.becomes("the first leads again", PATIENCE, () -> first.leads);
  }

  @Test
  void aNodeWhoseSessionHangsTakesAnotherOneAndTheRoleIsNeverVacantForLong() throws Exception {
    long session = database.number("SELECT session FROM publisher");
    signal("STOP", session);
    try {
      Eventually.becomes("the first notices", PATIENCE, () -> first.deposedAt > 0);
      Eventually.becomes("somebody leads", PATIENCE, () -> first.leads || second.leads);
      assertThat(database.number("SELECT session FROM publisher")).isNotEqualTo(session);
    } finally {
      signal("CONT", session);
    }
  }

  @Test
  void theLeaseOfANodeThatIsCutOffAndWhoseSessionHangsRunsOut() throws Exception {
    long session = database.number("SELECT session FROM publisher");
    signal("STOP", session);
    wire.fallSilent();
    try {
      Eventually.becomes("the second leads", PATIENCE, () -> second.leads);
      assertThat(second.electedAt).isGreaterThan(first.deposedAt);
      assertThat(first.leads).isFalse();
    } finally {
      signal("CONT", session);
    }
  }

  @Test
  void aNodeThatDoesNotKnowWhatToShowResignsAtOnceAndComesBackLater() {
    first.fit = false;
    Eventually.becomes("the second leads", PATIENCE, () -> second.leads);
    assertThat(first.leads).isFalse();
    first.fit = true;
    second.fit = false;
    Eventually.becomes("the first leads again", PATIENCE, () -> first.leads);
  }

  @Test
  void whoeverLostTheRoleWithoutHavingNoticedIsToldBeforeItPublishesAgain() throws Exception {
    assertThat(first.isConfirmed()).isTrue();
    database.execute(
        """
        UPDATE publisher SET node = 'another', until = 'infinity',
          session = (SELECT min(pid) FROM pg_stat_activity WHERE application_name = 'foyer leader')""");
    assertThat(first.isConfirmed()).isFalse();
    Eventually.becomes("the first is deposed", PATIENCE, () -> !first.leads);
    assertThat(second.leads).isFalse();
  }

  private static void signal(String name, long process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
  }

  /** A candidate on an event loop of its own. */
  private static final class Node {
    private final Vertx vertx = Vertx.vertx();
    private final Leader leader;
    private volatile boolean fit = true;
    private volatile boolean leads;
    private volatile long electedAt;
    private volatile long deposedAt;

    Node(int port) {
      PgConnectOptions options =
          new PgConnectOptions()
              .setHost("127.0.0.1")
              .setPort(port)
              .setDatabase(database.address().database())
              .setUser(database.address().user())
              .setPassword(database.address().password());
      leader =
          new Leader(vertx, options, new Leader.Role(() -> fit, self -> elected(), this::deposed));
      vertx.runOnContext(now -> leader.start());
    }

    private void elected() {
      electedAt = System.nanoTime();
      leads = true;
    }

    private void deposed() {
      deposedAt = System.nanoTime();
      leads = false;
    }

    boolean isConfirmed() throws Exception {
      return leader
          .confirmed()
          .map(true)
          .otherwise(false)
          .await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    void close() throws Exception {
      leader.close();
      vertx.close().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
  }
}
