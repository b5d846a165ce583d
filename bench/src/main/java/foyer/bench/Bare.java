package foyer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** The process of {@link BareServer}. */
final class Bare implements AutoCloseable {

  private final Process process;
  private final int port;
  private final int mqttPort;

  private Bare(Process process, int port, int mqttPort) {
    this.process = process;
    this.port = port;
    this.mqttPort = mqttPort;
  }

  static Bare start() {
    try {
      Process process =
          new ProcessBuilder(Foyer.java(BareServer.class.getName(), List.of()))
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "stop-bare-server"));
      String[] ports = Foyer.await(process, "ready").split(" ", -1);
      return new Bare(process, Integer.parseInt(ports[0]), Integer.parseInt(ports[1]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return port;
  }

  int mqttPort() {
    return mqttPort;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
  }
}
