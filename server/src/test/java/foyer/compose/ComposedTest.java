package foyer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.device.DevicePassword;
import foyer.embedded.DataFolder;
import foyer.embedded.EmbeddedPostgres;
import foyer.sql.DatabaseAddress;
import foyer.testing.Eventually;
import foyer.testing.FreePort;
import foyer.testing.SignedIn;
import foyer.testing.Subscriber;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import foyer.wire.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What {@code docker-compose.yml} puts together, as processes of this machine: its secrets, its
 * role and database on a real PostgreSQL, Debian's Mosquitto with its configuration, two servers
 * started by the image's command with its environment, and its HAProxy where there is one. Only
 * places, ports and addresses are this machine's.
 */
@Tag("alone")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ComposedTest {

  private static final String NAME = "localhost";

  /** What requests say and no log may. */
  private static final String MARK = "geheim-9f3a";

  /** How long a server may take to start on a machine that has much else to do. */
  private static final Duration START = Duration.ofMinutes(2);

  private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
  private static final Deque<AutoCloseable> started = new ArrayDeque<>();

  @TempDir private static Path folder;
  private static ComposeFile file;
  private static EmbeddedPostgres postgres;
  private static int brokerPort;
  private static SSLContext trust;

  /** A server's process, and where it is. */
  private record Running(Process process, int port, int internal) {
    URI metrics() {
      return URI.create("http://127.0.0.1:" + internal + "/metrics");
    }
  }

  @BeforeAll
  static void prepare() throws Exception {
    Path secrets = folder.resolve("secrets");
    ProcessBuilder prepare =
        new ProcessBuilder(ComposeFile.PROJECT + "/compose/prepare", NAME, "--local-ca");
    prepare.environment().put("FOYER_SECRETS", secrets.toString());
    assertThat(prepare.inheritIO().start().waitFor()).isZero();
    file = ComposeFile.read(Map.of("FOYER_NAME", NAME, "FOYER_SECRETS", secrets.toString()));
    trust = trusting(secrets.resolve("ca.crt"));
    image();
    database();
    broker();
  }

  @AfterAll
  static void stop() throws Exception {
    while (!started.isEmpty()) {
      started.pop().close();
    }
  }

  @Test
  void twoServersOfThisEnvironmentServeOneHouseAndOnePublishesAfterTheOther() throws Exception {
    Running first = server();
    Running second = server();
    awaitReady(first);
    awaitReady(second);
    assertThat(healthy(FreePort.find())).as("where nobody listens").isNotZero();
    company();
    Eventually.becomes("one publishes", () -> publishes(first) != publishes(second));
    Running publisher = publishes(first) ? first : second;
    Running other = publishes(first) ? second : first;
    int address = front(publisher, other);

    try (HttpClient https = HttpClient.newBuilder().sslContext(trust).build();
        HttpClient later = HttpClient.newBuilder().sslContext(trust).build()) {
      House house = new House(https, address);
      JsonNode door = house.makeDoor();
      assertThat(door.path("server").asText()).isEqualTo("https://" + NAME);
      try (Subscriber hears = subscriber(door)) {
        hearsUntil(hears, "free");
        long booking = house.walkUp();
        hearsUntil(hears, "in-use");
        publisher.process.destroy();
        assertThat(publisher.process.waitFor(15, TimeUnit.SECONDS)).as("stops in time").isTrue();
        Eventually.becomes("the other publishes", () -> publishes(other));
        new House(later, address).end(booking);
        hearsUntil(hears, "free");
      }
    }
    assertLogNamesNobody(other);
  }

  /** A line for each request, in JSON, and in none of them who it was or what it was about. */
  private static void assertLogNamesNobody(Running server) throws Exception {
    try (HttpClient https = HttpClient.newBuilder().sslContext(trust).build()) {
      House house = new House(https, server.port);
      house.ask("GET", "/api/people?q=" + MARK, "");
      house.ask("GET", "/" + MARK + "?" + MARK + "=" + MARK, "");
      house.ask(
          "POST",
          "/api/session",
          "{\"name\": \"%1$s\", \"password\": \"%1$s-%1$s\"}".formatted(MARK));
      house.ask("POST", "/api/session", "{\"name\": " + MARK);
      house.ask(
          "POST",
          "/api/rooms/b/bookings",
          """
          {"subject": "%s", "start": "2099-01-05T02:00:00Z", "end": "2099-01-05T03:00:00Z"}"""
              .formatted(MARK));
    }
    Eventually.becomes(
        "all of it is in the log", () -> lines(server, "/api/session", "401").size() == 1);
    assertThat(lines(server, "/api/session", "400")).hasSize(1);
    assertThat(lines(server, "/api/rooms/{roomId}/bookings", "")).isNotEmpty();
    assertThat(Files.readString(log(server.port)))
        .doesNotContain(MARK, "王芳", "wang.fang", SignedIn.TOKEN, SignedIn.CSRF, "door-a");
  }

  /** The lines of the access log about that route and status. */
  private static List<JsonNode> lines(Running server, String route, String status)
      throws IOException {
    return Files.readAllLines(log(server.port)).stream()
        .filter(line -> line.startsWith("{"))
        .map(line -> Json.read(bytes(line), JsonNode.class))
        .filter(line -> line.path("loggerName").asText().equals("foyer.access"))
        .filter(line -> line.path("kvpList").findValuesAsText("route").contains(route))
        .filter(
            line ->
                status.isEmpty()
                    || line.path("kvpList").findValuesAsText("status").contains(status))
        .toList();
  }

  /** Requests to one of the servers over TLS, as an admin. */
  private record House(HttpClient https, int port) {

    /** Makes a display of room {@code a}; the answer is the file of its program. */
    JsonNode makeDoor() throws Exception {
      return post(
          "/api/devices",
          """
          {"id": "door-a", "kind": "display", "name": "A", "site": "hq", "rooms": ["a"]}""",
          "Cookie",
          "__Host-" + SignedIn.COOKIE,
          "X-Csrf-Token",
          SignedIn.CSRF);
    }

    /** Books room {@code a} at its door, and tells the booking. */
    long walkUp() throws Exception {
      Instant until = Instant.now().truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(30));
      return post("/api/rooms/a/walk-up", "{\"until\": \"" + until + "\"}", "Authorization", door())
          .path("id")
          .asLong();
    }

    void end(long booking) throws Exception {
      post("/api/bookings/" + booking + "/end", "{}", "Authorization", door());
    }

    /** Asks as the admin, whatever the answer is. */
    void ask(String method, String path, String json) throws Exception {
      https.send(
          HttpRequest.newBuilder(URI.create("https://" + NAME + ":" + port + path))
              .header("Cookie", "__Host-" + SignedIn.COOKIE)
              .header("X-Csrf-Token", SignedIn.CSRF)
              .header("Content-Type", "application/json")
              .header("Idempotency-Key", "of-" + MARK)
              .timeout(Eventually.PATIENCE)
              .method(method, BodyPublishers.ofString(json))
              .build(),
          BodyHandlers.discarding());
    }

    private static String door() throws Exception {
      byte[] key = deviceKey();
      String pair = "door-a:" + new DevicePassword(key).of("door-a", 1);
      return "Basic " + Base64.getEncoder().encodeToString(bytes(pair));
    }

    private JsonNode post(String path, String json, String... headers) throws Exception {
      HttpResponse<String> answer =
          https.send(
              HttpRequest.newBuilder(URI.create("https://" + NAME + ":" + port + path))
                  .headers(headers)
                  .header("Content-Type", "application/json")
                  .header("Idempotency-Key", UUID.randomUUID().toString())
                  .timeout(Eventually.PATIENCE)
                  .POST(BodyPublishers.ofString(json))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
      return Json.read(bytes(answer.body()), JsonNode.class);
    }
  }

  /** As the file of the device's program says, as soon as the server has told the broker. */
  private static Subscriber subscriber(JsonNode device) {
    AtomicReference<@Nullable Subscriber> made = new AtomicReference<>();
    Eventually.becomes(
        "the broker lets the door in",
        () -> {
          made.set(connected(device));
          return true;
        });
    return Objects.requireNonNull(made.get());
  }

  private static Subscriber connected(JsonNode device) throws Exception {
    String broker = device.path("broker").asText();
    assertThat(broker).isEqualTo("ssl://" + NAME + ":" + brokerPort);
    return Subscriber.to(
        broker,
        device.path("username").asText(),
        device.path("password").asText(),
        "foyer/rooms/a/timeline",
        trust.getSocketFactory());
  }

  private static void hearsUntil(Subscriber hears, String state) {
    Eventually.becomes(
        "the broker says " + state,
        () -> hears.next().timeline().entries().getFirst().state().word().equals(state));
  }

  /**
   * The folder {@code /foyer} of the image, with a cache that is made as the image's build does.
   */
  private static void image() throws Exception {
    Path built = ComposeFile.PROJECT.resolve("server/target");
    assertThat(built.resolve("foyer-server.jar")).as("built by Maven").exists();
    Path image = Files.createDirectory(folder.resolve("image"));
    Files.createSymbolicLink(image.resolve("lib"), built.resolve("lib"));
    Files.createSymbolicLink(image.resolve("foyer-server.jar"), built.resolve("foyer-server.jar"));
    for (String part : List.of("java-options", "healthy", "train")) {
      Files.createSymbolicLink(
          image.resolve(part), ComposeFile.PROJECT.resolve("compose").resolve(part));
    }
    ProcessBuilder train =
        new ProcessBuilder(image + "/train", image.toString(), image + "/foyer.aot")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("train.log").toFile());
    withJava(train);
    assertThat(train.start().waitFor()).as(folder.resolve("train.log").toString()).isZero();
  }

  private static void database() throws Exception {
    DataFolder data = DataFolder.open(folder.resolve("data"));
    started.push(data);
    postgres =
        EmbeddedPostgres.start(
            data, new EmbeddedPostgres.Options(TestDatabase.programs(), true, 100));
    started.push(postgres);
    String script = Files.readString(ComposeFile.PROJECT.resolve("compose/database"));
    String sql = script.replaceAll("(?s).*<<'SQL'\n(.*)\nSQL\n", "$1");
    String password =
        Files.readString(file.mounts("database").get("/run/secrets/database-password"));
    execute(postgres.admin(), "DROP DATABASE foyer", "DROP OWNED BY foyer", "DROP ROLE foyer");
    execute(
        postgres.admin(), sql.replace(":'password'", "'" + password.strip() + "'").split(";\n"));
  }

  private static void broker() throws Exception {
    Path config = Files.createDirectory(folder.resolve("broker"));
    Path store = Files.createDirectory(folder.resolve("broker-data"));
    ProcessBuilder rights =
        new ProcessBuilder(
            file.mounts("broker-rights").get("/mosquitto/prepare").toString(),
            config.resolve("dynsec.json").toString());
    file.environment("broker-rights")
        .forEach(
            (name, value) ->
                rights.environment().put(name, file.onThisMachine("broker-rights", value)));
    assertThat(rights.inheritIO().start().waitFor()).isZero();
    brokerPort = FreePort.find();
    int inside = FreePort.find();
    Path configuration = file.mounts("broker").get("/mosquitto/config/mosquitto.conf");
    String text =
        file.onThisMachine("broker", Files.readString(configuration))
            .replace("/mosquitto/config/", config + "/")
            .replace("/mosquitto/data/", store + "/")
            .replace("/usr/lib/mosquitto_dynamic_security.so", plugin().toString())
            .replace("listener 8883", "listener " + brokerPort + " 127.0.0.1")
            .replace("listener 8884", "listener " + FreePort.find() + " 127.0.0.1")
            .replace("listener 1883 ", "listener " + inside + " ");
    Path own = config.resolve("mosquitto.conf");
    Files.writeString(own, text + "\nuser " + System.getProperty("user.name") + "\n");
    start(new ProcessBuilder("/usr/sbin/mosquitto", "-c", own.toString()), "broker.log");
    Eventually.becomes("Mosquitto listens", () -> listens(inside));
  }

  private static Path plugin() {
    return Stream.of(
            "/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so",
            "/usr/lib/aarch64-linux-gnu/mosquitto_dynamic_security.so",
            "/usr/lib/mosquitto_dynamic_security.so")
        .map(Path::of)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("apt-get install mosquitto"));
  }

  /** Starts the image's command with the environment of the compose file and nothing else. */
  private static Running server() throws Exception {
    int port = FreePort.find();
    int internal = FreePort.find();
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().clear();
    file.environment("server")
        .forEach(
            (name, value) -> {
              String here =
                  switch (name) {
                    case "FOYER_PORT" -> Integer.toString(port);
                    case "FOYER_INTERNAL_PORT" -> Integer.toString(internal);
                    case "FOYER_DATABASE_URL" ->
                        value.replace("database:5432", "127.0.0.1:" + postgres.admin().port());
                    case "FOYER_BROKER_URL" -> value.replace(":8883", ":" + brokerPort);
                    default -> file.onThisMachine("server", value);
                  };
              builder.environment().put(name, here);
            });
    builder.environment().put("LANG", "en_US.UTF-8");
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:AOTMode=on");
    return new Running(start(builder, "server-" + port + ".log"), port, internal);
  }

  /**
   * The address in front of these servers: HAProxy's with its configuration, and where there is no
   * HAProxy that of the last one.
   */
  private static int front(Running... servers) throws Exception {
    if (!Files.isExecutable(HAPROXY)) {
      return servers[servers.length - 1].port;
    }
    int port = FreePort.find();
    int own = FreePort.find();
    StringBuilder lines = new StringBuilder();
    for (Running server : servers) {
      lines.append(
          "server at-%1$d 127.0.0.1:%1$d check port %2$d\n  "
              .formatted(server.port, server.internal));
    }
    Path configuration = file.mounts("front").get("/usr/local/etc/haproxy/haproxy.cfg");
    String text =
        Files.readString(configuration)
            .replaceAll("server-template server 8 server:8443 .*", lines.toString())
            .replace("maxconn 20000", "maxconn 200")
            .replace("bind :8443", "bind 127.0.0.1:" + port)
            .replace("127.0.0.1:8404", "127.0.0.1:" + own);
    Path changed = Files.writeString(folder.resolve("haproxy.cfg"), text);
    start(new ProcessBuilder(HAPROXY.toString(), "-f", changed.toString()), "front.log");
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI health = URI.create("http://127.0.0.1:" + own + "/health");
      Eventually.becomes(
          "the front knows its servers",
          () ->
              http.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                      .statusCode()
                  == 200);
    }
    return port;
  }

  private static List<String> command() throws IOException {
    String entry =
        Files.readAllLines(ComposeFile.PROJECT.resolve("Dockerfile")).stream()
            .filter(line -> line.startsWith("ENTRYPOINT "))
            .findFirst()
            .orElseThrow();
    List<String> words = new ArrayList<>();
    Pattern.compile("\"([^\"]+)\"")
        .matcher(entry)
        .results()
        .forEach(word -> words.add(word.group(1).replace("/foyer/", folder + "/image/")));
    words.set(0, Path.of(System.getProperty("java.home"), "bin", words.getFirst()).toString());
    return words;
  }

  private static Process start(ProcessBuilder builder, String log) throws IOException {
    Process process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve(log).toFile()).start();
    started.push(
        () -> {
          process.destroy();
          if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
          }
        });
    return process;
  }

  private static void withJava(ProcessBuilder builder) {
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", java, (path, first) -> first + ":" + path);
    builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
  }

  private static void awaitReady(Running server) {
    Eventually.becomes(
        "a server is ready",
        START,
        () -> {
          assertThat(server.process.isAlive()).isTrue();
          return healthy(server.internal) == 0;
        });
  }

  /** What the image's own check ends with. */
  private static int healthy(int port) throws Exception {
    ProcessBuilder check = new ProcessBuilder(folder + "/image/healthy");
    check.environment().put("FOYER_INTERNAL_PORT", Integer.toString(port));
    return check.redirectErrorStream(true).start().waitFor();
  }

  private static boolean publishes(Running server) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      String text =
          http.send(HttpRequest.newBuilder(server.metrics()).build(), BodyHandlers.ofString())
              .body();
      return text.contains("\nfoyer_publisher 1.0") && text.contains("\nfoyer_broker_connected 1");
    }
  }

  /** Puts the small company in, for the first start of a compose file leaves the house empty. */
  private static void company() throws Exception {
    execute(
        postgres.admin().withDatabase("foyer"),
        "SET ROLE foyer;" + TestServer.COMPANY.replaceFirst("INSERT INTO secret [^;]+;", ""));
  }

  private static byte[] deviceKey() throws Exception {
    try (Connection connection = connect(postgres.admin().withDatabase("foyer"));
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT value FROM secret WHERE name = 'device-key'")) {
      rows.next();
      return rows.getBytes(1);
    }
  }

  private static void execute(DatabaseAddress on, String... statements) throws SQLException {
    try (Connection connection = connect(on);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(DatabaseAddress to) throws SQLException {
    return DriverManager.getConnection(to.jdbcUrl(), to.user(), to.password());
  }

  private static SSLContext trusting(Path authority) throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      return true;
    }
  }

  private static Path log(int port) {
    return folder.resolve("server-" + port + ".log");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
