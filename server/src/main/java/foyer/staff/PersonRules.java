package foyer.staff;

import foyer.wire.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an edit of somebody changes. Pure. */
final class PersonRules {

  private PersonRules() {}

  /** Names of the fields in which they differ. */
  static List<String> changes(StaffRecord present, PersonEdit wanted) {
    List<String> changed = new ArrayList<>();
    note(changed, "name", present.name(), wanted.name());
    note(changed, "title", present.title(), wanted.titles());
    note(changed, "email", present.email(), wanted.email());
    note(changed, "department", present.department(), wanted.department());
    note(changed, "position", present.position(), wanted.position());
    note(changed, "badge", present.badgeCode(), wanted.badgeCode());
    return changed;
  }

  /** Names of the fields of somebody new that are filled in. */
  static List<String> all(PersonEdit wanted) {
    List<String> filled = new ArrayList<>(List.of("name", "department", "position"));
    note(filled, "title", new Names("", ""), wanted.titles());
    note(filled, "email", null, wanted.email());
    note(filled, "badge", null, wanted.badgeCode());
    return filled;
  }

  /** The record of somebody who has just been entered. */
  static StaffRecord fresh(String staffNumber, PersonEdit wanted, Names department) {
    return new StaffRecord(
        0,
        staffNumber,
        wanted.name(),
        wanted.titles(),
        wanted.email(),
        wanted.department(),
        department,
        wanted.position(),
        wanted.badgeCode(),
        "console",
        List.of(),
        false,
        false,
        0,
        List.of(),
        List.of(),
        List.of(),
        null,
        1);
  }

  private static void note(
      List<String> changed, String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      changed.add(field);
    }
  }
}
