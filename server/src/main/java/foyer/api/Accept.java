package foyer.api;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The {@code Accept} header (RFC 9110 §12.5.1). */
final class Accept {

  private Accept() {}

  /** Whether one of the media types is wanted; without the header any is. */
  static boolean takesOneOf(List<String> headers, Set<String> offered) {
    String ranges = String.join(",", headers);
    if (ranges.isBlank() || offered.isEmpty()) {
      return true;
    }
    for (String range : ranges.split(",", -1)) {
      String[] parts = range.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1);
      if (!refused(parts) && offered.stream().anyMatch(type -> covers(parts[0], type))) {
        return true;
      }
    }
    return false;
  }

  private static boolean refused(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].matches("q=0(\\.0{0,3})?")) {
        return true;
      }
    }
    return false;
  }

  private static boolean covers(String range, String type) {
    return range.equals("*/*")
        || range.equals(type)
        || (range.endsWith("/*") && type.startsWith(range.substring(0, range.length() - 1)));
  }
}
