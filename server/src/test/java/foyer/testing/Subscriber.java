package foyer.testing;

import foyer.wire.Json;
import foyer.wire.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Somebody who hears a topic over MQTT 5. */
public final class Subscriber implements MqttCallback, AutoCloseable {

  private static final long PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  private final MqttAsyncClient client;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  /** A message. */
  public record Heard(String topic, String text) {

    /** The message as a timeline. */
    public Timeline timeline() {
      return Json.read(text.getBytes(StandardCharsets.UTF_8), Timeline.class);
    }
  }

  private Subscriber(MqttAsyncClient client) {
    this.client = client;
  }

  /** Signs in and subscribes at QoS 1. */
  public static Subscriber to(String broker, String user, String password, String filter)
      throws MqttException {
    return to(broker, user, password, filter, options -> {});
  }

  /** The same over sockets that trust what these do. */
  public static Subscriber to(
      String broker, String user, String password, String filter, SocketFactory sockets)
      throws MqttException {
    return to(broker, user, password, filter, options -> options.setSocketFactory(sockets));
  }

  private static Subscriber to(
      String broker,
      String user,
      String password,
      String filter,
      Consumer<MqttConnectionOptions> with)
      throws MqttException {
    MqttAsyncClient paho = new MqttAsyncClient(broker, user, new MemoryPersistence());
    Subscriber subscriber = new Subscriber(paho);
    paho.setCallback(subscriber);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(user);
    options.setPassword(password.getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    with.accept(options);
    try {
      paho.connect(options).waitForCompletion(PATIENCE_MILLIS);
      paho.subscribe(filter, 1).waitForCompletion(PATIENCE_MILLIS);
      return subscriber;
    } catch (MqttException refused) {
      paho.close(true);
      throw refused;
    }
  }

  /** The next message, or an assertion that fails after {@link Eventually#PATIENCE}. */
  public Heard next() throws InterruptedException {
    return next(Eventually.PATIENCE);
  }

  /** The next message, or an assertion that fails after this time. */
  public Heard next(Duration within) throws InterruptedException {
    Heard message = heard.poll(within.toMillis(), TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError(client.getClientId() + " hears nothing");
    }
    return message;
  }

  /** How many messages wait to be looked at. */
  public int waiting() {
    return heard.size();
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect(0).waitForCompletion(PATIENCE_MILLIS);
    }
    client.close(true);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    heard.add(new Heard(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
  }

  @Override
  public void disconnected(MqttDisconnectResponse response) {}

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
