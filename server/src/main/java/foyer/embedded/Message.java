package foyer.embedded;

import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttProperties.MqttProperty;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message as the broker holds it; one object is shared by all its readers.
 *
 * @param qos 0 or 1
 * @param properties those of MQTT 5 that are handed on unchanged
 * @param expiresAt monotonic milliseconds, {@link Long#MAX_VALUE} for never
 * @param publisher client id
 */
record Message(
    String topic,
    Buffer payload,
    MqttQoS qos,
    boolean retain,
    List<MqttProperty<?>> properties,
    long expiresAt,
    String publisher) {

  private static final Set<Integer> HANDED_ON =
      Set.of(
          MqttProperties.PAYLOAD_FORMAT_INDICATOR,
          MqttProperties.CONTENT_TYPE,
          MqttProperties.RESPONSE_TOPIC,
          MqttProperties.CORRELATION_DATA,
          MqttProperties.USER_PROPERTY);

  /** Reads expiry and what is handed on from a packet's properties (MQTT 5 §3.3.2.3). */
  static Message of(
      String topic,
      Buffer payload,
      MqttQoS qos,
      boolean retain,
      MqttProperties properties,
      String publisher,
      long now) {
    List<MqttProperty<?>> kept = new ArrayList<>();
    for (MqttProperty<?> property : properties.listAll()) {
      if (HANDED_ON.contains(property.propertyId())) {
        kept.add(property);
      }
    }
    Integer seconds = integer(properties, MqttProperties.PUBLICATION_EXPIRY_INTERVAL);
    long expiresAt =
        seconds == null ? Long.MAX_VALUE : now + Integer.toUnsignedLong(seconds) * 1000;
    return new Message(topic, payload, qos, retain, List.copyOf(kept), expiresAt, publisher);
  }

  /** The value of an integer property, or null where the packet has none. */
  static @Nullable Integer integer(MqttProperties properties, int id) {
    MqttProperty<?> property = properties.getProperty(id);
    return property == null ? null : (Integer) property.value();
  }

  /** What it costs to keep, in bytes; properties count as a packet's share. */
  int size() {
    return topic.length() + payload.length() + 64 * properties.size();
  }

  boolean expired(long now) {
    return now >= expiresAt;
  }

  /** The properties for a reader: what is handed on, the time left, the subscriptions' ids. */
  MqttProperties propertiesFor(List<Integer> subscriptionIds, long now) {
    if (properties.isEmpty() && subscriptionIds.isEmpty() && expiresAt == Long.MAX_VALUE) {
      return MqttProperties.NO_PROPERTIES;
    }
    MqttProperties all = new MqttProperties();
    properties.forEach(all::add);
    for (int id : subscriptionIds) {
      all.add(new MqttProperties.IntegerProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER, id));
    }
    if (expiresAt != Long.MAX_VALUE) {
      int seconds = (int) ((expiresAt - now + 999) / 1000);
      all.add(
          new MqttProperties.IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL, seconds));
    }
    return all;
  }
}
