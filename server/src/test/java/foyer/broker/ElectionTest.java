package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.embedded.DataFolder;
import foyer.embedded.EmbeddedPostgres;
import foyer.sql.DatabaseAddress;
import foyer.sql.Migrations;
import foyer.testing.Eventually;
import foyer.testing.Program;
import foyer.testing.SignedIn;
import foyer.testing.Subscriber;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import foyer.wire.Json;
import foyer.wire.Timeline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Server processes on one database, one of which publishes to Mosquitto over TLS. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ElectionTest {

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Duration PASSED_ON_WITHIN = Duration.ofSeconds(5);

  @TempDir static Path folder;
  private static DataFolder data;
  private static EmbeddedPostgres postgres;
  private static MosquittoUnderTest broker;

  @BeforeAll
  static void open() throws Exception {
    data = DataFolder.open(folder.resolve("data"));
    postgres =
        EmbeddedPostgres.start(
            data, new EmbeddedPostgres.Options(TestDatabase.programs(), true, 100));
    Migrations.migrate(postgres.database());
    sql(TestServer.COMPANY);
    // More than the broker takes at once.
    sql(
        """
        INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, booking)
          SELECT 'more-' || n, 'hq', '主楼', 'Main', '1F', '多', 'More', 4, 'automatic' FROM generate_series(1, 300) n\
        """);
    broker = new MosquittoUnderTest();
  }

  @AfterAll
  static void close() {
    broker.close();
    postgres.close();
    data.close();
  }

  @Test
  void theRolePassesOnWhenThePublisherIsKilledOrStandsStillOrItsDatabaseHangs() throws Exception {
    Program first = server();
    try (Program second = server()) {
      JsonNode wall = credential(first, "wall");
      try (Subscriber subscriber = subscribe(wall)) {
        assertThat(subscriber.next().timeline().room()).isEqualTo("a");

        first.kill();
        awaitPublished(subscriber, second, "killed", PASSED_ON_WITHIN);

        try (Program third = server()) {
          second.signal("STOP");
          awaitPublished(subscriber, third, "stands still", PASSED_ON_WITHIN.multipliedBy(2));
          second.signal("CONT");
          awaitPublished(subscriber, second, "goes on, and is one of two", PASSED_ON_WITHIN);

          long session = number("SELECT session FROM publisher");
          signal("STOP", session);
          try {
            Eventually.becomes(
                "the role is held over another session",
                PASSED_ON_WITHIN.multipliedBy(2),
                () -> number("SELECT session FROM publisher") != session);
            awaitPublished(subscriber, second, "hangs", PASSED_ON_WITHIN.multipliedBy(2));
          } finally {
            signal("CONT", session);
          }
        }
      }
    } finally {
      first.close();
    }
  }

  @Test
  void aBrokerThatDiedAndForgotEverythingIsToldEverythingAgain() throws Exception {
    try (Program server = server()) {
      JsonNode store = credential(server, "store");
      try (Subscriber before = subscribe(store)) {
        before.next();
      }
      sql("UPDATE room SET revision = revision + 1 WHERE id = 'a'");
      broker.dieAndForget();
      long since = System.nanoTime();
      Eventually.becomes(
          "all rooms are retained again",
          Duration.ofSeconds(20),
          () -> {
            try (Subscriber all = subscribe(store, "foyer/rooms/+/timeline")) {
              for (int i = 0; i < 304; i++) {
                assertThat(all.next(Duration.ofSeconds(5)).timeline().entries()).isNotEmpty();
              }
              return true;
            } catch (AssertionError few) {
              return false;
            }
          });
      assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(Duration.ofSeconds(20));
    }
  }

  /** A change made at this server reaches the broker's subscriber in time. */
  private static void awaitPublished(
      Subscriber subscriber, Program at, String when, Duration within) throws Exception {
    long since = System.nanoTime();
    rename(at, when);
    Timeline heard = subscriber.next().timeline();
    while (heard.meetings().stream().noneMatch(m -> when.equals(m.subject()))) {
      heard = subscriber.next().timeline();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - since)).as(when).isLessThan(within);
  }

  /** Books a quarter of an hour under this subject, after what is booked already. */
  private static void rename(Program at, String subject) throws Exception {
    long slot = number("SELECT count(*) FROM booking") + 1;
    HttpResponse<String> reply =
        post(
            at,
            "/api/rooms/a/bookings",
            "{\"subject\":\"%s\",\"start\":\"%s\",\"end\":\"%s\",\"convener\":\"1001\"}"
                .formatted(subject, quarter(slot), quarter(slot + 1)));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
  }

  private static Instant quarter(long number) {
    long length = 900;
    long present = Instant.now().getEpochSecond() / length;
    return Instant.ofEpochSecond((present + 1 + number) * length);
  }

  private static JsonNode credential(Program server, String id) throws Exception {
    HttpResponse<String> reply =
        post(
            server,
            "/api/devices",
            "{\"id\":\"%s\",\"kind\":\"integration\",\"name\":\"%s\",\"rooms\":[]}"
                .formatted(id, id));
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(201);
    return Json.read(reply.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private static Subscriber subscribe(JsonNode credential) throws Exception {
    Subscriber[] made = new Subscriber[1];
    Eventually.becomes(
        "the broker knows the credential",
        Duration.ofSeconds(20),
        () -> {
          made[0] = subscribe(credential, "foyer/rooms/a/timeline");
          return true;
        });
    return made[0];
  }

  private static Subscriber subscribe(JsonNode credential, String filter) throws Exception {
    return Subscriber.to(
        broker.plain().toString(),
        credential.path("username").asText(),
        credential.path("password").asText(),
        filter);
  }

  private static HttpResponse<String> post(Program at, String path, String json) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(at.address() + path))
            .headers(SignedIn.headers())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofString());
  }

  private static void signal(String name, long process) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process)).start().waitFor();
  }

  private static Program server() throws Exception {
    DatabaseAddress at = postgres.database();
    return Program.server(
        "--port",
        "0",
        "--no-demo",
        "--database-url",
        "postgresql://" + at.host() + ":" + at.port() + "/" + at.database(),
        "--database-user",
        at.user(),
        "--database-password",
        at.password(),
        "--broker-url",
        broker.tls().toString(),
        "--broker-password",
        broker.password(),
        "--broker-ca-file",
        broker.trusted().toString());
  }

  private static void sql(String statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static Connection connect() throws SQLException {
    DatabaseAddress at = postgres.database();
    return DriverManager.getConnection(at.jdbcUrl(), at.user(), at.password());
  }
}
