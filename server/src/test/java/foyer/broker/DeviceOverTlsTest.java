package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foyer.sql.DatabaseAddress;
import foyer.testing.Eventually;
import foyer.testing.Program;
import foyer.testing.Screen;
import foyer.testing.SignedIn;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import foyer.wire.Json;
import foyer.wire.Timeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A device program with nothing but TLS around it: an external Mosquitto on one side, the server
 * behind a front that speaks TLS for it on the other. It is Monday, 10:00 in Shanghai.
 */
class DeviceOverTlsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir static Path folder;
  private static final int PORT = freePort();
  private static TestDatabase database;
  private static MosquittoUnderTest broker;

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    database.execute(TestServer.COMPANY);
    database.setClock(Instant.parse("2026-11-23T02:00:00Z"));
    broker = new MosquittoUnderTest();
  }

  @AfterAll
  static void close() {
    broker.close();
    database.close();
  }

  @Test
  void withMosquittoADoorStaysRightWhileBothAreDeadAndIsCurrentWhenTheyReturn() throws Exception {
    try (TlsFront front = new TlsFront(broker.trusted().getParent(), PORT)) {
      Program server = server();
      book("2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z");
      Path file = issue();
      try (Program display = display(file, "https://127.0.0.1:" + front.port(), broker.trusted())) {
        byte[] known = becomesAsTheServers(display, 1);
        Eventually.becomes("both are there", PATIENCE, () -> linked(display, "server", "broker"));
        Eventually.becomes("its status arrives", PATIENCE, () -> onlineSince(Instant.EPOCH));

        server.kill();
        broker.die();
        Eventually.becomes(
            "both are missed",
            PATIENCE,
            () -> missed(display, "server") && missed(display, "broker"));
        assertThat(get(display, "/api/rooms/a/timeline").body()).isEqualTo(known);
        try (Screen page =
            Screen.open(
                URI.create(display.address().replace("http", "ws")).resolve("/live/rooms/a"))) {
          assertThat(page.next()).isEqualTo(new String(known, StandardCharsets.UTF_8));
        }
        assertThat(walkUp(display).statusCode()).isEqualTo(503);

        Instant returned = database.now();
        broker.comeBack();
        try (Program again = server()) {
          book("2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z");
          becomesAsTheServers(display, 2);
          Eventually.becomes("both are back", PATIENCE, () -> linked(display, "server", "broker"));
          Eventually.becomes("its status arrives again", PATIENCE, () -> onlineSince(returned));
          assertThat(walkUp(display).statusCode()).isEqualTo(201);
        }
      } finally {
        server.close();
      }
    }
  }

  @Test
  void aCertificateOfAnotherSignerIsRefusedAndLogAndHealthSaySo() throws Exception {
    Path other = Files.createDirectory(folder.resolve("other"));
    Certificate.make(other);
    Path ca = other.resolve("server.crt");
    refused(
        broker.trusted().getParent(),
        ca,
        "is not trusted: it is signed by nobody whom " + ca + " names");
  }

  @Test
  void aCertificateThatHasExpiredIsRefusedAndLogAndHealthSaySo() throws Exception {
    Path old = Files.createDirectory(folder.resolve("old"));
    Certificate.makeExpired(old);
    refused(old, old.resolve("ca.crt"), "has expired");
  }

  /** Neither server nor broker is spoken to by a device that does not trust their certificate. */
  private static void refused(Path certificate, Path ca, String why) throws Exception {
    try (TlsFront front = new TlsFront(certificate, broker.plain().getPort())) {
      String at = "127.0.0.1:" + front.port();
      ObjectNode values = Json.MAPPER.createObjectNode();
      values.put("device", "door-x").put("site", "hq").put("rooms", "a").put("password", "x");
      values.put("broker", "ssl://" + at);
      Path file = Files.createTempFile(folder, "door", ".json");
      Files.write(file, Json.bytes(values));
      try (Program display = display(file, "https://" + at, ca)) {
        String aboutServer = "the certificate of https://" + at + " " + why;
        String aboutBroker = "the certificate of ssl://" + at + " " + why;
        Eventually.becomes(
            "health says so: " + why,
            PATIENCE,
            () ->
                trouble(display, "server").equals(aboutServer)
                    && trouble(display, "broker").equals(aboutBroker));
        Eventually.becomes(
            "the log says so: " + why,
            PATIENCE,
            () ->
                said(display, "the server does not answer: " + aboutServer)
                    && said(display, "no broker: " + aboutBroker));
      }
    }
  }

  private static boolean said(Program program, String words) {
    return program.said().stream().anyMatch(line -> line.contains(words));
  }

  /** Waits until the device holds the server's bytes, and these have so many meetings. */
  private static byte[] becomesAsTheServers(Program display, int meetings) throws Exception {
    String path = "/api/rooms/a/timeline";
    Eventually.becomes(
        "the device holds the server's bytes",
        PATIENCE,
        () -> {
          byte[] held = get(display, path).body();
          return Json.read(held, Timeline.class).meetings().size() == meetings
              && Arrays.equals(held, send(admins(path)).body());
        });
    return get(display, path).body();
  }

  private static boolean linked(Program display, String... ends) throws Exception {
    JsonNode health = health(display);
    return Arrays.stream(ends).allMatch(end -> health.path(end).path("connected").asBoolean());
  }

  private static boolean missed(Program display, String end) throws Exception {
    return !health(display).path(end).path("connected").asBoolean(true);
  }

  private static String trouble(Program display, String end) throws Exception {
    return health(display).path(end).path("trouble").asText();
  }

  private static JsonNode health(Program display) throws Exception {
    return Json.read(get(display, "/health").body(), JsonNode.class);
  }

  /** Whether the server was told that the device is online, after that instant. */
  private static boolean onlineSince(Instant since) {
    return database.number(
            "SELECT count(*) FROM device WHERE status ->> 'state' = 'online' AND status_at > '"
                + since
                + "'")
        == 1;
  }

  private static Path issue() throws Exception {
    String body =
        "{\"id\":\"door-a\",\"kind\":\"display\",\"name\":\"A\",\"site\":\"hq\",\"rooms\":[\"a\"]}";
    HttpResponse<byte[]> reply = post(admins("/api/devices"), body);
    assertThat(reply.statusCode()).isEqualTo(201);
    return Files.write(folder.resolve("door-a.json"), reply.body());
  }

  private static void book(String start, String end) throws Exception {
    String body =
        "{\"subject\":\"客服周例会\",\"start\":\"%s\",\"end\":\"%s\",\"convener\":\"1001\"}"
            .formatted(start, end);
    assertThat(post(admins("/api/rooms/a/bookings"), body).statusCode()).isEqualTo(201);
  }

  private static HttpResponse<byte[]> walkUp(Program display) throws Exception {
    return post(
        HttpRequest.newBuilder(URI.create(display.address()).resolve("/api/rooms/a/walk-up")),
        "{\"until\":\"2026-11-23T03:00:00Z\"}");
  }

  private static HttpResponse<byte[]> get(Program display, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(display.address()).resolve(path)));
  }

  private static HttpResponse<byte[]> post(HttpRequest.Builder request, String json)
      throws Exception {
    return send(
        request
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json)));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofByteArray());
  }

  /** What the admin asks the server. */
  private static HttpRequest.Builder admins(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + path))
        .headers(SignedIn.headers());
  }

  private static Program display(Path file, String server, Path ca) throws IOException {
    return Program.start(
        "foyer.display.Main",
        "--config",
        file.toString(),
        "--server",
        server,
        "--ca",
        ca.toString(),
        "--port",
        "0",
        "--data",
        file + ".data");
  }

  private static Program server() throws IOException {
    DatabaseAddress at = database.address();
    return Program.start(
        "foyer.device.ServerProcess",
        at.host(),
        Integer.toString(at.port()),
        at.database(),
        at.user(),
        at.password(),
        Integer.toString(PORT),
        broker.tls().toString(),
        broker.password(),
        broker.trusted().toString());
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
