package foyer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.api.Answer;
import foyer.api.Contract;
import foyer.api.Endpoint;
import foyer.http.RawHttp.Reply;
import foyer.sql.SqlFailed;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the server behaves towards those who knock, and when something goes wrong behind it. */
class ServerTest {

  private static final Duration LIMIT = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost:80:80",
        "192.168.1.1",
        "",
        "[::2]"
      })
  void aNameThatIsNotThisMachinesOwnIsTurnedAway(String host) {
    try (HttpServerForTests server = HttpServerForTests.with(Map.of())) {
      Reply reply = server.http().request("GET", "/api/sites").with("Host", host).send();
      assertThat(reply.status()).isIn(400, 421);
      assertThat(reply.problem()).isIn("other-host", "invalid");
    }
  }

  @Test
  void thisMachinesOwnNamesAreTaken() {
    try (HttpServerForTests server = HttpServerForTests.with(Map.of())) {
      for (String host : new String[] {"localhost", "LOCALHOST:8080", "127.0.0.1", "[::1]:8080"}) {
        assertThat(server.http().request("GET", "/api/sites").with("Host", host).send().status())
            .isEqualTo(200);
      }
    }
  }

  @Test
  void aPageOfAnotherOriginChangesNothing() {
    try (HttpServerForTests server = HttpServerForTests.with(Map.of())) {
      String own = "http://127.0.0.1:" + server.port();
      for (String origin :
          new String[] {"http://evil.example", "null", "http://127.0.0.1:1", "::"}) {
        Reply reply = checkIn(server).with("Origin", origin).send();
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.problem()).isEqualTo("foreign-origin");
      }
      assertThat(checkIn(server).with("Sec-Fetch-Site", "cross-site").send().status())
          .isEqualTo(403);
      assertThat(
              checkIn(server)
                  .with("Origin", own)
                  .with("Sec-Fetch-Site", "same-origin")
                  .send()
                  .status())
          .isEqualTo(200);
    }
  }

  @Test
  void everyAnswerOfEveryRouteCarriesTheSecurityHeaders() {
    try (HttpServerForTests server = HttpServerForTests.with(Map.of())) {
      for (Endpoint endpoint : Contract.load().endpoints().values()) {
        String path = endpoint.template().replaceAll("\\{[^}]+}", "1");
        assertCarriesHeaders(server.http().request(endpoint.method(), path).send());
        assertCarriesHeaders(
            server.http().request(endpoint.method(), path).with("Cookie", "none=1").send());
      }
      for (String target : List.of("/api/x", "/x", "/api/rooms?" + "a".repeat(20_000))) {
        assertCarriesHeaders(server.http().request("GET", target).send());
      }
    }
  }

  private static void assertCarriesHeaders(Reply reply) {
    assertThat(reply.headers())
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("referrer-policy", "no-referrer")
        .containsEntry("cross-origin-opener-policy", "same-origin")
        .containsEntry("cross-origin-resource-policy", "same-origin")
        .containsEntry("permissions-policy", "camera=(), microphone=(), geolocation=()")
        .containsEntry("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  }

  @Test
  void noRouteThatChangesAnythingIsOpenToPagesOfElsewhere() {
    try (HttpServerForTests server = HttpServerForTests.with(Map.of())) {
      for (Endpoint endpoint : Contract.load().endpoints().values()) {
        if (!endpoint.method().equals("GET")) {
          String path = endpoint.template().replaceAll("\\{[^}]+}", "1");
          Reply reply =
              server
                  .http()
                  .request(endpoint.method(), path)
                  .with("Origin", "https://elsewhere.example")
                  .send();
          assertThat(reply.problem()).as(endpoint.operationId()).isEqualTo("foreign-origin");
        }
      }
    }
  }

  @Test
  void socketsAreTakenWhereThereIsSomethingToShowAndFromOwnPagesOnly() throws Exception {
    CompletableFuture<String> taken = new CompletableFuture<>();
    Live live =
        new Live(
            "/live/rooms/sh-0801"::equals,
            (caller, path) -> true,
            (socket, stillMay) -> {
              taken.complete(socket.path());
              socket.textMessageHandler(socket::writeTextMessage);
            });
    Vertx client = Vertx.vertx();
    try (HttpServerForTests server = new HttpServerForTests(Map.of(), live, LIMIT)) {
      String own = "http://127.0.0.1:" + server.port();
      CompletableFuture<String> echoed = new CompletableFuture<>();
      CompletableFuture<Void> closed = new CompletableFuture<>();
      WebSocket socket =
          connect(client, server.port(), "/live/rooms/sh-0801", own).await(5, SECONDS);
      socket.closeHandler(closed::complete);
      socket.textMessageHandler(echoed::complete).writeTextMessage("hello");
      assertThat(taken.get(5, SECONDS)).isEqualTo("/live/rooms/sh-0801");
      assertThat(echoed.get(5, SECONDS)).isEqualTo("hello");
      assertRejected(connect(client, server.port(), "/live/rooms/other", own), 404);
      assertRejected(
          connect(client, server.port(), "/live/rooms/sh-0801", "http://evil.example"), 403);
      CompletableFuture.runAsync(server::stop).get(4, SECONDS);
      closed.get(4, SECONDS);
    } finally {
      client.close().await(5, SECONDS);
    }
  }

  @Test
  void anOperationThatTakesTooLongIsAnsweredForAndItsLateAnswerDropped() {
    try (HttpServerForTests server =
        new HttpServerForTests(
            Map.of("listSites", call -> Future.await(Promise.<Answer>promise().future())),
            Live.none(),
            Duration.ofMillis(300))) {
      Reply reply = server.http().request("GET", "/api/sites").send();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.problem()).isEqualTo("busy");
      assertThat(reply.headers()).containsKey("retry-after");
      assertThat(server.http().request("GET", "/api/departments").send().status()).isEqualTo(200);
    }
  }

  @Test
  void aBodyThatNeverArrivesIsAnsweredFor() {
    try (HttpServerForTests server =
        new HttpServerForTests(Map.of(), Live.none(), Duration.ofMillis(300))) {
      String start =
          "POST /api/bookings/1/check-in HTTP/1.1\r\nHost: localhost\r\nCookie: a=b\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
      Optional<Reply> reply = server.http().exchange(start.getBytes(UTF_8));
      assertThat(reply.orElseThrow().problem()).isEqualTo("too-slow");
    }
  }

  @Test
  void whoHangsUpInTheMiddleHurtsNobody() throws IOException {
    try (HttpServerForTests server = HttpServerForTests.with(Map.of())) {
      for (int i = 0; i < 50; i++) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
          socket
              .getOutputStream()
              .write(
                  "POST /api/bookings/1/check-in HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
                      .getBytes(UTF_8));
        }
      }
      assertThat(checkIn(server).send().status()).isEqualTo(200);
    }
  }

  @Test
  void theUnforeseenTellsANumberAndNothingElse() {
    try (HttpServerForTests server =
        HttpServerForTests.with(
            Map.of(
                "listSites",
                call -> {
                  throw new IllegalStateException("password=hunter2");
                },
                "listDepartments",
                call -> {
                  throw new StackOverflowError();
                }))) {
      for (String target : new String[] {"/api/sites", "/api/departments"}) {
        Reply reply = server.http().request("GET", target).send();
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.problem()).isEqualTo("unforeseen");
        assertThat(reply.json().path("id").asText()).hasSize(36);
        assertThat(reply.json().path("detail").asText()).contains(reply.json().path("id").asText());
        assertThat(reply.text())
            .doesNotContain("hunter2")
            .doesNotContain("Exception")
            .doesNotContain("foyer.");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "23P01, 409, overlaps", "40P01, 503, busy", "40001, 503, busy", "55P03, 503, busy",
        "57014, 503, busy",
    "53300, 503, busy", "53400, 503, busy", "57P01, 503, busy", "57P03, 503, busy",
        "08006, 503, busy",
    "23505, 500, unforeseen", "42601, 500, unforeseen", "22001, 500, unforeseen",
  })
  void eachFailureOfPostgresIsAnsweredAsItDeserves(String state, int status, String type) {
    SqlFailed failure =
        SqlFailed.of("SELECT 1", new PgException("secret words", "ERROR", state, "secret detail"));
    try (HttpServerForTests server =
        HttpServerForTests.with(
            Map.of(
                "listSites",
                call -> {
                  throw failure;
                }))) {
      Reply reply = server.http().request("GET", "/api/sites").send();
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.problem()).isEqualTo(type);
      assertThat(reply.headers().containsKey("retry-after")).isEqualTo(status == 503);
      assertThat(reply.text()).doesNotContain("secret").doesNotContain("SELECT");
    }
  }

  @Test
  void aLostConnectionToPostgresIsAskedToBeTriedAgain() {
    SqlFailed failure = SqlFailed.of("COMMIT", new IOException("Connection reset by peer"));
    try (HttpServerForTests server =
        HttpServerForTests.with(
            Map.of(
                "listSites",
                call -> {
                  throw failure;
                }))) {
      Reply reply = server.http().request("GET", "/api/sites").send();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.headers()).containsKey("retry-after");
    }
  }

  @Test
  void stoppingLetsARunningRequestFinish() throws Exception {
    Promise<Answer> answer = Promise.promise();
    CompletableFuture<Void> running = new CompletableFuture<>();
    try (HttpServerForTests server =
        HttpServerForTests.with(
            Map.of(
                "listSites",
                call -> {
                  running.complete(null);
                  return Future.await(answer.future());
                }))) {
      CompletableFuture<Reply> reply =
          CompletableFuture.supplyAsync(() -> server.http().request("GET", "/api/sites").send());
      running.get(5, SECONDS);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);
      answer.complete(Answer.ok(Map.of("late", true)));
      assertThat(reply.get(5, SECONDS).status()).isEqualTo(200);
      stopped.get(5, SECONDS);
      assertThatThrownBy(() -> server.http().request("GET", "/api/sites").send())
          .hasRootCauseInstanceOf(IOException.class);
    }
  }

  private static RawHttp.Request checkIn(HttpServerForTests server) {
    return server.http().request("POST", "/api/bookings/1/check-in").json("{}");
  }

  private static Future<WebSocket> connect(Vertx client, int port, String path, String origin) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(path);
    return client.createWebSocketClient().connect(options.putHeader("Origin", origin));
  }

  private static void assertRejected(Future<?> connecting, int status) {
    assertThatThrownBy(() -> connecting.await(5, SECONDS))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class, e -> assertThat(e.getStatus()).isEqualTo(status));
  }
}
