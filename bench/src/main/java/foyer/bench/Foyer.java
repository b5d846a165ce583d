package foyer.bench;

import foyer.sql.DatabaseAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The server as people start it: a process of its own with its PostgreSQL and broker. */
final class Foyer implements AutoCloseable {

  private final Path data;
  private final int port = freePort();
  private final int mqttPort = freePort();
  private @Nullable Process process;

  private Foyer(Path data) {
    this.data = data.toAbsolutePath();
  }

  /** Starts it on an empty data folder, without the demo company. */
  static Foyer start(Path data) {
    Foyer foyer = new Foyer(data);
    Runtime.getRuntime().addShutdownHook(new Thread(foyer::close, "stop-server"));
    foyer.run(List.of("--no-demo", "--fresh"));
    return foyer;
  }

  /** Kills the server and nothing else, as {@code kill -9} does. */
  void kill() {
    Process running = running();
    running.destroyForcibly();
    try {
      running.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Kills PostgreSQL with all its processes, as {@code kill -9} does. */
  void killDatabase() {
    ProcessHandle postmaster = ProcessHandle.of(databasePid()).orElseThrow();
    List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
    all.addAll(postmaster.children().toList());
    all.forEach(ProcessHandle::destroyForcibly);
    postmaster.onExit().join();
  }

  /** Starts it again after {@link #kill}. */
  void startAgain() {
    run(List.of("--no-demo"));
  }

  int port() {
    return port;
  }

  int mqttPort() {
    return mqttPort;
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  long pid() {
    return running().pid();
  }

  long databasePid() {
    return Long.parseLong(lines("postgres/postmaster.pid").getFirst().strip());
  }

  /** Its database, as the role that owns it. */
  DatabaseAddress database() {
    int databasePort = Integer.parseInt(lines("postgres.port").getFirst().strip());
    String password = lines("postgres.password").getFirst().strip();
    return new DatabaseAddress("127.0.0.1", databasePort, "foyer", "foyer", password);
  }

  @Override
  public void close() {
    Process running = process;
    if (running == null) {
      return;
    }
    running.destroy();
    try {
      if (!running.waitFor(10, TimeUnit.SECONDS)) {
        running.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command that runs another class of this program in a process of its own. */
  static List<String> java(String main, List<String> arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                main));
    command.addAll(arguments);
    return command;
  }

  /** Waits for the line that begins with {@code word}, and answers with what follows it. */
  static String await(Process process, String word) throws IOException {
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(word)) {
        return line.substring(word.length()).strip();
      }
    }
    throw new IllegalStateException("ended before it said " + word);
  }

  private void run(List<String> further) {
    List<String> arguments = new ArrayList<>(further);
    arguments.addAll(List.of("--port", "" + port, "--mqtt-port", "" + mqttPort));
    arguments.addAll(List.of("--data", data.toString(), "--reads-per-second", "0"));
    try {
      Files.createDirectories(data);
      Path log = Path.of(data + ".log");
      Process started =
          new ProcessBuilder(java("foyer.Main", arguments))
              .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      process = started;
      await(started, "ready");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process running() {
    if (process == null) {
      throw new IllegalStateException("not started");
    }
    return process;
  }

  private List<String> lines(String file) {
    try {
      return Files.readAllLines(data.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
