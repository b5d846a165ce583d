package foyer.presence;

import foyer.wire.Names;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a kiosk may show of a person. Pure. */
final class PresenceRules {

  private PresenceRules() {}

  /** Enough for its owner to know it by, too little for a passer-by: 王* and W. F. */
  static Names masked(Names name) {
    return new Names(surname(name.zh()), initials(name.en()));
  }

  private static String surname(String name) {
    return name.isBlank() ? "*" : name.substring(0, name.offsetByCodePoints(0, 1)) + "*";
  }

  private static String initials(String name) {
    return Arrays.stream(name.strip().split("\\s+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)) + ".")
        .collect(Collectors.joining(" "));
  }
}
