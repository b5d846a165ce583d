package foyer.compose;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** {@code docker-compose.yml} with its variables filled in, as {@code docker compose} reads it. */
final class ComposeFile {

  /** The project's folder. */
  static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{(?<name>[A-Z_]+)(:(?<kind>[-?+])(?<rest>[^{}]*))?}");

  private final Map<String, Object> tree;

  private ComposeFile(Map<String, Object> tree) {
    this.tree = tree;
  }

  /** A variable without which the file refuses. */
  static final class Missing extends RuntimeException {
    private static final long serialVersionUID = 1;

    Missing(String message) {
      super(message);
    }
  }

  /** Reads the file; throws {@link Missing} where it asks for a variable that is not there. */
  static ComposeFile read(Map<String, String> variables) throws IOException {
    Object tree =
        new Yaml(new SafeConstructor(new LoaderOptions()))
            .load(Files.readString(PROJECT.resolve("docker-compose.yml")));
    return new ComposeFile(map(mapped(tree, text -> filled(text, variables))));
  }

  /** All of it. */
  Map<String, Object> tree() {
    return tree;
  }

  Map<String, Object> services() {
    return map(tree.get("services"));
  }

  Map<String, Object> service(String name) {
    return map(services().get(name));
  }

  /** The variables that a service's container gets. */
  Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    map(service(service).getOrDefault("environment", Map.of()))
        .forEach((name, value) -> environment.put(name, String.valueOf(value)));
    return environment;
  }

  /** The files and folders of this machine that a service sees, by their place in its container. */
  Map<String, Path> mounts(String service) {
    Map<String, Path> mounts = new LinkedHashMap<>();
    for (Object line : (List<?>) service(service).getOrDefault("volumes", List.of())) {
      String[] parts = line.toString().split(":", -1);
      if (parts[0].startsWith(".") || parts[0].startsWith("/")) {
        mounts.put(parts[1], PROJECT.resolve(parts[0]).normalize());
      }
    }
    for (Object name : (List<?>) service(service).getOrDefault("secrets", List.of())) {
      Map<String, Object> secret = map(map(tree.get("secrets")).get(name.toString()));
      mounts.put(
          "/run/secrets/" + name, PROJECT.resolve(secret.get("file").toString()).normalize());
    }
    return mounts;
  }

  /** A text in which places in a service's container are those of this machine. */
  String onThisMachine(String service, String text) {
    String here = text;
    for (Map.Entry<String, Path> mount : mounts(service).entrySet()) {
      here =
          here.replaceAll(
              Pattern.quote(mount.getKey()) + "(?=/|$|\\s)",
              Matcher.quoteReplacement(mount.getValue().toString()));
    }
    return here;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object value) {
    return (Map<String, Object>) value;
  }

  private static Object mapped(Object value, UnaryOperator<String> change) {
    return switch (value) {
      case Map<?, ?> map -> {
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((name, inner) -> all.put(name.toString(), mapped(inner, change)));
        yield all;
      }
      case List<?> list -> list.stream().map(inner -> mapped(inner, change)).toList();
      case String text -> change.apply(text);
      default -> value;
    };
  }

  /** Fills in from the inside out, as variables stand in the words for others. */
  private static String filled(String text, Map<String, String> variables) {
    Matcher variable = VARIABLE.matcher(text);
    if (!variable.find()) {
      return text;
    }
    String name = variable.group("name");
    String value = variables.getOrDefault(name, "");
    String kind = variable.group("kind") == null ? "" : variable.group("kind");
    String rest = variable.group("rest") == null ? "" : variable.group("rest");
    if (kind.equals("?") && value.isEmpty()) {
      throw new Missing(name + ": " + rest);
    }
    String word =
        switch (kind) {
          case "-" -> value.isEmpty() ? rest : value;
          case "+" -> value.isEmpty() ? "" : rest;
          default -> value;
        };
    return filled(
        text.substring(0, variable.start()) + word + text.substring(variable.end()), variables);
  }
}
