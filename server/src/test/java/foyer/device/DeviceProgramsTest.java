package foyer.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.sql.DatabaseAddress;
import foyer.testing.Eventually;
import foyer.testing.Program;
import foyer.testing.SignedIn;
import foyer.testing.TestDatabase;
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
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both device programs, each a process of its own, with a real server and its broker, which are
 * killed. It is Monday, 10:00 in Shanghai, by the database's clock; the machine's own clock says
 * something else all the time.
 */
class DeviceProgramsTest {

  private static final Instant TEN = Instant.parse("2026-11-23T02:00:00Z");

  /** What starting a process may take on a busy machine. */
  private static final Duration PATIENCE = Duration.ofSeconds(40);

  private static final String COMPANY =
      """
      INSERT INTO site (id, name_zh, name_en, zone) VALUES ('hq', '总部', 'Headquarters', 'Asia/Shanghai');
      INSERT INTO opening_hours (site_id, weekday, opens, closes) SELECT 'hq', d, '00:00', '24:00' FROM generate_series(1, 7) d;
      INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, booking) VALUES
        ('a', 'hq', '主楼', 'Main', '8F', '松涛', 'Songtao', 8, 'automatic'), ('b', 'hq', '主楼', 'Main', '8F', '竹影', 'Zhuying', 12, 'automatic');
      INSERT INTO department (id, name_zh, name_en) VALUES ('sales', '销售部', 'Sales');
      INSERT INTO person (staff_number, name_zh, name_en, department_id) VALUES ('1001', '王芳', 'Wang Fang', 'sales');
      """
          + SignedIn.ROWS;

  @TempDir Path folder;
  private final TestDatabase database = TestDatabase.create();
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Program> programs = new ArrayList<>();
  private final int httpPort = freePort();
  private final int mqttPort = freePort();
  private Program server;

  @BeforeEach
  void open() throws Exception {
    database.execute(COMPANY);
    database.setClock(TEN);
    server = startServer();
  }

  @AfterEach
  void close() throws Exception {
    for (Program program : programs) {
      program.kill();
    }
    database.close();
  }

  @Test
  void
      aDisplayStaysRightForTheDayWithoutServerAndBrokerEvenIfItIsRestartedAndIsCurrentAgainAfterwards()
          throws Exception {
    book("a", "2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z");
    Path file = issue("door-a", "display", "\"a\"");
    Program display = display(file);
    byte[] known = becomesAsTheServers(display, "a", 1);
    Eventually.becomes("online", PATIENCE, () -> state("door-a").equals("online"));

    server.kill();
    Instant heard = heard(display);
    assertRightForTheDay(display, known);
    display.kill();
    Program restarted = display(file);
    assertRightForTheDay(restarted, known);
    assertThat(heard(restarted))
        .as("heard last")
        .isBetween(heard.minusSeconds(60), heard.plusSeconds(1));
    assertThat(walkUp(restarted).statusCode()).isEqualTo(503);

    server = startServer();
    book("a", "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z");
    becomesAsTheServers(restarted, "a", 2);
    Eventually.becomes("heard again", PATIENCE, () -> heard(restarted).isAfter(heard));
    Eventually.becomes("online again", PATIENCE, () -> state("door-a").equals("online"));
  }

  @Test
  void aKioskHoldsAllRoomsOfItsSiteAndADeadOneIsKnownToBeOffline() throws Exception {
    book("b", "2026-11-23T06:00:00Z", "2026-11-23T07:00:00Z");
    Program kiosk = program("foyer.kiosk.Main", issue("kiosk-hq", "kiosk", ""));
    byte[] a = becomesAsTheServers(kiosk, "a", 0);
    byte[] b = becomesAsTheServers(kiosk, "b", 1);
    Eventually.becomes("online", PATIENCE, () -> state("kiosk-hq").equals("online"));
    server.kill();
    assertThat(live(kiosk, "/live/sites/hq", 2)).containsExactlyInAnyOrder(text(a), text(b));
    assertThat(get(kiosk.address(), "/kiosk/?site=hq").statusCode()).as("its page").isEqualTo(200);
    server = startServer();
    Eventually.becomes(
        "heard again", PATIENCE, () -> health(kiosk).path("broker").path("connected").asBoolean());
    kiosk.kill();
    Eventually.becomes("offline", PATIENCE, () -> state("kiosk-hq").equals("offline"));
  }

  @Test
  void aCommandAtTheDoorGoesThroughTheProgramToTheServerAndComesBackAsATimeline() throws Exception {
    Program display = display(issue("door-a", "display", "\"a\""));
    becomesAsTheServers(display, "a", 0);
    HttpResponse<byte[]> booked = walkUp(display);
    assertThat(booked.statusCode()).as(text(booked.body())).isEqualTo(201);
    Eventually.becomes(
        "the door shows it", PATIENCE, () -> held(display, "a").meetings().size() == 1);
    HttpResponse<byte[]> again = walkUp(display);
    assertThat(again.statusCode()).isEqualTo(409);
    assertThat(text(again.body())).contains("/problems/overlaps");

    revoke("door-a");
    Eventually.becomes(
        "it says that it is let in nowhere",
        PATIENCE,
        () ->
            health(display).path("server").path("trouble").asText().contains("were they revoked?")
                && !health(display).path("broker").path("connected").asBoolean(true));
    assertThat(health(display).path("server").path("connected").asBoolean()).isTrue();
  }

  @Test
  void withoutABrokerADoorLivesOnRestAloneUntilItsCredentialsAreRevoked() throws Exception {
    book("a", "2026-11-23T02:10:00Z", "2026-11-23T03:00:00Z");
    Path file = issue("door-a", "display", "\"a\"");
    Program display = program("foyer.display.Main", file, "--broker", "tcp://127.0.0.1:9");
    becomesAsTheServers(display, "a", 1);
    String checkIn = "/api/bookings/" + held(display, "a").meetings().getFirst().id() + "/check-in";
    HttpResponse<byte[]> checkedIn = post(display.address(), checkIn, "{}");
    assertThat(checkedIn.statusCode()).as(text(checkedIn.body())).isEqualTo(200);
    Eventually.becomes(
        "the door shows it", PATIENCE, () -> held(display, "a").meetings().getFirst().checkedIn());

    revoke("door-a");
    HttpResponse<byte[]> refused = walkUp(display);
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(text(refused.body())).contains("/problems/sign-in-needed");
    assertThat(health(display).path("server").path("trouble").asText())
        .contains("does not take user name and password of door-a");
  }

  /**
   * The page's three ways agree with what was last known, and the time goes on by the server's
   * clock.
   */
  private void assertRightForTheDay(Program program, byte[] known) throws Exception {
    assertThat(get(program.address(), "/api/rooms/a/timeline").body()).isEqualTo(known);
    assertThat(live(program, "/live/rooms/a", 1)).containsExactly(text(known));
    assertThat(now(program))
        .as("the server's time")
        .isBetween(TEN, TEN.plus(Duration.ofMinutes(10)));
    Timeline timeline = held(program, "a");
    assertThat(stateAt(timeline, TEN)).isEqualTo("free");
    assertThat(stateAt(timeline, Instant.parse("2026-11-23T05:50:00Z"))).isEqualTo("preparing");
    assertThat(stateAt(timeline, Instant.parse("2026-11-23T06:00:00Z"))).isEqualTo("check-in");
    assertThat(stateAt(timeline, Instant.parse("2026-11-23T07:30:00Z"))).isEqualTo("free");
    assertThat(timeline.validUntil())
        .as("at least until the end of the day")
        .isAfter(Instant.parse("2026-11-23T16:00:00Z"));
  }

  private static String stateAt(Timeline timeline, Instant at) {
    return timeline.entries().stream()
        .filter(entry -> !entry.from().isAfter(at))
        .reduce((earlier, later) -> later)
        .orElseThrow()
        .state()
        .word();
  }

  /** Waits until the device holds the server's bytes, and these have so many meetings. */
  private byte[] becomesAsTheServers(Program program, String room, int meetings) throws Exception {
    String path = "/api/rooms/" + room + "/timeline";
    Eventually.becomes(
        "the device holds the server's bytes",
        PATIENCE,
        () ->
            held(program, room).meetings().size() == meetings
                && Arrays.equals(get(program.address(), path).body(), get(address(), path).body()));
    return get(program.address(), path).body();
  }

  private Timeline held(Program program, String room) throws Exception {
    return Json.read(
        get(program.address(), "/api/rooms/" + room + "/timeline").body(), Timeline.class);
  }

  private Instant now(Program program) throws Exception {
    return Instant.parse(clock(program).path("now").asText());
  }

  private Instant heard(Program program) throws Exception {
    return Instant.parse(clock(program).path("heard").asText());
  }

  private void revoke(String device) throws Exception {
    String path = "/api/devices/" + device + "/revoke";
    assertThat(post(address(), path, "{}").statusCode()).isEqualTo(200);
  }

  private JsonNode health(Program program) throws Exception {
    return Json.read(get(program.address(), "/health").body(), JsonNode.class);
  }

  private JsonNode clock(Program program) throws Exception {
    return Json.read(get(program.address(), "/api/clock").body(), JsonNode.class);
  }

  private HttpResponse<byte[]> walkUp(Program program) throws Exception {
    return post(program.address(), "/api/rooms/a/walk-up", "{\"until\":\"2026-11-23T03:00:00Z\"}");
  }

  private void book(String room, String start, String end) throws Exception {
    String body =
        "{\"subject\":\"客服周例会\",\"start\":\"%s\",\"end\":\"%s\",\"convener\":\"1001\"}"
            .formatted(start, end);
    HttpResponse<byte[]> reply = post(address(), "/api/rooms/" + room + "/bookings", body);
    assertThat(reply.statusCode()).as(text(reply.body())).isEqualTo(201);
  }

  /** Lets the server issue a device's file. */
  private Path issue(String device, String kind, String rooms) throws Exception {
    String body =
        "{\"id\":\"%s\",\"kind\":\"%s\",\"name\":\"%s\",\"site\":\"hq\",\"rooms\":[%s]}"
            .formatted(device, kind, device, rooms);
    HttpResponse<byte[]> reply = post(address(), "/api/devices", body);
    assertThat(reply.statusCode()).as(text(reply.body())).isEqualTo(201);
    return Files.write(folder.resolve(device + ".json"), reply.body());
  }

  private String state(String device) throws Exception {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT status ->> 'state' FROM device WHERE id = '" + device + "'")) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  private List<String> live(Program program, String path, int count) throws Exception {
    List<String> heard = new ArrayList<>();
    CompletableFuture<List<String>> all = new CompletableFuture<>();
    WebSocket socket =
        http.newWebSocketBuilder()
            .buildAsync(
                URI.create(program.address().replace("http:", "ws:")).resolve(path),
                new WebSocket.Listener() {
                  private final StringBuilder text = new StringBuilder();

                  @Override
                  public CompletionStage<?> onText(
                      WebSocket from, CharSequence data, boolean last) {
                    text.append(data);
                    if (last) {
                      heard.add(text.toString());
                      text.setLength(0);
                      if (heard.size() == count) {
                        all.complete(heard);
                      }
                    }
                    from.request(1);
                    return null;
                  }
                })
            .join();
    try {
      return all.get(20, TimeUnit.SECONDS);
    } finally {
      socket.abort();
    }
  }

  private HttpResponse<byte[]> get(String address, String path)
      throws IOException, InterruptedException {
    return http.send(request(address, path).build(), BodyHandlers.ofByteArray());
  }

  private HttpResponse<byte[]> post(String address, String path, String json)
      throws IOException, InterruptedException {
    return http.send(
        request(address, path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(json))
            .build(),
        BodyHandlers.ofByteArray());
  }

  /** The admin asks the server; whoever stands before a device has no credentials of their own. */
  private HttpRequest.Builder request(String address, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address).resolve(path));
    return address.equals(address()) ? request.headers(SignedIn.headers()) : request;
  }

  private String address() {
    return "http://127.0.0.1:" + httpPort;
  }

  private Program startServer() throws IOException {
    DatabaseAddress at = database.address();
    return start(
        "foyer.device.ServerProcess",
        at.host(),
        Integer.toString(at.port()),
        at.database(),
        at.user(),
        at.password(),
        Integer.toString(httpPort),
        Integer.toString(mqttPort));
  }

  private Program display(Path file) throws IOException {
    return program("foyer.display.Main", file);
  }

  private Program program(String main, Path file, String... further) throws IOException {
    List<String> options = new ArrayList<>(List.of(further));
    options.addAll(List.of("--config", file.toString(), "--port", "0"));
    options.addAll(List.of("--data", file.toString().replace(".json", "")));
    return start(main, options.toArray(String[]::new));
  }

  private Program start(String main, String... options) throws IOException {
    Program started = Program.start(main, options);
    programs.add(started);
    return started;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
