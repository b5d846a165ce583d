package foyer.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.sql.CannotStart;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

  @TempDir private Path folder;

  @Test
  void aMissingFolderIsMadeAndOpensAgain() {
    Path wanted = folder.resolve("new/data");
    DataFolder.open(wanted).close();
    try (DataFolder again = DataFolder.open(wanted)) {
      assertThat(again.path()).isEqualTo(wanted);
    }
  }

  @Test
  void twoServersDoNotShareAFolder() {
    try (DataFolder first = DataFolder.open(folder)) {
      refused(first.path(), "in use by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void aFolderOfAnotherVersionIsRefused() throws Exception {
    Files.writeString(folder.resolve("foyer.version"), "99\n");
    refused(folder, "another version of Foyer");
  }

  @Test
  void aFolderThatIsNotOursIsRefusedAndKeepsItsFiles() throws Exception {
    Path theirs = Files.writeString(folder.resolve("thesis.txt"), "four years of work");
    refused(folder, "not Foyer's");
    assertThat(folder).isDirectoryNotContaining("glob:**foyer*");
    assertThat(theirs).hasContent("four years of work");
  }

  @Test
  void aFileIsNoFolder() throws Exception {
    refused(Files.writeString(folder.resolve("file"), ""), "is not a folder");
  }

  @Test
  void aFolderThatMayNotBeMadeIsRefused() {
    refused(Path.of("/proc/foyer"), "cannot be used");
  }

  @Test
  void aFullDiskIsRefused() {
    assertThatThrownBy(() -> DataFolder.open(folder, Long.MAX_VALUE))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining("is full")
        .hasMessageContaining("--data")
        .message()
        .hasLineCount(1);
    DataFolder.open(folder).close();
  }

  private static void refused(Path folder, String reason) {
    assertThatThrownBy(() -> DataFolder.open(folder))
        .isInstanceOf(CannotStart.class)
        .hasMessageContaining(reason)
        .hasMessageContaining("--data")
        .message()
        .hasLineCount(1);
  }
}
