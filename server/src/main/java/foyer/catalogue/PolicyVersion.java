package foyer.catalogue;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy, with the numbers that it sets; what it does not set is left to the
 * company's default set.
 *
 * @param withdrawn whether it was taken back before it held
 */
public record PolicyVersion(
    long id,
    String policy,
    int version,
    Instant effectiveFrom,
    boolean withdrawn,
    Map<Parameter, Setting> settings) {

  /**
   * What a version sets.
   *
   * @param numbers the one number, or those of a list
   * @param clause null for the company's own
   */
  public record Setting(List<Integer> numbers, @Nullable String clause) {
    public Setting {
      numbers = List.copyOf(numbers);
    }
  }

  public PolicyVersion {
    settings = Map.copyOf(settings.isEmpty() ? settings : new EnumMap<>(settings));
  }

  /** Policy and version as people cite them, such as {@code K-1}. */
  public String label() {
    return policy + "-" + version;
  }

  /** What it sets for the parameter, if it is not left to the default set. */
  Optional<Value> value(Parameter parameter) {
    return Optional.ofNullable(settings.get(parameter))
        .map(setting -> new Value(parameter, setting.numbers(), this, setting.clause()));
  }
}
