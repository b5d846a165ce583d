package foyer.staff;

import foyer.staff.DepartmentTree.Node;
import foyer.wire.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an import would do.
 *
 * @param departments that are made or changed, those above first
 * @param missing whom an earlier file brought and this one lacks
 * @param leaving those of them who leave
 * @param unchanged people whose row changes nothing
 * @param faults of rows that are refused, by row
 * @param remarks on what is done otherwise than the file might have meant
 */
record StaffPlan(
    List<Node> departments,
    List<Change> created,
    List<Change> updated,
    List<Change> returned,
    List<Known> missing,
    List<Known> leaving,
    int unchanged,
    List<StaffFault> faults,
    List<StaffFault> remarks) {

  /**
   * Somebody as they are to be.
   *
   * @param known as they are; null for somebody new
   * @param department id
   * @param fields names of those that change
   */
  record Change(
      int row,
      @Nullable Known known,
      String staffNumber,
      Names name,
      Names title,
      @Nullable String email,
      String department,
      int position,
      @Nullable String badge,
      List<String> fields) {}

  boolean changesNothing() {
    return departments.isEmpty()
        && created.isEmpty()
        && updated.isEmpty()
        && returned.isEmpty()
        && leaving.isEmpty();
  }
}
