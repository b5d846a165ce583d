package foyer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what was written on the command line, in the environment and in a file. */
final class ConfigSources {

  private final List<Setting<?>> declared;

  private ConfigSources(List<Setting<?>> declared) {
    this.declared = declared;
  }

  /**
   * What is set, as text by name; what is not set is not there.
   *
   * @throws Config.Unusable for a name that is not declared, a name twice, a value missing
   */
  static Map<String, String> read(
      List<Setting<?>> declared, List<String> arguments, Map<String, String> environment) {
    return new ConfigSources(declared).read(arguments, environment);
  }

  /** The lines of a file that a setting names. */
  static List<String> lines(String name, Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new Config.Unusable(
          "--"
              + name
              + " "
              + file
              + " cannot be read: it must be a text file in UTF-8 that this user may read");
    }
  }

  /** What was typed, fit for one line of a terminal. */
  static String shown(String typed) {
    String printable = typed.replaceAll("\\p{C}", "?").replaceFirst("://[^@/]*@", "://…@");
    return printable.length() <= 60 ? printable : printable.substring(0, 60) + "…";
  }

  private Map<String, String> read(List<String> arguments, Map<String, String> environment) {
    Map<String, String> fromLine = fromCommandLine(arguments);
    Map<String, String> fromEnvironment = fromEnvironment(environment);
    var chosen = new HashMap<String, String>();
    String file =
        fromLine.getOrDefault(
            Config.CONFIG.name(), fromEnvironment.getOrDefault(Config.CONFIG.name(), ""));
    if (!file.isBlank()) {
      chosen.putAll(fromFile(file));
    }
    chosen.putAll(fromEnvironment);
    chosen.putAll(fromLine);
    return chosen;
  }

  private Map<String, String> fromCommandLine(List<String> arguments) {
    var values = new HashMap<String, String>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (!argument.startsWith("--")) {
        throw new Config.Unusable(
            "'" + shown(argument) + "' is no option; ./run --help lists all options");
      }
      int equals = argument.indexOf('=');
      String name = argument.substring(2, equals == -1 ? argument.length() : equals);
      Setting<?> setting = known("option --", name);
      String value;
      if (equals != -1) {
        value = argument.substring(equals + 1);
      } else if (setting.isSwitch()) {
        value = "true";
      } else if (i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("--")) {
        value = arguments.get(++i);
      } else {
        throw new Config.Unusable("--" + name + " needs a value: " + setting.option());
      }
      if (values.put(name, value) != null) {
        throw new Config.Unusable("--" + name + " is given twice: give it once");
      }
    }
    return values;
  }

  private Map<String, String> fromEnvironment(Map<String, String> environment) {
    var values = new HashMap<String, String>();
    for (Setting<?> setting : declared) {
      String value = environment.get(setting.variable());
      if (value != null && !setting.commandLineOnly()) {
        values.put(setting.name(), value);
      }
    }
    return values;
  }

  private Map<String, String> fromFile(String file) {
    var values = new HashMap<String, String>();
    for (String line : lines(Config.CONFIG.name(), Kinds.path(file))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      int equals = line.indexOf('=');
      String name = line.substring(0, Math.max(equals, 0)).strip();
      if (equals == -1) {
        throw new Config.Unusable(file + ": '" + shown(line) + "' is not of the form name = value");
      }
      if (known(file + ": setting ", name).commandLineOnly() || name.equals(Config.CONFIG.name())) {
        throw new Config.Unusable(file + ": " + name + " may be given on the command line only");
      }
      if (values.put(name, line.substring(equals + 1).strip()) != null) {
        throw new Config.Unusable(file + ": " + name + " is given twice: give it once");
      }
    }
    return values;
  }

  private Setting<?> known(String where, String name) {
    return declared.stream()
        .filter(setting -> setting.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new Config.Unusable(
                    "unknown "
                        + where
                        + shown(name)
                        + nearest(name)
                        + "; ./run --help lists all options"));
  }

  private String nearest(String name) {
    return declared.stream()
        .map(Setting::name)
        .filter(known -> distance(known, name) <= 2)
        .findFirst()
        .map(known -> " (did you mean --" + known + "?)")
        .orElse("");
  }

  /** Levenshtein's distance: how many letters must be put in, taken out or changed. */
  private static int distance(String one, String other) {
    int[] row = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int above = row[j];
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(above, row[j - 1]) + 1, diagonal + change);
        diagonal = above;
      }
    }
    return row[other.length()];
  }
}
