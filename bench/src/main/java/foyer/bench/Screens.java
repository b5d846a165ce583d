package foyer.bench;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Displays that are connected by WebSocket (RFC 6455) and do no more than notice when a message is
 * complete, so that they cost the machine as little as may be.
 */
final class Screens {

  private static final int CONNECTING_AT_ONCE = 200;
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int LAST = 0x80;

  private final Arrivals arrivals = new Arrivals();
  private final List<NetSocket> sockets = new ArrayList<>();
  private final NetClient client;
  private final String cookie;

  private Screens(Vertx vertx, String cookie) {
    this.cookie = cookie;
    client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
  }

  /**
   * Connects so many displays to a path; done when each has got its first message.
   *
   * @param cookie by which they are let in; empty where everybody is
   */
  static Screens open(Vertx vertx, int port, String path, String cookie, int count) {
    Screens screens = new Screens(vertx, cookie);
    while (screens.sockets.size() < count) {
      int some = Math.min(CONNECTING_AT_ONCE, count - screens.sockets.size());
      Future<long[]> first = screens.arrivals.expect(some);
      List<Future<NetSocket>> connected = new ArrayList<>();
      for (int i = 0; i < some; i++) {
        connected.add(
            screens
                .client
                .connect(port, "127.0.0.1")
                .map(socket -> screens.shakeHands(socket, path, port)));
      }
      Wait.result(Future.all(connected));
      connected.forEach(socket -> screens.sockets.add(socket.result()));
      Wait.result(first);
    }
    return screens;
  }

  /** Done with the times at which the next message was complete at each of them. */
  Future<long[]> next() {
    return arrivals.expect(sockets.size());
  }

  void close() {
    Wait.result(Future.all(sockets.stream().map(NetSocket::close).toList()));
    Wait.result(client.close());
  }

  private NetSocket shakeHands(NetSocket socket, String path, int port) {
    Screen screen = new Screen(socket);
    socket.handler(screen::read);
    socket.write(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + (cookie.isEmpty() ? "" : "\r\nCookie: " + cookie)
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    return socket;
  }

  /** Reads the frames of one socket. */
  private final class Screen {
    private final NetSocket socket;
    private boolean upgraded;
    private Buffer rest = Buffer.buffer();

    Screen(NetSocket socket) {
      this.socket = socket;
    }

    void read(Buffer data) {
      Buffer all = rest.length() == 0 ? data : rest.appendBuffer(data);
      int from = 0;
      if (!upgraded) {
        int end = all.toString(StandardCharsets.ISO_8859_1).indexOf("\r\n\r\n");
        if (end < 0) {
          rest = all.copy();
          return;
        }
        if (!all.getString(0, 12).equals("HTTP/1.1 101")) {
          throw new IllegalStateException("not upgraded: " + all.getString(0, end));
        }
        upgraded = true;
        from = end + 4;
      }
      for (int next = frame(all, from); next > from; next = frame(all, from)) {
        from = next;
      }
      rest = from == all.length() ? Buffer.buffer() : all.getBuffer(from, all.length());
    }

    /** Takes the frame that begins there, and answers where the next begins; else the same. */
    private int frame(Buffer all, int from) {
      int left = all.length() - from;
      if (left < 2) {
        return from;
      }
      int length = all.getByte(from + 1) & 0x7f;
      int header = length == 126 ? 4 : length == 127 ? 10 : 2;
      if (left < header) {
        return from;
      }
      int payload =
          switch (header) {
            case 4 -> all.getUnsignedShort(from + 2);
            case 10 -> (int) all.getLong(from + 2);
            default -> length;
          };
      if (left < header + payload) {
        return from;
      }
      take(all.getByte(from), all, from + header, payload);
      return from + header + payload;
    }

    private void take(byte first, Buffer all, int from, int length) {
      int opcode = first & 0x0f;
      switch (opcode) {
        case TEXT, CONTINUATION -> {
          if ((first & LAST) != 0) {
            arrivals.arrived();
          }
        }
        case PING ->
            socket.write(
                Buffer.buffer()
                    .appendByte((byte) 0x8a)
                    .appendByte((byte) (0x80 | length))
                    .appendInt(0)
                    .appendBuffer(all, from, length));
        case CLOSE -> throw new IllegalStateException("the server closed a display");
        default -> throw new IllegalStateException("unexpected frame " + opcode);
      }
    }
  }
}
