package foyer.bench;

import foyer.embedded.Broker;
import foyer.embedded.BrokerOptions;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What Vert.x itself can do, as a process of its own: a server that sends the same bytes to all its
 * WebSockets, and a publisher that sends them to a broker, and neither computes nor checks
 * anything.
 */
public final class BareServer extends VerticleBase {

  private static final int MOST_BYTES = 64 * 1024;

  /** Sockets by the event loop that serves them. */
  private static final Map<Context, Set<ServerWebSocket>> SOCKETS = new ConcurrentHashMap<>();

  private static volatile String message = "";

  private final int port;
  private final MqttClient publisher;

  private BareServer(int port, MqttClient publisher) {
    this.port = port;
    this.publisher = publisher;
  }

  /** Prints {@code ready PORT MQTT-PORT}. */
  public static void main(String[] arguments) {
    Vertx vertx = Vertx.vertx();
    BrokerOptions options = BrokerOptions.onLoopback(0);
    Broker broker =
        Wait.result(
            Broker.start(
                vertx, options, who -> Future.succeededFuture(Optional.of(TopicRights.server()))));
    MqttClient publisher = MqttClient.create(vertx, client("publisher"));
    Wait.result(publisher.connect(broker.port(), "127.0.0.1"));
    HttpServer probe =
        Wait.result(vertx.createHttpServer().requestHandler(r -> {}).listen(0, "127.0.0.1"));
    int port = probe.actualPort();
    Wait.result(probe.close());
    Wait.result(
        vertx.deployVerticle(
            () -> new BareServer(port, publisher),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors())));
    System.out.println("ready " + port + " " + broker.port());
  }

  /** How any client signs in to either broker. */
  static MqttClientOptions client(String id) {
    MqttClientOptions options = new MqttClientOptions();
    options.setClientId(id).setUsername(id).setPassword("bench").setMaxMessageSize(MOST_BYTES);
    options.setKeepAliveInterval(60).setCleanSession(true);
    return options;
  }

  @Override
  public Future<?> start() {
    Set<ServerWebSocket> mine = ConcurrentHashMap.newKeySet();
    SOCKETS.put(context, mine);
    return vertx
        .createHttpServer()
        .requestHandler(this::handle)
        .webSocketHandler(
            socket -> {
              mine.add(socket);
              socket.closeHandler(closed -> mine.remove(socket));
              socket.writeTextMessage(message);
            })
        .listen(port, "127.0.0.1");
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/message" ->
          request
              .body()
              .onSuccess(
                  body -> {
                    message = body.toString();
                    request.response().setStatusCode(201).end();
                  });
      case "/send" -> {
        request.response().setStatusCode(201).end();
        send();
      }
      default -> {
        request.response().setStatusCode(201).end();
        publisher.publish(
            Topics.roomTimeline(House.HALL),
            Buffer.buffer(message),
            MqttQoS.AT_LEAST_ONCE,
            false,
            true);
      }
    }
  }

  private static void send() {
    String text = message;
    SOCKETS.forEach(
        (loop, sockets) ->
            loop.runOnContext(
                now -> List.copyOf(sockets).forEach(socket -> socket.writeTextMessage(text))));
  }
}
