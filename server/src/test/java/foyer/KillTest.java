package foyer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.Crowd;
import foyer.testing.Eventually;
import foyer.testing.Program;
import foyer.testing.Screen;
import foyer.testing.Session;
import foyer.wire.Json;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server process with its own PostgreSQL, either of which is killed while displays are connected
 * and bookings are made.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class KillTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration CURRENT_WITHIN = Duration.ofSeconds(10);
  private static final int DISPLAYS = 200;
  private static final String PASSWORD = "a-password-of-this-test";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private static Path folder;
  private static int port;
  private static Program server;
  private static Session session;
  private static List<String> rooms;
  private static final AtomicInteger SLOTS = new AtomicInteger();

  @BeforeAll
  static void start() throws Exception {
    port = freePort();
    server = server("--demo-password", PASSWORD);
    Session.Welcome welcome = Session.Welcome.of(server.saidLine("sign in as "));
    assertThat(welcome.password()).isEqualTo(PASSWORD);
    session = Session.signIn(server.address(), welcome);
    rooms = new ArrayList<>();
    for (JsonNode room : tree(get("/api/rooms")).path("rooms")) {
      String id = room.path("id").asText();
      if (id.startsWith("sh-")) {
        rooms.add(id);
      }
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    ofDatabase().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void displaysOutliveTheDatabaseAndShowTheFirstBookingAfterIt() throws Exception {
    String room = rooms.getFirst();
    try (Screen door = Screen.open(URI.create(ws("/live/rooms/" + room)), session.cookie())) {
      long before = door.timeline().revision();
      ProcessHandle killed = postmaster();
      killed.destroyForcibly();
      killed.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

      AtomicInteger toldToRetry = new AtomicInteger();
      Eventually.becomes("bookings can be made again", PATIENCE, () -> booked(room, toldToRetry));
      assertThat(toldToRetry).hasPositiveValue();
      assertThat(postmaster().pid()).isNotEqualTo(killed.pid());
      assertThat(door.timeline().revision()).isGreaterThan(before);
      assertThat(door.closed()).isNotDone();
    }
  }

  @Test
  void aKilledServerLosesNoAcknowledgedBookingAndItsDisplaysAreBackSoonWithoutAStampede()
      throws Exception {
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (Crowd displays = Crowd.of(DISPLAYS, session.cookie(), i -> URI.create(ws(live(i))))) {
      displays.awaitAll(PATIENCE, display -> display.revision() > 0);
      killUnderLoad(acknowledged);
      displays.awaitAll(PATIENCE, display -> !display.connected());

      server = server();
      long returned = System.nanoTime();
      Map<String, Long> revisions = new HashMap<>();
      for (String room : rooms) {
        revisions.put(
            room, tree(get("/api/rooms/" + room + "/timeline")).path("revision").asLong());
      }
      displays.awaitAll(
          CURRENT_WITHIN.minusNanos(System.nanoTime() - returned),
          display ->
              display.connected()
                  && display.revision()
                      == revisions.get(rooms.get(display.number() % rooms.size())));
      assertThat(displays.busiestTenth())
          .as("displays that come back within the same 100 ms")
          .isLessThan(DISPLAYS * 3 / 8);
    }
    for (String id : acknowledged) {
      assertThat(get("/api/bookings/" + id).statusCode()).as("booking %s", id).isEqualTo(200);
    }
  }

  /** Four people book until the server is gone. */
  private static void killUnderLoad(Queue<String> acknowledged) throws Exception {
    CountDownLatch some = new CountDownLatch(40);
    List<Thread> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String room = rooms.get(i);
      people.add(Thread.ofVirtual().start(() -> bookUntilGone(room, acknowledged, some)));
    }
    assertThat(some.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    server.kill();
    for (Thread person : people) {
      person.join();
    }
  }

  private static void bookUntilGone(String room, Queue<String> acknowledged, CountDownLatch some) {
    try {
      while (true) {
        HttpResponse<String> answer = book(room);
        if (answer.statusCode() == 201) {
          acknowledged.add(tree(answer).path("id").asText());
          some.countDown();
        }
      }
    } catch (IOException gone) {
      some.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean booked(String room, AtomicInteger toldToRetry) throws Exception {
    HttpResponse<String> answer = book(room);
    if (answer.statusCode() == 503) {
      assertThat(answer.headers().firstValue("Retry-After")).isPresent();
      toldToRetry.incrementAndGet();
    } else if (answer.statusCode() != 201) {
      throw new AssertionError(answer.body());
    }
    return answer.statusCode() == 201;
  }

  /** Books half an hour within opening hours that nobody has asked for before. */
  private static HttpResponse<String> book(String room) throws IOException, InterruptedException {
    int slot = SLOTS.incrementAndGet();
    Instant start =
        Instant.now()
            .truncatedTo(ChronoUnit.DAYS)
            .plus(Duration.ofDays(10 + slot / 20))
            .plus(Duration.ofMinutes(60 + 30L * (slot % 20)));
    return HTTP.send(
        HttpRequest.newBuilder(uri("/api/rooms/" + room + "/bookings"))
            .headers(session.headers())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .timeout(PATIENCE)
            .POST(
                BodyPublishers.ofString(
                    "{\"subject\": \"断电测试\", \"start\": \"%s\", \"end\": \"%s\"}"
                        .formatted(start, start.plus(Duration.ofMinutes(30)))))
            .build(),
        BodyHandlers.ofString());
  }

  private static Program server(String... further) throws IOException {
    List<String> options = new ArrayList<>(List.of(further));
    options.addAll(List.of("--port", Integer.toString(port), "--mqtt-port", "0"));
    options.addAll(List.of("--data", folder.resolve("data").toString()));
    options.addAll(List.of("--reads-per-second", "0"));
    return Program.server(options.toArray(String[]::new));
  }

  private static ProcessHandle postmaster() {
    return ofDatabase()
        .filter(p -> ofDatabase().noneMatch(other -> Optional.of(other).equals(p.parent())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("PostgreSQL does not run"));
  }

  private static Stream<ProcessHandle> ofDatabase() {
    return ProcessHandle.allProcesses()
        .filter(p -> p.info().command().filter(c -> c.startsWith(folder.toString())).isPresent());
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return HTTP.send(
        HttpRequest.newBuilder(uri(path)).headers(session.headers()).timeout(PATIENCE).build(),
        BodyHandlers.ofString());
  }

  private static JsonNode tree(HttpResponse<String> answer) {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private static String live(int display) {
    return "/live/rooms/" + rooms.get(display % rooms.size());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private static String ws(String path) {
    return "ws://127.0.0.1:" + port + path;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
