package foyer.catalogue;

import foyer.wire.Names;
import java.time.ZoneId;

/**
 * A site: rooms that share an address, a time zone and hours.
 *
 * @param zone IANA region
 */
public record Site(String id, Names name, ZoneId zone, OpeningHours hours) {}
