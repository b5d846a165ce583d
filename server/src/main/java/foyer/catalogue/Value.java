package foyer.catalogue;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a parameter is, and where that comes from.
 *
 * @param numbers the one number, or those of a list
 * @param version the policy version that sets it
 * @param clause the clause that it is set by; null for the company's own
 */
public record Value(
    Parameter parameter, List<Integer> numbers, PolicyVersion version, @Nullable String clause) {

  public Value {
    numbers = List.copyOf(numbers);
  }

  /** The one number of what is no list. */
  public int number() {
    return numbers.getFirst();
  }
}
