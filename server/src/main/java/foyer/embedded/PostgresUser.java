package foyer.embedded;

import foyer.sql.CannotStart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * As whom the programs of PostgreSQL run. They refuse root, so root runs them in a user namespace
 * of their own, or, where the kernel forbids that, as user {@code nobody}.
 *
 * @param prefix what stands before each command
 * @param uid number of the user who owns the files
 */
record PostgresUser(List<String> prefix, int uid) {

  private static final int NOBODY = 65534;
  private static final List<String> OWN_NAMESPACE = List.of("unshare", "-U", "--");
  private static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups", "--");

  /**
   * Finds out what this machine allows.
   *
   * @param folder a folder of this process's user, which the chosen user must be able to enter
   */
  static PostgresUser find(Path folder) throws IOException {
    if (!System.getProperty("user.name").equals("root")) {
      return new PostgresUser(List.of(), Folders.owner(folder));
    }
    if (succeeds(OWN_NAMESPACE, "true")) {
      return new PostgresUser(OWN_NAMESPACE, 0);
    }
    if (succeeds(AS_NOBODY, "test", "-x", folder.toString())) {
      return new PostgresUser(AS_NOBODY, NOBODY);
    }
    throw new CannotStart(
        "PostgreSQL does not run as root, and user nobody may not enter "
            + folder
            + ": start Foyer as an ordinary user, or choose a folder that all may enter with --data DIR");
  }

  /** Makes the folder theirs, if it is another user's. */
  void own(Path folder) throws IOException {
    if (Folders.owner(folder) != uid) {
      Folders.giveTo(uid, folder);
    }
  }

  /** The command to run so that it runs as this user; the process keeps its id. */
  List<String> command(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  private static boolean succeeds(List<String> prefix, String... command) {
    List<String> all = new ArrayList<>(prefix);
    all.addAll(List.of(command));
    try {
      Process process =
          new ProcessBuilder(all)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
