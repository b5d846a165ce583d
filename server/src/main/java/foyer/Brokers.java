package foyer;

import foyer.device.Credential;
import foyer.device.DeviceHealth;
import foyer.device.Devices;
import foyer.device.DynamicSecurity;
import foyer.device.Provisioning;
import foyer.embedded.Broker;
import foyer.embedded.BrokerOptions;
import foyer.embedded.SignIn;
import foyer.timeline.MqttLink;
import foyer.timeline.Timelines.Publishing;
import foyer.wire.TopicRights;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.net.SocketFactory;

/**
 * The broker that this server mirrors timelines to: the one inside the process, or Mosquitto, whose
 * rights it keeps.
 */
public final class Brokers {

  private static final String SERVER = "foyer-server";

  private final Devices devices;
  private final Choice choice;
  private final Listening listening;
  private final String password;
  private final Optional<Broker> embedded;
  private final Optional<Provisioning> provisioning;

  /** Which broker. */
  public sealed interface Choice {
    /**
     * The one inside the process, on loopback, and over TLS for other machines where the server
     * itself has a certificate; port 0 for a free one.
     */
    record Embedded(int port, OptionalInt webSocketPort) implements Choice {}

    /**
     * Mosquitto with dynamic security.
     *
     * @param user its administrator, as {@code mosquitto/prepare} makes it
     * @param trust decides about its certificate; empty for what Java trusts
     */
    record External(URI uri, String user, String password, Optional<SocketFactory> trust)
        implements Choice {

      @Override
      public String toString() {
        return user + "@" + uri;
      }
    }

    /** None from this node. */
    record None() implements Choice {}
  }

  private Brokers(
      Devices devices,
      Choice choice,
      Listening listening,
      String password,
      Optional<Broker> embedded,
      Optional<Provisioning> provisioning) {
    this.devices = devices;
    this.choice = choice;
    this.listening = listening;
    this.password = password;
    this.embedded = embedded;
    this.provisioning = provisioning;
  }

  /** Starts the one inside the process if it is chosen. Blocks. */
  static Brokers start(Vertx vertx, Choice choice, Listening listening, Devices devices) {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Optional<Broker> embedded =
        choice instanceof Choice.Embedded(int port, OptionalInt webSocketPort)
            ? Optional.of(
                Broker.start(
                        vertx,
                        options(port, webSocketPort, listening),
                        who -> signIn(devices, password, who))
                    .await())
            : Optional.empty();
    Optional<Provisioning> provisioning =
        choice instanceof Choice.External outside
            ? Optional.of(provisioning(vertx, devices, outside))
            : Optional.empty();
    return new Brokers(devices, choice, listening, password, embedded, provisioning);
  }

  /** What this node does for the broker while it is the elected one; nothing without a broker. */
  Optional<Publishing> publishing() {
    return choice instanceof Choice.None ? Optional.empty() : Optional.of(new Mirror());
  }

  /** Where devices find it; empty without one. */
  String uri() {
    return switch (choice) {
      case Choice.Embedded inside -> embeddedUri(embedded.orElseThrow());
      case Choice.External outside -> outside.uri().toString();
      case Choice.None none -> "";
    };
  }

  private String embeddedUri(Broker broker) {
    return broker.outsidePort().isPresent()
        ? "ssl://" + listening.publicHost() + ":" + broker.outsidePort().getAsInt()
        : ownUri(broker);
  }

  private static String ownUri(Broker broker) {
    return "tcp://127.0.0.1:" + broker.port();
  }

  /** Uses what the certificate's files hold now. */
  void renewKeys() {
    embedded.filter(broker -> broker.outsidePort().isPresent()).ifPresent(Broker::renewKeys);
  }

  /**
   * Makes the broker's rights of a device those of its rows; whoever has lost them is cut off at
   * once.
   */
  void deviceChanged(String device) {
    embedded.ifPresent(broker -> broker.revoke(device));
    provisioning.ifPresent(Provisioning::untilDone);
  }

  Future<Void> close() {
    return embedded.map(Broker::close).orElse(Future.succeededFuture());
  }

  private static BrokerOptions options(int port, OptionalInt webSocketPort, Listening listening) {
    BrokerOptions options = BrokerOptions.onLoopback(port);
    if (webSocketPort.isPresent()) {
      options = options.withWebSocket(webSocketPort.getAsInt());
    }
    if (listening.tls().isPresent()) {
      BrokerOptions.Tls tls =
          new BrokerOptions.Tls(listening.tls().get().certificate(), listening.tls().get().key());
      options =
          options.withOutside(
              new BrokerOptions.Outside(listening.host(), listening.mqttsPort(), tls));
    }
    return options;
  }

  private static Future<Optional<TopicRights>> signIn(
      Devices devices, String password, SignIn who) {
    if (who.username().equals(SERVER)) {
      boolean right = MessageDigest.isEqual(bytes(who.password()), bytes(password));
      return Future.succeededFuture(right ? Optional.of(TopicRights.server()) : Optional.empty());
    }
    return devices.signIn(who.username(), who.password());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** What devices and the servers themselves may do. */
  private static Future<List<Credential>> credentials(Devices devices) {
    return devices
        .credentials()
        .map(
            credentials -> {
              List<Credential> all = new ArrayList<>(credentials);
              all.add(new Credential(SERVER, devices.serverPassword(), TopicRights.server()));
              return all;
            });
  }

  private static Provisioning provisioning(Vertx vertx, Devices devices, Choice.External outside) {
    return new Provisioning(
        vertx,
        () -> credentials(devices),
        () ->
            DynamicSecurity.connect(
                outside.uri(), outside.user(), outside.password(), outside.trust()));
  }

  private final class Mirror implements Publishing {

    @Override
    public void prepare(MqttLink link) {
      DeviceHealth health = new DeviceHealth(devices);
      link.subscribe(health.filter(), health::heard);
    }

    @Override
    public Future<MqttLink.Address> ready() {
      return choice instanceof Choice.External outside
          ? provisioning
              .orElseThrow()
              .once()
              .map(
                  done ->
                      new MqttLink.Address(
                          outside.uri().toString(),
                          SERVER,
                          devices.serverPassword(),
                          outside.trust()))
          : Future.succeededFuture(
              new MqttLink.Address(
                  ownUri(embedded.orElseThrow()), SERVER, password, Optional.empty()));
    }
  }
}
