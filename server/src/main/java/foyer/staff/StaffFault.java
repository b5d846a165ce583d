package foyer.staff;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that is wrong with a row, or worth knowing.
 *
 * @param row 0 for the whole file
 * @param column id of the column; empty for the whole row
 * @param code whose sentence stands in the language table
 * @param arguments that the sentence's placeholders stand for
 */
record StaffFault(int row, String column, String code, Map<String, String> arguments) {

  /** A fault with arguments as pairs of name and value. */
  static StaffFault of(int row, String column, String code, String... arguments) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      pairs.put(arguments[i], arguments[i + 1]);
    }
    return new StaffFault(row, column, code, pairs);
  }
}
