package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.device.Credential;
import foyer.testing.Eventually;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Foyer asks of a broker; both brokers are held to it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerSuite {

  /** Reason codes from here on are refusals. */
  static final int REFUSED = 0x80;

  private final List<Credential> credentials = new ArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private int devices;
  BrokerUnderTest broker;
  Credential server;
  Five house;

  abstract BrokerUnderTest start();

  @BeforeAll
  void startBroker() {
    broker = start();
  }

  @AfterAll
  void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void theServerConnects() throws MqttException {
    credentials.clear();
    server = add("foyer-server", TopicRights.server());
    house = five(server);
  }

  @AfterEach
  void everybodyLeaves() throws Exception {
    for (Credential credential : credentials) {
      if (credential.id().startsWith("door-")) {
        house.publish(room(credential), "", true);
      }
    }
    for (AutoCloseable client : open) {
      client.close();
    }
    open.clear();
  }

  @Test
  void aDoorHearsItsRoom() throws Exception {
    Credential door = door();
    Five display = five(door);
    assertThat(display.subscribe(room(door))).isEqualTo(1);
    assertThat(house.publish(room(door), "空闲", false)).isLessThan(REFUSED);
    assertThat(display.next()).isEqualTo(new Heard(room(door), "空闲", 1, false, false));
  }

  @Test
  void aDoorOfTheOlderProtocolHearsItsRoom() throws Exception {
    Credential door = door();
    ThreeOneOne display = three(door);
    assertThat(display.subscribe(room(door))).isEqualTo(1);
    house.publish(room(door), "空闲", false);
    assertThat(display.next()).isEqualTo(new Heard(room(door), "空闲", 1, false, false));
  }

  @Test
  void aWrongPasswordIsRefused() {
    Credential door = door();
    Credential wrong = new Credential(door.id(), "wrong", door.rights());
    assertThatThrownBy(() -> five(wrong)).isInstanceOf(MqttException.class);
    assertThatThrownBy(() -> three(wrong))
        .isInstanceOf(org.eclipse.paho.client.mqttv3.MqttException.class);
  }

  @Test
  void nobodyComesInWithoutAName() {
    Credential door = door();
    assertThatThrownBy(
            () ->
                Five.connect(
                    broker,
                    door,
                    options -> {
                      options.setUserName(null);
                      options.setPassword(null);
                    }))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void aCredentialIsGoodForItsOwnClientIdOnly() {
    Credential door = door();
    Credential other = door();
    assertThatThrownBy(
            () ->
                Five.connect(
                    broker,
                    door,
                    options -> {
                      options.setUserName(other.id());
                      options.setPassword(other.password().getBytes(StandardCharsets.UTF_8));
                    }))
        .isInstanceOf(MqttException.class);
  }

  @Test
  void whatADoorPublishesToATimelineNobodySees() throws Exception {
    Credential door = door();
    Five witness = five(add("witness-a", TopicRights.integration()));
    assertThat(witness.subscribe("foyer/rooms/+/timeline")).isEqualTo(1);
    Five display = five(door);
    assertThat(display.publish(room(door), "forged", true)).isGreaterThanOrEqualTo(REFUSED);
    ThreeOneOne older = three(door());
    older.publish(room(door), "forged", true);
    house.publish(room(door), "true", false);
    assertThat(witness.next().text()).isEqualTo("true");
    assertThat(witness.already()).isEmpty();
  }

  @Test
  void aDoorMayNotHearAnotherRoom() throws Exception {
    Credential door = door();
    Credential other = door();
    Five display = five(door);
    assertThat(display.subscribe(room(other))).isGreaterThanOrEqualTo(REFUSED);
    assertThat(display.subscribe(room(door))).isEqualTo(1);
    assertThat(three(other).subscribe(room(door))).isEqualTo(REFUSED);
    house.publish(room(other), "of others", true);
    house.publish(room(door), "own", false);
    assertThat(display.next().text()).isEqualTo("own");
    assertThat(display.already()).isEmpty();
    house.publish(room(other), "", true);
  }

  @Test
  void wideNetsAreRefused() throws Exception {
    Credential door = door();
    Five display = five(door);
    for (String net :
        List.of("#", "+/+/+/+", "foyer/#", "$SYS/#", "$CONTROL/#", "$SYS/broker/uptime")) {
      assertThat(display.subscribe(net)).as(net).isGreaterThanOrEqualTo(REFUSED);
    }
    assertThat(display.subscribe("foyer/rooms/+/timeline")).isGreaterThanOrEqualTo(REFUSED);
    assertThat(display.subscribe(room(door))).isEqualTo(1);
    Credential everywhere = add("integration-a", TopicRights.integration());
    Five integration = five(everywhere);
    assertThat(integration.subscribe("#")).isGreaterThanOrEqualTo(REFUSED);
    assertThat(integration.subscribe("foyer/+/+/timeline")).isGreaterThanOrEqualTo(REFUSED);
    ThreeOneOne older = three(door());
    assertThat(older.subscribe("#")).isEqualTo(REFUSED);
    assertThat(older.subscribe("$SYS/#")).isEqualTo(REFUSED);
  }

  @Test
  void sharedSubscriptionsAreRefused() throws Exception {
    Credential door = door();
    try (Raw raw = Raw.signedIn(broker.plain(), door, null)) {
      raw.send(Raw.subscribe("$share/group/" + room(door), 1));
      int[] answer = raw.read();
      assertThat(answer[0]).isEqualTo(Raw.SUBACK);
      assertThat(answer[3]).isGreaterThanOrEqualTo(REFUSED);
    }
  }

  @Test
  void aRetainedTimelineIsShownToWhoComesLaterAndReplacedAndCleared() throws Exception {
    Credential door = door();
    house.publish(room(door), "first", true);
    house.publish(room(door), "second", true);
    Five display = five(door);
    display.subscribe(room(door));
    assertThat(display.next()).isEqualTo(new Heard(room(door), "second", 1, true, false));
    house.publish(room(door), "third", true);
    assertThat(display.next()).isEqualTo(new Heard(room(door), "third", 1, false, false));
    house.publish(room(door), "", true);
    assertThat(display.next().text()).isEmpty();
    display.unsubscribe(room(door));
    display.subscribe(room(door));
    house.publish(room(door), "live", false);
    assertThat(display.next().text()).isEqualTo("live");
  }

  @Test
  void aRetainedTimelineIsAskedForOnlyWhereTheSubscriptionSaysSo() throws Exception {
    Credential door = door();
    house.publish(room(door), "kept", true);
    Five display = five(door);
    MqttSubscription never = new MqttSubscription(room(door), 1);
    never.setRetainHandling(2);
    never.setRetainAsPublished(true);
    display.subscribe(never);
    house.publish(room(door), "live", true);
    assertThat(display.next()).isEqualTo(new Heard(room(door), "live", 1, true, false));
    MqttSubscription onlyNew = new MqttSubscription(room(door), 1);
    onlyNew.setRetainHandling(1);
    display.subscribe(onlyNew);
    house.publish(room(door), "", true);
    assertThat(display.next().text()).isEmpty();
  }

  @Test
  void aPublisherDoesNotHearItselfWhereItSaysSo() throws Exception {
    Five hub = five(add("hub-a", new TopicRights(List.of("foyer/x/y"), List.of("foyer/x/y"))));
    MqttSubscription others = new MqttSubscription("foyer/x/y", 1);
    others.setNoLocal(true);
    hub.subscribe(others);
    hub.publish("foyer/x/y", "own", false);
    Five other = five(add("hub-b", new TopicRights(List.of(), List.of("foyer/x/y"))));
    other.publish("foyer/x/y", "another's", false);
    assertThat(hub.next().text()).isEqualTo("another's");
  }

  @Test
  void aLastWillIsPublishedWhenTheConnectionBreaks() throws Exception {
    Credential door = door();
    house.subscribe("foyer/devices/+/status");
    Raw raw = Raw.signedIn(broker.plain(), door, Topics.deviceStatus(door.id()));
    raw.close();
    assertThat(house.next())
        .isEqualTo(new Heard(Topics.deviceStatus(door.id()), "gone", 1, false, false));
  }

  @Test
  void aLastWillIsNotPublishedAfterAFarewell() throws Exception {
    Credential door = door();
    String status = Topics.deviceStatus(door.id());
    house.subscribe("foyer/devices/+/status");
    Five polite = five(door, options -> options.setWill(status, message("gone")));
    polite.disconnect();
    Five again = five(door);
    again.publish(status, "back", false);
    assertThat(house.next().text()).isEqualTo("back");
  }

  @Test
  void aLastWillToAForeignTopicReachesNobody() throws Exception {
    Credential door = door();
    Credential other = door();
    Five witness = five(add("witness-b", TopicRights.integration()));
    witness.subscribe("foyer/rooms/+/timeline");
    try (Raw raw = new Raw(broker.plain())) {
      raw.send(Raw.connect(door, room(other)));
      raw.read();
    }
    Five again = five(door);
    assertThat(again.isConnected()).isTrue();
    house.publish(room(other), "true", false);
    assertThat(witness.next().text()).isEqualTo("true");
  }

  @Test
  void aDelayedWillIsNotPublishedIfTheClientComesBackInTime() throws Exception {
    Credential door = door();
    String status = Topics.deviceStatus(door.id());
    house.subscribe("foyer/devices/+/status");
    Five first = five(door, delayed(status, 60L));
    Five second = five(door, options -> lasting(options, false));
    first.end();
    assertThat(second.sessionPresent()).isTrue();
    second.publish(status, "still here", false);
    assertThat(house.next().text()).isEqualTo("still here");
  }

  @Test
  void aDelayedWillIsPublishedAfterItsDelay() throws Exception {
    Credential door = door();
    String status = Topics.deviceStatus(door.id());
    house.subscribe("foyer/devices/+/status");
    five(door, delayed(status, 1L)).breakOff();
    assertThat(house.next().text()).isEqualTo("gone");
  }

  @Test
  void aSessionIsResumedWithWhatCameMeanwhileInOrder() throws Exception {
    Credential door = door();
    Five before = five(door, options -> lasting(options, true));
    before.subscribe(room(door));
    before.disconnect();
    for (int i = 0; i < 150; i++) {
      house.publish(room(door), "n" + i, false);
    }
    Five after = five(door, options -> lasting(options, false));
    assertThat(after.sessionPresent()).isTrue();
    for (int i = 0; i < 150; i++) {
      assertThat(after.next().text()).isEqualTo("n" + i);
    }
  }

  @Test
  void aSessionOfTheOlderProtocolIsResumed() throws Exception {
    Credential door = door();
    ThreeOneOne before = three(door, options -> options.setCleanSession(false));
    before.subscribe(room(door));
    before.close();
    house.publish(room(door), "meanwhile", false);
    ThreeOneOne after = three(door, options -> options.setCleanSession(false));
    assertThat(after.next().text()).isEqualTo("meanwhile");
  }

  @Test
  void aCleanStartForgetsTheSession() throws Exception {
    Credential door = door();
    Five before = five(door, options -> lasting(options, true));
    before.subscribe(room(door));
    before.disconnect();
    house.publish(room(door), "meanwhile", false);
    Five after = five(door, options -> lasting(options, true));
    assertThat(after.sessionPresent()).isFalse();
    after.subscribe(room(door));
    house.publish(room(door), "now", false);
    assertThat(after.next().text()).isEqualTo("now");
  }

  @Test
  void whatWasNotAcknowledgedComesAgainAndSaysSo() throws Exception {
    Credential door = door();
    Five before = five(door, options -> lasting(options, true));
    before.subscribe(room(door));
    before.disconnect();
    house.publish(room(door), "unacknowledged", false);
    try (Raw raw = new Raw(broker.plain())) {
      raw.send(persistent(Raw.connect(door, null)));
      raw.read();
      assertThat(raw.read()[0]).isEqualTo(Raw.PUBLISH_AT_QOS_1);
    }
    try (Raw raw = new Raw(broker.plain())) {
      raw.send(persistent(Raw.connect(door, null)));
      raw.read();
      assertThat(raw.read()[0]).isEqualTo(Raw.PUBLISH_AT_QOS_1 | Raw.AGAIN);
    }
  }

  @Test
  void aMessageThatExpiresWhileTheClientIsAwayIsNotShown() throws Exception {
    Credential door = door();
    Five before = five(door, options -> lasting(options, true));
    before.subscribe(room(door));
    before.disconnect();
    house.publish(room(door), expiring("brief", 1));
    Five waiting = five(add("hub-c", new TopicRights(List.of("foyer/x/z"), List.of("foyer/x/z"))));
    MqttMessage mark = expiring("mark", 3);
    mark.setRetained(true);
    waiting.publish("foyer/x/z", mark);
    Eventually.becomes("a retained message expires", () -> !isShown(waiting, "mark"));
    house.publish(room(door), "lasting", false);
    Five after = five(door, options -> lasting(options, false));
    assertThat(after.next().text()).isEqualTo("lasting");
  }

  @Test
  void aSecondConnectionOfTheSameClientTakesOver() throws Exception {
    Credential door = door();
    Five first = five(door);
    Five second = five(door);
    first.end();
    assertThat(second.isConnected()).isTrue();
    ThreeOneOne third = three(door);
    second.end();
    assertThat(first.isConnected() || second.isConnected()).isFalse();
    assertThat(third.subscribe(room(door))).isEqualTo(1);
  }

  @Test
  void aPublicationAtQosTwoEndsTheConnection() throws Exception {
    Credential door = door();
    try (Raw raw = Raw.signedIn(broker.plain(), door, null)) {
      byte[] packet = Raw.publish(Topics.deviceUp(door.id()), "twice");
      packet[0] = 0x34;
      raw.send(packet);
      assertThat(raw.isCutOff()).isTrue();
    }
  }

  @Test
  void aSubscriptionAtQosTwoIsServedAtQosOne() throws Exception {
    Credential door = door();
    Five display = five(door);
    assertThat(display.subscribe(new MqttSubscription(room(door), 2))).isLessThanOrEqualTo(2);
    house.publish(room(door), "once", false);
    assertThat(display.next().qos()).isEqualTo(1);
  }

  @Test
  void aLargeMessagePassesAndATooLargeOneEndsTheConnection() throws Exception {
    Credential door = door();
    house.subscribe("foyer/devices/+/up");
    Five display = five(door);
    String up = Topics.deviceUp(door.id());
    assertThat(display.publish(up, "x".repeat(60_000), false)).isLessThan(REFUSED);
    assertThat(house.next().text()).hasSize(60_000);
    try (Raw raw = Raw.signedIn(broker.plain(), door, null)) {
      raw.send(Raw.publish(up, "y".repeat(70_000)));
      assertThat(raw.isCutOff()).isTrue();
    }
    assertThat(house.already()).isEmpty();
  }

  @Test
  void aBrowserComesInByWebSocket() throws Exception {
    Credential door = door();
    Five display =
        keep(
            Five.connect(
                broker.webSocket().toString(),
                door,
                options -> broker.trust().ifPresent(options::setSocketFactory)));
    display.subscribe(room(door));
    house.publish(room(door), "x".repeat(16_000), false);
    assertThat(display.next().text()).hasSize(16_000);
    assertThat(display.publish(room(door), "forged", false)).isGreaterThanOrEqualTo(REFUSED);
  }

  @Test
  void whoDoesNotReadDoesNotHoldUpTheOthers() throws Exception {
    Credential slow = door();
    Credential witness = add("witness-c", TopicRights.integration());
    Five fast = five(witness);
    fast.subscribe("foyer/rooms/+/timeline");
    try (Raw raw = Raw.signedIn(broker.plain(), slow, null)) {
      raw.send(Raw.subscribe(room(slow), 1));
      raw.read();
      String payload = "z".repeat(60_000);
      for (int i = 0; i < 120; i++) {
        assertThat(house.publish(room(slow), i + " " + payload, false)).isLessThan(REFUSED);
        assertThat(fast.next().text()).startsWith(i + " ");
      }
    }
  }

  @Test
  void aWithdrawnCredentialIsCutOffWithinTwoSeconds() throws Exception {
    Credential door = door();
    Five display = five(door);
    display.subscribe(room(door));
    Instant before = Instant.now();
    credentials.remove(door);
    broker.provision(credentials);
    display.end();
    assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
    assertThatThrownBy(() -> five(door)).isInstanceOf(MqttException.class);
  }

  @Test
  void theShellsClientsSeeTheSameBytes() throws Exception {
    Credential door = door();
    house.publish(room(door), "{\"type\":\"timeline\"}", true);
    List<String> command =
        List.of(
            "mosquitto_sub",
            "-V",
            "mqttv5",
            "-h",
            "127.0.0.1",
            "-p",
            String.valueOf(broker.plain().getPort()),
            "-i",
            door.id(),
            "-u",
            door.id(),
            "-P",
            door.password(),
            "-t",
            room(door),
            "-q",
            "1",
            "-C",
            "1",
            "-W",
            "10");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).isEqualTo("{\"type\":\"timeline\"}\n");
  }

  /** A new door with a room of its own. */
  Credential door() {
    String name = "door-" + ++devices;
    return add(name, TopicRights.device(name, "sh", List.of("room-of-" + name)));
  }

  static String room(Credential door) {
    return Topics.roomTimeline("room-of-" + door.id());
  }

  Credential add(String id, TopicRights rights) {
    Credential credential = new Credential(id, "password-of-" + id, rights);
    credentials.add(credential);
    broker.provision(credentials);
    return credential;
  }

  Five five(Credential as) throws MqttException {
    return keep(Five.connect(broker, as));
  }

  Five five(Credential as, Consumer<MqttConnectionOptions> with) throws MqttException {
    return keep(Five.connect(broker, as, with));
  }

  ThreeOneOne three(Credential as) throws org.eclipse.paho.client.mqttv3.MqttException {
    return keep(ThreeOneOne.connect(broker, as));
  }

  private ThreeOneOne three(
      Credential as, Consumer<org.eclipse.paho.client.mqttv3.MqttConnectOptions> with)
      throws org.eclipse.paho.client.mqttv3.MqttException {
    return keep(ThreeOneOne.connect(broker, as, with));
  }

  <C extends AutoCloseable> C keep(C client) {
    open.add(client);
    return client;
  }

  static MqttMessage message(String text) {
    MqttMessage message = new MqttMessage(text.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    message.setProperties(new org.eclipse.paho.mqttv5.common.packet.MqttProperties());
    return message;
  }

  private static MqttMessage expiring(String text, long seconds) {
    MqttMessage message = message(text);
    message.getProperties().setMessageExpiryInterval(seconds);
    return message;
  }

  /** Whether a new subscription is shown this retained message before anything live. */
  private static boolean isShown(Five client, String text) throws Exception {
    client.subscribe("foyer/x/z");
    client.publish("foyer/x/z", "live", false);
    boolean shown = client.next().text().equals(text);
    if (shown) {
      client.next();
    }
    client.unsubscribe("foyer/x/z");
    return shown;
  }

  private static void lasting(MqttConnectionOptions options, boolean clean) {
    options.setCleanStart(clean);
    options.setSessionExpiryInterval(600L);
  }

  private static Consumer<MqttConnectionOptions> delayed(String topic, long seconds) {
    return options -> {
      lasting(options, true);
      options.setWill(topic, message("gone"));
      options.getWillMessageProperties().setWillDelayInterval(seconds);
    };
  }

  /** The same CONNECT without the clean session flag. */
  private static byte[] persistent(byte[] connect) {
    connect[9] &= ~0x02;
    return connect;
  }
}
