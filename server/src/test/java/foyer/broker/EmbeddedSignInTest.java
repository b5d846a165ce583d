package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.device.Credential;
import foyer.embedded.Broker;
import foyer.embedded.BrokerOptions;
import foyer.embedded.SignIn;
import foyer.wire.TopicRights;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded broker asks somebody else who may come in, and waits for the answer. */
final class EmbeddedSignInTest {

  private static final TopicRights RIGHTS = TopicRights.device("door-1", "sh", List.of("a"));
  private static final Credential DOOR = new Credential("door-1", "password", RIGHTS);

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    EmbeddedUnderTest.await(vertx.close());
  }

  @Test
  void anAnswerMayTakeItsTime() throws Exception {
    Broker broker = start(asked -> vertx.timer(50, TimeUnit.MILLISECONDS).map(Optional.of(RIGHTS)));
    try (Five five = Five.connect(plain(broker), DOOR, options -> {})) {
      assertThat(five.subscribe("foyer/rooms/a/timeline")).isEqualTo(1);
    }
  }

  @Test
  void withoutAnAnswerTheClientIsToldToComeBack() throws Exception {
    Broker broker = start(asked -> Future.failedFuture("no database"));
    try (Raw raw = new Raw(URI.create(plain(broker)))) {
      raw.send(Raw.connectFive(DOOR));
      assertThat(raw.read()).startsWith(Raw.CONNACK, 0, 0x89);
    }
    Broker failing =
        start(
            asked -> {
              throw new IllegalStateException("no database");
            });
    try (Raw raw = new Raw(URI.create(plain(failing)))) {
      raw.send(Raw.connect(DOOR, null));
      assertThat(raw.read()).startsWith(Raw.CONNACK, 0, 3);
    }
  }

  @Test
  void whoIsWithdrawnWhileItsSignInIsDecidedDoesNotComeIn() throws Exception {
    CompletableFuture<SignIn> asked = new CompletableFuture<>();
    Promise<Optional<TopicRights>> answer = Promise.promise();
    Broker broker =
        start(
            signIn -> {
              asked.complete(signIn);
              return answer.future();
            });
    try (Raw raw = new Raw(URI.create(plain(broker)))) {
      raw.send(Raw.connectFive(DOOR));
      assertThat(asked.get(30, TimeUnit.SECONDS).clientId()).isEqualTo("door-1");
      EmbeddedUnderTest.await(broker.revoke("door-1"));
      answer.complete(Optional.of(RIGHTS));
      assertThat(raw.read()).startsWith(Raw.CONNACK, 0, 0x86);
    }
    assertThat(broker.clients()).isZero();
  }

  @Test
  void aTakenPortIsSaid() {
    Broker first = start(asked -> Future.succeededFuture(Optional.empty()));
    Future<Broker> second =
        Broker.start(
            vertx,
            BrokerOptions.onLoopback(first.port()),
            asked -> Future.succeededFuture(Optional.empty()));
    assertThatThrownBy(() -> EmbeddedUnderTest.await(second))
        .isInstanceOf(java.net.BindException.class);
  }

  @Test
  void aClosedBrokerSaysFarewellAndListensNoMore() throws Exception {
    Broker broker = start(asked -> Future.succeededFuture(Optional.of(RIGHTS)));
    try (Five five = Five.connect(plain(broker), DOOR, options -> {})) {
      EmbeddedUnderTest.await(broker.close());
      assertThat(five.end()).isEqualTo(0x8B);
      assertThatThrownBy(() -> Five.connect(plain(broker), DOOR, options -> {}))
          .isInstanceOf(MqttException.class);
    }
  }

  @Test
  void withACertificateItSpeaksTls(@TempDir Path folder) throws Exception {
    Certificate certificate = Certificate.make(folder);
    BrokerOptions.Tls tls =
        new BrokerOptions.Tls(folder.resolve("server.crt"), folder.resolve("server.key"));
    Broker broker =
        EmbeddedUnderTest.await(
            Broker.start(
                vertx,
                BrokerOptions.onLoopback(0).withTls(tls),
                asked -> Future.succeededFuture(Optional.of(RIGHTS))));
    String uri = "ssl://127.0.0.1:" + broker.port();
    try (Five five =
        Five.connect(uri, DOOR, options -> options.setSocketFactory(certificate.trust()))) {
      assertThat(five.subscribe("foyer/rooms/a/timeline")).isEqualTo(1);
    }
    assertThatThrownBy(() -> Certificate.greetAsAStranger(broker.port()))
        .isInstanceOf(SSLHandshakeException.class);
  }

  private Broker start(Function<SignIn, Future<Optional<TopicRights>>> signIn) {
    return EmbeddedUnderTest.await(Broker.start(vertx, BrokerOptions.onLoopback(0), signIn));
  }

  private static String plain(Broker broker) {
    return "tcp://127.0.0.1:" + broker.port();
  }
}
