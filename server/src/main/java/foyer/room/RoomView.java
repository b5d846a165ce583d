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
 * @param equipment codes, in their order
 * @param layouts in their order
 * @param note what else there is to know; empty for nothing
 * @param position in lists
 * @param booking {@code automatic} or {@code approval}
 * @param automaticUpTo minutes; what lasts longer needs approval; null for whatever the length
 * @param departments ids of those who may book it; empty for all
 * @param photo tag of its photo; null where there is none
 * @param version raised by each change that people make to it
 */
@JsonInclude(Include.NON_NULL)
public record RoomView(
    String id,
    String site,
    Names building,
    String floor,
    Names name,
    int capacity,
    List<String> equipment,
    List<Layout> layouts,
    Names note,
    int position,
    String booking,
    @Nullable Integer automaticUpTo,
    List<String> departments,
    @Nullable String photo,
    int version) {

  public RoomView {
    equipment = List.copyOf(equipment);
    layouts = List.copyOf(layouts);
    departments = List.copyOf(departments);
  }

  /**
   * A way in which its chairs can stand.
   *
   * @param capacity people whom it then holds
   */
  public record Layout(String layout, int capacity) {}
}
