package foyer.room;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import java.util.Map;

/** Reads of rooms. */
public final class RoomRoutes {

  private final Rooms rooms;

  /** Operations on these rooms. */
  public RoomRoutes(Rooms rooms) {
    this.rooms = rooms;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("listRooms", this::list, "getRoom", this::get);
  }

  private Answer list(Call call) {
    return Answer.ok(Map.of("rooms", rooms.list(call.query("site").orElse(null))));
  }

  private Answer get(Call call) {
    return Answer.ok(rooms.view(call.path("roomId")));
  }
}
