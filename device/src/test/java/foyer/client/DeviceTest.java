package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.wire.Topics;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A device and a real Mosquitto; there is no server. */
@Timeout(180)
class DeviceTest {

  private static final Duration SOON = Eventually.PATIENCE;

  /** Ten seconds, and what a machine with much else to do adds to them. */
  private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

  private static final String STATUS = Topics.deviceStatus("door-1");
  private static final String TIMELINE = Topics.roomTimeline("r1");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private Mosquitto broker;
  private Peer server;

  @BeforeEach
  void start() throws Exception {
    Path place = Files.createDirectory(folder.resolve("broker"));
    broker = Mosquitto.start(place, List.of("door-1", "server"));
    server = Peer.connect(broker.uri(), "server");
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().await();
    server.close();
    broker.close();
  }

  @Test
  void whatIsPublishedIsAnsweredAsTheVeryBytes() throws Exception {
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 5));
    Device device = device();
    shows(device, Timelines.bytes("r1", 1, 5));
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 6));
    shows(device, Timelines.bytes("r1", 1, 6));
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 4));
    server.retain(TIMELINE, "{\"type\":".getBytes(StandardCharsets.UTF_8));
    server.retain(TIMELINE, Timelines.bytes("r2", 1, 9));
    server.retain(TIMELINE, Timelines.bytes("r1", 2, 1));
    shows(device, Timelines.bytes("r1", 2, 1));
  }

  @Test
  void aBrokerThatComesBackBringsWhatIsNewWithinTenSeconds() throws Exception {
    Device device = device();
    server.listen(STATUS);
    server.next(status -> status.contains("online"));
    broker.kill();
    server.close();
    Eventually.holds("the loss is noticed", SOON, () -> health(device).contains("nobody answers"));
    broker.restart();
    long since = System.nanoTime();
    server = Peer.connect(broker.uri(), "server");
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 9));
    server.listen(STATUS);
    assertThat(server.next(status -> status.contains("online"))).contains("\"device\":\"door-1\"");
    shows(device, Timelines.bytes("r1", 1, 9));
    assertThat(Duration.ofNanos(System.nanoTime() - since)).isLessThan(BACK_WITHIN);
  }

  @Test
  void aRoomThatWasTakenAwayIsGoneFromThePageAndTheDisk() throws Exception {
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 5));
    Device device = device();
    shows(device, Timelines.bytes("r1", 1, 5));
    server.retain(TIMELINE, new byte[0]);
    Eventually.holds("gone", SOON, () -> get(device, "/api/rooms/r1/timeline").length == 0);
    Eventually.holds("no file", SOON, () -> !Files.exists(folder.resolve("data/r1.json")));
  }

  @Test
  void wrongCredentialsAreSaidOnTheStatusPage() throws Exception {
    Device device = device("--username", "stranger");
    Eventually.holds(
        "it says so",
        SOON,
        () ->
            health(device).contains("stranger is not authorized")
                || health(device).contains("wrong user name or password for stranger"));
  }

  @Test
  void whoeverTakesOverTheConnectionLosesItAgain() throws Exception {
    Device device = device();
    Eventually.holds(
        "it is connected", SOON, () -> health(device).contains("\"broker\":{\"connected\":true}"));
    Peer thief = Peer.connect(broker.uri(), "door-1");
    Eventually.holds("it is back", SOON, () -> !thief.isConnected());
    thief.close();
  }

  private Device device(String... more) throws Exception {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--device", "door-1", "--site", "sh", "--rooms", "r1"));
    options.addAll(List.of("--server", "http://127.0.0.1:1", "--broker", broker.uri()));
    options.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
    options.addAll(List.of(more));
    DeviceConfig config =
        DeviceConfig.read("display", options, Map.of("FOYER_DEVICE_PASSWORD", Mosquitto.PASSWORD));
    Device device =
        new Device(vertx, DeviceKind.DISPLAY, config, Disk.open(config.data()), router -> {});
    device.remember();
    vertx.deployVerticle(device).await();
    return device;
  }

  private void shows(Device device, byte[] timeline) {
    Eventually.holds(
        "the timeline is answered",
        Eventually.PATIENCE,
        () -> Arrays.equals(get(device, "/api/rooms/r1/timeline"), timeline));
  }

  private String health(Device device) {
    return new String(get(device, "/health"), StandardCharsets.UTF_8);
  }

  /** The body if it is there, else nothing. */
  private byte[] get(Device device, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(device.address()).resolve(path))
            .timeout(Eventually.PATIENCE)
            .build();
    HttpResponse<byte[]> answer = http.sendAsync(request, BodyHandlers.ofByteArray()).join();
    return answer.statusCode() == 200 ? answer.body() : new byte[0];
  }
}
