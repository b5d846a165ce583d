package foyer.embedded;

import foyer.wire.TopicRights;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.mqtt.MqttServer;
import io.vertx.mqtt.MqttServerOptions;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker inside the process (3.1.1 and 5, QoS 0 and 1, docs/wire.md): the default where one
 * machine is enough. It keeps everything in memory: whoever publishes state publishes it again when
 * the broker comes back. All of it runs on one event loop.
 */
public final class Broker {

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  private final Vertx vertx;
  private final Running running;
  private final String deployment;

  private Broker(Vertx vertx, Running running, String deployment) {
    this.vertx = vertx;
    this.running = running;
    this.deployment = deployment;
  }

  /**
   * Starts to listen; fails if a port is taken.
   *
   * @param signIn says what a client may do, or nothing if its password is wrong; called on the
   *     broker's event loop for each CONNECT, a failure tells the client to come back later
   */
  public static Future<Broker> start(
      Vertx vertx, BrokerOptions options, Function<SignIn, Future<Optional<TopicRights>>> signIn) {
    Running running = new Running(options, signIn);
    return vertx.deployVerticle(running).map(id -> new Broker(vertx, running, id));
  }

  /** The TCP port of MQTT. */
  public int port() {
    return running.ports[0];
  }

  /** The port of MQTT over WebSocket, if it was asked for. */
  public OptionalInt webSocketPort() {
    return running.options.webSocketPort().isPresent()
        ? OptionalInt.of(running.ports[1])
        : OptionalInt.empty();
  }

  /** The port of the listener for other machines, if there is one. */
  public OptionalInt outsidePort() {
    return running.options.outside().isPresent()
        ? OptionalInt.of(running.ports[2])
        : OptionalInt.empty();
  }

  /**
   * Listens anew for other machines, with what the certificate's files hold now; who is connected
   * through that listener is cut off and comes back.
   */
  public Future<?> renewKeys() {
    return running.onLoop(running::listenOutsideAnew);
  }

  /** Tells all clients that the broker stops, and closes. */
  public Future<Void> close() {
    return vertx.undeploy(deployment);
  }

  /**
   * Cuts a client off, forgets its session, and refuses a sign-in of it that is being decided; done
   * when the future completes.
   */
  public Future<Void> revoke(String clientId) {
    return running.onLoop(
        () -> {
          running.reception().revoke(clientId);
          running.hub.revoke(clientId);
        });
  }

  /** Clients that are signed in now. */
  public int clients() {
    return running.hub.clients.get();
  }

  /** Topics with a retained message. */
  public int retained() {
    return running.hub.retainedCount.get();
  }

  /**
   * Messages that found no room since the start: queues, retained store, a reader's packet size.
   */
  public long droppedMessages() {
    return running.hub.dropped.get();
  }

  /** What runs on the event loop. */
  private static final class Running extends VerticleBase {

    private static final int BACKLOG = 4096;
    private static final int LONGEST_ID = 64;

    private final BrokerOptions options;
    private final Function<SignIn, Future<Optional<TopicRights>>> signIn;
    private final Hub hub;
    private final int[] ports = new int[3];
    private Optional<MqttServer> outside = Optional.empty();
    private Optional<Reception> reception = Optional.empty();

    private Running(BrokerOptions options, Function<SignIn, Future<Optional<TopicRights>>> signIn) {
      this.options = options;
      this.signIn = signIn;
      this.hub = new Hub(options.limits());
    }

    @Override
    public Future<?> start() {
      reception = Optional.of(new Reception(hub, context, signIn));
      context.exceptionHandler(Running::note);
      vertx.setPeriodic(1000, id -> hub.sweep());
      Future<?> listening = listen(0, serverOptions(options.host(), options.port(), options.tls()));
      if (options.webSocketPort().isPresent()) {
        int port = options.webSocketPort().getAsInt();
        MqttServerOptions overWebSocket =
            serverOptions(options.host(), port, options.tls()).setUseWebSocket(true);
        listening = listening.compose(v -> listen(1, overWebSocket));
      }
      if (options.outside().isPresent()) {
        listening = listening.compose(v -> listenOutside(options.outside().get().port()));
      }
      return listening;
    }

    private Future<?> listenOutside(int port) {
      BrokerOptions.Outside listener = options.outside().orElseThrow();
      return listen(2, serverOptions(listener.host(), port, Optional.of(listener.tls())))
          .onSuccess(server -> outside = Optional.of(server));
    }

    private void listenOutsideAnew() {
      outside.ifPresent(
          old ->
              old.close()
                  .eventually(() -> listenOutside(ports[2]))
                  .onFailure(failure -> LOG.error("no listener for other machines", failure)));
    }

    @Override
    public Future<?> stop() {
      hub.shutDown();
      return Future.succeededFuture();
    }

    /** The library throws for packets out of turn, after closing; only what is ours is an error. */
    private static void note(Throwable failure) {
      if (failure instanceof IllegalArgumentException) {
        LOG.debug("A client broke the protocol", failure);
      } else {
        LOG.error("The broker failed at a client's packet", failure);
      }
    }

    private Future<MqttServer> listen(int which, MqttServerOptions how) {
      return MqttServer.create(vertx, how)
          .endpointHandler(reception()::receive)
          .listen()
          .onSuccess(server -> ports[which] = server.actualPort());
    }

    private MqttServerOptions serverOptions(
        String host, int port, Optional<BrokerOptions.Tls> certificate) {
      MqttServerOptions server =
          new MqttServerOptions()
              .setAutoClientId(false)
              .setMaxMessageSize(options.limits().packetBytes())
              .setMaxClientIdLength(LONGEST_ID)
              .setTimeoutOnConnect((int) options.limits().connectTimeout().toSeconds());
      server.setWebSocketMaxFrameSize(2 * options.limits().packetBytes());
      server.setHost(host).setPort(port).setAcceptBacklog(BACKLOG);
      server.setTcpNoDelay(true).setTcpKeepAlive(true);
      certificate.ifPresent(
          tls ->
              server
                  .setSsl(true)
                  .setKeyCertOptions(
                      new PemKeyCertOptions()
                          .addCertPath(tls.certificate().toString())
                          .addKeyPath(tls.key().toString())));
      return server;
    }

    private Reception reception() {
      return reception.orElseThrow();
    }

    private Future<Void> onLoop(Runnable action) {
      Promise<Void> done = Promise.promise();
      Context loop = context;
      loop.runOnContext(
          v -> {
            try {
              action.run();
              done.complete();
            } catch (RuntimeException e) {
              done.fail(e);
            }
          });
      return done.future();
    }
  }
}
