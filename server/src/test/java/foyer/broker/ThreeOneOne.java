package foyer.broker;

import foyer.device.Credential;
import foyer.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** A client of MQTT 3.1.1 (Paho). */
final class ThreeOneOne implements MqttCallback, AutoCloseable {

  private static final long PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  private final MqttAsyncClient client;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final CountDownLatch lost = new CountDownLatch(1);

  private ThreeOneOne(MqttAsyncClient client) {
    this.client = client;
  }

  static ThreeOneOne connect(BrokerUnderTest broker, Credential as) throws MqttException {
    return connect(broker, as, options -> {});
  }

  static ThreeOneOne connect(
      BrokerUnderTest broker, Credential as, Consumer<MqttConnectOptions> with)
      throws MqttException {
    MqttAsyncClient paho =
        new MqttAsyncClient(broker.plain().toString(), as.id(), new MemoryPersistence());
    ThreeOneOne three = new ThreeOneOne(paho);
    paho.setCallback(three);
    MqttConnectOptions options = new MqttConnectOptions();
    options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
    options.setUserName(as.id());
    options.setPassword(as.password().toCharArray());
    with.accept(options);
    try {
      paho.connect(options).waitForCompletion(PATIENCE_MILLIS);
      return three;
    } catch (MqttException e) {
      paho.close(true);
      throw e;
    }
  }

  /** Subscribes at QoS 1 and returns what the broker grants; 0x80 is a refusal. */
  int subscribe(String filter) throws MqttException {
    IMqttToken token = client.subscribe(filter, 1);
    try {
      token.waitForCompletion(PATIENCE_MILLIS);
    } catch (MqttException e) {
      return 0x80;
    }
    return token.getGrantedQos()[0];
  }

  /** Publishes at QoS 1; returns whether the broker acknowledged it. */
  boolean publish(String topic, String text, boolean retain) {
    MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    message.setRetained(retain);
    try {
      client.publish(topic, message).waitForCompletion(PATIENCE_MILLIS);
      return true;
    } catch (MqttException e) {
      return false;
    }
  }

  Heard next() throws InterruptedException {
    Heard message = heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError(client.getClientId() + " hears nothing");
    }
    return message;
  }

  /** Whether the broker cuts the connection within {@link Eventually#PATIENCE}. */
  boolean isCutOff() throws InterruptedException {
    return lost.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
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
    String text = new String(message.getPayload(), StandardCharsets.UTF_8);
    heard.add(
        new Heard(topic, text, message.getQos(), message.isRetained(), message.isDuplicate()));
  }

  @Override
  public void connectionLost(@Nullable Throwable cause) {
    lost.countDown();
  }

  @Override
  public void deliveryComplete(IMqttDeliveryToken token) {}
}
