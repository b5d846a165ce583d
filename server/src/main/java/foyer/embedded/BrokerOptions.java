package foyer.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where the embedded broker listens, and what one client may cost.
 *
 * @param host address to listen on
 * @param port TCP port of MQTT; 0 takes a free one
 * @param webSocketPort port of MQTT over WebSocket (path {@code /mqtt}); 0 takes a free one, empty
 *     offers none
 * @param tls certificate for both ports; empty leaves them plain
 * @param outside a further listener over TLS, for other machines; empty offers none
 * @param limits bounds of memory and time
 */
public record BrokerOptions(
    String host,
    int port,
    OptionalInt webSocketPort,
    Optional<Tls> tls,
    Optional<Outside> outside,
    Limits limits) {

  /** Loopback, plain, without WebSocket, with the usual bounds. */
  public static BrokerOptions onLoopback(int port) {
    return new BrokerOptions(
        "127.0.0.1", port, OptionalInt.empty(), Optional.empty(), Optional.empty(), Limits.USUAL);
  }

  /** The same, with MQTT over WebSocket on that port too. */
  public BrokerOptions withWebSocket(int webSocket) {
    return new BrokerOptions(host, port, OptionalInt.of(webSocket), tls, outside, limits);
  }

  /** The same with other bounds. */
  public BrokerOptions withLimits(Limits other) {
    return new BrokerOptions(host, port, webSocketPort, tls, outside, other);
  }

  /** The same with TLS on every port. */
  public BrokerOptions withTls(Tls certificate) {
    return new BrokerOptions(host, port, webSocketPort, Optional.of(certificate), outside, limits);
  }

  /** The same with a further listener. */
  public BrokerOptions withOutside(Outside listener) {
    return new BrokerOptions(host, port, webSocketPort, tls, Optional.of(listener), limits);
  }

  /**
   * A listener over TLS.
   *
   * @param port 0 takes a free one
   */
  public record Outside(String host, int port, Tls tls) {}

  /**
   * A certificate and its key.
   *
   * @param certificate chain, PEM
   * @param key PKCS #8, PEM
   */
  public record Tls(Path certificate, Path key) {}

  /**
   * Bounds; together they keep the broker's memory bounded whatever clients do.
   *
   * @param clients connections that are signed in
   * @param arriving connections whose sign-in is being decided
   * @param sessions sessions kept, with and without a connection
   * @param connectTimeout from the connection to CONNECT, and again to the sign-in's answer
   * @param packetBytes largest packet taken from a client
   * @param queuedMessages messages that wait for one client
   * @param queuedBytes their payloads and topics together, those in flight included
   * @param inFlight QoS 1 messages sent to a client and not yet acknowledged
   * @param subscriptions of one client
   * @param retainedMessages topics with a retained message
   * @param retainedBytes their payloads and topics together
   * @param sessionExpiry longest time that a session outlives its connection
   * @param keepAlive longest silence that an MQTT 5 client is told to keep to
   * @param stalled how long a client may not read before it is cut off
   */
  public record Limits(
      int clients,
      int arriving,
      int sessions,
      Duration connectTimeout,
      int packetBytes,
      int queuedMessages,
      int queuedBytes,
      int inFlight,
      int subscriptions,
      int retainedMessages,
      long retainedBytes,
      Duration sessionExpiry,
      Duration keepAlive,
      Duration stalled) {

    /** For a house of up to 20,000 devices. */
    public static final Limits USUAL =
        new Limits(
            20_000,
            20_000,
            40_000,
            Duration.ofSeconds(10),
            64 * 1024,
            5_000,
            4 * 1024 * 1024,
            100,
            200,
            50_000,
            256L * 1024 * 1024,
            Duration.ofDays(1),
            Duration.ofMinutes(5),
            Duration.ofSeconds(10));

    /** The same with another bound for what waits for one client. */
    public Limits withQueue(int messages, int bytes) {
      return new Limits(
          clients,
          arriving,
          sessions,
          connectTimeout,
          packetBytes,
          messages,
          bytes,
          inFlight,
          subscriptions,
          retainedMessages,
          retainedBytes,
          sessionExpiry,
          keepAlive,
          stalled);
    }

    /** The same with other bounds for connections, sessions and retained messages. */
    public Limits withRoom(int forClients, int forSessions, int forRetained) {
      return new Limits(
          forClients,
          arriving,
          forSessions,
          connectTimeout,
          packetBytes,
          queuedMessages,
          queuedBytes,
          inFlight,
          subscriptions,
          forRetained,
          retainedBytes,
          sessionExpiry,
          keepAlive,
          stalled);
    }

    /** The same with other patience. */
    public Limits withPatience(Duration forConnect, Duration forStalled) {
      return new Limits(
          clients,
          arriving,
          sessions,
          forConnect,
          packetBytes,
          queuedMessages,
          queuedBytes,
          inFlight,
          subscriptions,
          retainedMessages,
          retainedBytes,
          sessionExpiry,
          keepAlive,
          forStalled);
    }
  }
}
