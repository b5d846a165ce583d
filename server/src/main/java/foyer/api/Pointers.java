package foyer.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON pointers (RFC 6901). */
final class Pointers {

  private static final int LONGEST = 100;

  private Pointers() {}

  /** A name as a part of a pointer. */
  static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  /** A part of a pointer as a name. */
  static String unescape(String part) {
    return part.replace("~1", "/").replace("~0", "~");
  }

  /** What the pointer points to, or null. */
  static @Nullable Object find(@Nullable Object value, String pointer) {
    Object found = value;
    String[] parts = pointer.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      found =
          switch (found) {
            case Map<?, ?> map -> map.get(unescape(parts[i]));
            case List<?> list -> list.get(Integer.parseInt(parts[i]));
            case null, default -> null;
          };
    }
    return found;
  }

  /** The pointer as it may be sent back: at most 100 characters, and none that could do harm. */
  static String bounded(String pointer) {
    StringBuilder safe = new StringBuilder();
    pointer
        .codePoints()
        .limit(LONGEST)
        .map(point -> Character.isLetterOrDigit(point) || "/~._-".indexOf(point) >= 0 ? point : '?')
        .forEach(safe::appendCodePoint);
    return safe.toString();
  }
}
