package foyer.embedded;

import foyer.sql.CannotStart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder that holds all that one server keeps on this machine. It belongs to one running server
 * at a time, and only a folder that was made by Foyer, in the form that this version knows, is
 * touched.
 */
public final class DataFolder implements AutoCloseable {

  /** Form of the folder; raised when a version of Foyer can no longer read what another wrote. */
  static final String FORMAT = "1";

  private static final String VERSION_FILE = "foyer.version";
  private static final String LOCK_FILE = "foyer.lock";
  private static final Set<String> NOT_CONTENT = Set.of(LOCK_FILE, "lost+found");
  private static final long LEAST_FREE_MIB = 300;

  private final Path path;
  private final FileChannel lock;

  private DataFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Opens the folder, making it where it is missing, for this process alone until {@link #close}.
   *
   * @throws CannotStart when the folder is not Foyer's, of another version, in use, or its disk
   *     full
   */
  public static DataFolder open(Path wanted) {
    return open(wanted, LEAST_FREE_MIB);
  }

  static DataFolder open(Path wanted, long leastFreeMib) {
    Path path = wanted.toAbsolutePath().normalize();
    try {
      refuseForeign(path);
      Files.createDirectories(path);
      FileChannel lock = lock(path);
      try {
        checkVersion(path);
        checkSpace(path, leastFreeMib);
        return new DataFolder(path.toRealPath(), lock);
      } catch (IOException | RuntimeException failure) {
        lock.close();
        throw failure;
      }
    } catch (IOException failure) {
      throw new CannotStart(
          "the data folder "
              + path
              + " cannot be used ("
              + failure
              + "): choose another with --data DIR",
          failure);
    }
  }

  /** Where the folder is: absolute. */
  public Path path() {
    return path;
  }

  /** Throws away all that the folder holds, except the unpacked programs of PostgreSQL. */
  public void empty() {
    try {
      EmbeddedPostgres.stopLeftBehind(this);
      try (var entries = Files.list(path)) {
        for (Path entry : (Iterable<Path>) entries::iterator) {
          String name = entry.getFileName().toString();
          if (!NOT_CONTENT.contains(name)
              && !name.equals(VERSION_FILE)
              && !name.equals("postgres-" + PostgresBinaries.VERSION)) {
            Folders.delete(entry);
          }
        }
      }
    } catch (IOException failure) {
      throw new CannotStart("the data folder " + path + " cannot be emptied: " + failure, failure);
    }
  }

  /** Lets the next server have the folder. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static void refuseForeign(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!Files.isDirectory(path)) {
      throw new CannotStart(path + " is not a folder: choose another with --data DIR");
    }
    if (Files.exists(path.resolve(VERSION_FILE))) {
      return;
    }
    try (var entries = Files.list(path)) {
      if (entries.anyMatch(entry -> !NOT_CONTENT.contains(entry.getFileName().toString()))) {
        throw new CannotStart(
            "the folder "
                + path
                + " is not empty and not Foyer's: choose another with --data DIR; it was not touched");
      }
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    Path file = path.resolve(LOCK_FILE);
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      channel.close();
      throw new CannotStart(
          "the data folder "
              + path
              + " is in use by process "
              + Files.readString(file).strip()
              + ": stop that one, or choose another with --data DIR");
    }
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(pidLine()));
    return channel;
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static byte[] pidLine() {
    return (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void checkVersion(Path path) throws IOException {
    Path file = path.resolve(VERSION_FILE);
    if (!Files.exists(file)) {
      Path half = Files.writeString(path.resolve(VERSION_FILE + ".new"), FORMAT + "\n");
      Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    String found = Files.readString(file).strip();
    if (!found.equals(FORMAT)) {
      throw new CannotStart(
          "the data folder "
              + path
              + " was made by another version of Foyer (form "
              + found
              + ", this one knows "
              + FORMAT
              + "): start that version, or choose another folder with --data DIR");
    }
  }

  private static void checkSpace(Path path, long leastFreeMib) throws IOException {
    long freeMib = Files.getFileStore(path).getUsableSpace() >> 20;
    if (freeMib < leastFreeMib) {
      throw new CannotStart(
          "the disk of "
              + path
              + " is full ("
              + freeMib
              + " MiB free, "
              + leastFreeMib
              + " needed): free some, or choose another folder with --data DIR");
    }
  }
}
