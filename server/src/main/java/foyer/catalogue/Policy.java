package foyer.catalogue;

import foyer.wire.Names;

/**
 * A policy: K for customer-reception meetings, F for the customer-service department, C the
 * company's default set.
 *
 * @param owner {@code admin} where the admin department publishes its versions (K-5.2), {@code
 *     department-head} where the heads of the departments under it do (F-5.2)
 */
public record Policy(String id, Names name, String owner) {}
