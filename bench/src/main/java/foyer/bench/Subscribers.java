package foyer.bench;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.bench.Api.Reply;
import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mqtt.MqttClient;
import java.util.ArrayList;
import java.util.List;

/** Displays that have subscribed to the hall's timeline over MQTT, QoS 1. */
final class Subscribers {

  private static final int CONNECTING_AT_ONCE = 50;

  private final Arrivals arrivals = new Arrivals();
  private final List<MqttClient> clients = new ArrayList<>();

  private record Credential(String id, String password) {}

  private Subscribers() {}

  /** So many, each with a credential of its own, at the server's broker. */
  static Subscribers ofFoyer(Vertx vertx, Foyer foyer, Api api, int count) {
    List<Credential> credentials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Reply made =
          Wait.result(api.post("/api/devices", "{\"kind\": \"integration\", \"name\": \"bench\"}"));
      JsonNode file = Json.read(made.body().getBytes(), JsonNode.class);
      credentials.add(
          new Credential(file.path("username").asText(), file.path("password").asText()));
    }
    return open(vertx, foyer.mqttPort(), credentials);
  }

  /** So many at a broker that lets everybody in. */
  static Subscribers ofBare(Vertx vertx, Bare bare, int count) {
    List<Credential> credentials = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      credentials.add(new Credential("display-" + i, "bench"));
    }
    return open(vertx, bare.mqttPort(), credentials);
  }

  /** Done with the times at which each got the next message. */
  Future<long[]> next() {
    return arrivals.expect(clients.size());
  }

  void close() {
    Wait.result(Future.all(clients.stream().map(MqttClient::disconnect).toList()));
  }

  private static Subscribers open(Vertx vertx, int port, List<Credential> credentials) {
    Subscribers subscribers = new Subscribers();
    for (int from = 0; from < credentials.size(); from += CONNECTING_AT_ONCE) {
      List<Credential> some =
          credentials.subList(from, Math.min(from + CONNECTING_AT_ONCE, credentials.size()));
      Future<long[]> first = subscribers.arrivals.expect(some.size());
      Wait.result(
          Future.all(some.stream().map(who -> subscribers.connect(vertx, port, who)).toList()));
      Wait.result(first);
    }
    return subscribers;
  }

  private Future<?> connect(Vertx vertx, int port, Credential who) {
    MqttClient client =
        MqttClient.create(vertx, BareServer.client(who.id()).setPassword(who.password()));
    client.publishHandler(message -> arrivals.arrived());
    clients.add(client);
    return client
        .connect(port, "127.0.0.1")
        .compose(in -> client.subscribe(Topics.roomTimeline(House.HALL), 1));
  }
}
