package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Another client of the broker: publishes as the server does, or witnesses what devices say. */
final class Peer implements AutoCloseable {

  private static final long PATIENCE = Eventually.PATIENCE.toMillis();

  private final MqttAsyncClient client;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private Peer(MqttAsyncClient client) {
    this.client = client;
  }

  /** Connects as that user. */
  static Peer connect(String uri, String user) throws MqttException {
    Peer peer = new Peer(new MqttAsyncClient(uri, user, new MemoryPersistence()));
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(user);
    options.setPassword(Mosquitto.PASSWORD.getBytes(StandardCharsets.UTF_8));
    peer.client.setCallback(peer.new Ear());
    peer.client.connect(options).waitForCompletion(PATIENCE);
    return peer;
  }

  /** Publishes retained at QoS 1. */
  void retain(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, true).waitForCompletion(PATIENCE);
  }

  /** Whether it is connected at present. */
  boolean isConnected() {
    return client.isConnected();
  }

  /** Wants to hear the topic. */
  void listen(String topic) throws MqttException {
    client.subscribe(topic, 1).waitForCompletion(PATIENCE);
  }

  /** The next message that is of interest; others are passed over. */
  String next(Predicate<String> wanted) throws InterruptedException {
    String message = heard.poll(PATIENCE, TimeUnit.MILLISECONDS);
    while (message != null && !wanted.test(message)) {
      message = heard.poll(PATIENCE, TimeUnit.MILLISECONDS);
    }
    assertThat(message).as("a message of interest").isNotNull();
    return message;
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnectForcibly(0, 100, false);
    }
    client.close(true);
  }

  private final class Ear implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.add(new String(message.getPayload(), StandardCharsets.UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException failure) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
