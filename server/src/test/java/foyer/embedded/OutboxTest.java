package foyer.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class OutboxTest {

  private final Outbox outbox = new Outbox(10, 1000);

  @Test
  void theWindowHoldsBackUntilSomethingIsAcknowledged() {
    add("a", "b", "c");
    Outbox.Sending first = next(2);
    next(2);
    assertThat(outbox.next(2, 0)).isNull();
    outbox.acknowledged(first.id());
    assertThat(text(next(2))).isEqualTo("c");
  }

  @Test
  void onANewConnectionWhatWasInFlightComesFirstInOrderWithinTheWindow() {
    add("a", "b", "c");
    Outbox.Sending first = next(2);
    Outbox.Sending second = next(2);
    outbox.repeat();
    assertThat(next(1)).isEqualTo(new Outbox.Sending(first.id(), first.outgoing(), true));
    assertThat(outbox.next(1, 0)).isNull();
    outbox.acknowledged(first.id());
    assertThat(next(1)).isEqualTo(new Outbox.Sending(second.id(), second.outgoing(), true));
    outbox.acknowledged(second.id());
    assertThat(next(1).again()).isFalse();
  }

  @Test
  void bytesAreFreedByAcknowledgementsAndByRightsThatAreLost() {
    String big = "x".repeat(480);
    add(big, big);
    assertThat(outbox.add(outgoing("y".repeat(60), MqttQoS.AT_LEAST_ONCE))).isFalse();
    outbox.acknowledged(next(5).id());
    add("y".repeat(60));
    outbox.retainIf(message -> false);
    assertThat(outbox.size()).isZero();
    add(big, big);
  }

  @Test
  void qosZeroGetsHalfOfTheRoom() {
    for (int i = 0; i < 5; i++) {
      assertThat(outbox.add(outgoing("n", MqttQoS.AT_MOST_ONCE))).isTrue();
    }
    assertThat(outbox.add(outgoing("n", MqttQoS.AT_MOST_ONCE))).isFalse();
    assertThat(outbox.add(outgoing("n", MqttQoS.AT_LEAST_ONCE))).isTrue();
  }

  @Test
  void packetIdsInFlightAreNotGivenTwice() {
    add("stays");
    int taken = next(5).id();
    for (int i = 0; i < 70_000; i++) {
      add("goes");
      int id = next(5).id();
      assertThat(id).isNotEqualTo(taken).isBetween(1, 65_535);
      outbox.acknowledged(id);
    }
  }

  private void add(String... texts) {
    for (String text : texts) {
      assertThat(outbox.add(outgoing(text, MqttQoS.AT_LEAST_ONCE))).isTrue();
    }
  }

  private Outbox.Sending next(int window) {
    return Objects.requireNonNull(outbox.next(window, 0));
  }

  private static String text(Outbox.Sending sending) {
    return sending.outgoing().message().payload().toString();
  }

  private static Outgoing outgoing(String text, MqttQoS qos) {
    Message message =
        new Message("t", Buffer.buffer(text), qos, false, List.of(), Long.MAX_VALUE, "p");
    return new Outgoing(message, qos, false, List.of());
  }
}
