package foyer.embedded;

import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.List;

/**
 * A message on its way to one session.
 *
 * @param qos of this delivery, 0 or 1
 * @param retain the flag as the reader gets it
 * @param subscriptionIds identifiers of the subscriptions that match (MQTT 5)
 */
record Outgoing(Message message, MqttQoS qos, boolean retain, List<Integer> subscriptionIds) {}
