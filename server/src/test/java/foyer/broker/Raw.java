package foyer.broker;

import foyer.device.Credential;
import foyer.testing.Eventually;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A client of MQTT 3.1.1 made of a bare socket: it can be slow, fall silent, break off and talk
 * nonsense.
 */
final class Raw implements AutoCloseable {

  static final int CONNACK = 0x20;
  static final int SUBACK = 0x90;
  static final int PUBACK = 0x40;
  static final int PUBLISH_AT_QOS_1 = 0x32;
  static final int AGAIN = 0x08;

  private static final int PATIENCE_MILLIS = (int) Eventually.PATIENCE.toMillis();

  private final Socket socket = new Socket();
  private final DataInputStream in;

  Raw(URI broker) throws IOException {
    socket.setReceiveBufferSize(8 * 1024);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.connect(new InetSocketAddress(broker.getHost(), broker.getPort()), PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
  }

  /**
   * A CONNECT packet with a clean session and a keep-alive of 60 s.
   *
   * @param willTopic topic of a last will "gone" at QoS 1, or null
   */
  static byte[] connect(Credential as, @Nullable String willTopic) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(text("MQTT"));
    body.write(4);
    body.write(0xC2 | (willTopic == null ? 0 : 0x0C));
    body.write(0);
    body.write(60);
    body.writeBytes(text(as.id()));
    if (willTopic != null) {
      body.writeBytes(text(willTopic));
      body.writeBytes(text("gone"));
    }
    body.writeBytes(text(as.id()));
    body.writeBytes(text(as.password()));
    return packet(0x10, body.toByteArray());
  }

  /** The same in MQTT 5, without properties and without a will. */
  static byte[] connectFive(Credential as) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(text("MQTT"));
    body.writeBytes(new byte[] {5, (byte) 0xC2, 0, 60, 0});
    body.writeBytes(text(as.id()));
    body.writeBytes(text(as.id()));
    body.writeBytes(text(as.password()));
    return packet(0x10, body.toByteArray());
  }

  /** A SUBSCRIBE packet for one filter. */
  static byte[] subscribe(String filter, int qos) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(0);
    body.write(1);
    body.writeBytes(text(filter));
    body.write(qos);
    return packet(0x82, body.toByteArray());
  }

  /** A PUBLISH packet at QoS 1 with packet id 1. */
  static byte[] publish(String topic, String payload) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(text(topic));
    body.write(0);
    body.write(1);
    body.writeBytes(payload.getBytes(StandardCharsets.UTF_8));
    return packet(0x32, body.toByteArray());
  }

  static byte[] ping() {
    return packet(0xC0, new byte[0]);
  }

  /** Signs in and waits for CONNACK. */
  static Raw signedIn(URI broker, Credential as, @Nullable String willTopic) throws IOException {
    Raw raw = new Raw(broker);
    raw.send(connect(as, willTopic));
    if (raw.read()[0] != CONNACK) {
      throw new AssertionError(as.id() + " is not let in");
    }
    return raw;
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  /** The next packet: its first byte (type and flags) and what follows the length. */
  int[] read() throws IOException {
    int first = in.readUnsignedByte();
    int length = 0;
    int shift = 0;
    int digit;
    do {
      digit = in.readUnsignedByte();
      length |= (digit & 0x7F) << shift;
      shift += 7;
    } while ((digit & 0x80) != 0);
    int[] packet = new int[length + 1];
    packet[0] = first;
    for (int i = 1; i <= length; i++) {
      packet[i] = in.readUnsignedByte();
    }
    return packet;
  }

  /**
   * Whether the broker ends the connection within {@link Eventually#PATIENCE}; what it says until
   * then is passed over.
   */
  boolean isCutOff() throws IOException {
    try {
      byte[] rest = new byte[4096];
      while (in.read(rest) >= 0) {
        continue;
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Breaks off without a farewell. */
  @Override
  public void close() throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private static byte[] packet(int first, byte[] body) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(first);
    int rest = body.length;
    do {
      int digit = rest % 128;
      rest /= 128;
      all.write(rest > 0 ? digit | 0x80 : digit);
    } while (rest > 0);
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static byte[] text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(utf8.length >> 8);
    all.write(utf8.length);
    all.writeBytes(utf8);
    return all.toByteArray();
  }
}
