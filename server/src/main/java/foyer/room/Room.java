package foyer.room;

import foyer.wire.Names;

/**
 * A room as stored.
 *
 * @param site id of its site
 * @param floor as people say it
 * @param capacity people
 * @param terms on which it is booked
 * @param revision raised with each change of what its door shows
 */
public record Room(
    String id, String site, Names name, String floor, int capacity, Terms terms, long revision) {}
