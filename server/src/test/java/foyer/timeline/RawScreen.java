package foyer.timeline;

import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A WebSocket by hand (RFC 6455), for displays that do not behave. */
final class RawScreen implements AutoCloseable {

  static final int TEXT = 1;
  static final int CLOSE = 8;
  static final int PONG = 10;

  private static final int PATIENCE_MS = (int) Eventually.PATIENCE.toMillis();

  private final Socket socket;
  private final DataInputStream in;
  private final String statusLine;
  private long bytes;

  /** What the server sends: the opcode, and its payload. */
  record Frame(int opcode, byte[] payload) {

    int closeCode() {
      return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
    }
  }

  private RawScreen(Socket socket, String statusLine) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.statusLine = statusLine;
  }

  /** Shakes hands under this name and, if it is not empty, this origin. */
  static RawScreen knock(URI uri, String host, String origin) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4096);
    socket.setSoTimeout(PATIENCE_MS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), uri.getPort()));
    String request =
        "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n%s\r\n"
            .formatted(
                uri.getRawPath(),
                host,
                SignedIn.COOKIE,
                origin.isEmpty() ? "" : "Origin: " + origin + "\r\n");
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int read = socket.getInputStream().read();
      if (read < 0) {
        break;
      }
      head.write(read);
    }
    return new RawScreen(socket, head.toString(StandardCharsets.US_ASCII));
  }

  static RawScreen open(URI uri) throws IOException {
    return knock(uri, uri.getAuthority(), "");
  }

  /** Status of the handshake; 101 when the server takes the socket. */
  int status() {
    return Integer.parseInt(statusLine.split(" ", 3)[1]);
  }

  /** Bytes of payload read so far. */
  long bytes() {
    return bytes;
  }

  Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 0x0F;
    int length = in.readUnsignedByte();
    int size =
        length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
    byte[] payload = new byte[size];
    in.readFully(payload);
    bytes += size;
    return new Frame(opcode, payload);
  }

  /** Passes everything over until the server's farewell. */
  Frame readUntilClose() throws IOException {
    Frame frame = read();
    while (frame.opcode() != CLOSE) {
      frame = read();
    }
    return frame;
  }

  /** Sends a frame; a message may have several. */
  void send(int opcode, boolean last, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((last ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else {
      frame.write(0x80 | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length);
    }
    frame.writeBytes(new byte[4]);
    frame.writeBytes(payload);
    OutputStream out = socket.getOutputStream();
    out.write(frame.toByteArray());
    out.flush();
  }

  /** Breaks off without a farewell. */
  @Override
  public void close() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }
}
