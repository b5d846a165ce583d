package foyer.staff;

import foyer.staff.DepartmentTree.Impossible;
import foyer.staff.DepartmentTree.Node;
import foyer.staff.StaffPlan.Change;
import foyer.wire.Names;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a personnel file changes. Pure. The file wins in the columns that it has; what it has no
 * column for stays as it was entered by hand. A row with a fault is left out as a whole.
 */
final class StaffImportRules {

  private static final int UNRANKED = 999;
  private static final int ROUNDS = 20;

  /**
   * What there is already.
   *
   * @param people those who have left, too
   * @param departmentIds that were ever given
   */
  record Present(
      List<Known> people, List<DepartmentRecord> departments, Collection<String> departmentIds) {}

  /**
   * How the file is taken.
   *
   * @param leave whether it decides who works here
   * @param by id of who sends it, who never leaves by it
   */
  record Wish(boolean leave, long by) {}

  private final StaffFile file;
  private final Present present;
  private final Wish wish;

  private final Map<String, Known> byNumber = new HashMap<>();
  private final Map<String, Known> byNumberInAnyCase = new HashMap<>();
  private final Map<Integer, StaffFault> refused = new HashMap<>();
  private final Set<Integer> passedOver = new HashSet<>();
  private final List<StaffFault> faults = new ArrayList<>();
  private final List<StaffFault> remarks = new ArrayList<>();

  private StaffImportRules(StaffFile file, Present present, Wish wish) {
    this.file = file;
    this.present = present;
    this.wish = wish;
    for (Known known : present.people()) {
      byNumber.put(known.staffNumber(), known);
      byNumberInAnyCase.putIfAbsent(lower(known.staffNumber()), known);
    }
  }

  /** What the file changes of what there is. */
  static StaffPlan plan(StaffFile file, Present present, Wish wish) {
    return new StaffImportRules(file, present, wish).plan();
  }

  private StaffPlan plan() {
    file.faults().forEach(this::refuse);
    twice(row -> row.staffNumber() == null ? null : lower(row.staffNumber()), StaffColumns.NUMBER, "number-twice");
    twice(row -> blankToNull(row.badge()), StaffColumns.BADGE, "badge-twice");
    twice(row -> row.email() == null ? null : blankToNull(lower(row.email())), StaffColumns.EMAIL, "email-twice");
    passOverWhoHasLeft();
    accepted().forEach(this::requireWhole);
    List<Known> missing = missing();
    List<Known> leaving = leaving(missing);
    requireFree(leaving);
    for (int round = 1; ; round++) {
      int before = refused.size();
      DepartmentTree tree = new DepartmentTree(present.departments(), present.departmentIds());
      Map<Integer, Node> places = departments(tree);
      Leaders leaders = new Leaders(leaving);
      accepted().forEach(row -> requireLeaders(row, leaders));
      accepted().forEach(row -> lead(tree, places.get(row.row()), row, leaders));
      if (refused.size() == before || round == ROUNDS) {
        return changes(tree, places, missing, leaving);
      }
    }
  }

  /** Whether they come back is for an admin to say, or for a file that decides who works here. */
  private void passOverWhoHasLeft() {
    for (StaffRow row : accepted()) {
      Known known = known(row);
      if (known != null && known.left() && !wish.leave()) {
        passedOver.add(row.row());
        remarks.add(
            StaffFault.of(
                row.row(), StaffColumns.NUMBER, "has-left", "staffNumber", known.staffNumber()));
      }
    }
  }

  private List<StaffRow> accepted() {
    return file.rows().stream()
        .filter(row -> !refused.containsKey(row.row()) && !passedOver.contains(row.row()))
        .toList();
  }

  private void refuse(StaffFault fault) {
    refused.putIfAbsent(fault.row(), fault);
    faults.add(fault);
  }

  private void refuse(StaffRow row, String column, String code, String... arguments) {
    refuse(StaffFault.of(row.row(), column, code, arguments));
  }

  /** Which of them is right nobody can tell, so each is refused and names the others. */
  private void twice(Function<StaffRow, @Nullable String> value, String column, String code) {
    Map<String, List<StaffRow>> rows = new LinkedHashMap<>();
    for (StaffRow row : file.rows()) {
      String text = value.apply(row);
      if (text != null) {
        rows.computeIfAbsent(text, none -> new ArrayList<>()).add(row);
      }
    }
    for (List<StaffRow> same : rows.values()) {
      for (StaffRow row : same.size() > 1 ? same : List.<StaffRow>of()) {
        String others =
            same.stream()
                .filter(other -> other.row() != row.row())
                .limit(10)
                .map(other -> Integer.toString(other.row()))
                .collect(Collectors.joining(", "));
        refuse(row, column, code, "rows", others);
      }
    }
  }

  private void requireWhole(StaffRow row) {
    if (row.staffNumber() == null || known(row) != null) {
      return;
    }
    if (row.name() == null) {
      refuse(row, StaffColumns.NAME, "name-missing");
    } else if (row.department().isEmpty()) {
      refuse(row, StaffColumns.DEPARTMENT, "department-missing");
    }
  }

  private List<Known> missing() {
    Set<String> named = new HashSet<>();
    file.named().forEach(number -> named.add(lower(number)));
    return present.people().stream()
        .filter(known -> known.imported() && !known.left())
        .filter(known -> !named.contains(lower(known.staffNumber())))
        .toList();
  }

  private List<Known> leaving(List<Known> missing) {
    if (!wish.leave() || missing.isEmpty()) {
      return List.of();
    }
    if (file.nameless() > 0 || file.named().isEmpty()) {
      remarks.add(
          StaffFault.of(0, StaffColumns.NUMBER, "leavers-kept", "rows", Integer.toString(file.nameless())));
      return List.of();
    }
    if (missing.stream().anyMatch(known -> known.id() == wish.by())) {
      remarks.add(StaffFault.of(0, StaffColumns.NUMBER, "leaver-is-you"));
    }
    return missing.stream().filter(known -> known.id() != wish.by()).toList();
  }

  /** Refuses what somebody else has, and keeps, at the end. */
  private void requireFree(List<Known> leaving) {
    Set<Long> gone = leaving.stream().map(Known::id).collect(Collectors.toSet());
    List<Known> staying =
        present.people().stream().filter(known -> !gone.contains(known.id())).toList();
    free(staying, Known::badge, row -> blankToNull(row.badge()), StaffColumns.BADGE, "badge-taken");
    free(
        staying.stream().filter(known -> !known.left() || returns(known)).toList(),
        known -> known.email() == null ? null : lower(known.email()),
        row -> row.email() == null ? null : blankToNull(lower(row.email())),
        StaffColumns.EMAIL,
        "email-taken");
  }

  private boolean returns(Known known) {
    return wish.leave() && file.named().contains(known.staffNumber());
  }

  private void free(
      List<Known> staying,
      Function<Known, @Nullable String> has,
      Function<StaffRow, @Nullable String> wants,
      String column,
      String code) {
    Map<Long, StaffRow> rows = new HashMap<>();
    Map<String, StaffRow> wanted = new HashMap<>();
    for (StaffRow row : accepted()) {
      Known known = known(row);
      if (known != null) {
        rows.put(known.id(), row);
      }
      String value = wants.apply(row);
      if (value != null) {
        wanted.put(value, row);
      }
    }
    Deque<Known> keepers = new ArrayDeque<>();
    for (Known known : staying) {
      StaffRow row = rows.get(known.id());
      boolean speaks = row != null && speaks(row, column) && (!known.left() || returns(known));
      if (!speaks) {
        keepers.add(known);
      }
    }
    while (!keepers.isEmpty()) {
      Known keeper = keepers.poll();
      String value = has.apply(keeper);
      StaffRow row = value == null ? null : wanted.get(value);
      Known wanting = row == null ? null : known(row);
      boolean same = wanting != null && wanting.id() == keeper.id();
      if (row != null && !same && !refused.containsKey(row.row())) {
        refuse(row, column, code, "staffNumber", keeper.staffNumber(), "name", keeper.name().zh());
        if (wanting != null) {
          keepers.add(wanting);
        }
      }
    }
  }

  private static boolean speaks(StaffRow row, String column) {
    return column.equals(StaffColumns.BADGE) ? row.badge() != null : row.email() != null;
  }

  /** Where each row's department is; rows that the tree cannot take are refused. */
  private Map<Integer, Node> departments(DepartmentTree tree) {
    List<StaffRow> rows = accepted().stream().filter(row -> !row.department().isEmpty()).toList();
    rows.forEach(tree::standing);
    Map<Integer, Node> places = new HashMap<>();
    for (StaffRow row : rows) {
      try {
        places.put(row.row(), tree.take(row));
      } catch (Impossible impossible) {
        refuse(impossible.fault());
      }
    }
    return places;
  }

  /** Who can lead a department: by staff number, or by a name that only one has. */
  private final class Leaders {

    private final Map<String, Set<String>> numbers = new HashMap<>();

    Leaders(List<Known> leaving) {
      Set<Long> gone = leaving.stream().map(Known::id).collect(Collectors.toSet());
      for (Known known : present.people()) {
        if (!known.left() && !gone.contains(known.id())) {
          add(known.staffNumber(), known.name());
        }
      }
      for (StaffRow row : accepted()) {
        String number = row.staffNumber();
        Known known = known(row);
        if (number != null && row.name() != null) {
          String name = row.name();
          add(known == null ? number : known.staffNumber(), new Names(name, name));
        }
      }
    }

    private void add(String number, Names name) {
      for (String key : List.of(lower(number), lower(name.zh()), lower(name.en()))) {
        numbers.computeIfAbsent(key, none -> new LinkedHashSet<>()).add(number);
      }
    }

    Set<String> of(String text) {
      return numbers.getOrDefault(lower(text.strip()), Set.of());
    }
  }

  private void requireLeaders(StaffRow row, Leaders leaders) {
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    named.put(StaffColumns.HEAD, row.head());
    named.put(StaffColumns.APPROVER, row.approver());
    named.forEach(
        (column, text) -> {
          int found = text == null || row.department().isEmpty() ? 1 : leaders.of(text).size();
          if (found == 0) {
            refuse(row, column, "leader-unknown");
          } else if (found > 1) {
            refuse(row, column, "leader-ambiguous", "count", Integer.toString(found));
          }
        });
  }

  private void lead(DepartmentTree tree, @Nullable Node node, StaffRow row, Leaders leaders) {
    if (node == null || refused.containsKey(row.row())) {
      return;
    }
    Map<String, @Nullable String> named = new LinkedHashMap<>();
    named.put(StaffColumns.HEAD, row.head());
    named.put(StaffColumns.APPROVER, row.approver());
    named.forEach(
        (column, text) -> {
          if (text != null) {
            try {
              tree.lead(node, row, column, leaders.of(text).iterator().next());
            } catch (Impossible differs) {
              refuse(differs.fault());
            }
          }
        });
  }

  private StaffPlan changes(
      DepartmentTree tree, Map<Integer, Node> places, List<Known> missing, List<Known> leaving) {
    List<Change> created = new ArrayList<>();
    List<Change> updated = new ArrayList<>();
    List<Change> returned = new ArrayList<>();
    Set<Node> used = new LinkedHashSet<>();
    int unchanged = passedOver.size();
    for (StaffRow row : accepted()) {
      Node node = places.get(row.row());
      for (Node at = node; at != null; at = at.parent) {
        used.add(at);
      }
      if (row.staffNumber() == null) {
        continue;
      }
      Known known = known(row);
      Change change = change(row, known, node);
      if (known == null) {
        created.add(change);
      } else if (known.left()) {
        returned.add(change);
      } else if (change.fields().isEmpty()) {
        unchanged++;
      } else {
        updated.add(change);
      }
    }
    List<Node> departments =
        tree.all().stream()
            .filter(node -> node.isNew ? used.contains(node) : !node.changed.isEmpty())
            .sorted(Comparator.comparingInt(StaffImportRules::depth))
            .toList();
    faults.sort(Comparator.comparingInt(StaffFault::row));
    return new StaffPlan(
        departments, created, updated, returned, missing, leaving, unchanged, faults, remarks);
  }

  private static int depth(Node node) {
    int depth = 0;
    for (Node above = node.parent; above != null; above = above.parent) {
      depth++;
    }
    return depth;
  }

  private Change change(StaffRow row, @Nullable Known known, @Nullable Node node) {
    String number = known == null ? Objects.requireNonNull(row.staffNumber()) : known.staffNumber();
    Names name = name(row, known);
    Names title =
        new Names(
            said(row.titleZh(), known == null ? "" : known.title().zh()),
            said(row.titleEn(), known == null ? "" : known.title().en()));
    String email = row.email() == null ? known == null ? null : known.email() : blankToNull(row.email());
    String badge = row.badge() == null ? known == null ? null : known.badge() : blankToNull(row.badge());
    String department =
        node == null ? Objects.requireNonNull(known).department() : node.id;
    int position =
        Objects.requireNonNullElse(row.position(), known == null ? UNRANKED : known.position());
    List<String> fields = new ArrayList<>();
    if (known != null) {
      note(fields, "name", known.name(), name);
      note(fields, "title", known.title(), title);
      note(fields, "email", known.email(), email);
      note(fields, "department", known.department(), department);
      note(fields, "position", known.position(), position);
      note(fields, "badge", known.badge(), badge);
    }
    return new Change(
        row.row(), known, number, name, title, email, department, position, badge, fields);
  }

  private static Names name(StaffRow row, @Nullable Known known) {
    String zh = row.name() != null ? row.name() : known == null ? "" : known.name().zh();
    String en = row.nameEn() != null ? row.nameEn() : known == null ? zh : known.name().en();
    return new Names(zh, en);
  }

  private @Nullable Known known(StaffRow row) {
    String number = row.staffNumber();
    if (number == null) {
      return null;
    }
    Known same = byNumber.get(number);
    return same != null ? same : byNumberInAnyCase.get(lower(number));
  }

  private static String said(@Nullable String said, String before) {
    return said == null ? before : said;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static void note(
      List<String> fields, String field, @Nullable Object before, @Nullable Object after) {
    if (!Objects.equals(before, after)) {
      fields.add(field);
    }
  }
}
