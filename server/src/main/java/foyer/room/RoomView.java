package foyer.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.wire.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A room as people see it.
 *
 * @param site id of its site
 * @param floor as people say it
 * @param capacity people
 * @param equipment codes
 * @param booking {@code automatic} or {@code approval}
 * @param automaticUpTo minutes; what lasts longer needs approval; null whatever its length
 * @param departments ids of those that may book it; empty for everybody
 */
public record RoomView(
    String id,
    String site,
    Names building,
    String floor,
    Names name,
    int capacity,
    List<String> equipment,
    String booking,
    @JsonInclude(Include.NON_NULL) @Nullable Integer automaticUpTo,
    List<String> departments) {}
