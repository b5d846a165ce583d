package foyer.embedded;

import foyer.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;

/** A data folder whose first start need not unpack the programs of PostgreSQL, which takes long. */
public final class UnpackedFolder {

  private UnpackedFolder() {}

  /** Makes the folder, with nothing else in it. */
  public static void make(Path folder) throws IOException, InterruptedException {
    DataFolder.open(folder).close();
    Path programs = PostgresBinaries.unpack(TestDatabase.programs());
    Process copying =
        new ProcessBuilder("cp", "-a", programs.toString(), folder.toString()).inheritIO().start();
    if (copying.waitFor() != 0) {
      throw new IOException("the programs of PostgreSQL are not copied to " + folder);
    }
  }
}
