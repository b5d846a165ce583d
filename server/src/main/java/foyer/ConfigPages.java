package foyer;

import java.util.ArrayList;
import java.util.List;

/** The settings, written out for people. */
final class ConfigPages {

  private ConfigPages() {}

  /** The help that {@code --help} prints. */
  static String help(List<Setting<?>> declared) {
    var help = new StringBuilder("Starts Foyer on this machine.\n\nUsage: ./run [options]\n\n");
    for (Setting<?> setting : declared) {
      help.append("  ").append(setting.option()).append('\n');
      String fallback =
          setting.fallback().isEmpty() ? "" : " (default: " + setting.fallback() + ")";
      wrap(setting.sentence() + fallback, 90)
          .forEach(line -> help.append("      ").append(line).append('\n'));
    }
    return help.append(
            "\nEach can also be set in the environment (--mqtt-port: FOYER_MQTT_PORT) or in the file of --config.\n")
        .toString();
  }

  /** docs/configuration.md. */
  static String markdown(List<Setting<?>> declared) {
    var page =
        new StringBuilder(
            """
        # Settings

        Generated from `Config`; `./test --write-docs` writes it anew.

        The command line wins over the environment, that over the file of `--config`, that over the default.

        | option | environment | default | unit | what it does |
        |---|---|---|---|---|
        """);
    for (Setting<?> setting : declared) {
      page.append("| `")
          .append(setting.option())
          .append("` | ")
          .append(setting.commandLineOnly() ? "–" : "`" + setting.variable() + "`")
          .append(" | ")
          .append(setting.fallback().isEmpty() ? "–" : "`" + setting.fallback() + "`")
          .append(" | ")
          .append(setting.isSwitch() ? "switch" : setting.unit())
          .append(" | ")
          .append(setting.sentence())
          .append(" |\n");
    }
    return page.toString();
  }

  private static List<String> wrap(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
