package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class DiskTest {

  @TempDir Path folder;

  /** Writes timelines of two rooms without end and says each that is on disk. */
  static final class Writer {

    private Writer() {}

    /** One argument: the folder. */
    public static void main(String[] args) throws IOException {
      Disk disk = Disk.open(Path.of(args[0]));
      for (long revision = Long.parseLong(args[1]); true; revision++) {
        for (String room : List.of("r1", "r2")) {
          disk.write(room + ".json", Timelines.heavy(room, revision));
        }
        System.out.println(revision);
      }
    }
  }

  @Test
  @Timeout(60)
  void whoeverIsKilledWhileWritingLeavesWholeFilesAndWhatWasSaidToBeWritten() throws Exception {
    Random random = new Random(11);
    long last = 0;
    for (int round = 0; round < 8; round++) {
      last = writeAndKill(last + 1, 1 + random.nextInt(20));
      TimelineStore store = new TimelineStore(Disk.open(folder), Runnable::run);
      store.load();
      for (String room : List.of("r1", "r2")) {
        assertThat(store.shown().get(room)).as("revision of %s", room).isBetween(last, last + 1);
        assertThat(store.get(room).orElseThrow().bytes().length())
            .isEqualTo(Timelines.heavy(room, store.shown().get(room)).length);
      }
      last = Math.max(store.shown().get("r1"), store.shown().get("r2"));
      try (var files = Files.list(folder)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsExactlyInAnyOrder("r1.json", "r2.json");
      }
    }
  }

  @Test
  void twoProgramsCannotHoldTheSameFolder() throws Exception {
    Disk disk = Disk.open(folder);
    assertThat(disk.lock()).isPresent();
    Process other = java("foyer.client.DiskTest$Holder", folder.toString());
    assertThat(other.inputReader().readLine()).isEqualTo("false");
    assertThat(other.waitFor()).isZero();
  }

  /** Says whether it could hold the folder. */
  static final class Holder {

    private Holder() {}

    /** One argument: the folder. */
    public static void main(String[] args) throws IOException {
      System.out.println(Disk.open(Path.of(args[0])).lock().isPresent());
    }
  }

  /** The last revision that the writer has said before it was killed. */
  private long writeAndKill(long first, int writes) throws Exception {
    Process writer = java("foyer.client.DiskTest$Writer", folder.toString(), Long.toString(first));
    long said = 0;
    try (BufferedReader out = writer.inputReader()) {
      for (int i = 0; i < writes; i++) {
        said = Long.parseLong(out.readLine());
      }
      writer.toHandle().destroyForcibly();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said = Long.parseLong(line);
      }
    }
    return said;
  }

  private static Process java(String main, String... args) throws IOException {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), main));
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
