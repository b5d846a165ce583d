package foyer.staff;

import foyer.wire.Names;
import org.jspecify.annotations.Nullable;

/**
 * What a department is to be.
 *
 * @param head staff number
 * @param approver staff number
 */
record DepartmentEdit(
    Names name,
    @Nullable String parent,
    String policy,
    @Nullable String head,
    @Nullable String approver,
    int position) {}
