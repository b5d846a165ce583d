package foyer.room;

import foyer.wire.Names;
import java.util.List;

/**
 * A room as people see it.
 *
 * @param site id of its site
 * @param floor as people say it
 * @param capacity people
 * @param equipment codes
 */
public record RoomView(
    String id,
    String site,
    Names building,
    String floor,
    Names name,
    int capacity,
    List<String> equipment) {}
