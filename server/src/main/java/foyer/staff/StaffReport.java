package foyer.staff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Language;
import foyer.staff.DepartmentTree.Node;
import foyer.staff.StaffPlan.Change;
import foyer.wire.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an import has done, or would do, for whoever sent the file.
 *
 * @param written whether anything was to be written and was
 * @param left whom an earlier file brought and this one lacks
 */
record StaffReport(
    String mode,
    String leavers,
    boolean dryRun,
    boolean written,
    Counts counts,
    List<Line> created,
    List<Line> updated,
    List<Line> returned,
    List<Line> left,
    List<DepartmentLine> departments,
    List<FaultLine> refused,
    List<FaultLine> remarks) {

  private static final int MOST_LINES = 500;

  /** How many of each, also of what is not listed one by one. */
  record Counts(
      int rows,
      int created,
      int updated,
      int unchanged,
      int returned,
      int left,
      int departments,
      int refused) {}

  /** Somebody, and what changes of them. */
  @JsonInclude(Include.NON_NULL)
  record Line(@Nullable Integer row, String staffNumber, Names name, List<String> fields) {}

  /** A department that is made or changed. */
  record DepartmentLine(String path, boolean created, List<String> fields) {}

  /** Something that is wrong, in the reader's language. */
  record FaultLine(int row, String column, String code, String text) {}

  /** The report of a plan, in the reader's language. */
  static StaffReport of(
      StaffFile file,
      StaffPlan plan,
      boolean all,
      boolean leave,
      boolean dryRun,
      boolean written,
      Language language) {
    List<StaffFault> remarks = new ArrayList<>(plan.remarks());
    if (!file.ignored().isEmpty()) {
      remarks.addFirst(
          StaffFault.of(
              0,
              "",
              "columns-ignored",
              "columns",
              String.join(", ", file.ignored().stream().limit(30).toList())));
    }
    long rowsRefused = plan.faults().stream().map(StaffFault::row).distinct().count();
    Counts counts =
        new Counts(
            file.count(),
            plan.created().size(),
            plan.updated().size(),
            plan.unchanged(),
            plan.returned().size(),
            plan.missing().size(),
            plan.departments().size(),
            (int) rowsRefused);
    return new StaffReport(
        all ? "all" : "good",
        leave ? "leave" : "keep",
        dryRun,
        written,
        counts,
        lines(plan.created()),
        lines(plan.updated()),
        lines(plan.returned()),
        plan.missing().stream()
            .limit(MOST_LINES)
            .map(known -> new Line(null, known.staffNumber(), known.name(), List.of()))
            .toList(),
        plan.departments().stream().limit(MOST_LINES).map(StaffReport::line).toList(),
        faults(plan.faults(), language),
        faults(remarks, language));
  }

  private static List<Line> lines(List<Change> changes) {
    return changes.stream()
        .limit(MOST_LINES)
        .map(c -> new Line(c.row(), c.staffNumber(), c.name(), c.fields()))
        .toList();
  }

  private static DepartmentLine line(Node node) {
    return new DepartmentLine(
        node.path(), node.isNew, node.isNew ? List.of() : List.copyOf(node.changed));
  }

  private static List<FaultLine> faults(List<StaffFault> faults, Language language) {
    Map<String, String> heads = StaffReader.heads(language);
    return faults.stream()
        .limit(MOST_LINES)
        .map(
            fault ->
                new FaultLine(
                    fault.row(),
                    heads.getOrDefault(fault.column(), ""),
                    fault.code(),
                    StaffTexts.ALL.text(language, fault.code(), fault.arguments())))
        .toList();
  }
}
