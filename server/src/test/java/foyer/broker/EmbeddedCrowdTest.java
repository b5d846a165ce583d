package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.device.Credential;
import foyer.embedded.Broker;
import foyer.embedded.BrokerOptions;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A house full of doors comes back at once. */
final class EmbeddedCrowdTest {

  private static final int DOORS = 5000;

  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch subscribed = new CountDownLatch(DOORS);
  private final CountDownLatch heard = new CountDownLatch(DOORS);
  private final BitSet wrong = new BitSet();

  @AfterEach
  void stop() {
    EmbeddedUnderTest.await(vertx.close());
  }

  @Test
  void fiveThousandDoorsConnectAtOnceAndEachHearsItsOwnRoom() throws Exception {
    Broker broker =
        EmbeddedUnderTest.await(
            Broker.start(
                vertx,
                BrokerOptions.onLoopback(0),
                asked -> Future.succeededFuture(Optional.of(rights(asked.clientId())))));
    NetClient network = vertx.createNetClient(new NetClientOptions().setConnectTimeout(30_000));
    for (int i = 0; i < DOORS; i++) {
      int door = i;
      network.connect(broker.port(), "127.0.0.1").onSuccess(socket -> behave(socket, door));
    }
    assertThat(subscribed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(broker.clients()).isEqualTo(DOORS);
    URI plain = URI.create("tcp://127.0.0.1:" + broker.port());
    try (Raw server = Raw.signedIn(plain, credential("foyer-server"), null)) {
      for (int i = 0; i < DOORS; i++) {
        server.send(Raw.publish(room(i), "for " + i));
        assertThat(server.read()[0]).isEqualTo(Raw.PUBACK);
      }
      assertThat(heard.await(60, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(wrong.cardinality()).isZero();
    assertThat(broker.droppedMessages()).isZero();
  }

  /** CONNACK → subscribe; SUBACK → counted; PUBLISH → counted if it is the right one. */
  private void behave(NetSocket socket, int door) {
    socket.handler(
        packet -> {
          switch (packet.getUnsignedByte(0) & 0xF0) {
            case Raw.CONNACK -> socket.write(Buffer.buffer(Raw.subscribe(room(door), 0)));
            case Raw.SUBACK -> subscribed.countDown();
            default -> {
              if (!packet.toString().endsWith("for " + door)) {
                synchronized (wrong) {
                  wrong.set(door);
                }
              }
              heard.countDown();
            }
          }
        });
    socket.write(Buffer.buffer(Raw.connect(credential("door-" + door), null)));
  }

  private static Credential credential(String id) {
    return new Credential(id, "of-" + id, rights(id));
  }

  private static TopicRights rights(String id) {
    return id.equals("foyer-server")
        ? TopicRights.server()
        : TopicRights.device(id, "sh", List.of("room-of-" + id));
  }

  private static String room(int door) {
    return Topics.roomTimeline("room-of-door-" + door);
  }
}
