package foyer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.embedded.UnpackedFolder;
import foyer.testing.Eventually;
import foyer.testing.Session;
import foyer.wire.Json;
import java.io.BufferedReader;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.ResourceLockTarget;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real {@code ./run}, as whoever has just cloned the project starts it. */
@Tag("alone")
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(
    value = RunTest.MACHINE,
    mode = ResourceAccessMode.READ,
    target = ResourceLockTarget.CHILDREN)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RunTest {

  /** What measures a short time has it for itself. */
  static final String MACHINE = "machine";

  private static final Path RUN = Path.of("..", "run").toAbsolutePath().normalize();

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir private Path folder;
  private static final Set<String> PASSWORDS = ConcurrentHashMap.newKeySet();

  private final List<Started> all = new ArrayList<>();
  private int booked;

  @AfterEach
  void stopAll() throws Exception {
    for (Started started : all) {
      started.stop();
    }
    ProcessHandle.allProcesses()
        .filter(p -> p.info().command().filter(c -> c.startsWith(folder.toString())).isPresent())
        .forEach(ProcessHandle::destroyForcibly);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  @ResourceLock(MACHINE)
  void aFirstStartServesTheDemoCompanyAndASignalStopsAllOfIt(String signal) throws Exception {
    if (signal.equals("INT")) {
      UnpackedFolder.make(folder.resolve("数据"));
    }
    Started foyer = start("--data", folder.resolve("数据").toString());
    String address = foyer.awaitReady();
    assertThat(status(request(address, "/api/rooms"))).as("of nobody").isEqualTo(401);
    Session.Welcome welcome = foyer.welcome();
    assertThat(PASSWORDS.add(welcome.password())).as("a password of its own").isTrue();
    Session admin = Session.signIn(address, welcome);
    JsonNode me = get(address, "/api/me", admin);
    assertThat(me.path("staffNumber").asText()).isEqualTo(welcome.admin());
    assertThat(me.path("roles")).hasSize(1).first().hasToString("\"admin\"");
    assertThat(get(address, "/api/rooms", admin).path("rooms")).hasSize(24);
    assertThat(foyer.saidLine("broker ")).startsWith("broker tcp://127.0.0.1:");

    List<ProcessHandle> processes = foyer.processes();
    assertThat(processes).hasSizeGreaterThan(1);
    foyer.signal(signal);
    assertThat(foyer.process.waitFor(5, TimeUnit.SECONDS)).isTrue();
    assertThat(processes).noneMatch(ProcessHandle::isAlive);
  }

  @Test
  void afterTheServerWasKilledTheNextStartHasEverything() throws Exception {
    UnpackedFolder.make(folder.resolve("data"));
    Started killed = start("--demo-password", "一个自己的密码 2026");
    String address = killed.awaitReady();
    Session.Welcome welcome = killed.welcome();
    assertThat(welcome.password()).isEqualTo("一个自己的密码 2026");
    Session admin = Session.signIn(address, welcome);
    String id = book(address, admin);
    killed.process.destroyForcibly().waitFor();

    Started next = start();
    JsonNode booking = get(next.awaitReady(), "/api/bookings/" + id, admin);
    assertThat(booking.path("subject").asText()).isEqualTo("断电测试");
    assertThat(next.welcome()).isEqualTo(welcome);
  }

  @Test
  @ResourceLock(MACHINE)
  void killedPostgresIsBackWithinFiveSecondsAndMeanwhileRequestsAreToldToRetry() throws Exception {
    UnpackedFolder.make(folder.resolve("data"));
    Started foyer = start();
    String address = foyer.awaitReady();
    Session admin = Session.signIn(address, foyer.welcome());
    ProcessHandle postgres =
        foyer.processes().stream()
            .filter(
                p -> p.parent().map(ProcessHandle::pid).equals(Optional.of(foyer.process.pid())))
            .findFirst()
            .orElseThrow();
    postgres.destroyForcibly();
    Eventually.becomes(
        "bookings can be made again",
        Duration.ofSeconds(5),
        () -> {
          HttpResponse<String> answer = tryToBook(address, admin);
          if (answer.statusCode() == 503) {
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
          } else {
            assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(201);
          }
          return answer.statusCode() == 201;
        });
  }

  @Test
  void aSecondStartWithFreshThrowsTheBookingsAway() throws Exception {
    UnpackedFolder.make(folder.resolve("data"));
    Started first = start();
    String before = first.awaitReady();
    String id = book(before, Session.signIn(before, first.welcome()));
    first.signal("TERM");
    assertThat(first.process.waitFor()).isEqualTo(143);
    Started second = start("--fresh");
    String after = second.awaitReady();
    Session admin = Session.signIn(after, second.welcome());
    assertThat(status(request(after, "/api/bookings/" + id).headers(admin.headers())))
        .isEqualTo(404);
  }

  @Test
  void withoutTheDemoTheDatabaseIsEmptyAndALinkMakesTheFirstAdminOnce() throws Exception {
    UnpackedFolder.make(folder.resolve("data"));
    Started first = start("--no-demo");
    String address = first.awaitReady();
    assertThat(first.said).noneMatch(line -> line.contains("password"));
    String link = first.saidLine("first admin, ");
    assertThat(link).contains(" " + address + "/#first-admin=");
    HttpResponse<String> made = makeFirstAdmin(address, link);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
    Session admin = Session.of(made);
    assertThat(get(address, "/api/me", admin).path("roles")).hasSize(1);
    assertThat(get(address, "/api/rooms", admin).path("rooms")).isEmpty();
    assertThat(makeFirstAdmin(address, link).statusCode()).isEqualTo(410);
    first.signal("TERM");
    assertThat(first.process.waitFor()).isEqualTo(143);

    Started second = start("--no-demo");
    assertThat(get(second.awaitReady(), "/api/rooms", admin).path("rooms")).isEmpty();
    assertThat(second.said).noneMatch(line -> line.contains("first"));
  }

  private static HttpResponse<String> makeFirstAdmin(String address, String link)
      throws Exception {
    String body =
        """
        {"link": "%s", "staffNumber": "1", "name": {"zh": "王芳", "en": "Wang Fang"}, "department": "行政部",
         "password": "一个自己的密码 2026"}"""
            .formatted(link.substring(link.indexOf('=') + 1));
    return HTTP.send(
        request(address, "/api/entry/first-admin")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void aTakenPortIsOneLineAndNothingIsStarted() throws Exception {
    try (var owner = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(owner.getLocalPort());
      refused(1, "port " + port + " is taken", "--port", port);
    }
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void twoServersOnOneFolderAreOneTooMany() throws Exception {
    UnpackedFolder.make(folder.resolve("data"));
    start().awaitReady();
    refused(1, "is in use by process");
  }

  @Test
  void aFolderOfAnotherVersionIsOneLine() throws Exception {
    Path other = Files.createDirectory(folder.resolve("data"));
    Files.writeString(other.resolve("foyer.version"), "99\n");
    refused(1, "another version of Foyer");
  }

  @Test
  void aWrongOptionIsOneLineAndStatusTwo() throws Exception {
    refused(2, "unknown option --prot (did you mean --port?)", "--prot", "80");
  }

  @Test
  void noDatabaseAtTheAddressIsOneLine() throws Exception {
    refused(
        1,
        "no database at nobody@127.0.0.1:9",
        "--database-url",
        "postgresql://127.0.0.1:9/foyer",
        "--database-user",
        "nobody");
  }

  @Test
  void theHelpNeedsNothingStarted() throws Exception {
    Started help = start("--help");
    assertThat(help.process.waitFor()).isZero();
    assertThat(help.out()).contains("--port PORT", "--fresh");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  /** Books a room of the demo company, each time for another day. */
  private HttpResponse<String> tryToBook(String address, Session as) throws Exception {
    Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(30 + booked++));
    String body =
        """
        {"subject": "断电测试", "start": "%s", "end": "%s"}"""
            .formatted(day.plus(Duration.ofHours(2)), day.plus(Duration.ofHours(3)));
    return HTTP.send(
        request(address, "/api/rooms/sh-0801/bookings")
            .headers(as.headers())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private String book(String address, Session as) throws Exception {
    HttpResponse<String> answer = tryToBook(address, as);
    assertThat(answer.statusCode()).describedAs(answer.body()).isEqualTo(201);
    return tree(answer).path("id").asText();
  }

  private static JsonNode get(String address, String path, Session as) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            request(address, path).headers(as.headers()).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return tree(answer);
  }

  private static int status(HttpRequest.Builder request) throws Exception {
    return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
  }

  private static HttpRequest.Builder request(String address, String path) {
    return HttpRequest.newBuilder(URI.create(address + path));
  }

  private static JsonNode tree(HttpResponse<String> answer) {
    return Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private void refused(int status, String reason, String... options) throws Exception {
    Started foyer = start(Map.of(), options);
    assertThat(foyer.process.waitFor()).isEqualTo(status);
    assertThat(foyer.error()).contains(reason).hasLineCount(1);
    assertThat(foyer.out()).isEmpty();
  }

  /** Starts it without the optimizing compiler, which would cost more than it brings. */
  private Started start(String... options) throws IOException {
    return start(Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1"), options);
  }

  private Started start(Map<String, String> environment, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of(RUN.toString()));
    command.addAll(Arrays.asList(options));
    Stream.of("--port", "--mqtt-port")
        .filter(o -> !command.contains(o))
        .forEach(o -> command.addAll(List.of(o, "0")));
    if (!command.contains("--data") && !command.contains("--database-url")) {
      command.addAll(List.of("--data", folder.resolve("data").toString()));
    }
    var started = new Started(command, environment, Files.createTempFile(folder, "err", ".txt"));
    all.add(started);
    return started;
  }

  /** A running {@code ./run}. */
  private static final class Started {
    final Process process;
    private final BufferedReader out;
    private final Path error;
    final List<String> said = new ArrayList<>();

    Started(List<String> command, Map<String, String> environment, Path error) throws IOException {
      this.error = error;
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(error.toFile());
      builder.environment().putAll(environment);
      this.process = builder.start();
      this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Waits for the last line of a start, which names the server's address. */
    String awaitReady() throws IOException {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (line.startsWith("ready ")) {
          return line.substring("ready ".length()).strip();
        }
        said.add(line.strip());
      }
      throw new AssertionError("it ended and said: " + error());
    }

    /** The line that begins like this, of those before it was ready. */
    String saidLine(String start) {
      return said.stream()
          .filter(line -> line.startsWith(start))
          .findFirst()
          .orElseThrow(() -> new AssertionError("nothing begins with " + start + ": " + said));
    }

    Session.Welcome welcome() {
      return Session.Welcome.of(saidLine("sign in as "));
    }

    String out() throws IOException {
      return String.join("\n", out.lines().toList());
    }

    String error() throws IOException {
      return Files.readString(error);
    }

    List<ProcessHandle> processes() {
      return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    }

    void signal(String name) throws Exception {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + process.pid()).start().waitFor();
    }

    void stop() throws Exception {
      signal("TERM");
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
  }
}
