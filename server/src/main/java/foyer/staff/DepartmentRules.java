package foyer.staff;

import foyer.staff.DepartmentRecord.Leader;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How departments may stand to each other. Pure. */
final class DepartmentRules {

  private DepartmentRules() {}

  /**
   * The way round that there would be, from the department up to itself.
   *
   * @param parents ids by ids, as they are
   * @param parent that it is to have
   * @return ids, the department first and last; nothing if there is none
   */
  static Optional<List<String>> loop(
      Map<String, @Nullable String> parents, String department, @Nullable String parent) {
    List<String> way = new ArrayList<>(List.of(department));
    String above = parent;
    while (above != null && way.size() <= parents.size() + 1) {
      way.add(above);
      if (above.equals(department)) {
        return Optional.of(way);
      }
      above = parents.get(above);
    }
    return Optional.empty();
  }

  /** Another department right below the same one with one of its names. */
  static Optional<DepartmentRecord> namesake(
      Collection<DepartmentRecord> all, String department, DepartmentEdit wanted) {
    return all.stream()
        .filter(other -> !other.id().equals(department))
        .filter(other -> Objects.equals(other.parent(), wanted.parent()))
        .filter(
            other ->
                plain(other.name().zh()).equals(plain(wanted.name().zh()))
                    || plain(other.name().en()).equals(plain(wanted.name().en())))
        .findFirst();
  }

  /** Names of the fields in which they differ. */
  static List<String> changes(DepartmentRecord present, DepartmentEdit wanted) {
    List<String> changed = new ArrayList<>();
    note(changed, "name", present.name(), wanted.name());
    note(changed, "parent", present.parent(), wanted.parent());
    note(changed, "policy", present.policy(), wanted.policy());
    note(changed, "head", number(present.head()), wanted.head());
    note(changed, "approver", number(present.approver()), wanted.approver());
    note(changed, "position", present.position(), wanted.position());
    return changed;
  }

  /**
   * An id for a new department, made of its English name where it has letters.
   *
   * @param taken ids that there are
   */
  static String freshId(String english, Collection<String> taken) {
    String letters =
        Normalizer.normalize(english, Normalizer.Form.NFKD)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    String base =
        letters.isEmpty() ? "department" : letters.substring(0, Math.min(30, letters.length()));
    String id = base;
    for (int n = 2; taken.contains(id); n++) {
      id = base + "-" + n;
    }
    return id;
  }

  /** A name as it is compared: without width, case and spaces. */
  static String plain(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC)
        .replaceAll("\\s+", "")
        .toLowerCase(Locale.ROOT);
  }

  private static @Nullable String number(@Nullable Leader leader) {
    return leader == null ? null : leader.staffNumber();
  }

  private static void note(
      List<String> changed, String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(field);
    }
  }
}
