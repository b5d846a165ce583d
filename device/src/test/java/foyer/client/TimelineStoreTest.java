package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.wire.Json;
import foyer.wire.Timeline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimelineStoreTest {

  private static final Instant NINE = Timelines.NINE;

  @TempDir Path folder;
  private TimelineStore store;

  @BeforeEach
  void open() throws IOException {
    store = reopened();
  }

  @Test
  void onlyANewerTimelineReplacesOne() {
    assertThat(store.offer("r1", Timelines.bytes("r1", 1, 5))).isTrue();
    assertThat(store.offer("r1", Timelines.bytes("r1", 1, 5))).as("the same").isFalse();
    assertThat(store.offer("r1", Timelines.bytes("r1", 1, 4))).as("an older one").isFalse();
    assertThat(store.offer("r1", Timelines.bytes("r1", 1, 6))).as("a newer one").isTrue();
    assertThat(store.shown()).containsEntry("r1", 6L);
  }

  @Test
  void ofTheSameRevisionTheLaterComputedOneIsNewer() {
    store.offer("r1", Json.bytes(Timelines.of("r1", 1, 5, NINE)));
    assertThat(store.offer("r1", Json.bytes(Timelines.of("r1", 1, 5, NINE.minusMillis(1)))))
        .isFalse();
    assertThat(store.offer("r1", Json.bytes(Timelines.of("r1", 1, 5, NINE.plusMillis(1)))))
        .isTrue();
  }

  @Test
  void aHigherEpochWinsOverAnyRevision() {
    store.offer("r1", Timelines.bytes("r1", 1, 999));
    assertThat(store.offer("r1", Timelines.bytes("r1", 2, 1))).isTrue();
    assertThat(store.offer("r1", Timelines.bytes("r1", 1, 1000))).isFalse();
    assertThat(store.shown()).containsEntry("r1", 1L);
  }

  @Test
  void whatIsHeldAndWhatIsOnDiskAreTheVeryBytesThatCame() throws IOException {
    byte[] odd =
        new String(Timelines.bytes("r1", 1, 5), StandardCharsets.UTF_8)
            .replace("\"version\":1", "\"later\":{ \"field\" : [1] } ,  \"version\":1")
            .getBytes(StandardCharsets.UTF_8);
    store.offer("r1", odd);
    assertThat(store.get("r1").orElseThrow().bytes().getBytes()).isEqualTo(odd);
    assertThat(reopened().get("r1").orElseThrow().bytes().getBytes()).isEqualTo(odd);
  }

  @Test
  void whatIsNoTimelineOfTheRoomIsRefused() {
    for (String bad :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{}",
            "{\"type\":\"timeline\",\"version\":1}",
            new String(Timelines.bytes("r1", 1, 5), StandardCharsets.UTF_8).replace(":1,", ":2,"),
            new String(Timelines.bytes("../r1", 1, 5), StandardCharsets.UTF_8),
            new String(Timelines.bytes("r1", 1, 5), StandardCharsets.UTF_8)
                + " ".repeat(Timeline.MAX_BYTES))) {
      assertThatThrownBy(() -> store.offer("r1", bad.getBytes(StandardCharsets.UTF_8)))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> store.offer("r1", Timelines.bytes("r2", 1, 5)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(store.all()).isEmpty();
  }

  @Test
  void aFileThatIsNoTimelineIsSetAsideAndTheOthersAreRead() throws IOException {
    store.offer("r1", Timelines.bytes("r1", 1, 5));
    byte[] whole = Timelines.bytes("r2", 1, 5);
    Files.write(folder.resolve("r2.json"), java.util.Arrays.copyOf(whole, whole.length / 2));
    Files.write(folder.resolve("r3.json"), Timelines.bytes("r4", 1, 5));
    TimelineStore next = reopened();
    assertThat(next.shown()).containsOnlyKeys("r1");
    assertThat(folder.resolve("r2.json.broken")).exists();
    assertThat(folder.resolve("r3.json.broken")).exists();
    assertThat(folder.resolve("r2.json")).doesNotExist();
  }

  @Test
  void aRoomThatIsGoneIsGoneFromTheDiskToo() throws IOException {
    List<String> heard = new ArrayList<>();
    store.offer("r1", Timelines.bytes("r1", 1, 5));
    store.onChange(change -> heard.add(change.getClass().getSimpleName() + " " + change.room()));
    store.remove("r1");
    store.remove("r1");
    assertThat(heard).containsExactly("Gone r1");
    assertThat(reopened().all()).isEmpty();
  }

  @Test
  void aDisplayPutAtAnotherDoorForgetsTheFormerOne() throws IOException {
    store.offer("r1", Timelines.bytes("r1", 1, 5));
    store.offer("r2", Timelines.bytes("r2", 1, 5));
    store.keepOnly(Set.of("r2"));
    assertThat(reopened().shown()).containsOnlyKeys("r2");
  }

  @Test
  void whatCouldNotBeWrittenIsWrittenLater() throws IOException {
    Path place = folder.resolve("r1.json.new");
    Files.createDirectory(place);
    store.offer("r1", Timelines.bytes("r1", 1, 5));
    assertThat(store.isSaving()).isFalse();
    Files.delete(place);
    store.retry();
    assertThat(store.isSaving()).isTrue();
    assertThat(reopened().shown()).containsEntry("r1", 5L);
  }

  private TimelineStore reopened() throws IOException {
    TimelineStore next = new TimelineStore(Disk.open(folder), Runnable::run);
    next.load();
    return next;
  }
}
