package foyer.webkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of folders on the class path, whether they lie in a jar or in a build folder. */
final class Resources {

  private Resources() {}

  /**
   * All files below a folder of the class path, by their path below it, such as {@code
   * lang/en.json}.
   *
   * @param folder such as {@code web/kit}
   */
  static SortedMap<String, byte[]> under(String folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try {
      for (URL root : Collections.list(loader().getResources(folder))) {
        if (root.getProtocol().equals("jar")) {
          readJar(root, files);
        } else {
          read(Path.of(root.toURI()), files);
        }
      }
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a class path that is no URI", e);
    }
  }

  /**
   * One file of the class path, or null. Jars need not list their folders, so this is the only way
   * into some.
   */
  static byte @Nullable [] read(String name) {
    try (InputStream in = loader().getResourceAsStream(name)) {
      return in == null ? null : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ClassLoader loader() {
    ClassLoader loader = Resources.class.getClassLoader();
    return loader == null ? ClassLoader.getSystemClassLoader() : loader;
  }

  /**
   * Opens the jar for this reader alone: a file system that the JVM shares is closed under others.
   */
  private static void readJar(URL root, SortedMap<String, byte[]> into)
      throws IOException, URISyntaxException {
    JarURLConnection connection = (JarURLConnection) root.openConnection();
    Path jar = Path.of(connection.getJarFileURL().toURI());
    try (FileSystem opened = FileSystems.newFileSystem(jar)) {
      read(opened.getPath(connection.getEntryName()), into);
    }
  }

  private static void read(Path root, SortedMap<String, byte[]> into) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path file : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
        String name = root.relativize(file).toString().replace('\\', '/');
        into.putIfAbsent(name, Files.readAllBytes(file));
      }
    }
  }
}
