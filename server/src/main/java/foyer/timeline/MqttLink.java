package foyer.timeline;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
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
 * The server's connection to the MQTT broker, whichever it is. Reconnects by itself with full
 * jitter; of each topic only the latest message waits to be sent, so that a broker that is slow or
 * away costs bounded memory. Lives on the event loop on which it was made.
 */
public final class MqttLink {

  private static final Logger LOG = LoggerFactory.getLogger(MqttLink.class);
  private static final int IN_FLIGHT = 200;
  private static final long LONGEST_PAUSE_MS = 5000;
  private static final long TRY_AGAIN_MS = 20;

  /**
   * Where the broker is and who signs in.
   *
   * @param uri {@code tcp://host:port}, {@code ssl://}, {@code ws://} or {@code wss://}
   * @param client client id and user name
   * @param trust decides about the broker's certificate; empty for what Java trusts
   */
  public record Address(String uri, String client, String password, Optional<SocketFactory> trust) {

    @Override
    public String toString() {
      return client + "@" + uri;
    }
  }

  private final Vertx vertx;
  private final Context context;
  private final LinkedHashMap<String, byte[]> waiting = new LinkedHashMap<>();
  private final Map<String, BiConsumer<String, byte[]>> subscriptions = new LinkedHashMap<>();
  private final Queue<Runnable> onConnect = new ArrayDeque<>();
  private @Nullable MqttAsyncClient client;
  private Supplier<Future<Address>> address = () -> Future.failedFuture("not opened");
  private boolean wanted;
  private volatile boolean connected;
  private final LongAdder published = new LongAdder();
  private int inFlight;
  private int failures;
  private boolean retrying;

  /** A link that is opened by {@link #open}. */
  public MqttLink(Vertx vertx) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
  }

  /** Runs the work after each connect, before anything that waits is sent. */
  public void onConnect(Runnable work) {
    onConnect.add(work);
  }

  /** Hears what is published under the filter, on the link's event loop. */
  public void subscribe(String filter, BiConsumer<String, byte[]> handler) {
    subscriptions.put(filter, handler);
  }

  /**
   * Connects, and stays connected until {@link #close}.
   *
   * @param to asked before each try
   */
  public void open(Supplier<Future<Address>> to) {
    if (!wanted) {
      wanted = true;
      address = to;
      failures = 0;
      connect();
    }
  }

  /** Disconnects, and is done when the broker knows; what waits is forgotten. */
  public Future<?> close() {
    wanted = false;
    connected = false;
    waiting.clear();
    MqttAsyncClient old = client;
    client = null;
    return old == null
        ? Future.succeededFuture()
        : vertx.executeBlocking(() -> closeQuietly(old), false);
  }

  /** How many messages were handed to the broker since the start; any thread. */
  long published() {
    return published.sum();
  }

  /** Whether the broker answers; any thread. */
  public boolean connected() {
    return connected;
  }

  /**
   * Publishes, retained and at QoS 1; a later message of the same topic takes the place of one that
   * waits.
   */
  public void retain(String topic, byte[] payload) {
    waiting.remove(topic);
    waiting.put(topic, payload);
    pump();
  }

  private void connect() {
    address
        .get()
        .compose(to -> vertx.executeBlocking(() -> connected(to), false))
        .onComplete(this::established, this::again);
  }

  /** Paho's connect blocks, and so does taking a failed client apart. */
  private MqttAsyncClient connected(Address to) throws MqttException {
    MqttAsyncClient made = new MqttAsyncClient(to.uri(), to.client(), new MemoryPersistence());
    made.setCallback(new Callback(made));
    try {
      made.connect(options(to)).waitForCompletion(10_000);
      for (String filter : subscriptions.keySet()) {
        MqttSubscription subscription = new MqttSubscription(filter, 1);
        IMqttToken token = made.subscribe(new MqttSubscription[] {subscription});
        token.waitForCompletion(10_000);
      }
      return made;
    } catch (MqttException | RuntimeException failure) {
      closeQuietly(made);
      throw failure;
    }
  }

  private static MqttConnectionOptions options(Address to) {
    MqttConnectionOptions options = new MqttConnectionOptions();
    if (to.uri().startsWith("tcp:")) {
      options.setSocketFactory(new PromptSockets());
    }
    to.trust().ifPresent(options::setSocketFactory);
    options.setUserName(to.client());
    options.setPassword(to.password().getBytes(StandardCharsets.UTF_8));
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(20);
    options.setConnectionTimeout(5);
    options.setReceiveMaximum(IN_FLIGHT * 2);
    return options;
  }

  private static Void closeQuietly(MqttAsyncClient old) {
    try {
      old.disconnectForcibly(0, 200, false);
      old.close();
    } catch (MqttException gone) {
      LOG.debug("the broker connection was gone already", gone);
    }
    return null;
  }

  private void established(MqttAsyncClient made) {
    if (!wanted || client != null) {
      vertx.executeBlocking(() -> closeQuietly(made), false);
      return;
    }
    LOG.info("connected to the broker");
    client = made;
    connected = true;
    failures = 0;
    inFlight = 0;
    onConnect.forEach(Runnable::run);
    pump();
  }

  private void again(Throwable failure) {
    if (!wanted) {
      return;
    }
    failures++;
    if (failures == 1 || failures % 60 == 0) {
      LOG.warn("no connection to the broker: {}", failure.toString());
    }
    long limit = Math.min(LONGEST_PAUSE_MS, 100L << Math.min(failures, 10));
    vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(limit), tick -> reconnect());
  }

  private void reconnect() {
    if (wanted && !connected) {
      connect();
    }
  }

  private void pump() {
    MqttAsyncClient present = client;
    boolean taken = true;
    while (taken && connected && present != null && inFlight < IN_FLIGHT && !waiting.isEmpty()) {
      var message = waiting.pollFirstEntry();
      taken = publish(present, message.getKey(), message.getValue());
    }
  }

  /**
   * Whether the client takes it; where the broker wants fewer in flight at once it takes no more.
   */
  private boolean publish(MqttAsyncClient present, String topic, byte[] payload) {
    try {
      present.publish(
          topic,
          new MqttMessage(payload, 1, true, new MqttProperties()),
          topic,
          new Published(present));
      inFlight++;
      published.increment();
      return true;
    } catch (MqttException failure) {
      LOG.debug("not published to {}, trying again", topic, failure);
      waiting.putIfAbsent(topic, payload);
      if (!retrying) {
        retrying = true;
        vertx.setTimer(TRY_AGAIN_MS, tick -> retry());
      }
      return false;
    }
  }

  private void retry() {
    retrying = false;
    pump();
  }

  private void acknowledged(MqttAsyncClient from) {
    if (from.equals(client)) {
      inFlight--;
      pump();
    }
  }

  private void lost(MqttAsyncClient from) {
    if (from.equals(client)) {
      LOG.warn("the connection to the broker is lost");
      client = null;
      connected = false;
      waiting.clear();
      vertx.executeBlocking(() -> closeQuietly(from), false);
      vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(200), tick -> reconnect());
    }
  }

  private void arrived(String topic, byte[] payload) {
    subscriptions.forEach(
        (filter, handler) -> {
          if (matches(filter, topic)) {
            handler.accept(topic, payload);
          }
        });
  }

  private static boolean matches(String filter, String topic) {
    String[] pattern = filter.split("/", -1);
    String[] words = topic.split("/", -1);
    boolean same = pattern.length == words.length;
    for (int i = 0; same && i < words.length; i++) {
      same = pattern[i].equals("+") || pattern[i].equals(words[i]);
    }
    return same;
  }

  private final class Published implements MqttActionListener {
    private final MqttAsyncClient from;

    Published(MqttAsyncClient from) {
      this.from = from;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      if (codes != null && codes.length > 0 && codes[0] >= 0x80) {
        LOG.error(
            "the broker refuses {} with reason 0x{}",
            token.getUserContext(),
            Integer.toHexString(codes[0]));
      }
      context.runOnContext(now -> acknowledged(from));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable failure) {
      context.runOnContext(now -> acknowledged(from));
    }
  }

  private final class Callback implements MqttCallback {
    private final MqttAsyncClient of;

    Callback(MqttAsyncClient of) {
      this.of = of;
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      context.runOnContext(now -> lost(of));
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      byte[] payload = message.getPayload();
      context.runOnContext(now -> arrived(topic, payload));
    }

    @Override
    public void mqttErrorOccurred(MqttException failure) {
      LOG.debug("broker connection", failure);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String uri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
