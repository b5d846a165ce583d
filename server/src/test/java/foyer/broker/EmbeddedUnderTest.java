package foyer.broker;

import foyer.device.Credential;
import foyer.embedded.Broker;
import foyer.embedded.BrokerOptions;
import foyer.embedded.SignIn;
import foyer.testing.Eventually;
import foyer.wire.TopicRights;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.SocketFactory;

/** The embedded broker with credentials from a map. */
final class EmbeddedUnderTest implements BrokerUnderTest {

  private static final int QUEUE = 500;

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, Credential> credentials = new ConcurrentHashMap<>();
  private final Broker broker;

  EmbeddedUnderTest() {
    this(BrokerOptions.Limits.USUAL.withQueue(QUEUE, 1024 * 1024));
  }

  EmbeddedUnderTest(BrokerOptions.Limits limits) {
    broker =
        await(
            Broker.start(
                vertx,
                BrokerOptions.onLoopback(0).withWebSocket(0).withLimits(limits),
                this::signIn));
  }

  Broker broker() {
    return broker;
  }

  @Override
  public URI plain() {
    return URI.create("tcp://127.0.0.1:" + broker.port());
  }

  @Override
  public URI webSocket() {
    return URI.create("ws://127.0.0.1:" + broker.webSocketPort().orElseThrow() + "/mqtt");
  }

  @Override
  public Optional<SocketFactory> trust() {
    return Optional.empty();
  }

  @Override
  public void provision(List<Credential> wanted) {
    List<String> before = List.copyOf(credentials.keySet());
    wanted.forEach(credential -> credentials.put(credential.id(), credential));
    for (String id : before) {
      if (wanted.stream().noneMatch(credential -> credential.id().equals(id))) {
        credentials.remove(id);
        await(broker.revoke(id));
      }
    }
  }

  @Override
  public void close() {
    await(broker.close());
    await(vertx.close());
  }

  static <T> T await(Future<T> future) {
    try {
      return future.await(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer", e);
    }
  }

  private Future<Optional<TopicRights>> signIn(SignIn asked) {
    Credential known = credentials.get(asked.clientId());
    return Future.succeededFuture(
        Optional.ofNullable(known)
            .filter(credential -> credential.password().equals(asked.password()))
            .map(Credential::rights));
  }
}
