package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The local page over real HTTP and WebSocket; there is no broker, and the server is a plain one.
 */
class LocalPageTest {

  private static final long PATIENCE_MILLIS = Eventually.PATIENCE.toMillis();

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<JsonObject> commands = new LinkedBlockingQueue<>();
  private HttpServer server;
  private HttpClient http;
  private Context loop;
  private WebSocketClient sockets;
  private Device device;
  private int port;

  @BeforeEach
  void start() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              if (request.path().equals("/api/clock")) {
                                request.response().end("{\"now\":\"2026-11-23T01:00:00Z\"}");
                              } else if (request.method() == HttpMethod.POST) {
                                JsonObject seen =
                                    new JsonObject()
                                        .put("path", request.path())
                                        .put("body", body.toString());
                                request
                                    .headers()
                                    .forEach(
                                        header ->
                                            seen.put(
                                                header.getKey().toLowerCase(java.util.Locale.ROOT),
                                                header.getValue()));
                                commands.add(seen);
                                request
                                    .response()
                                    .setStatusCode(409)
                                    .putHeader("Content-Type", "application/problem+json")
                                    .putHeader("Server-Secret", "x")
                                    .end("{\"type\":\"/problems/overlaps\"}");
                              } else {
                                request.response().setStatusCode(404).end();
                              }
                            }));
    int serverPort = server.listen(0, "127.0.0.1").await().actualPort();
    Disk disk = Disk.open(folder);
    disk.write("r1.json", Timelines.bytes("r1", 1, 5));
    disk.write("r2.json", Timelines.bytes("r2", 1, 7));
    device = new Device(vertx, DeviceKind.KIOSK, config(serverPort), disk, router -> {});
    device.remember();
    vertx.deployVerticle(device).await();
    port = Integer.parseInt(device.address().replaceAll(".*:|/", ""));
    http = vertx.createHttpClient();
    loop = vertx.getOrCreateContext();
    sockets = vertx.createWebSocketClient();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private DeviceConfig config(int serverPort) {
    return DeviceConfig.read(
        "kiosk",
        List.of(
            "--device",
            "k1",
            "--site",
            "sh",
            "--server",
            "http://127.0.0.1:" + serverPort,
            "--broker",
            "tcp://127.0.0.1:1",
            "--port",
            "0",
            "--data",
            folder.toString()),
        Map.of());
  }

  @Test
  void aTimelineIsAnsweredAsTheVeryBytesWithItsEtagAndNotTwice() {
    Reply first = get("/api/rooms/r1/timeline", Map.of());
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.body().getBytes()).isEqualTo(Timelines.bytes("r1", 1, 5));
    assertThat(first.header("ETag")).isEqualTo("\"1-5-2026-11-23T01:00:00Z\"");
    assertThat(
            get("/api/rooms/r1/timeline", Map.of("If-None-Match", first.header("ETag"))).status())
        .isEqualTo(304);
    assertThat(get("/api/rooms/r9/timeline", Map.of()).problem()).isEqualTo("/problems/not-found");
  }

  @Test
  void theRoomsOfASiteAreThoseThatAreHeld() {
    assertThat(get("/api/rooms?site=sh", Map.of()).body().toJsonObject().getJsonArray("rooms"))
        .hasSize(2);
    assertThat(get("/api/rooms?site=xx", Map.of()).body().toJsonObject().getJsonArray("rooms"))
        .isEmpty();
  }

  @Test
  void theClockIsTheServersAndSaysWhenItWasHeard() {
    Eventually.holds(
        "the server was heard",
        Eventually.PATIENCE,
        () -> get("/api/clock", Map.of()).body().toJsonObject().containsKey("heard"));
    JsonObject clock = get("/api/clock", Map.of()).body().toJsonObject();
    assertThat(Instant.parse(clock.getString("now")))
        .isBetween(Timelines.NINE.minusSeconds(1), Timelines.NINE.plusSeconds(30));
  }

  @Test
  void aPageOfASiteGetsAllRoomsAtOnceAndLaterEachChange() throws Exception {
    Listener page = listen("/live/sites/sh");
    assertThat(List.of(page.next().getString("room"), page.next().getString("room")))
        .containsExactlyInAnyOrder("r1", "r2");
    inside(() -> device.offer("r1", Timelines.bytes("r1", 1, 6)));
    assertThat(page.nextText().getBytes(StandardCharsets.UTF_8))
        .isEqualTo(Timelines.bytes("r1", 1, 6));
    inside(() -> device.offer("r1", new byte[0]));
    assertThat(page.next()).isEqualTo(new JsonObject().put("type", "gone").put("room", "r1"));
  }

  @Test
  void aPageOfARoomHearsOfNoOther() throws Exception {
    Listener page = listen("/live/rooms/r1");
    assertThat(page.next().getString("room")).isEqualTo("r1");
    inside(() -> device.offer("r2", Timelines.bytes("r2", 1, 8)));
    inside(() -> device.offer("r1", Timelines.bytes("r1", 1, 6)));
    assertThat(page.next().getInteger("revision")).isEqualTo(6);
  }

  @Test
  void aPageMayAskForTheTimeAndSayWhatItShows() throws Exception {
    Listener page = listen("/live/rooms/r1");
    page.next();
    page.say("{\"type\":\"shown\",\"timelines\":[{\"room\":\"r1\",\"epoch\":1,\"revision\":5}]}");
    page.say("{\"type\":\"clock\",\"id\":7}");
    JsonObject answer = page.next();
    assertThat(answer.getString("type")).isEqualTo("clock");
    assertThat(answer.getInteger("id")).isEqualTo(7);
    assertThat(Instant.parse(answer.getString("now"))).isAfter(Instant.EPOCH);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"type\":\"book\"}",
        "{\"type\":\"clock\"}",
        "{\"type\":\"clock\",\"id\":\"7\"}",
        "{\"type\":\"shown\"}"
      })
  void anyOtherMessageClosesTheSocket(String message) throws Exception {
    Listener page = listen("/live/rooms/r1");
    page.say(message);
    assertThat(page.closed()).isEqualTo((short) 1008);
  }

  @Test
  void bytesCloseTheSocketAndSoDoesAMessageThatIsTooBig() throws Exception {
    Listener binary = listen("/live/rooms/r1");
    binary.socket().writeBinaryMessage(Buffer.buffer("x"));
    assertThat(binary.closed()).isEqualTo((short) 1008);
    for (int size : new int[] {4097, 60_000}) {
      Listener big = listen("/live/rooms/r1");
      big.say("x".repeat(size));
      assertThat(big.closed()).as("%d bytes", size).isEqualTo((short) 1009);
    }
  }

  @Test
  void aPageThatDoesNotReadSkipsToTheLatestAndCostsLittle() throws Exception {
    try (Socket lazy = new Socket()) {
      lazy.setReceiveBufferSize(8 * 1024);
      lazy.connect(new InetSocketAddress("127.0.0.1", port));
      lazy.getOutputStream().write(handshake("/live/rooms/r1"));
      DataInputStream in = new DataInputStream(new BufferedInputStream(lazy.getInputStream(), 512));
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        assertThat(line).doesNotStartWith("HTTP/1.1 4");
      }
      CountDownLatch offered = new CountDownLatch(3000 - 6);
      for (int revision = 6; revision < 3000; revision++) {
        byte[] heavy = Timelines.heavy("r1", revision);
        inside(() -> device.offer("r1", heavy));
        inside(offered::countDown);
      }
      assertThat(offered.await(30, TimeUnit.SECONDS)).isTrue();
      int received = 0;
      while (revision(frame(in)) < 2999) {
        received++;
      }
      assertThat(received).as("of 2994 timelines of 11 kB").isLessThan(1500);
    }
  }

  @ParameterizedTest
  @CsvSource({"evil.example,421", "127.0.0.1.evil.example,421", "127.0.0.1,421", "127.0.0.1:1,421"})
  void whoAsksUnderAForeignNameIsTurnedAway(String host, int status) {
    assertThat(get("/api/clock", Map.of("Host", host)).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "https://127.0.0.1", "http://127.0.0.1:1"})
  void aForeignPageGetsNeitherSocketNorCommand(String origin) {
    WebSocketConnectOptions options = socket("/live/rooms/r1").addHeader("Origin", origin);
    assertThat(
            sockets
                .connect(options)
                .transform(done -> io.vertx.core.Future.succeededFuture(done.succeeded()))
                .await())
        .isFalse();
    assertThat(post("/api/rooms/r1/walk-up", "{}", Map.of("Origin", origin)).status())
        .isEqualTo(403);
    assertThat(commands).isEmpty();
  }

  @Test
  void ofTooManyPagesTheLastIsRefusedUntilOneIsClosed() throws Exception {
    Listener first = listen("/live/rooms/r1");
    for (int more = 1; more < 32; more++) {
      listen("/live/rooms/r1");
    }
    assertThat(connects("/live/rooms/r1")).isFalse();
    first.socket().close().await();
    Eventually.holds(
        "there is room again", java.time.Duration.ofSeconds(10), () -> connects("/live/rooms/r1"));
  }

  private boolean connects(String path) {
    return sockets
        .connect(socket(path))
        .transform(done -> io.vertx.core.Future.succeededFuture(done.succeeded()))
        .await();
  }

  @Test
  void aCommandIsHandedOnAndItsAnswerHandedBack() throws Exception {
    Reply reply =
        post(
            "/api/rooms/r1/walk-up",
            "{\"minutes\":30}",
            Map.of("Idempotency-Key", "k-1", "Accept-Language", "en", "Cookie", "secret=1"));
    assertThat(reply.status()).isEqualTo(409);
    assertThat(reply.problem()).isEqualTo("/problems/overlaps");
    assertThat(reply.header("Server-Secret")).isNull();
    JsonObject seen = commands.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(seen.getString("path")).isEqualTo("/api/rooms/r1/walk-up");
    assertThat(seen.getString("body")).isEqualTo("{\"minutes\":30}");
    assertThat(seen.getString("idempotency-key")).isEqualTo("k-1");
    assertThat(seen.getString("accept-language")).isEqualTo("en");
    assertThat(seen.containsKey("cookie")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/bookings/17/check-in",
        "/api/bookings/17/extend",
        "/api/bookings/17/end",
        "/api/bookings/17/resume"
      })
  void theDoorsCommandsAreAllowed(String path) throws Exception {
    post(path, "{}", Map.of());
    assertThat(commands.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS).getString("path"))
        .isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/bookings",
        "/api/bookings/17/cancel",
        "/api/bookings/x/end",
        "/api/bookings/17/end/x",
        "/api/rooms/r1/import",
        "/api/rooms/%2e%2e/walk-up",
        "/api/bookings/17/end/../cancel"
      })
  void noOtherCommandLeavesTheDevice(String path) {
    assertThat(post(path, "{}", Map.of()).status()).isIn(404, 405);
    assertThat(commands).isEmpty();
  }

  @Test
  void aCommandThatIsTooLongOrNoJsonIsRefusedHere() {
    assertThat(post("/api/rooms/r1/walk-up", "x".repeat(9000), Map.of()).problem())
        .isEqualTo("/problems/too-large");
    assertThat(post("/api/rooms/r1/walk-up", "a=b", Map.of("Content-Type", "text/plain")).problem())
        .isEqualTo("/problems/unsupported-media-type");
    assertThat(commands).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en-GB,The server cannot be reached",
    "zh-CN,服务器暂时无法连接",
    "'fr, en;q=0.5',The server cannot be reached",
    "fr,服务器暂时无法连接"
  })
  void withoutAServerACommandIsAnsweredWithWhenToTryAgain(String language, String title) {
    server.close().await();
    Reply reply = post("/api/rooms/r1/walk-up", "{}", Map.of("Accept-Language", language));
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.problem()).isEqualTo("/problems/server-unreachable");
    assertThat(reply.header("Retry-After")).isEqualTo("5");
    assertThat(reply.body().toJsonObject().getString("title")).isEqualTo(title);
  }

  @Test
  void healthSaysWhatIsWrongWithTheBroker() {
    Eventually.holds(
        "the broker was tried",
        Eventually.PATIENCE,
        () -> {
          JsonObject broker =
              get("/health", Map.of()).body().toJsonObject().getJsonObject("broker");
          return broker.getString("trouble").equals("nobody answers at tcp://127.0.0.1:1");
        });
  }

  @Test
  void theRootLeadsToThePageOfTheDevice() {
    assertThat(get("/", Map.of()).header("Location")).isEqualTo("/kiosk/?site=sh");
  }

  private byte[] handshake(String path) {
    return ("GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + port
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13"
            + "\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  /** The content of the next text frame (RFC 6455 §5.2; of a server, so never masked). */
  private static String frame(DataInputStream in) throws IOException {
    int head = in.readUnsignedShort();
    int length = head & 0x7F;
    byte[] content = in.readNBytes(length == 126 ? in.readUnsignedShort() : length);
    return head >> 8 == 0x81 ? new String(content, StandardCharsets.UTF_8) : "{\"revision\":0}";
  }

  private static int revision(String message) {
    return new JsonObject(message).getInteger("revision");
  }

  private void inside(Runnable action) {
    device.context().runOnContext(go -> action.run());
  }

  private Reply get(String path, Map<String, String> headers) {
    return ask(HttpMethod.GET, path, Buffer.buffer(), headers);
  }

  private Reply post(String path, String body, Map<String, String> headers) {
    return ask(HttpMethod.POST, path, Buffer.buffer(body), headers);
  }

  private Reply ask(HttpMethod method, String path, Buffer body, Map<String, String> headers) {
    RequestOptions options =
        new RequestOptions().setHost("127.0.0.1").setPort(port).setMethod(method).setURI(path);
    if (body.length() > 0) {
      options.putHeader("Content-Type", "application/json");
    }
    headers.forEach(options::putHeader);
    Promise<Reply> reply = Promise.promise();
    loop.runOnContext(now -> exchange(options, body).onComplete(reply));
    return reply.future().await();
  }

  /** On one event loop: asked from another thread, the client now and then hands over no answer. */
  private Future<Reply> exchange(RequestOptions options, Buffer body) {
    return http.request(options)
        .compose(request -> request.send(body))
        .compose(
            answer ->
                answer
                    .body()
                    .map(content -> new Reply(answer.statusCode(), answer.headers(), content)));
  }

  private WebSocketConnectOptions socket(String path) {
    return new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
  }

  private Listener listen(String path) {
    BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    BlockingQueue<Short> closed = new LinkedBlockingQueue<>();
    io.vertx.core.http.ClientWebSocket socket = sockets.webSocket();
    socket.textMessageHandler(heard::add);
    WebSocket open = socket.connect(socket(path)).await();
    open.closeHandler(gone -> closed.add(open.closeStatusCode()));
    return new Listener(open, heard, closed);
  }

  private record Reply(int status, io.vertx.core.MultiMap headers, Buffer body) {

    String header(String name) {
      return headers.get(name);
    }

    String problem() {
      assertThat(header("Content-Type")).isEqualTo("application/problem+json");
      return body.toJsonObject().getString("type");
    }
  }

  private record Listener(
      WebSocket socket, BlockingQueue<String> heard, BlockingQueue<Short> closes) {

    JsonObject next() throws InterruptedException {
      return new JsonObject(nextText());
    }

    String nextText() throws InterruptedException {
      String text = heard.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(text).as("a message").isNotNull();
      return text;
    }

    void say(String text) {
      socket.writeTextMessage(text);
    }

    Short closed() throws InterruptedException {
      return closes.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
