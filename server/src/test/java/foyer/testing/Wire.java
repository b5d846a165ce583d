package foyer.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A network between a client and a TCP port of this machine, which a test may have fall silent:
 * connections stay open, and nothing comes through any longer.
 */
public final class Wire implements AutoCloseable {

  private final ServerSocket listening;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile CountDownLatch passable = new CountDownLatch(0);

  private Wire(ServerSocket listening, int target) {
    this.listening = listening;
    this.target = target;
  }

  /** A wire to that port. */
  public static Wire to(int port) {
    try {
      Wire wire = new Wire(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), port);
      Thread.ofVirtual().start(wire::accept);
      return wire;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The port that leads to the other one. */
  public int port() {
    return listening.getLocalPort();
  }

  /** Keeps back whatever is sent from now on, on old and new connections. */
  public void fallSilent() {
    passable = new CountDownLatch(1);
  }

  /** Lets through what was kept back, and all that follows. */
  public void goOn() {
    passable.countDown();
  }

  @Override
  public void close() {
    goOn();
    closeQuietly(listening);
    open.forEach(Wire::closeQuietly);
  }

  private void accept() {
    try {
      while (true) {
        Socket near = listening.accept();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(near);
        open.add(far);
        Thread.ofVirtual().start(() -> pass(near, far));
        Thread.ofVirtual().start(() -> pass(far, near));
      }
    } catch (IOException closed) {
      closeQuietly(listening);
    }
  }

  private void pass(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        passable.await();
        out.write(buffer, 0, n);
      }
    } catch (IOException ended) {
      open.remove(from);
      open.remove(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void closeQuietly(AutoCloseable closing) {
    try {
      closing.close();
    } catch (Exception gone) {
      throw new AssertionError(gone);
    }
  }
}
