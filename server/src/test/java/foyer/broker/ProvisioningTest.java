package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.device.Credential;
import foyer.device.DynamicSecurity;
import foyer.device.MosquittoRights;
import foyer.device.MosquittoRights.Changes;
import foyer.device.Provisioning;
import foyer.wire.TopicRights;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Mosquitto gets the rights of the record, whoever else writes them and whenever it was away. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ProvisioningTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final List<Credential> record = new CopyOnWriteArrayList<>();
  private MosquittoUnderTest broker;

  @BeforeAll
  void start() {
    broker = new MosquittoUnderTest();
  }

  @BeforeEach
  void nobodyHasACredential() {
    record.clear();
  }

  @AfterAll
  void stop() {
    broker.close();
    vertx.close().await();
  }

  @Test
  void administratorsAtOnceDoNotDisturbEachOther() throws Exception {
    List<Credential> wanted = IntStream.range(0, 30).mapToObj(i -> door("at-once-" + i)).toList();
    try (DynamicSecurity first = broker.administrator();
        DynamicSecurity second = broker.administrator();
        var both = Executors.newFixedThreadPool(2)) {
      new MosquittoRights(first).apply(wanted);
      Callable<Integer> ofFirst = () -> unchanged(first, wanted);
      Callable<Integer> ofSecond = () -> unchanged(second, wanted);
      for (var applied : both.invokeAll(List.of(ofFirst, ofSecond))) {
        assertThat(applied.get()).isEqualTo(10);
      }
    }
  }

  @Test
  void serversThatProvisionAtOnceAllSucceed() throws Exception {
    record.addAll(IntStream.range(0, 3).mapToObj(i -> door("by-all-" + i)).toList());
    Vertx another = Vertx.vertx();
    Future.all(provisioning(vertx).untilDone(), provisioning(another).untilDone())
        .await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    for (Credential door : record) {
      assertThat(isKnown(door)).isTrue();
    }
    another.close().await();
  }

  @Test
  void aDeviceThatIsMadeWhileAnotherServerWritesAnOlderListIsNotForgotten() throws Exception {
    Credential late = door("late");
    var reads = new AtomicInteger();
    var writer =
        new Provisioning(
            vertx,
            () -> Future.succeededFuture(reads.incrementAndGet() == 1 ? List.of() : List.of(late)),
            broker::administrator);
    writer.once().await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(isKnown(late)).isTrue();
  }

  @Test
  void aChangeMadeWhileMosquittoIsDownIsThereSoonAfterItsReturn() throws Exception {
    Provisioning provisioning = provisioning(vertx);
    Credential door = door("changed-meanwhile");
    broker.die();
    record.add(door);
    Future<?> done = provisioning.untilDone();
    assertThatThrownBy(() -> provisioning.once().await(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(IllegalStateException.class);
    broker.comeBack();
    done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertThat(isKnown(door)).isTrue();
  }

  /** How often the broker was read as it should be. */
  private static int unchanged(DynamicSecurity admin, List<Credential> wanted) {
    int same = 0;
    for (int i = 0; i < 10; i++) {
      same += new MosquittoRights(admin).apply(wanted).equals(new Changes(0, 0, 0)) ? 1 : 0;
    }
    return same;
  }

  private Provisioning provisioning(Vertx of) {
    return new Provisioning(
        of, () -> Future.succeededFuture(List.copyOf(record)), broker::administrator);
  }

  private boolean isKnown(Credential credential) throws Exception {
    try (Five door = Five.connect(broker, credential)) {
      return door.isConnected();
    } catch (MqttException refused) {
      return false;
    }
  }

  private static Credential door(String id) {
    return new Credential(id, "password-of-" + id, TopicRights.device(id, "sh", List.of("a")));
  }
}
