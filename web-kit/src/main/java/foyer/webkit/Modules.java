package foyer.webkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mvnpm.importmap.Aggregator;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which modules a page needs: follows the imports of ES modules through the import map. */
final class Modules {

  /** Where modules of jars are served, and where they lie in them. */
  static final String STATIC = "/_static/";

  private static final String IN_JARS = "META-INF/resources";

  private static final Pattern SCRIPT =
      Pattern.compile("<script type=\"module\" src=\"([^\"]+)\"></script>");
  private static final Pattern IMPORT =
      Pattern.compile("(?:\\bfrom|\\bimport)\\s*\\(?\\s*[\"']([^\"'\\s]+)[\"']");
  private static final Pattern COMMENT =
      Pattern.compile("/\\*.*?\\*/|^\\s*//[^\\n]*", Pattern.DOTALL | Pattern.MULTILINE);

  private final SortedMap<String, String> map;
  private final Map<String, byte[]> files;

  /**
   * @param files our own files by their path, such as {@code /kit/entry.js}; modules of jars that
   *     pages need are added to them
   */
  Modules(Map<String, byte[]> files) {
    this.map = new TreeMap<>(new Aggregator().aggregate().getImports());
    this.files = files;
  }

  /** The import map as JSON, the same for the same jars. */
  String importMap() {
    try {
      return new ObjectMapper().writeValueAsString(Map.of("imports", map));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an import map is text", e);
    }
  }

  /**
   * The paths of all modules that a page loads.
   *
   * @throws IllegalStateException when a page names a module that is not there
   */
  SortedSet<String> neededBy(String html) {
    SortedSet<String> needed = new TreeSet<>();
    Deque<String> open = new ArrayDeque<>();
    Matcher script = SCRIPT.matcher(html);
    while (script.find()) {
      open.add(script.group(1));
    }
    while (!open.isEmpty()) {
      String path = open.remove();
      if (needed.add(path)) {
        imports(path, open);
      }
    }
    return needed;
  }

  private void imports(String path, Deque<String> open) {
    byte[] file = files.get(path);
    if (file == null && path.startsWith(STATIC)) {
      file = Resources.read(IN_JARS + path);
    }
    if (file == null) {
      throw new IllegalStateException("a page needs " + path + ", which is not there");
    }
    files.put(path, file);
    String code = COMMENT.matcher(new String(file, StandardCharsets.UTF_8)).replaceAll("");
    Matcher specifier = IMPORT.matcher(code);
    while (specifier.find()) {
      open.add(resolve(specifier.group(1), path));
    }
  }

  private String resolve(String specifier, String importer) {
    if (specifier.startsWith("/") || specifier.startsWith(".")) {
      return URI.create(importer).resolve(specifier).getPath();
    }
    String exact = map.get(specifier);
    if (exact != null) {
      return exact;
    }
    String folder = longestPrefix(specifier);
    if (folder == null) {
      throw new IllegalStateException(importer + " imports " + specifier + ", which no jar holds");
    }
    return map.get(folder) + specifier.substring(folder.length());
  }

  private @Nullable String longestPrefix(String specifier) {
    String longest = null;
    for (String key : map.keySet()) {
      if (key.endsWith("/") && specifier.startsWith(key)) {
        longest = longest == null || key.length() > longest.length() ? key : longest;
      }
    }
    return longest;
  }
}
