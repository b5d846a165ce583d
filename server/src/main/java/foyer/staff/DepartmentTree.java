package foyer.staff;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The departments as they are to be after an import: those that there are, and what the rows of the
 * file say of them, one after the other. Two rows that contradict each other are no matter of
 * order: the second one is refused.
 */
final class DepartmentTree {

  private static final String BETWEEN = "/";

  private final Map<String, Node> byId = new LinkedHashMap<>();
  private final Map<String, List<Node>> byName = new HashMap<>();
  private final Map<String, String> plain = new HashMap<>();
  private final Set<String> taken;
  private int position;

  /** One department. */
  static final class Node {

    final String id;
    final boolean isNew;
    final int position;
    String zh;
    String en;
    @Nullable Node parent;
    @Nullable String head;
    @Nullable String approver;
    final Set<String> changed = new LinkedHashSet<>();
    private final Map<String, Said> said = new HashMap<>();

    private Node(String id, boolean isNew, int position, String zh, String en) {
      this.id = id;
      this.isNew = isNew;
      this.position = position;
      this.zh = zh;
      this.en = en;
    }

    /** Names from the top down. */
    String path() {
      Node above = parent;
      return above == null ? zh : above.path() + BETWEEN + zh;
    }
  }

  private record Said(String value, int row) {}

  /** A row that cannot be, whatever else it says. */
  static final class Impossible extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient StaffFault fault;

    Impossible(StaffFault fault) {
      super(fault.code(), null, false, false);
      this.fault = fault;
    }

    StaffFault fault() {
      return fault;
    }
  }

  /**
   * The departments that there are.
   *
   * @param taken ids that were ever given
   */
  DepartmentTree(Collection<DepartmentRecord> departments, Collection<String> taken) {
    this.taken = new HashSet<>(taken);
    for (DepartmentRecord d : departments) {
      Node node = new Node(d.id(), false, d.position(), d.name().zh(), d.name().en());
      node.head = d.head() == null ? null : d.head().staffNumber();
      node.approver = d.approver() == null ? null : d.approver().staffNumber();
      byId.put(d.id(), node);
      position = Math.max(position, d.position());
    }
    for (DepartmentRecord d : departments) {
      Node node = Objects.requireNonNull(byId.get(d.id()));
      node.parent = d.parent() == null ? null : byId.get(d.parent());
      named(node);
    }
  }

  /** All of them, those above first where they are new. */
  Collection<Node> all() {
    return byId.values();
  }

  /**
   * Keeps in mind where departments stand already, before rows that say otherwise are followed: of
   * two departments of one name, one of which is where a row says, that one is meant.
   */
  void standing(StaffRow row) {
    if (row.parent().isEmpty() || row.department().size() != 1) {
      return;
    }
    find(row.parent())
        .flatMap(parent -> child(parent, row.department().getFirst()))
        .ifPresent(
            node ->
                node.said.putIfAbsent(StaffColumns.PARENT, new Said(parentId(node), row.row())));
  }

  /** The department that the row names, made or moved where the row says so. */
  Node take(StaffRow row) {
    List<String> path = row.department();
    Node node = path.size() > 1 ? walk(row, path) : single(row, path.getFirst());
    if (row.departmentEn() != null) {
      say(node, row, StaffColumns.DEPARTMENT_EN, row.departmentEn());
      if (!node.en.equals(row.departmentEn())) {
        node.en = row.departmentEn();
        node.changed.add("name");
      }
    }
    return node;
  }

  /** Sets who leads the department, by staff number. */
  void lead(Node node, StaffRow row, String column, String staffNumber) {
    say(node, row, column, staffNumber);
    boolean head = column.equals(StaffColumns.HEAD);
    if (!staffNumber.equals(head ? node.head : node.approver)) {
      node.changed.add(column);
      if (head) {
        node.head = staffNumber;
      } else {
        node.approver = staffNumber;
      }
    }
  }

  private Node single(StaffRow row, String name) {
    List<Node> candidates = candidates(name);
    if (row.parent().isEmpty()) {
      if (candidates.size() > 1) {
        throw fault(
            row,
            StaffColumns.DEPARTMENT,
            "department-ambiguous",
            "paths",
            candidates.stream().limit(3).map(Node::path).collect(Collectors.joining(", ")));
      }
      return candidates.isEmpty() ? make(null, name) : candidates.getFirst();
    }
    Node parent = findOrMake(row);
    Optional<Node> child = child(parent, name);
    if (child.isPresent()) {
      child.get().said.putIfAbsent(StaffColumns.PARENT, new Said(parent.id, row.row()));
      return child.get();
    }
    List<Node> movable =
        candidates.stream().filter(node -> !node.said.containsKey(StaffColumns.PARENT)).toList();
    if (movable.size() > 1) {
      throw fault(
          row,
          StaffColumns.DEPARTMENT,
          "department-ambiguous",
          "paths",
          movable.stream().limit(3).map(Node::path).collect(Collectors.joining(", ")));
    }
    Node node = movable.isEmpty() ? null : movable.getFirst();
    if (node == null) {
      requireNoLoop(row, parent, candidates);
      node = make(parent, name);
    } else {
      move(row, node, parent);
    }
    node.said.put(StaffColumns.PARENT, new Said(parent.id, row.row()));
    return node;
  }

  /** From the top down; a department at the top comes below a company that the file puts above. */
  private Node walk(StaffRow row, List<String> path) {
    List<String> parent = row.parent();
    boolean same =
        parent.isEmpty() || plain(parent.getLast()).equals(plain(path.get(path.size() - 2)));
    if (!same) {
      throw fault(row, StaffColumns.PARENT, "parent-differs", "path", String.join(BETWEEN, path));
    }
    Node at = null;
    for (String name : path) {
      Optional<Node> child = child(at, name);
      if (child.isPresent()) {
        at = child.get();
        continue;
      }
      Optional<Node> top =
          at != null && at.isNew && at.parent == null ? child(null, name) : Optional.empty();
      if (top.isPresent() && top.get() != at && !top.get().said.containsKey(StaffColumns.PARENT)) {
        move(row, top.get(), Objects.requireNonNull(at));
        at = top.get();
      } else {
        at = make(at, name);
      }
      at.said.put(StaffColumns.PARENT, new Said(parentId(at), row.row()));
    }
    return Objects.requireNonNull(at);
  }

  private Node findOrMake(StaffRow row) {
    List<String> path = row.parent();
    if (path.size() == 1) {
      List<Node> candidates = candidates(path.getFirst());
      if (candidates.size() > 1) {
        throw fault(
            row,
            StaffColumns.PARENT,
            "department-ambiguous",
            "paths",
            candidates.stream().limit(3).map(Node::path).collect(Collectors.joining(", ")));
      }
      return candidates.isEmpty() ? make(null, path.getFirst()) : candidates.getFirst();
    }
    Node at = null;
    for (String name : path) {
      Node above = at;
      at = child(above, name).orElseGet(() -> make(above, name));
    }
    return Objects.requireNonNull(at);
  }

  private Optional<Node> find(List<String> path) {
    if (path.size() == 1) {
      List<Node> candidates = candidates(path.getFirst());
      return candidates.size() == 1 ? Optional.of(candidates.getFirst()) : Optional.empty();
    }
    Optional<Node> at = child(null, path.getFirst());
    for (String name : path.subList(1, path.size())) {
      at = at.flatMap(above -> child(above, name));
    }
    return at;
  }

  private void move(StaffRow row, Node node, Node below) {
    Map<String, @Nullable String> parents = new HashMap<>();
    byId.values().forEach(d -> parents.put(d.id, d.parent == null ? null : d.parent.id));
    Optional<List<String>> way = DepartmentRules.loop(parents, node.id, below.id);
    if (way.isPresent()) {
      throw loop(row, way.get());
    }
    node.parent = below;
    node.changed.add("parent");
  }

  /**
   * Whether a department of that name would stand below itself: then it is the same one, and nobody
   * means another one of the same name.
   */
  private void requireNoLoop(StaffRow row, Node parent, List<Node> candidates) {
    List<String> way = new ArrayList<>();
    for (Node at = parent; at != null; at = at.parent) {
      way.add(at.id);
      if (candidates.contains(at)) {
        way.addFirst(at.id);
        throw loop(row, way);
      }
    }
  }

  private Impossible loop(StaffRow row, List<String> way) {
    return fault(
        row,
        StaffColumns.PARENT,
        "department-loop",
        "way",
        way.stream()
            .map(id -> Objects.requireNonNull(byId.get(id)).zh)
            .collect(Collectors.joining(" → ")));
  }

  private Node make(@Nullable Node parent, String name) {
    String id = DepartmentRules.freshId(name, taken);
    taken.add(id);
    Node node = new Node(id, true, ++position, name, name);
    node.parent = parent;
    byId.put(id, node);
    named(node);
    return node;
  }

  private void named(Node node) {
    byName.computeIfAbsent(plain(node.zh), none -> new ArrayList<>()).add(node);
    if (!plain(node.en).equals(plain(node.zh))) {
      byName.computeIfAbsent(plain(node.en), none -> new ArrayList<>()).add(node);
    }
  }

  private List<Node> candidates(String name) {
    return byName.getOrDefault(plain(name), List.of());
  }

  private Optional<Node> child(@Nullable Node parent, String name) {
    return candidates(name).stream().filter(node -> node.parent == parent).findFirst();
  }

  private String plain(String name) {
    return plain.computeIfAbsent(name, DepartmentRules::plain);
  }

  private static String parentId(Node node) {
    return node.parent == null ? "" : node.parent.id;
  }

  private static void say(Node node, StaffRow row, String column, String value) {
    Said before = node.said.putIfAbsent(column, new Said(value, row.row()));
    if (before != null && !before.value().equals(value)) {
      throw fault(
          row,
          column,
          "department-differs",
          "path",
          node.path(),
          "other",
          Integer.toString(before.row()));
    }
  }

  private static Impossible fault(StaffRow row, String column, String code, String... arguments) {
    return new Impossible(StaffFault.of(row.row(), column, code, arguments));
  }
}
