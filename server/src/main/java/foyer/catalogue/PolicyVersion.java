package foyer.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy, with the numbers that it sets.
 *
 * @param parameters by name; minutes unless the name says otherwise
 */
public record PolicyVersion(
    long id, String policy, int version, Instant effectiveFrom, Map<String, JsonNode> parameters) {

  /** Policy and version as people cite them, such as {@code K-1}. */
  public String label() {
    return policy + "-" + version;
  }

  /**
   * A whole number that the policy sets; throws {@link IllegalStateException} where it sets none.
   */
  public int number(String name) {
    return parameter(name).asInt();
  }

  /** Whole numbers that the policy sets. */
  public List<Integer> numbers(String name) {
    return StreamSupport.stream(parameter(name).spliterator(), false).map(JsonNode::asInt).toList();
  }

  private JsonNode parameter(String name) {
    @Nullable JsonNode value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("policy " + label() + " does not set " + name);
    }
    return value;
  }
}
