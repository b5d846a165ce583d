package foyer.calendar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Collects what is rightly left out; beyond the number that is listed it is only counted. */
final class Skips {

  private final int limit;
  private final List<Skipped> listed = new ArrayList<>();
  private final Map<String, Integer> further = new TreeMap<>();

  Skips(int limit) {
    this.limit = limit;
  }

  void add(int line, String uid, String subject, String code, int count) {
    if (listed.size() < limit) {
      listed.add(new Skipped(line, uid, subject, code, count));
    } else {
      further.merge(code, count, Integer::sum);
    }
  }

  List<Skipped> all() {
    List<Skipped> all = new ArrayList<>(listed);
    further.forEach((code, count) -> all.add(new Skipped(0, "", "", code, count)));
    return all;
  }
}
