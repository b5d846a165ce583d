package foyer.calendar;

import org.jspecify.annotations.Nullable;

/**
 * Somebody named in a calendar entry.
 *
 * @param name never blank, at most 200 characters
 * @param email in small letters, at most 254 characters; null if none was told
 * @param role {@code required} or {@code invited}
 */
public record Participant(String name, @Nullable String email, String role) {}
