package foyer.room;

import foyer.room.RoomView.Layout;
import foyer.wire.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a room is to be; fields as in {@link RoomView}. */
public record RoomEdit(
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
    List<String> departments) {

  /** How a room is booked where the admin department delegates it. */
  public static final String AUTOMATIC = "automatic";

  /** How a room is booked where it does not (K-4.1.2). */
  public static final String APPROVAL = "approval";

  public RoomEdit {
    equipment = List.copyOf(equipment);
    layouts = List.copyOf(layouts);
    departments = List.copyOf(departments);
  }

  /** What a room is, as if it were wanted so. */
  public static RoomEdit of(RoomView room) {
    return new RoomEdit(
        room.site(),
        room.building(),
        room.floor(),
        room.name(),
        room.capacity(),
        room.equipment(),
        room.layouts(),
        room.note(),
        room.position(),
        room.booking(),
        room.automaticUpTo(),
        room.departments());
  }

  /** The room as people see it when it is so. */
  RoomView as(String id, @Nullable String photo, int version) {
    return new RoomView(
        id,
        site,
        building,
        floor,
        name,
        capacity,
        equipment,
        layouts,
        note,
        position,
        booking,
        automaticUpTo,
        departments,
        photo,
        version);
  }
}
