package foyer.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** A port for a program that has to be told one. */
public final class FreePort {

  private FreePort() {}

  /**
   * A TCP port of loopback that nobody listens at; outside of what the system gives to outgoing
   * connections, so that none of these takes it before the program does.
   */
  public static int find() {
    for (int tries = 0; tries < 100; tries++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        continue;
      }
    }
    throw new AssertionError("no free port");
  }
}
