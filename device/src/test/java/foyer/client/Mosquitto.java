package foyer.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A Mosquitto of a test's own, without persistence; every user's password is {@link #PASSWORD}. */
final class Mosquitto implements AutoCloseable {

  static final String PASSWORD = "a long enough password";

  private final Path folder;
  private final int port;
  private Process process;

  private Mosquitto(Path folder, int port, Process process) {
    this.folder = folder;
    this.port = port;
    this.process = process;
  }

  /** Starts one on a free port that lets in these users. */
  static Mosquitto start(Path folder, List<String> users) throws Exception {
    int port = freePort();
    Path passwords = Files.createFile(folder.resolve("passwords"));
    for (String user : users) {
      run("mosquitto_passwd", "-b", passwords.toString(), user, PASSWORD);
    }
    Files.writeString(
        folder.resolve("mosquitto.conf"),
        """
        listener %d 127.0.0.1
        allow_anonymous false
        password_file %s
        persistence false
        user %s
        """
            .formatted(port, passwords, System.getProperty("user.name")));
    return new Mosquitto(folder, port, launch(folder, port));
  }

  /** Where it listens. */
  String uri() {
    return "tcp://127.0.0.1:" + port;
  }

  /** Kills it as {@code kill -9} does. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Starts it again on the same port; it remembers nothing. */
  void restart() throws Exception {
    process = launch(folder, port);
  }

  @Override
  public void close() {
    kill();
  }

  private static Process launch(Path folder, int port) throws IOException {
    Process process =
        new ProcessBuilder(binary("mosquitto"), "-c", folder.resolve("mosquitto.conf").toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    Eventually.holds("Mosquitto listens", Eventually.PATIENCE, () -> isOpen(port));
    return process;
  }

  private static boolean isOpen(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static void run(String program, String... args) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of(binary(program)));
    command.addAll(List.of(args));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException(program + " failed with " + code);
    }
  }

  private static String binary(String name) {
    return List.of("/usr/sbin/", "/usr/bin/", "/usr/local/sbin/", "/usr/local/bin/").stream()
        .map(folder -> folder + name)
        .filter(file -> Files.isExecutable(Path.of(file)))
        .findFirst()
        .orElse(name);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
