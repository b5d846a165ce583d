package foyer.catalogue;

import foyer.wire.Names;
import org.jspecify.annotations.Nullable;

/**
 * A department.
 *
 * @param policy {@code F} for customer service, else {@code C} (F-5.1)
 * @param parent id of the one above it
 * @param head id of the person at its head
 */
public record Department(
    String id, Names name, String policy, @Nullable String parent, @Nullable Long head) {}
