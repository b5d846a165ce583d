package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.device.Credential;
import foyer.embedded.BrokerOptions.Limits;
import foyer.testing.Eventually;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one client may cost the embedded broker, and what it is told when it asks for more. */
final class EmbeddedLimitsTest {

  private static final Duration SOON = Eventually.PATIENCE;

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<Credential> credentials = new ArrayList<>();
  private EmbeddedUnderTest broker;
  private Five house;

  @AfterEach
  void everybodyLeaves() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
  }

  @Test
  void whatIsNotAvailableIsAnnounced() throws Exception {
    start(Limits.USUAL);
    MqttProperties said = house.announced();
    assertThat(said.getMaximumQoS()).isEqualTo(1);
    assertThat(said.isSharedSubscriptionAvailable()).isFalse();
    assertThat(said.isWildcardSubscriptionsAvailable()).isTrue();
    assertThat(said.getMaximumPacketSize()).isEqualTo(65_536L);
    assertThat(said.getReceiveMaximum()).isEqualTo(100);
    assertThat(said.getTopicAliasMaximum()).isZero();
  }

  @Test
  void refusalsSayWhy() throws Exception {
    start(Limits.USUAL);
    Credential door = door("door-1");
    Five display = keep(Five.connect(broker, door));
    assertThat(display.subscribe("#")).isEqualTo(0x87);
    assertThat(display.publish(room(door), "forged", false)).isEqualTo(0x87);
    Five second = keep(Five.connect(broker, door));
    assertThat(display.end()).isEqualTo(0x8E);
    broker.provision(List.of());
    assertThat(second.end()).isEqualTo(0x98);
    try (Raw raw = five(door("door-2"))) {
      raw.send(subscribeFive("$share/g/foyer/rooms/room-of-door-2/timeline"));
      int[] answer = raw.read();
      assertThat(answer[answer.length - 1]).isEqualTo(0x9E);
    }
    try (Raw raw = five(door("door-3"))) {
      byte[] twice = Raw.publish(Topics.deviceUp("door-3"), "\0twice");
      twice[0] = 0x34;
      raw.send(twice);
      assertThat(raw.read()).startsWith(0xE0, 0x9B);
    }
  }

  @Test
  void whoDoesNotReadIsCutOffWhenItsQueueIsFull() throws Exception {
    start(Limits.USUAL.withQueue(200, 256 * 1024));
    Credential slow = door("door-1");
    Raw raw = keep(Raw.signedIn(broker.plain(), slow, null));
    raw.send(Raw.subscribe(room(slow), 1));
    raw.read();
    String payload = "z".repeat(30_000);
    int sent = 0;
    while (broker.broker().clients() == 2 && sent < 2000) {
      house.publish(room(slow), payload, false);
      sent++;
    }
    assertThat(broker.broker().clients()).isEqualTo(1);
    assertThat(broker.broker().droppedMessages()).isPositive();
  }

  @Test
  void whoDoesNotReadIsCutOffAfterAWhileAlthoughItsQueueHasRoom() throws Exception {
    start(Limits.USUAL.withPatience(SOON, Duration.ofSeconds(1)));
    Credential slow = door("door-1");
    Raw raw = keep(Raw.signedIn(broker.plain(), slow, null));
    raw.send(Raw.subscribe(room(slow), 0));
    raw.read();
    String payload = "z".repeat(60_000);
    for (int i = 0; i < 120 && broker.broker().clients() == 2; i++) {
      house.publish(room(slow), payload, false);
    }
    Eventually.becomes("the slow one is gone", SOON, () -> broker.broker().clients() == 1);
  }

  @Test
  void whoAsksAndDoesNotReadTheAnswersIsCutOff() throws Exception {
    start(Limits.USUAL.withPatience(SOON, Duration.ofSeconds(1)));
    Raw raw = keep(Raw.signedIn(broker.plain(), door("door-1"), null));
    byte[] pings = new byte[64 * 1024];
    for (int i = 0; i < pings.length; i += 2) {
      System.arraycopy(Raw.ping(), 0, pings, i, 2);
    }
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 2000; i++) {
                raw.send(pings);
              }
            })
        .isInstanceOf(IOException.class);
    Eventually.becomes("the flood is over", SOON, () -> broker.broker().clients() == 1);
  }

  @Test
  void anAbsentClientsQueueKeepsTheNewest() throws Exception {
    start(Limits.USUAL.withQueue(50, 1024 * 1024));
    Credential door = door("door-1");
    Five before = Five.connect(broker, door, EmbeddedLimitsTest::lasting);
    before.subscribe(room(door));
    before.disconnect();
    for (int i = 0; i < 60; i++) {
      house.publish(room(door), "n" + i, false);
    }
    assertThat(broker.broker().droppedMessages()).isEqualTo(10);
    Five after =
        keep(
            Five.connect(
                broker,
                door,
                options -> {
                  lasting(options);
                  options.setCleanStart(false);
                }));
    for (int i = 10; i < 60; i++) {
      assertThat(after.next().text()).isEqualTo("n" + i);
    }
  }

  @Test
  void aFullHouseLetsNobodyInButWhoIsThereAlready() throws Exception {
    start(Limits.USUAL.withRoom(3, 10, 10));
    Credential first = door("door-1");
    keep(Five.connect(broker, first));
    keep(Five.connect(broker, door("door-2")));
    Credential third = door("door-3");
    assertThatThrownBy(() -> Five.connect(broker, third)).isInstanceOf(MqttException.class);
    assertThat(keep(Five.connect(broker, first)).isConnected()).isTrue();
    assertThat(broker.broker().clients()).isEqualTo(3);
  }

  @Test
  void theSessionThatWasAwayLongestMakesRoom() throws Exception {
    start(Limits.USUAL.withRoom(10, 3, 10));
    for (int i = 1; i <= 3; i++) {
      Five leaving = Five.connect(broker, door("door-" + i), EmbeddedLimitsTest::lasting);
      leaving.disconnect();
    }
    assertThat(resumes("door-1")).isFalse();
    assertThat(resumes("door-3")).isTrue();
  }

  @Test
  void theStoreOfRetainedMessagesHasABound() throws Exception {
    start(Limits.USUAL.withRoom(10, 10, 2));
    assertThat(house.publish("foyer/rooms/a/timeline", "a", true)).isZero();
    assertThat(house.publish("foyer/rooms/b/timeline", "b", true)).isZero();
    assertThat(house.publish("foyer/rooms/c/timeline", "c", true)).isEqualTo(0x97);
    assertThat(house.publish("foyer/rooms/a/timeline", "newer", true)).isZero();
    assertThat(house.publish("foyer/rooms/b/timeline", "", true)).isZero();
    assertThat(broker.broker().retained()).isEqualTo(1);
  }

  @Test
  void whoSaysNothingAfterConnectingIsCutOff() throws Exception {
    start(Limits.USUAL.withPatience(Duration.ofSeconds(1), SOON));
    Raw silent = keep(new Raw(broker.plain()));
    assertThat(silent.isCutOff()).isTrue();
  }

  private void start(Limits limits) throws MqttException {
    broker = keep(new EmbeddedUnderTest(limits));
    house = keep(Five.connect(broker, add("foyer-server", TopicRights.server())));
  }

  private boolean resumes(String id) throws MqttException {
    Credential door = door(id);
    try (Five five =
        Five.connect(
            broker,
            door,
            options -> {
              lasting(options);
              options.setCleanStart(false);
            })) {
      return five.sessionPresent();
    }
  }

  private Raw five(Credential as) throws IOException {
    Raw raw = keep(new Raw(broker.plain()));
    raw.send(Raw.connectFive(as));
    assertThat(raw.read()[0]).isEqualTo(Raw.CONNACK);
    return raw;
  }

  /** SUBSCRIBE of MQTT 5: the older packet with an empty list of properties after the packet id. */
  private static byte[] subscribeFive(String filter) {
    byte[] older = Raw.subscribe(filter, 1);
    byte[] newer = new byte[older.length + 1];
    System.arraycopy(older, 0, newer, 0, 4);
    System.arraycopy(older, 4, newer, 5, older.length - 4);
    newer[1]++;
    return newer;
  }

  private Credential door(String id) {
    return add(id, TopicRights.device(id, "sh", List.of("room-of-" + id)));
  }

  private static String room(Credential door) {
    return Topics.roomTimeline("room-of-" + door.id());
  }

  private Credential add(String id, TopicRights rights) {
    Credential credential = new Credential(id, "password-of-" + id, rights);
    credentials.removeIf(known -> known.id().equals(id));
    credentials.add(credential);
    broker.provision(credentials);
    return credential;
  }

  private static void lasting(MqttConnectionOptions options) {
    options.setSessionExpiryInterval(600L);
  }

  private <C extends AutoCloseable> C keep(C one) {
    open.add(one);
    return one;
  }
}
