package foyer.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files that the tests of Java and JavaScript share: each is what Java writes, byte for byte.
 */
class GoldenFilesTest {

  private static final Path GOLDEN = Path.of("golden");

  static Stream<Path> files() throws IOException {
    return Files.list(GOLDEN).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void aTimelineIsWrittenAsItWasRead(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    byte[] again = Json.bytes(Json.read(bytes, Timeline.class));
    assertThat(new String(again, StandardCharsets.UTF_8))
        .isEqualTo(new String(bytes, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @MethodSource("files")
  void entriesFollowEachOtherWithinTheWindow(Path file) throws IOException {
    Timeline timeline = Json.read(Files.readAllBytes(file), Timeline.class);
    assertThat(timeline.entries()).isNotEmpty();
    assertThat(timeline.entries().getFirst().from()).isBeforeOrEqualTo(timeline.computedAt());
    Instant last = Instant.MIN;
    for (Timeline.Entry entry : timeline.entries()) {
      assertThat(entry.from()).isAfter(last).isBefore(timeline.validUntil());
      last = entry.from();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aTimelineKeepsItsLimit(Path file) throws IOException {
    assertThat(Files.size(file)).isLessThanOrEqualTo(Timeline.MAX_BYTES);
  }

  @Test
  void aUsualDayFitsTheWireBudgetOfOneDoor() throws IOException {
    assertThat(Files.size(GOLDEN.resolve("usual-day.json"))).isLessThanOrEqualTo(3072);
  }
}
