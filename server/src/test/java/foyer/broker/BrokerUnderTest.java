package foyer.broker;

import foyer.device.Credential;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import javax.net.SocketFactory;

/** A broker that the suite can speak to, and whose credentials it can set. */
interface BrokerUnderTest extends AutoCloseable {

  /** MQTT over plain TCP on loopback. */
  URI plain();

  /** MQTT over WebSocket. */
  URI webSocket();

  /** Trusts the certificate of {@link #webSocket()}, if it has one. */
  Optional<SocketFactory> trust();

  /** Makes the broker's credentials those of the list, and cuts off who is no longer in it. */
  void provision(List<Credential> credentials);

  @Override
  void close();
}
