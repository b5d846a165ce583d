package foyer.staff;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of a personnel file, as it can be taken. What the file says nothing about is null, what it
 * takes away is empty.
 *
 * @param row as the program shows it in which the file is looked at
 * @param staffNumber null where the row speaks of a department alone
 * @param department names from the top down; empty where the row names none
 * @param parent names from the top down; empty where the row names none
 * @param head staff number or name
 * @param approver staff number or name
 */
record StaffRow(
    int row,
    @Nullable String staffNumber,
    @Nullable String name,
    @Nullable String nameEn,
    @Nullable String titleZh,
    @Nullable String titleEn,
    @Nullable String email,
    List<String> department,
    @Nullable String departmentEn,
    List<String> parent,
    @Nullable Integer position,
    @Nullable String badge,
    @Nullable String head,
    @Nullable String approver) {}
