package foyer.room;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.catalogue.Catalogues;
import foyer.org.Relation;
import foyer.org.Rights;
import java.util.Map;

/** Reads of rooms. */
public final class RoomRoutes {

  private final Rooms rooms;
  private final Catalogues catalogues;
  private final Rights rights;

  /** Operations on these rooms. */
  public RoomRoutes(Rooms rooms, Catalogues catalogues, Rights rights) {
    this.rights = rights;
    this.rooms = rooms;
    this.catalogues = catalogues;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("listRooms", this::list, "getRoom", this::get);
  }

  private Answer list(Call call) {
    String site = call.query("site").orElse(null);
    if (site != null && !catalogues.present().sites().containsKey(site)) {
      throw Problem.of(404, "no-such-site").raise();
    }
    rights.require("catalogue", call.caller(), Relation.toSite(site), "");
    return Answer.ok(Map.of("rooms", rooms.list(site)));
  }

  private Answer get(Call call) {
    RoomView room = rooms.view(call.path("roomId"));
    rights.require("catalogue", call.caller(), Relation.toRoom(room.site(), room.id()), "");
    return Answer.ok(room);
  }
}
