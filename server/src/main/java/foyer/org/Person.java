package foyer.org;

import foyer.wire.Names;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who works here.
 *
 * @param department id
 */
public record Person(
    long id, String staffNumber, Names name, @Nullable String email, String department) {}
