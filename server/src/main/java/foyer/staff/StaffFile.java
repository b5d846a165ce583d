package foyer.staff;

import java.util.List;

/**
 * What a personnel file says.
 *
 * @param rows that can be taken by themselves, in their order
 * @param faults of the others
 * @param named staff numbers of all rows, of those with faults, too
 * @param nameless rows of which nobody can tell whom they mean
 * @param count of all rows
 * @param ignored heads of columns that are nothing to us
 */
record StaffFile(
    List<StaffRow> rows,
    List<StaffFault> faults,
    List<String> named,
    int nameless,
    int count,
    List<String> ignored) {}
