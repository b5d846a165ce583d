package foyer.calendar;

import java.util.Map;

/**
 * Something in a file that is not as it should be.
 *
 * @param line where it is, counted from 1; 0 if it concerns the whole file
 * @param uid of the meeting that it concerns; empty if it concerns none
 * @param code a stable word; {@code import.<code>} in the language table
 * @param arguments what the sentence's placeholders stand for
 * @param refuses whether something was left out for it; if not, it is a remark
 */
public record Fault(
    int line, String uid, String code, Map<String, String> arguments, boolean refuses) {}
