package foyer.staff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.wire.Names;
import org.jspecify.annotations.Nullable;

/**
 * A department in full.
 *
 * @param parent id; null at the top
 * @param policy {@code F} for customer service, else {@code C} (F-5.1)
 * @param approver 主管领导 (K-1.4.1), need not be the head
 * @param people who work in it
 * @param children departments right below it
 */
@JsonInclude(Include.NON_NULL)
record DepartmentRecord(
    String id,
    Names name,
    @Nullable String parent,
    String policy,
    @Nullable Leader head,
    @Nullable Leader approver,
    int position,
    int people,
    int children,
    String source,
    int version) {

  /**
   * Its head or approver.
   *
   * @param department id of where they work
   * @param left whether they have left, and somebody else is needed
   */
  record Leader(String staffNumber, Names name, String department, boolean left) {}
}
