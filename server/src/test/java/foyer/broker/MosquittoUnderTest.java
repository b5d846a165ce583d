package foyer.broker;

import foyer.device.Credential;
import foyer.device.DynamicSecurity;
import foyer.device.MosquittoRights;
import foyer.testing.Eventually;
import foyer.testing.FreePort;
import foyer.wire.TopicRights;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.SocketFactory;

/**
 * Debian's Mosquitto with the configuration of {@code mosquitto/}, provisioned by the server's
 * code.
 */
final class MosquittoUnderTest implements BrokerUnderTest {

  private static final String MISSING =
      "Mosquitto is missing; install it: apt-get install mosquitto mosquitto-clients";
  private static final String ADMIN_PASSWORD = "administrator-of-a-test";
  static final Credential ADMIN =
      new Credential("admin", ADMIN_PASSWORD, new TopicRights(List.of(), List.of()));
  private static final Path CONFIGURATION = Path.of("..", "mosquitto");

  private final Path folder;
  private final Certificate certificate;
  private final int plainPort = FreePort.find();
  private final int tlsPort = FreePort.find();
  private final int webSocketPort = FreePort.find();
  private Process process;
  private final DynamicSecurity administration;
  private final MosquittoRights rights;

  MosquittoUnderTest() {
    try {
      folder = Files.createTempDirectory("foyer-mosquitto");
      certificate = Certificate.make(folder);
      Files.createDirectory(folder.resolve("data"));
      prepare();
      process = start();
      administration = administrator();
      rights = new MosquittoRights(administration);
    } catch (IOException | InterruptedException | GeneralSecurityException e) {
      throw new AssertionError("Mosquitto does not start", e);
    }
  }

  /** The administrator's password. */
  String password() {
    return ADMIN_PASSWORD;
  }

  /** The file of certificates with which its own one is signed. */
  Path trusted() {
    return folder.resolve("server.crt");
  }

  /** Kills it, and starts it again without the retained messages that it had written. */
  void dieAndForget() throws IOException, InterruptedException {
    die();
    Files.deleteIfExists(folder.resolve("data").resolve("mosquitto.db"));
    comeBack();
  }

  /** Kills it. */
  void die() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Starts it again, with what it had on disk. */
  void comeBack() throws IOException {
    process = start();
  }

  /** Another connection to its administration; the caller closes it. */
  DynamicSecurity administrator() {
    return DynamicSecurity.connect(
        tls(), "admin", ADMIN_PASSWORD, Optional.of(certificate.trust()));
  }

  /** The listener of production. */
  URI tls() {
    return URI.create("ssl://127.0.0.1:" + tlsPort);
  }

  MosquittoRights rights() {
    return rights;
  }

  /** Has the administrator send commands by hand. */
  void command(String json) throws Exception {
    try (Five admin = Five.connect(this, ADMIN)) {
      admin.subscribe("$CONTROL/dynamic-security/v1/response");
      admin.publish("$CONTROL/dynamic-security/v1", json, false);
      String answer = admin.next().text();
      if (answer.contains("error")) {
        throw new AssertionError(answer);
      }
    }
  }

  @Override
  public URI plain() {
    return URI.create("tcp://127.0.0.1:" + plainPort);
  }

  @Override
  public URI webSocket() {
    return URI.create("wss://127.0.0.1:" + webSocketPort + "/mqtt");
  }

  @Override
  public Optional<SocketFactory> trust() {
    return Optional.of(certificate.trust());
  }

  @Override
  public void provision(List<Credential> credentials) {
    rights.apply(credentials);
  }

  @Override
  public void close() {
    try {
      administration.close();
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void prepare() throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                CONFIGURATION.resolve("prepare").toString(),
                folder.resolve("dynsec.json").toString())
            .inheritIO();
    builder.environment().put("FOYER_MQTT_ADMIN_PASSWORD", ADMIN_PASSWORD);
    if (builder.start().waitFor() != 0) {
      throw new AssertionError(MISSING);
    }
  }

  private Process start() throws IOException {
    Path mosquitto =
        program("/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto");
    Path plugin =
        program(
            "/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so",
            "/usr/lib/aarch64-linux-gnu/mosquitto_dynamic_security.so",
            "/usr/lib/mosquitto_dynamic_security.so");
    String configuration =
        Files.readString(CONFIGURATION.resolve("mosquitto.conf"))
            .replace("/usr/lib/mosquitto_dynamic_security.so", plugin.toString())
            .replaceAll("/mosquitto/(config|certs)/", folder + "/")
            .replace("/mosquitto/data/", folder + "/data/")
            .replace("listener 8883", "listener " + tlsPort + " 127.0.0.1")
            .replace("listener 8884", "listener " + webSocketPort + " 127.0.0.1")
            .replace("listener 1883 ", "listener " + plainPort + " ");
    Path file = folder.resolve("mosquitto.conf");
    String user = System.getProperty("user.name");
    Files.writeString(file, configuration + "\nuser " + user + "\n");
    Process started =
        new ProcessBuilder(mosquitto.toString(), "-c", file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    Eventually.becomes("Mosquitto listens", () -> listens(plainPort));
    return started;
  }

  private static Path program(String... places) {
    return Stream.of(places)
        .map(Path::of)
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError(MISSING));
  }

  private static boolean listens(int port) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 200);
      return true;
    }
  }
}
