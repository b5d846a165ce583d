package foyer.embedded;

import foyer.sql.CannotStart;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL, unpacked once from the class path. */
final class PostgresBinaries {

  /** Version of the bundle on the class path. */
  static final String VERSION = "18.6.0";

  /** First part of {@link #VERSION}: data folders of another one cannot be opened. */
  static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

  private PostgresBinaries() {}

  /**
   * Makes sure that the programs are unpacked; a half unpacked folder is never left or taken.
   *
   * @param into folder that holds or gets {@code postgres-<version>}
   * @return that folder, with {@code bin}, {@code lib} and {@code share}
   */
  static Path unpack(Path into) throws IOException {
    Path unpacked = into.resolve("postgres-" + VERSION);
    if (Files.isDirectory(unpacked)) {
      return unpacked;
    }
    Files.createDirectories(into);
    Path half = Files.createTempDirectory(into, "postgres-unpacking-");
    try {
      extract(resource(), half);
      Files.setPosixFilePermissions(half, PosixFilePermissions.fromString("rwxr-xr-x"));
      Files.move(half, unpacked, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException failure) {
      Folders.delete(half);
      boolean anotherWasFaster =
          failure instanceof FileSystemException && Files.isDirectory(unpacked);
      if (!anotherWasFaster) {
        throw failure;
      }
    }
    return unpacked;
  }

  /** Name of the bundle for this machine, as a resource of the class path. */
  static String resource() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return "postgres-"
        + (system.startsWith("mac") ? "darwin" : system)
        + "-"
        + switch (machine) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> machine;
        }
        + ".txz";
  }

  private static void extract(String resource, Path into) throws IOException {
    try (InputStream packed = PostgresBinaries.class.getResourceAsStream("/" + resource)) {
      if (packed == null) {
        throw new CannotStart(
            "no PostgreSQL for this machine is built in ("
                + resource
                + "): run one yourself and name it with --database-url");
      }
      var tar =
          new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)));
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        extract(entry, tar, into);
      }
    }
  }

  private static void extract(TarArchiveEntry entry, InputStream content, Path into)
      throws IOException {
    Path target = into.resolve(entry.getName()).normalize();
    if (!target.startsWith(into)) {
      throw new IOException("the bundle leaves its folder: " + entry.getName());
    }
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    boolean program = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }
}
