package foyer.embedded;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption;
import io.netty.handler.codec.mqtt.MqttSubscriptionOption.RetainedHandlingPolicy;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.MqttTopicSubscription;
import io.vertx.mqtt.messages.MqttDisconnectMessage;
import io.vertx.mqtt.messages.MqttPublishMessage;
import io.vertx.mqtt.messages.MqttSubscribeMessage;
import io.vertx.mqtt.messages.MqttUnsubscribeMessage;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import io.vertx.mqtt.messages.codes.MqttPubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttSubAckReasonCode;
import io.vertx.mqtt.messages.codes.MqttUnsubAckReasonCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A signed-in client's connection: packets in, packets out. */
final class Link {

  /** Packets that are still answered after the client has stopped reading. */
  private static final int PATIENCE = 256;

  private final Hub hub;
  private final Session session;
  private final MqttEndpoint endpoint;
  private final Backpressure backpressure;
  private final Arrival.Wishes wishes;
  private @Nullable Will will;
  private boolean open = true;
  private boolean pumping;
  private int unread;
  private long heardAt = Hub.now();
  private long fullSince;

  Link(Hub hub, Session session, MqttEndpoint endpoint, Arrival.Wishes wishes) {
    this.hub = hub;
    this.session = session;
    this.endpoint = endpoint;
    this.backpressure = Backpressure.of(endpoint);
    this.wishes = wishes;
    this.will = wishes.will();
  }

  /** Takes over the connection: answers CONNECT and sends what the session has waiting. */
  void accept(boolean sessionPresent, MqttProperties announcement) {
    endpoint.autoKeepAlive(false).publishAutoAck(false).subscriptionAutoAck(false);
    endpoint.publishHandler(message -> heard(() -> published(message)));
    endpoint.subscribeHandler(message -> heard(() -> subscribed(message)));
    endpoint.unsubscribeHandler(message -> heard(() -> unsubscribed(message)));
    endpoint.publishAcknowledgeHandler(id -> heard(() -> acknowledged(id)));
    endpoint.pingHandler(v -> heard(endpoint::pong));
    endpoint.disconnectMessageHandler(this::leaves);
    endpoint.exceptionHandler(failure -> cut(MqttDisconnectReasonCode.MALFORMED_PACKET));
    endpoint.closeHandler(v -> closed());
    backpressure.whenDrained(this::drained);
    endpoint.accept(sessionPresent, announcement);
    pump();
  }

  /** Sends what waits, as far as the client reads and acknowledges. */
  void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    long now = Hub.now();
    while (open && !backpressure.full()) {
      Outbox.Sending sending = session.outbox.next(wishes.receiveMaximum(), now);
      if (sending == null) {
        break;
      }
      send(sending, now);
    }
    pumping = false;
  }

  /** Ends the connection for a reason that MQTT 5 clients are told; the will is published. */
  void cut(MqttDisconnectReasonCode reason) {
    if (open) {
      open = false;
      if (endpoint.isConnected()) {
        endpoint.disconnect(reason, MqttProperties.NO_PROPERTIES);
      }
      if (backpressure.full()) {
        backpressure.sever();
      }
      hub.left(session, will);
    }
  }

  /** Ends the connection because the broker stops; no will. */
  void farewell() {
    will = null;
    cut(MqttDisconnectReasonCode.SERVER_SHUTTING_DOWN);
  }

  /** Cuts off a client that has been silent or has not read for too long. */
  void watch(long now) {
    long silence = wishes.keepAliveMillis();
    if (silence > 0 && now - heardAt > silence + silence / 2) {
      cut(MqttDisconnectReasonCode.KEEP_ALIVE_TIMEOUT);
    } else if (!backpressure.full()) {
      fullSince = 0;
    } else if (fullSince == 0) {
      fullSince = now;
    } else if (now - fullSince >= hub.limits.stalled().toMillis()) {
      cut(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
    }
  }

  private void heard(Runnable packet) {
    heardAt = Hub.now();
    if (open && backpressure.full()) {
      backpressure.stopReading();
      unread++;
    }
    if (unread > PATIENCE) {
      cut(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
    }
    if (open) {
      packet.run();
    }
  }

  private void drained() {
    unread = 0;
    fullSince = 0;
    backpressure.goOnReading();
    pump();
  }

  private void send(Outbox.Sending sending, long now) {
    Outgoing outgoing = sending.outgoing();
    Message message = outgoing.message();
    if (message.size() + 16 > wishes.maximumPacket()) {
      hub.dropped.incrementAndGet();
      session.outbox.acknowledged(sending.id());
      return;
    }
    MqttProperties properties =
        wishes.five()
            ? message.propertiesFor(outgoing.subscriptionIds(), now)
            : MqttProperties.NO_PROPERTIES;
    endpoint.publish(
        message.topic(),
        message.payload(),
        outgoing.qos(),
        sending.again(),
        outgoing.retain(),
        sending.id(),
        properties);
  }

  private void acknowledged(int id) {
    session.outbox.acknowledged(id);
    pump();
  }

  private void published(MqttPublishMessage packet) {
    if (packet.qosLevel() == MqttQoS.EXACTLY_ONCE) {
      cut(MqttDisconnectReasonCode.QOS_NOT_SUPPORTED);
    } else if (packet.properties().getProperty(MqttProperties.TOPIC_ALIAS) != null) {
      cut(MqttDisconnectReasonCode.TOPIC_ALIAS_INVALID);
    } else if (!session.rights.mayPublish(packet.topicName())) {
      refuse(packet);
    } else {
      boolean taken = hub.publish(message(packet));
      acknowledge(
          packet, taken ? MqttPubAckReasonCode.SUCCESS : MqttPubAckReasonCode.QUOTA_EXCEEDED);
    }
  }

  /** Who cannot be told in an acknowledgement is told by the end of the connection. */
  private void refuse(MqttPublishMessage packet) {
    if (wishes.five() && packet.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
      acknowledge(packet, MqttPubAckReasonCode.NOT_AUTHORIZED);
    } else {
      cut(MqttDisconnectReasonCode.NOT_AUTHORIZED);
    }
  }

  private void acknowledge(MqttPublishMessage packet, MqttPubAckReasonCode reason) {
    if (open && packet.qosLevel() == MqttQoS.AT_LEAST_ONCE) {
      endpoint.publishAcknowledge(packet.messageId(), reason, MqttProperties.NO_PROPERTIES);
    }
  }

  private Message message(MqttPublishMessage packet) {
    return Message.of(
        packet.topicName(),
        packet.payload(),
        packet.qosLevel(),
        packet.isRetain(),
        packet.properties(),
        session.client,
        Hub.now());
  }

  private void subscribed(MqttSubscribeMessage packet) {
    List<MqttSubAckReasonCode> answers = new ArrayList<>();
    List<Subscription> shown = new ArrayList<>();
    Integer id = Message.integer(packet.properties(), MqttProperties.SUBSCRIPTION_IDENTIFIER);
    for (MqttTopicSubscription asked : packet.topicSubscriptions()) {
      MqttSubAckReasonCode answer = answer(asked);
      answers.add(answer);
      if (answer == MqttSubAckReasonCode.GRANTED_QOS0
          || answer == MqttSubAckReasonCode.GRANTED_QOS1) {
        MqttSubscriptionOption option = asked.subscriptionOption();
        Subscription subscription =
            new Subscription(
                asked.topicName(),
                MqttQoS.valueOf(answer.value()),
                option.isNoLocal(),
                option.isRetainAsPublished(),
                id == null ? 0 : id);
        if (wantsRetained(option.retainHandling(), asked.topicName())) {
          shown.add(subscription);
        }
        hub.subscribe(session, subscription);
      }
    }
    endpoint.subscribeAcknowledge(packet.messageId(), answers, MqttProperties.NO_PROPERTIES);
    shown.forEach(subscription -> hub.showRetained(session, subscription));
  }

  private MqttSubAckReasonCode answer(MqttTopicSubscription asked) {
    String filter = asked.topicName();
    MqttSubAckReasonCode answer;
    if (filter.startsWith("$share/")) {
      answer = MqttSubAckReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED;
    } else if (!session.rights.maySubscribe(filter)) {
      answer = MqttSubAckReasonCode.NOT_AUTHORIZED;
    } else if (!session.subscriptions.containsKey(filter)
        && session.subscriptions.size() >= hub.limits.subscriptions()) {
      answer = MqttSubAckReasonCode.QUOTA_EXCEEDED;
    } else {
      return asked.qualityOfService() == MqttQoS.AT_MOST_ONCE
          ? MqttSubAckReasonCode.GRANTED_QOS0
          : MqttSubAckReasonCode.GRANTED_QOS1;
    }
    return wishes.five() ? answer : MqttSubAckReasonCode.UNSPECIFIED_ERROR;
  }

  private boolean wantsRetained(RetainedHandlingPolicy policy, String filter) {
    return switch (policy) {
      case SEND_AT_SUBSCRIBE -> true;
      case SEND_AT_SUBSCRIBE_IF_NOT_YET_EXISTS -> !session.subscriptions.containsKey(filter);
      case DONT_SEND_AT_SUBSCRIBE -> false;
    };
  }

  private void unsubscribed(MqttUnsubscribeMessage packet) {
    List<MqttUnsubAckReasonCode> answers = new ArrayList<>();
    for (String filter : packet.topics()) {
      answers.add(
          hub.unsubscribe(session, filter)
              ? MqttUnsubAckReasonCode.SUCCESS
              : MqttUnsubAckReasonCode.NO_SUBSCRIPTION_EXISTED);
    }
    endpoint.unsubscribeAcknowledge(packet.messageId(), answers, MqttProperties.NO_PROPERTIES);
  }

  /** An orderly farewell: no will, unless the client asks for it. */
  private void leaves(MqttDisconnectMessage packet) {
    if (packet.code() != MqttDisconnectReasonCode.WITH_WILL_MESSAGE) {
      will = null;
    }
    Integer expiry = Message.integer(packet.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL);
    if (expiry != null && session.expiry > 0) {
      session.expiry = Arrival.expiry(expiry, hub.limits);
    }
  }

  private void closed() {
    if (open) {
      open = false;
      hub.left(session, will);
    }
  }
}
