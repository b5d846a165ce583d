package foyer.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/**
 * A folder whose files are always whole: a file is written beside its place, forced to the disk and
 * then put there in one step, so that a kill or a power cut leaves the old one or the new one. Its
 * methods block.
 */
final class Disk {

  private static final String UNFINISHED = ".new";
  private static final String BROKEN = ".broken";

  /** A lock that nobody refers to is collected, and its file closed. */
  private static final List<FileLock> HELD = new CopyOnWriteArrayList<>();

  private final Path folder;

  private Disk(Path folder) {
    this.folder = folder;
  }

  /** The folder, made if need be; what an interrupted write left is removed. */
  static Disk open(Path folder) throws IOException {
    Files.createDirectories(folder);
    Disk disk = new Disk(folder);
    for (Path left : disk.list(UNFINISHED)) {
      Files.deleteIfExists(left);
    }
    return disk;
  }

  /** Holds the folder for this program alone; nothing if another one holds it. */
  @SuppressWarnings("resource") // the lock lives as long as the program
  Optional<FileLock> lock() throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
    } else {
      HELD.add(lock);
    }
    return Optional.ofNullable(lock);
  }

  /** The names of the files with that ending. */
  List<String> names(String ending) throws IOException {
    return list(ending).stream().map(path -> path.getFileName().toString()).toList();
  }

  /** The file's content, or nothing if there is no such file. */
  Optional<byte[]> read(String name) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(name)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Puts the content in the place of the old one; once this returns it survives a power cut. */
  void write(String name, byte[] content) throws IOException {
    Path unfinished = folder.resolve(name + UNFINISHED);
    try (FileChannel file =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
      file.force(true);
    }
    Files.move(
        unfinished,
        folder.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    force();
  }

  /** Removes the file, if it is there. */
  void delete(String name) throws IOException {
    Files.deleteIfExists(folder.resolve(name));
    force();
  }

  /** Takes a file that cannot be read out of the way and keeps it for whoever looks into it. */
  Path setAside(String name) throws IOException {
    Path aside = folder.resolve(name + BROKEN);
    Files.move(folder.resolve(name), aside, StandardCopyOption.REPLACE_EXISTING);
    return aside;
  }

  private void force() throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private List<Path> list(String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    }
  }
}
