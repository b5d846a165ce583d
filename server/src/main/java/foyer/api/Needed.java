package foyer.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes out of the contract what must be there. */
final class Needed {

  private Needed() {}

  /** The value under the key; throws {@link IllegalStateException} where there is none. */
  static Object in(Map<?, ?> map, String key) {
    @Nullable Object value = map.get(key);
    if (value == null) {
      throw new IllegalStateException("the contract lacks " + key + " in " + map);
    }
    return value;
  }
}
