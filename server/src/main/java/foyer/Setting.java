package foyer;

import java.util.Locale;
import java.util.function.Function;

/**
 * One thing that whoever runs the server may choose.
 *
 * @param name name on the command line, without {@code --}
 * @param value what stands for its value in the help, such as {@code PORT}; empty for a switch
 * @param fallback the value where nothing is chosen, as it would be written
 * @param unit unit or kind of the value
 * @param sentence what it does
 * @param commandLineOnly whether environment and file may not set it
 * @param read makes the value from its text; throws {@link IllegalArgumentException} saying what
 *     the value must be, such as "must be a number from 0 to 65535"
 */
public record Setting<T>(
    String name,
    String value,
    String fallback,
    String unit,
    String sentence,
    boolean commandLineOnly,
    Function<String, T> read) {

  /** Its name in the environment: {@code FOYER_MQTT_PORT} for {@code mqtt-port}. */
  public String variable() {
    return "FOYER_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  /** Whether it is a switch: there or not, without a value. */
  public boolean isSwitch() {
    return value.isEmpty();
  }

  /** Its name and value as written on the command line. */
  public String option() {
    return isSwitch() ? "--" + name : "--" + name + " " + value;
  }
}
