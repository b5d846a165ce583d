package foyer.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foyer.wire.Json;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;

/**
 * A connection to Mosquitto's dynamic security plugin as its administrator. There may be several at
 * once: the plugin tells each of them what it answers to any, so that an answer is known by what it
 * was asked with. Blocks: belongs in a worker executor.
 */
public final class DynamicSecurity implements AutoCloseable {

  private static final String CONTROL = "$CONTROL/dynamic-security/v1";
  private static final String RESPONSE = CONTROL + "/response";
  private static final String MARK = "correlationData";
  private static final long PATIENCE_MILLIS = 10_000;

  /** Bytes of one message or its answer; the broker's limit of a packet is 64 KiB. */
  private static final int MOST_BYTES = 40_000;

  private final MqttAsyncClient client;
  private final BlockingQueue<JsonNode> responses = new LinkedBlockingQueue<>();

  private DynamicSecurity(MqttAsyncClient client) {
    this.client = client;
  }

  /**
   * Connects.
   *
   * @param broker {@code tcp://host:1883} or {@code ssl://host:8883}
   * @param admin user name, as written by {@code mosquitto/prepare}
   * @param tls trusts the broker's certificate; empty for the JDK's own trust
   */
  public static DynamicSecurity connect(
      URI broker, String admin, String password, Optional<SocketFactory> tls) {
    try {
      MqttAsyncClient client =
          new MqttAsyncClient(
              broker.toString(),
              "foyer-administrator-" + UUID.randomUUID(),
              new MemoryPersistence());
      DynamicSecurity connected = new DynamicSecurity(client);
      client.setCallback(new Responses(connected.responses));
      MqttConnectionOptions options = new MqttConnectionOptions();
      options.setUserName(admin);
      options.setPassword(password.getBytes(StandardCharsets.UTF_8));
      options.setKeepAliveInterval(20);
      options.setConnectionTimeout(10);
      tls.ifPresent(options::setSocketFactory);
      done(client.connect(options));
      IMqttToken subscribed = client.subscribe(RESPONSE, 1);
      done(subscribed);
      return connected;
    } catch (MqttException e) {
      throw new IllegalStateException("no connection to the broker's administration: " + broker, e);
    }
  }

  /**
   * Has the broker do the commands, in order, and returns its answers, one each.
   *
   * @throws IllegalStateException if one of them failed, or no answer came within 10 s
   */
  List<JsonNode> run(List<ObjectNode> commands) {
    return run(commands, command -> command.toString().length());
  }

  /**
   * The same for commands with long answers.
   *
   * @param weight bytes of a command or of its answer, whichever is more
   */
  synchronized List<JsonNode> run(List<ObjectNode> commands, ToIntFunction<ObjectNode> weight) {
    List<JsonNode> answers = new ArrayList<>();
    List<ObjectNode> batch = new ArrayList<>();
    int bytes = 0;
    for (ObjectNode command : commands) {
      int more = weight.applyAsInt(command);
      if (!batch.isEmpty() && bytes + more > MOST_BYTES) {
        answers.addAll(send(batch));
        batch.clear();
        bytes = 0;
      }
      batch.add(command);
      bytes += more;
    }
    if (!batch.isEmpty()) {
      answers.addAll(send(batch));
    }
    return answers;
  }

  /** One command by its name, to be filled with arguments. */
  static ObjectNode command(String name) {
    return Json.MAPPER.createObjectNode().put("command", name);
  }

  @Override
  public void close() {
    try {
      client.disconnectForcibly(1000, 1000, 0, null);
      client.close(true);
    } catch (MqttException e) {
      throw new IllegalStateException("the broker's administration does not let go", e);
    }
  }

  private List<JsonNode> send(List<ObjectNode> commands) {
    String mark = UUID.randomUUID().toString();
    ObjectNode message = Json.MAPPER.createObjectNode();
    ArrayNode list = message.putArray("commands");
    commands.forEach(command -> list.add(command.put(MARK, mark)));
    responses.clear();
    try {
      done(client.publish(CONTROL, Json.bytes(message), 1, false));
      return answers(commands.size(), mark);
    } catch (MqttException e) {
      throw new IllegalStateException("the broker does not take commands", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private List<JsonNode> answers(int count, String mark) throws InterruptedException {
    List<JsonNode> answers = new ArrayList<>();
    while (answers.size() < count) {
      JsonNode response = responses.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      if (response == null) {
        throw new IllegalStateException("no answer from dynamic security within 10 s");
      }
      for (JsonNode answer : response.path("responses")) {
        if (!answer.path(MARK).asText().equals(mark)) {
          continue;
        }
        if (answer.has("error")) {
          throw new IllegalStateException(
              "dynamic security: "
                  + answer.path("command").asText()
                  + ": "
                  + answer.path("error").asText());
        }
        answers.add(answer);
      }
    }
    return answers;
  }

  private static void done(IMqttToken token) throws MqttException {
    token.waitForCompletion(PATIENCE_MILLIS);
    int[] reasons = token.getReasonCodes();
    if (reasons != null && reasons.length > 0 && reasons[0] >= 0x80) {
      throw new MqttException(reasons[0]);
    }
  }
}
