package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.device.Credential;
import foyer.device.MosquittoRights.Changes;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The broker's dynamic security becomes what the rows say, and nothing else. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class MosquittoRightsTest {

  private MosquittoUnderTest broker;

  @BeforeAll
  void start() {
    broker = new MosquittoUnderTest();
  }

  @BeforeEach
  void nobodyHasACredential() {
    broker.rights().apply(List.of());
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void aSecondCallChangesNothingAndCutsNobodyOff() throws Exception {
    List<Credential> wanted = List.of(door("door-1", "a"), door("door-2", "b"));
    assertThat(broker.rights().apply(wanted)).isEqualTo(new Changes(2, 0, 0));
    try (Five display = Five.connect(broker, wanted.getFirst())) {
      assertThat(broker.rights().apply(wanted)).isEqualTo(new Changes(0, 0, 0));
      assertThat(broker.rights().apply(with(wanted, door("door-3", "c"))))
          .isEqualTo(new Changes(1, 0, 0));
      assertThat(display.subscribe(Topics.roomTimeline("a"))).isEqualTo(1);
    }
  }

  @Test
  void aNewPasswordReplacesTheOldOne() throws Exception {
    Credential before = door("door-1", "a");
    Credential after = new Credential(before.id(), "another-password", before.rights());
    broker.rights().apply(List.of(before));
    assertThat(broker.rights().apply(List.of(after))).isEqualTo(new Changes(0, 1, 0));
    assertThatThrownBy(() -> Five.connect(broker, before)).isInstanceOf(MqttException.class);
    try (Five display = Five.connect(broker, after)) {
      assertThat(display.isConnected()).isTrue();
    }
  }

  @Test
  void newRightsReplaceTheOldOnes() throws Exception {
    broker.rights().apply(List.of(door("door-1", "a")));
    Credential moved = door("door-1", "b");
    assertThat(broker.rights().apply(List.of(moved))).isEqualTo(new Changes(0, 1, 0));
    try (Five display = Five.connect(broker, moved)) {
      assertThat(display.subscribe(Topics.roomTimeline("b"))).isEqualTo(1);
      assertThat(display.subscribe(Topics.roomTimeline("a")))
          .isGreaterThanOrEqualTo(BrokerSuite.REFUSED);
    }
  }

  @Test
  void whoIsNotInTheListIsCutOffAndForgotten() throws Exception {
    Credential door = door("door-1", "a");
    broker.rights().apply(List.of(door));
    try (Five display = Five.connect(broker, door)) {
      assertThat(broker.rights().apply(List.of())).isEqualTo(new Changes(0, 0, 1));
      display.end();
      assertThatThrownBy(() -> Five.connect(broker, door)).isInstanceOf(MqttException.class);
    }
  }

  @Test
  void moreCredentialsThanFitOnAPageAreSetAndReadBack() {
    List<Credential> wanted =
        IntStream.range(0, 120).mapToObj(i -> door("door-" + i, "room-" + i)).toList();
    assertThat(broker.rights().apply(wanted)).isEqualTo(new Changes(120, 0, 0));
    assertThat(broker.rights().apply(wanted)).isEqualTo(new Changes(0, 0, 0));
    assertThat(broker.rights().apply(wanted.subList(0, 20))).isEqualTo(new Changes(0, 0, 100));
  }

  @Test
  void whatAnOperatorAddedIsLeftAlone() throws Exception {
    broker.command(
        """
        {"commands":[{"command":"createRole","rolename":"operator","acls":[
          {"acltype":"subscribePattern","topic":"foyer/rooms/+/timeline","allow":true}]},
         {"command":"createClient","username":"nagios","password":"a-password-of-nagios",
          "roles":[{"rolename":"operator"}]}]}\
        """);
    broker.rights().apply(List.of(door("door-1", "a")));
    broker.rights().apply(List.of());
    Credential nagios = new Credential("nagios", "a-password-of-nagios", TopicRights.integration());
    try (Five watcher = Five.connect(broker, nagios)) {
      assertThat(watcher.subscribe("foyer/rooms/+/timeline")).isEqualTo(1);
    }
  }

  @Test
  void whatSomebodyChangedByHandIsPutRight() throws Exception {
    Credential door = door("door-1", "a");
    broker.rights().apply(List.of(door));
    broker.command(
        """
        {"commands":[{"command":"disableClient","username":"door-1"},
         {"command":"setDefaultACLAccess","acls":[{"acltype":"subscribe","allow":true}]}]}\
        """);
    assertThat(broker.rights().apply(List.of(door))).isEqualTo(new Changes(0, 1, 0));
    try (Five display = Five.connect(broker, door)) {
      assertThat(display.subscribe("foyer/rooms/b/timeline"))
          .isGreaterThanOrEqualTo(BrokerSuite.REFUSED);
    }
  }

  @Test
  void theAdministratorReadsNoTopics() throws Exception {
    try (Five admin = Five.connect(broker, MosquittoUnderTest.ADMIN)) {
      for (String filter : List.of("#", "$SYS/#", "foyer/rooms/+/timeline")) {
        assertThat(admin.subscribe(filter)).as(filter).isGreaterThanOrEqualTo(BrokerSuite.REFUSED);
      }
      assertThat(admin.publish("foyer/rooms/a/timeline", "forged", true))
          .isGreaterThanOrEqualTo(BrokerSuite.REFUSED);
    }
  }

  @Test
  void theTlsListenerTakesWhoTrustsItsCertificateAndNoPlainTalk() throws Exception {
    Credential door = door("door-1", "a");
    broker.rights().apply(List.of(door));
    String tls = broker.tls().toString();
    try (Five display =
        Five.connect(tls, door, options -> broker.trust().ifPresent(options::setSocketFactory))) {
      assertThat(display.isConnected()).isTrue();
    }
    assertThatThrownBy(() -> Certificate.greetAsAStranger(broker.tls().getPort()))
        .isInstanceOf(SSLHandshakeException.class);
    try (Raw plain = new Raw(broker.tls())) {
      plain.send(Raw.connect(door, null));
      assertThat(plain.isCutOff()).isTrue();
    }
  }

  private static Credential door(String id, String room) {
    return new Credential(id, "password-of-" + id, TopicRights.device(id, "sh", List.of(room)));
  }

  private static List<Credential> with(List<Credential> some, Credential another) {
    List<Credential> all = new ArrayList<>(some);
    all.add(another);
    return all;
  }
}
