package foyer.embedded;

import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.IntegerProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttWill;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a CONNECT packet: what the client asks for, what is refused, what it is told. */
final class Arrival {

  private static final int FIVE = 5;
  private static final int THREE_ONE_ONE = 4;

  private Arrival() {}

  /**
   * How a client wants to be served.
   *
   * @param five whether it speaks MQTT 5
   * @param receiveMaximum QoS 1 messages in flight towards it
   * @param maximumPacket bytes of the largest packet that it takes
   * @param keepAliveMillis silence that the broker watches itself; 0 leaves it to the library
   * @param sessionExpiry milliseconds that its session outlives the connection
   */
  record Wishes(
      boolean five,
      int receiveMaximum,
      long maximumPacket,
      long keepAliveMillis,
      long sessionExpiry,
      @Nullable Will will) {}

  /** Why the packet is refused before any password is looked at, or nothing. */
  static Optional<MqttConnectReturnCode> refuse(MqttEndpoint endpoint) {
    boolean five = endpoint.protocolVersion() == FIVE;
    if (!five && endpoint.protocolVersion() != THREE_ONE_ONE) {
      return Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION);
    }
    if (five
        && endpoint.connectProperties().getProperty(MqttProperties.AUTHENTICATION_METHOD) != null) {
      return Optional.of(MqttConnectReturnCode.CONNECTION_REFUSED_BAD_AUTHENTICATION_METHOD);
    }
    if (endpoint.clientIdentifier() == null) {
      return Optional.of(
          five
              ? MqttConnectReturnCode.CONNECTION_REFUSED_CLIENT_IDENTIFIER_NOT_VALID
              : MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED);
    }
    if (endpoint.auth() == null
        || endpoint.auth().getPassword() == null
        || !endpoint.clientIdentifier().equals(endpoint.auth().getUsername())) {
      return Optional.of(notAuthorized(endpoint));
    }
    if (endpoint.will().isWillFlag() && endpoint.will().getWillQos() > 1) {
      return Optional.of(
          five
              ? MqttConnectReturnCode.CONNECTION_REFUSED_QOS_NOT_SUPPORTED
              : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED);
    }
    return Optional.empty();
  }

  static MqttConnectReturnCode notAuthorized(MqttEndpoint endpoint) {
    return endpoint.protocolVersion() == FIVE
        ? MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED_5
        : MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
  }

  static MqttConnectReturnCode badPassword(MqttEndpoint endpoint) {
    return endpoint.protocolVersion() == FIVE
        ? MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USERNAME_OR_PASSWORD
        : MqttConnectReturnCode.CONNECTION_REFUSED_BAD_USER_NAME_OR_PASSWORD;
  }

  /** The broker cannot now: full, or the sign-in has no answer. */
  static MqttConnectReturnCode unavailable(MqttEndpoint endpoint) {
    return endpoint.protocolVersion() == FIVE
        ? MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_BUSY
        : MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
  }

  static Wishes wishes(MqttEndpoint endpoint, BrokerOptions.Limits limits) {
    boolean five = endpoint.protocolVersion() == FIVE;
    MqttProperties asked = endpoint.connectProperties();
    long lingering = limits.sessionExpiry().toMillis();
    if (!five) {
      long expiry = endpoint.isCleanSession() ? 0 : lingering;
      return new Wishes(false, limits.inFlight(), Long.MAX_VALUE, 0, expiry, will(endpoint));
    }
    Integer receive = Message.integer(asked, MqttProperties.RECEIVE_MAXIMUM);
    Integer packet = Message.integer(asked, MqttProperties.MAXIMUM_PACKET_SIZE);
    Integer expiry = Message.integer(asked, MqttProperties.SESSION_EXPIRY_INTERVAL);
    return new Wishes(
        true,
        receive == null ? limits.inFlight() : Math.min(receive, limits.inFlight()),
        packet == null ? Long.MAX_VALUE : Integer.toUnsignedLong(packet),
        tooQuiet(endpoint, limits) ? limits.keepAlive().toMillis() : 0,
        expiry == null ? 0 : expiry(expiry, limits),
        will(endpoint));
  }

  /** Milliseconds of a session expiry interval, cut to the longest that the broker grants. */
  static long expiry(int unsignedSeconds, BrokerOptions.Limits limits) {
    return Math.min(
        Integer.toUnsignedLong(unsignedSeconds) * 1000, limits.sessionExpiry().toMillis());
  }

  /** What a client of MQTT 5 is told in CONNACK; nothing for MQTT 3.1.1. */
  static MqttProperties announcement(
      MqttEndpoint endpoint, Wishes wishes, BrokerOptions.Limits limits) {
    if (!wishes.five()) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties said = new MqttProperties();
    said.add(new IntegerProperty(MqttProperties.MAXIMUM_QOS, 1));
    said.add(new IntegerProperty(MqttProperties.RECEIVE_MAXIMUM, limits.inFlight()));
    said.add(new IntegerProperty(MqttProperties.MAXIMUM_PACKET_SIZE, limits.packetBytes()));
    said.add(new IntegerProperty(MqttProperties.TOPIC_ALIAS_MAXIMUM, 0));
    said.add(new IntegerProperty(MqttProperties.WILDCARD_SUBSCRIPTION_AVAILABLE, 1));
    said.add(new IntegerProperty(MqttProperties.SHARED_SUBSCRIPTION_AVAILABLE, 0));
    said.add(
        new IntegerProperty(
            MqttProperties.SESSION_EXPIRY_INTERVAL, (int) (wishes.sessionExpiry() / 1000)));
    if (tooQuiet(endpoint, limits)) {
      said.add(
          new IntegerProperty(
              MqttProperties.SERVER_KEEP_ALIVE, (int) limits.keepAlive().toSeconds()));
    }
    return said;
  }

  private static boolean tooQuiet(MqttEndpoint endpoint, BrokerOptions.Limits limits) {
    int asked = endpoint.keepAliveTimeSeconds();
    return asked == 0 || asked > limits.keepAlive().toSeconds();
  }

  private static @Nullable Will will(MqttEndpoint endpoint) {
    MqttWill asked = endpoint.will();
    if (!asked.isWillFlag()) {
      return null;
    }
    MqttProperties properties = asked.getWillProperties();
    Buffer payload = asked.getWillMessage();
    Integer delay = Message.integer(properties, MqttProperties.WILL_DELAY_INTERVAL);
    Message message =
        Message.of(
            asked.getWillTopic(),
            payload == null ? Buffer.buffer() : payload,
            MqttQoS.valueOf(asked.getWillQos()),
            asked.isWillRetain(),
            properties,
            endpoint.clientIdentifier(),
            Hub.now());
    return new Will(message, delay == null ? 0 : Integer.toUnsignedLong(delay) * 1000);
  }
}
