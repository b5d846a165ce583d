package foyer.catalogue;

import foyer.wire.Names;

/**
 * A department.
 *
 * @param policy {@code F} for customer service, else {@code C} (F-5.1)
 */
public record Department(String id, Names name, String policy) {}
