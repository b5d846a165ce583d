package foyer.calendar;

/**
 * What was rightly left out, and nobody needs to repair.
 *
 * @param line of the first of them, counted from 1
 * @param uid of the entry; empty if it has none
 * @param subject of the entry; may be empty
 * @param code why, a stable word; {@code import.<code>} in the language table
 * @param count how many occurrences of it
 */
public record Skipped(int line, String uid, String subject, String code, int count) {}
