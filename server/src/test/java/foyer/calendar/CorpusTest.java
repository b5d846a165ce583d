package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every shape of a calendar file is read as it was meant; beside each file stands what it says. */
class CorpusTest {

  @TestFactory
  Stream<DynamicTest> everyFileSaysWhatStandsBesideIt() {
    return Corpus.files().stream()
        .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> check(file)));
  }

  private static void check(Path file) throws IOException {
    Path said = Path.of(file.toString().replace(".ics", ".expected.txt"));
    assertThat(Corpus.told(Corpus.read(Files.readAllBytes(file))))
        .isEqualTo(Files.readString(said));
  }

  @Test
  void theListNamesEveryFileAndNoOther() throws IOException {
    String list = Files.readString(Corpus.FOLDER.resolve("README.md"));
    assertThat(list.lines().filter(line -> line.startsWith("| `")).map(l -> l.split("`", 3)[1]))
        .containsExactlyInAnyOrderElementsOf(
            Corpus.files().stream().map(f -> f.getFileName().toString()).toList());
  }
}
