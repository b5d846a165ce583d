package foyer.broker;

import foyer.device.Credential;
import foyer.testing.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** A client of MQTT 5 (Paho). */
final class Five implements MqttCallback, AutoCloseable {

  private static final long PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  private final MqttAsyncClient client;
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private boolean sessionPresent;
  private MqttProperties announced = new MqttProperties();

  private Five(MqttAsyncClient client) {
    this.client = client;
  }

  static Five connect(BrokerUnderTest broker, Credential as) throws MqttException {
    return connect(broker, as, options -> {});
  }

  static Five connect(BrokerUnderTest broker, Credential as, Consumer<MqttConnectionOptions> with)
      throws MqttException {
    return connect(broker.plain().toString(), as, with);
  }

  static Five connect(String uri, Credential as, Consumer<MqttConnectionOptions> with)
      throws MqttException {
    MqttAsyncClient paho = new MqttAsyncClient(uri, as.id(), new MemoryPersistence());
    Five five = new Five(paho);
    paho.setCallback(five);
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setUserName(as.id());
    options.setPassword(as.password().getBytes(StandardCharsets.UTF_8));
    options.setAutomaticReconnect(false);
    with.accept(options);
    try {
      IMqttToken token = paho.connect(options);
      token.waitForCompletion(PATIENCE_MILLIS);
      five.sessionPresent = token.getSessionPresent();
      five.announced = token.getResponseProperties();
      return five;
    } catch (MqttException e) {
      paho.close(true);
      throw e;
    }
  }

  boolean sessionPresent() {
    return sessionPresent;
  }

  /** What the broker said of itself in CONNACK. */
  MqttProperties announced() {
    return announced;
  }

  /** Subscribes at QoS 1 and returns the broker's reason code. */
  int subscribe(String filter) throws MqttException {
    return subscribe(new MqttSubscription(filter, 1));
  }

  int subscribe(MqttSubscription subscription) throws MqttException {
    IMqttToken token =
        client.subscribe(new MqttSubscription[] {subscription}, null, null, new MqttProperties());
    try {
      token.waitForCompletion(PATIENCE_MILLIS);
    } catch (MqttException e) {
      int[] reasons = token.getReasonCodes();
      return reasons == null || reasons.length == 0 ? e.getReasonCode() : reasons[0];
    }
    return token.getReasonCodes()[0];
  }

  /** Publishes at QoS 1 and returns the broker's reason code. */
  int publish(String topic, String text, boolean retain) throws MqttException {
    return publish(topic, new MqttMessage(text.getBytes(StandardCharsets.UTF_8), 1, retain, null));
  }

  int publish(String topic, MqttMessage message) throws MqttException {
    IMqttToken token = client.publish(topic, message);
    try {
      token.waitForCompletion(PATIENCE_MILLIS);
    } catch (MqttException e) {
      return e.getReasonCode();
    }
    int[] reasons = token.getReasonCodes();
    return reasons == null ? 0 : Arrays.stream(reasons).max().orElse(0);
  }

  void unsubscribe(String filter) throws MqttException {
    client.unsubscribe(filter).waitForCompletion(PATIENCE_MILLIS);
  }

  /** The next message, or an assertion that fails after {@link Eventually#PATIENCE}. */
  Heard next() throws InterruptedException {
    Heard message = heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (message == null) {
      throw new AssertionError(client.getClientId() + " hears nothing");
    }
    return message;
  }

  /** A message that is there already, if any. */
  Optional<Heard> already() {
    return Optional.ofNullable(heard.poll());
  }

  boolean isConnected() {
    return client.isConnected();
  }

  /** The reason code with which the broker ends the connection; -1 without one. */
  int end() throws Exception {
    return ended.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Breaks off without a farewell. */
  void breakOff() throws MqttException {
    client.disconnectForcibly(0, 1, false);
  }

  void disconnect() throws MqttException {
    client.disconnect(0).waitForCompletion(PATIENCE_MILLIS);
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
  public void disconnected(MqttDisconnectResponse response) {
    ended.complete(response == null ? -1 : response.getReturnCode());
  }

  @Override
  public void mqttErrorOccurred(MqttException exception) {}

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String serverUri) {}

  @Override
  public void authPacketArrived(int reasonCode, MqttProperties properties) {}
}
