package foyer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SubscriptionTreeTest {

  /** The tree finds whom a look at every filter finds, and keeps nothing of those who left. */
  @Property(tries = 500)
  void theTreeFindsWhomALookAtEveryFilterFinds(
      @ForAll("filters") List<String> filters, @ForAll("topics") String topic) {
    SubscriptionTree<Integer> tree = new SubscriptionTree<>();
    Map<Integer, String> all = new HashMap<>();
    for (int reader = 0; reader < filters.size(); reader++) {
      all.put(reader, filters.get(reader));
      tree.put(reader, subscription(filters.get(reader)));
    }
    assertThat(tree.match(topic).keySet()).isEqualTo(readers(all, topic));
    for (int reader = 0; reader < filters.size(); reader += 2) {
      tree.remove(reader, filters.get(reader));
      all.remove(reader);
    }
    assertThat(tree.match(topic).keySet()).isEqualTo(readers(all, topic));
    all.forEach(tree::remove);
    assertThat(tree.isEmpty()).isTrue();
  }

  @Provide
  Arbitrary<List<String>> filters() {
    return levels("a", "b", "", "+", "$x").list().ofMaxSize(12);
  }

  @Provide
  Arbitrary<String> topics() {
    return levels("a", "b", "", "$x");
  }

  private static Arbitrary<String> levels(String... of) {
    return Arbitraries.of(of).list().ofMinSize(1).ofMaxSize(3).map(all -> String.join("/", all));
  }

  private static Subscription subscription(String filter) {
    return new Subscription(filter, MqttQoS.AT_LEAST_ONCE, false, false, 0);
  }

  /** Matching as MQTT 5 §4.7 has it, as a regular expression. */
  private static Set<Integer> readers(Map<Integer, String> filters, String topic) {
    return filters.keySet().stream()
        .filter(
            reader -> {
              String filter = filters.get(reader);
              return topic.matches(filter.replace("$", "\\$").replace("+", "[^/]*"))
                  && !(filter.startsWith("+") && topic.startsWith("$"));
            })
        .collect(Collectors.toSet());
  }
}
