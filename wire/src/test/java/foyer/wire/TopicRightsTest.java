package foyer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TopicRightsTest {

  private static final TopicRights DOOR = TopicRights.device("door-1", "sh", List.of("sh-0801"));

  @Test
  void aDoorHearsItsRoomItsSiteAndItself() {
    assertThat(DOOR.maySubscribe("foyer/rooms/sh-0801/timeline")).isTrue();
    assertThat(DOOR.maySubscribe("foyer/sites/sh/emergency")).isTrue();
    assertThat(DOOR.maySubscribe("foyer/devices/door-1/command")).isTrue();
    assertThat(DOOR.mayPublish("foyer/devices/door-1/status")).isTrue();
    assertThat(DOOR.mayPublish("foyer/devices/door-1/up")).isTrue();
  }

  @Test
  void aDoorWritesNoTimelineAndSpeaksForNobodyElse() {
    assertThat(DOOR.mayPublish("foyer/rooms/sh-0801/timeline")).isFalse();
    assertThat(DOOR.mayPublish("foyer/devices/door-2/status")).isFalse();
    assertThat(DOOR.mayPublish("foyer/devices/door-1/command")).isFalse();
    assertThat(DOOR.maySubscribe("foyer/rooms/sh-0802/timeline")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "#",
        "+",
        "foyer/#",
        "foyer/rooms/#",
        "foyer/rooms/+/timeline/#",
        "+/+/+/+",
        "foyer/+/+/timeline",
        "$SYS/#",
        "$CONTROL/dynamic-security/v1",
        "$share/g/foyer/rooms/sh-0801/timeline",
        "/foyer/rooms/sh-0801/timeline",
        "foyer/rooms/sh-0801/timeline/",
        "foyer/rooms//timeline/x",
        "foyer/rooms/a+/timeline",
        "foyer/rooms/a\u0000b/timeline"
      })
  void nobodyOfTheHouseMaySubscribeToThis(String filter) {
    assertThat(DOOR.maySubscribe(filter)).isFalse();
    assertThat(TopicRights.integration().maySubscribe(filter)).isFalse();
    assertThat(TopicRights.server().maySubscribe(filter)).isFalse();
    assertThat(TopicRights.gateway().maySubscribe(filter)).isFalse();
  }

  @Test
  void aWildcardIsNoTopicToPublishTo() {
    assertThat(TopicRights.server().mayPublish("foyer/rooms/sh-0801/timeline")).isTrue();
    assertThat(TopicRights.server().mayPublish("foyer/rooms/+/timeline")).isFalse();
  }

  @Test
  void aLeadingWildcardDoesNotReachTheBrokersOwnTopics() {
    TopicRights wide = new TopicRights(List.of("+/uptime"), List.of("+/uptime"));
    assertThat(wide.maySubscribe("house/uptime")).isTrue();
    assertThat(wide.maySubscribe("$SYS/uptime")).isFalse();
    assertThat(wide.mayPublish("$SYS/uptime")).isFalse();
  }

  /** Whatever a permitted filter matches is something that the rights permit by themselves. */
  @Property(tries = 2000)
  void whatMayBeSubscribedShowsNothingThatMayNotBeRead(
      @ForAll("filters") String allowed,
      @ForAll("filters") String asked,
      @ForAll("topics") String topic) {
    TopicRights rights = new TopicRights(List.of(allowed), List.of(allowed));
    if (rights.maySubscribe(asked) && matches(asked, topic)) {
      assertThat(matches(allowed, topic)).isTrue();
    }
    assertThat(rights.mayPublish(topic)).isEqualTo(matches(allowed, topic));
    assertThat(rights.maySubscribe(topic)).isEqualTo(matches(allowed, topic));
  }

  @Property(tries = 2000)
  void noTextAtAllMakesAnEmptyRightPermitSomething(@ForAll String anything) {
    TopicRights none = new TopicRights(List.of(), List.of());
    assertThat(none.maySubscribe(anything)).isFalse();
    assertThat(none.mayPublish(anything)).isFalse();
  }

  @Provide
  Arbitrary<String> filters() {
    return levels("a", "b", "", "+", "$x");
  }

  @Provide
  Arbitrary<String> topics() {
    return levels("a", "b", "", "$x").filter(topic -> !topic.isEmpty());
  }

  private static Arbitrary<String> levels(String... of) {
    return Arbitraries.of(of).list().ofMinSize(1).ofMaxSize(4).map(all -> String.join("/", all));
  }

  /** Matching as MQTT 5 §4.7 has it, written the other way round: as a regular expression. */
  private static boolean matches(String filter, String topic) {
    String expression = filter.replace("$", "\\$").replace("+", "[^/]*");
    return topic.matches(expression) && !(filter.startsWith("+") && topic.startsWith("$"));
  }
}
