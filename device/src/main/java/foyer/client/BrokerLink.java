package foyer.client;

import foyer.wire.DeviceStatus;
import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to the broker: it comes back by itself, with a back-off of full jitter, and tells
 * what arrives. All of it runs on the event loop that starts it.
 */
final class BrokerLink {

  private static final Logger LOG = LoggerFactory.getLogger(BrokerLink.class);

  /** A connection that lasted this long (ms) was a good one: the back-off starts anew. */
  private static final long SETTLED = 10_000;

  /** How long connecting may take, in ms, before it is given up. */
  private static final long PATIENCE = 10_000;

  private final Vertx vertx;
  private final DeviceConfig config;
  private final Backoff backoff;
  private final Consumer<Arrived> arrived;
  private final List<Runnable> onConnect = new ArrayList<>();
  private final List<Runnable> onLoss = new ArrayList<>();
  private final Set<String> wanted = new LinkedHashSet<>();
  private final Set<String> granted = new LinkedHashSet<>();
  private @Nullable BrokerSession session;
  private boolean connected;
  private boolean closed;
  private long connectedAt;
  private String trouble = "not connected yet";

  /**
   * Connects nothing before {@link #start}.
   *
   * @param arrived is told each message, on the event loop
   */
  BrokerLink(Vertx vertx, DeviceConfig config, RandomGenerator random, Consumer<Arrived> arrived) {
    this.vertx = vertx;
    this.config = config;
    this.backoff = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8), random);
    this.arrived = arrived;
  }

  /** Begins to connect, and goes on until it is closed. */
  void start() {
    if (closed) {
      return;
    }
    BrokerSession opening = new BrokerSession(config, new Events(vertx.getOrCreateContext()));
    session = opening;
    vertx
        .<Void>executeBlocking(
            () -> {
              opening.open();
              return null;
            },
            false)
        .onFailure(failure -> lost(opening, failure));
    vertx.setTimer(
        PATIENCE,
        timer -> {
          if (session == opening && !connected) {
            lost(opening, new MqttException(MqttClientException.REASON_CODE_CLIENT_TIMEOUT));
          }
        });
  }

  /** Wants these topics, now and after each reconnect. */
  void subscribe(Collection<String> topics) {
    List<String> fresh = topics.stream().filter(wanted::add).toList();
    BrokerSession present = session;
    if (connected && present != null && !fresh.isEmpty()) {
      present.subscribe(fresh);
    }
  }

  /** Whether the topic's messages come in at present. */
  boolean covers(String topic) {
    return connected && granted.contains(topic);
  }

  /** Whether there is a connection. */
  boolean isConnected() {
    return connected;
  }

  /** Why there is no connection, for people; empty if there is one. */
  String trouble() {
    return trouble;
  }

  /** Runs on each connect. */
  void onConnect(Runnable action) {
    onConnect.add(action);
  }

  /** Runs on each loss of the connection. */
  void onLoss(Runnable action) {
    onLoss.add(action);
  }

  /** Publishes at QoS 1, retained; says whether there was a connection to publish on. */
  boolean retain(String topic, byte[] payload) {
    BrokerSession present = session;
    return connected && present != null && present.retain(topic, payload);
  }

  /** Says goodbye: the device is offline, and its last will is not needed. */
  Future<Void> close() {
    closed = true;
    BrokerSession last = session;
    session = null;
    if (last == null) {
      return Future.succeededFuture();
    }
    byte[] offline = Json.bytes(DeviceStatus.offline(config.device(), config.kind()));
    boolean wasConnected = connected;
    connected = false;
    return vertx.executeBlocking(
        () -> {
          if (wasConnected) {
            last.leave(Topics.deviceStatus(config.device()), offline);
          }
          last.discard();
          return null;
        },
        false);
  }

  private void established(BrokerSession which) {
    if (which != session) {
      return;
    }
    connected = true;
    connectedAt = System.nanoTime();
    trouble = "";
    granted.clear();
    LOG.info("connected to the broker");
    which.subscribe(List.copyOf(wanted));
    onConnect.forEach(Runnable::run);
  }

  private void lost(BrokerSession which, Throwable failure) {
    if (which != session) {
      return;
    }
    session = null;
    boolean was = connected;
    connected = false;
    granted.clear();
    vertx.executeBlocking(
        () -> {
          which.discard();
          return null;
        },
        false);
    if (was && TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connectedAt) > SETTLED) {
      backoff.reset();
    }
    String why = BrokerSession.reason(failure, config);
    if (!why.equals(trouble)) {
      LOG.warn("no broker: {}", why);
    }
    trouble = why;
    vertx.setTimer(backoff.next(), timer -> start());
    if (was) {
      onLoss.forEach(Runnable::run);
    }
  }

  private void answered(BrokerSession which, List<String> topics, int[] reasons) {
    if (which != session) {
      return;
    }
    for (int i = 0; i < topics.size(); i++) {
      if (i < reasons.length && reasons[i] < 0x80) {
        granted.add(topics.get(i));
      } else {
        LOG.warn("the broker refuses the subscription to {}", topics.get(i));
      }
    }
  }

  /**
   * A message.
   *
   * @param retained whether the broker had kept it from before
   */
  record Arrived(String topic, Buffer payload, boolean retained) {}

  /** What a session tells from whatever thread, brought to the event loop. */
  final class Events {

    private final Context context;

    private Events(Context context) {
      this.context = context;
    }

    void established(BrokerSession which) {
      context.runOnContext(go -> BrokerLink.this.established(which));
    }

    void lost(BrokerSession which, Throwable failure) {
      context.runOnContext(go -> BrokerLink.this.lost(which, failure));
    }

    void answered(BrokerSession which, List<String> topics, int[] reasons) {
      context.runOnContext(go -> BrokerLink.this.answered(which, topics, reasons));
    }

    void arrived(Arrived message) {
      context.runOnContext(go -> arrived.accept(message));
    }
  }
}
