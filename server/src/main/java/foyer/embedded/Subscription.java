package foyer.embedded;

import io.netty.handler.codec.mqtt.MqttQoS;

/**
 * A session's wish to hear of topics.
 *
 * @param filter may hold {@code +}
 * @param qos highest QoS that its messages are sent with, 0 or 1
 * @param noLocal not what the same client publishes
 * @param retainAsPublished keep the retain flag on live messages
 * @param id MQTT 5 subscription identifier, 0 for none
 */
record Subscription(
    String filter, MqttQoS qos, boolean noLocal, boolean retainAsPublished, int id) {}
