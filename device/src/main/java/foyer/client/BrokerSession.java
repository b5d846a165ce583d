package foyer.client;

import foyer.wire.DeviceStatus;
import foyer.wire.Json;
import foyer.wire.Timeline;
import foyer.wire.Topics;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from its opening to its end; it is never used again. What it tells
 * may come on any thread.
 */
final class BrokerSession {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerSession.class);

  /** Seconds; SAFETY §2: a silent broker or device is noticed within one and a half of these. */
  private static final int KEEP_ALIVE = 20;

  /** How long the broker keeps the session while the device is away, in seconds. */
  private static final long SESSION = 3_600;

  /** How long the last words may take, in ms. */
  private static final long FAREWELL = 600;

  private static final int QOS = 1;

  private final DeviceConfig config;
  private final BrokerLink.Events events;
  private final ScheduledExecutorService threads =
      Executors.newScheduledThreadPool(6, Thread.ofPlatform().daemon().name("mqtt-", 0).factory());
  private @Nullable MqttAsyncClient client;

  /** Nothing is opened yet. */
  BrokerSession(DeviceConfig config, BrokerLink.Events events) {
    this.config = config;
    this.events = events;
  }

  /** Begins to connect. Blocks for a moment. */
  synchronized void open() throws MqttException, IOException, GeneralSecurityException {
    MqttAsyncClient opening =
        new MqttAsyncClient(
            config.broker().toString(), config.device(), new MemoryPersistence(), null, threads);
    client = opening;
    opening.setCallback(new Callback());
    opening.connect(options(), null, new Connecting());
  }

  /** Asks for the topics; the broker's answers are told. */
  void subscribe(List<String> topics) {
    MqttSubscription[] subscriptions =
        topics.stream()
            .map(topic -> new MqttSubscription(topic, QOS))
            .toArray(MqttSubscription[]::new);
    attempt(
        present ->
            present.subscribe(subscriptions, null, new Subscribing(topics), new MqttProperties()));
  }

  /** Publishes a retained message; says whether it was handed over. */
  boolean retain(String topic, byte[] payload) {
    return attempt(present -> present.publish(topic, payload, QOS, true));
  }

  /** Publishes a last retained message and disconnects in good order. Blocks, but not for long. */
  void leave(String topic, byte[] payload) {
    attempt(
        present -> {
          present.publish(topic, payload, QOS, true).waitForCompletion(FAREWELL);
          present.disconnect(0).waitForCompletion(FAREWELL);
        });
  }

  /** Frees everything. Blocks for a moment. */
  void discard() {
    attempt(present -> present.disconnectForcibly(0, 1, false));
    attempt(present -> present.close(true));
    threads.shutdownNow();
  }

  private synchronized boolean attempt(Step step) {
    if (client == null) {
      return false;
    }
    try {
      step.on(client);
      return true;
    } catch (MqttException e) {
      LOG.debug("not possible on this connection: {}", e.toString());
      return false;
    }
  }

  private MqttConnectionOptions options() throws IOException, GeneralSecurityException {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION);
    options.setKeepAliveInterval(KEEP_ALIVE);
    options.setConnectionTimeout(5);
    options.setReceiveMaximum(64);
    options.setMaximumPacketSize(4L * Timeline.MAX_BYTES);
    options.setExecutorServiceTimeout(0);
    options.setUserName(config.username());
    byte[] password = config.passwordBytes();
    if (password != null) {
      options.setPassword(password);
    }
    byte[] offline = Json.bytes(DeviceStatus.offline(config.device(), config.kind()));
    options.setWill(
        Topics.deviceStatus(config.device()), new MqttMessage(offline, QOS, true, null));
    if (config.ca() != null) {
      options.setSocketFactory(trusting(config.ca()));
    }
    return options;
  }

  /** Sockets that trust the certificates of the file (PEM) and no others. */
  private static SSLSocketFactory trusting(Path ca) throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(ca)) {
      int number = 0;
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + number++, one);
      }
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(null, trust.getTrustManagers(), null);
    return tls.getSocketFactory();
  }

  /** Why a connection failed or ended, in one line that says what to look at. */
  static String reason(Throwable failure, DeviceConfig config) {
    return TlsTrouble.of(failure, config.broker(), config.ca())
        .orElseGet(() -> plainReason(failure, config));
  }

  private static String plainReason(Throwable failure, DeviceConfig config) {
    if (!(failure instanceof MqttException e)) {
      return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
    String who = config.username();
    return switch (e.getReasonCode()) {
      case 0x86, 4 -> "wrong user name or password for " + who;
      case 0x87, 5 -> who + " is not authorized";
      case 0x8A -> who + " is banned";
      case 0x8E -> "another program has connected as " + config.device();
      case 0x85 -> "the broker does not accept the client id " + config.device();
      case MqttClientException.REASON_CODE_CLIENT_TIMEOUT -> "no answer from " + config.broker();
      case MqttClientException.REASON_CODE_SERVER_CONNECT_ERROR ->
          "nobody answers at " + config.broker();
      default -> cause(e);
    };
  }

  private static String cause(MqttException e) {
    Throwable deepest = e.getCause() == null ? e : e.getCause();
    return deepest.toString().lines().findFirst().orElse("") + " (" + e.getReasonCode() + ")";
  }

  private interface Step {
    void on(MqttAsyncClient client) throws MqttException;
  }

  private final class Connecting implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      events.established(BrokerSession.this);
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      events.lost(BrokerSession.this, failure);
    }
  }

  private final class Subscribing implements MqttActionListener {

    private final List<String> topics;

    private Subscribing(List<String> topics) {
      this.topics = topics;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      events.answered(BrokerSession.this, topics, reasons(token));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      events.answered(BrokerSession.this, topics, reasons(token));
    }

    private static int[] reasons(IMqttToken token) {
      int[] reasons = token.getReasonCodes();
      return reasons == null ? new int[0] : reasons;
    }
  }

  private final class Callback implements MqttCallback {

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      MqttException failure = response.getException();
      events.lost(
          BrokerSession.this,
          failure == null ? new MqttException(response.getReturnCode()) : failure);
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
      LOG.debug("MQTT: {}", failure.toString());
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      events.arrived(
          new BrokerLink.Arrived(topic, Buffer.buffer(message.getPayload()), message.isRetained()));
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
