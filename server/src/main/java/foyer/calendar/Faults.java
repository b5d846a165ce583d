package foyer.calendar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the faults of a file, as many as are listed. */
final class Faults {

  private final int limit;
  private final List<Fault> listed = new ArrayList<>();
  private int notListed;

  Faults(int limit) {
    this.limit = limit;
  }

  /** Something was left out; arguments as pairs of name and value. */
  void refuse(int line, String uid, String code, String... arguments) {
    add(new Fault(line, uid, code, pairs(arguments), true));
  }

  /** Something is odd, but nothing was left out; arguments as pairs of name and value. */
  void remark(int line, String uid, String code, String... arguments) {
    add(new Fault(line, uid, code, pairs(arguments), false));
  }

  List<Fault> listed() {
    return List.copyOf(listed);
  }

  int notListed() {
    return notListed;
  }

  private void add(Fault fault) {
    if (listed.size() < limit) {
      listed.add(fault);
    } else {
      notListed++;
    }
  }

  private static Map<String, String> pairs(String... arguments) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      pairs.put(arguments[i], arguments[i + 1]);
    }
    return pairs;
  }
}
