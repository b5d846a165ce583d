package foyer.device;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.wire.Json;
import java.util.Queue;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/** Puts what the plugin answers into a queue; nothing else of the connection is of interest. */
record Responses(Queue<JsonNode> into) implements MqttCallback {

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    into.add(Json.read(message.getPayload(), JsonNode.class));
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
