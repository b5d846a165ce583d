package foyer.broker;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.device.Credential;
import foyer.testing.Eventually;
import foyer.wire.TopicRights;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Whatever one client sends, the others do not notice. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EmbeddedNonsenseTest {

  private static final int ROUNDS = 1500;
  private static final int LOOK_EVERY = 25;
  private static final String ROOM = "foyer/rooms/a/timeline";

  private static final Credential SERVER =
      new Credential("foyer-server", "of-the-server", TopicRights.server());
  private static final Credential DOOR =
      new Credential("door-1", "of-the-door", TopicRights.device("door-1", "sh", List.of("a")));
  private static final Credential FOOL =
      new Credential("door-2", "of-the-fool", TopicRights.device("door-2", "sh", List.of("b")));

  private final EmbeddedUnderTest broker = new EmbeddedUnderTest();

  @BeforeAll
  void provision() {
    broker.provision(List.of(SERVER, DOOR, FOOL));
  }

  @AfterAll
  void stop() {
    broker.close();
  }

  @Test
  void nonsenseOfOneIsNotNoticedByOthers() throws Exception {
    Random random = new Random(20_261_122);
    try (Five house = Five.connect(broker, SERVER);
        Five display = Five.connect(broker, DOOR)) {
      display.subscribe(ROOM);
      for (int round = 0; round < ROUNDS; round++) {
        talkNonsense(random);
        if (round % LOOK_EVERY == 0) {
          assertThat(house.publish(ROOM, "round " + round, false)).as("%d", round).isZero();
          assertThat(display.next().text()).isEqualTo("round " + round);
        }
      }
      assertThat(display.isConnected()).isTrue();
      Eventually.becomes("only the two are left", () -> broker.broker().clients() == 2);
    }
    try (Five sane = Five.connect(broker, FOOL)) {
      assertThat(sane.subscribe("foyer/rooms/b/timeline")).isEqualTo(1);
    }
  }

  private void talkNonsense(Random random) throws IOException {
    try (Raw raw = new Raw(broker.plain())) {
      if (random.nextInt(3) > 0) {
        raw.send(random.nextBoolean() ? Raw.connect(FOOL, null) : Raw.connectFive(FOOL));
        raw.read();
      }
      for (int i = random.nextInt(6); i >= 0; i--) {
        raw.send(nonsense(random));
      }
    } catch (java.net.SocketException | java.io.EOFException cutOff) {
      assertThat(cutOff).isNotNull();
    }
  }

  private static byte[] nonsense(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> randomBytes(random, random.nextInt(300));
      case 1 -> mutated(valid(random), random);
      case 2 -> truncated(valid(random), random);
      case 3 -> wrongLength(valid(random), random);
      default -> endless(random);
    };
  }

  private static byte[] valid(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Raw.connect(FOOL, "foyer/devices/door-2/status");
      case 1 -> Raw.connectFive(FOOL);
      case 2 -> Raw.subscribe("foyer/rooms/b/timeline", random.nextInt(4));
      case 3 -> Raw.publish("foyer/devices/door-2/up", "hello");
      case 4 -> Raw.ping();
      default -> new byte[] {(byte) (random.nextInt(16) << 4), 2, 0, 1};
    };
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] mutated(byte[] packet, Random random) {
    for (int i = random.nextInt(4); i >= 0; i--) {
      packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
    }
    return packet;
  }

  private static byte[] truncated(byte[] packet, Random random) {
    return Arrays.copyOf(packet, random.nextInt(packet.length));
  }

  private static byte[] wrongLength(byte[] packet, Random random) {
    packet[1] = (byte) random.nextInt(128);
    return packet;
  }

  /** A packet that says it is up to 256 MiB long, and its beginning. */
  private static byte[] endless(Random random) {
    ByteArrayOutputStream packet = new ByteArrayOutputStream();
    packet.write(random.nextInt(256));
    packet.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF});
    packet.write(random.nextInt(256));
    packet.writeBytes(randomBytes(random, random.nextInt(2000)));
    return packet.toByteArray();
  }
}
