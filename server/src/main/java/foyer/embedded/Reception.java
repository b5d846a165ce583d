package foyer.embedded;

import foyer.wire.TopicRights;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.mqtt.MqttEndpoint;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets clients in: checks CONNECT, asks for the sign-in, and hands over to a {@link Link}. */
final class Reception {

  private final Hub hub;
  private final Context loop;
  private final Function<SignIn, Future<Optional<TopicRights>>> signIn;
  private final Set<Visitor> waiting = new HashSet<>();

  Reception(Hub hub, Context loop, Function<SignIn, Future<Optional<TopicRights>>> signIn) {
    this.hub = hub;
    this.loop = loop;
    this.signIn = signIn;
  }

  /** Receives a connection that has sent CONNECT. */
  void receive(MqttEndpoint endpoint) {
    Optional<MqttConnectReturnCode> refusal = Arrival.refuse(endpoint);
    if (refusal.isPresent()) {
      endpoint.reject(refusal.get());
    } else if (waiting.size() >= hub.limits.arriving()
        || (hub.clients.get() >= hub.limits.clients() && !hub.knows(endpoint.clientIdentifier()))) {
      endpoint.reject(Arrival.unavailable(endpoint));
    } else {
      ask(new Visitor(endpoint));
    }
  }

  /** A sign-in of this client that is being decided counts as refused. */
  void revoke(String client) {
    for (Visitor visitor : waiting) {
      if (visitor.endpoint.clientIdentifier().equals(client)) {
        visitor.revoked = true;
      }
    }
  }

  private void ask(Visitor visitor) {
    MqttEndpoint endpoint = visitor.endpoint;
    waiting.add(visitor);
    endpoint.closeHandler(v -> visitor.gone = true);
    SignIn asked =
        new SignIn(
            endpoint.clientIdentifier(),
            endpoint.auth().getUsername(),
            endpoint.auth().getPassword());
    Future.<Void>succeededFuture()
        .compose(v -> signIn.apply(asked))
        .timeout(hub.limits.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
        .onComplete(answer -> loop.runOnContext(v -> decide(visitor, answer)));
  }

  private void decide(Visitor visitor, AsyncResult<Optional<TopicRights>> answer) {
    waiting.remove(visitor);
    MqttEndpoint endpoint = visitor.endpoint;
    if (visitor.gone) {
      return;
    }
    if (answer.failed()) {
      endpoint.reject(Arrival.unavailable(endpoint));
    } else if (answer.result().isEmpty() || visitor.revoked) {
      endpoint.reject(Arrival.badPassword(endpoint));
    } else {
      admit(endpoint, answer.result().get());
    }
  }

  private void admit(MqttEndpoint endpoint, TopicRights rights) {
    Arrival.Wishes wishes = Arrival.wishes(endpoint, hub.limits);
    if (wishes.will() != null && !rights.mayPublish(wishes.will().message().topic())) {
      endpoint.reject(Arrival.notAuthorized(endpoint));
      return;
    }
    String client = endpoint.clientIdentifier();
    Optional<Session> opened = hub.open(client, endpoint.isCleanSession(), rights);
    if (opened.isEmpty()) {
      endpoint.reject(Arrival.unavailable(endpoint));
    } else {
      hub.attach(opened.get(), endpoint, wishes);
    }
  }

  /** A connection between CONNECT and CONNACK. */
  private static final class Visitor {
    private final MqttEndpoint endpoint;
    private boolean gone;
    private boolean revoked;

    private Visitor(MqttEndpoint endpoint) {
      this.endpoint = endpoint;
    }
  }
}
