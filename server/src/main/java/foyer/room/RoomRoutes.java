package foyer.room;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.catalogue.Catalogues;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.room.RoomView.Layout;
import foyer.wire.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on rooms themselves. */
public final class RoomRoutes {

  private static final String LOCATION = "/api/rooms/";

  private final Rooms rooms;
  private final RoomAdmin admin;
  private final Photos photos;
  private final Catalogues catalogues;
  private final Rights rights;

  /** Operations on these rooms. */
  public RoomRoutes(
      Rooms rooms, RoomAdmin admin, Photos photos, Catalogues catalogues, Rights rights) {
    this.rooms = rooms;
    this.admin = admin;
    this.photos = photos;
    this.catalogues = catalogues;
    this.rights = rights;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "listRooms",
        this::list,
        "getRoom",
        this::get,
        "createRoom",
        this::create,
        "editRoom",
        call ->
            answer(admin.edit(call.caller(), id(call), call.body(RoomEdit.class), call.version())),
        "removeRoom",
        call -> Answer.ok(admin.remove(call.caller(), id(call), call.version())),
        "getPhoto",
        this::photo,
        "setPhoto",
        this::setPhoto,
        "removePhoto",
        this::removePhoto,
        "listRoomFeatures",
        call -> Answer.ok(admin.features()),
        "addEquipment",
        this::addEquipment);
  }

  private record NewRoom(
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
      List<String> departments) {

    RoomEdit room() {
      return new RoomEdit(
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
          departments);
    }
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
    RoomView room = rooms.view(id(call));
    rights.require("catalogue", call.caller(), Relation.toRoom(room.site(), room.id()), "");
    return answer(room);
  }

  private Answer create(Call call) {
    NewRoom wanted = call.body(NewRoom.class);
    return Once.run(
        call,
        once -> created(admin.create(call.caller(), wanted.id(), wanted.room(), once)),
        RoomRoutes::createdBefore);
  }

  /** A picture is shown by pages of ours alone; by itself it is a file and never a page. */
  private Answer photo(Call call) {
    String id = id(call);
    Photos.OfRoom found = photos.of(id);
    rights.require("catalogue", call.caller(), Relation.toRoom(found.site(), id), "");
    Photos.Photo photo = found.orRefuse();
    String ending = photo.mediaType().substring("image/".length());
    return Answer.bytes(photo.mediaType(), photo.bytes())
        .tagged(photo.tag())
        .with("Content-Disposition", "attachment; filename=\"" + id + "." + ending + "\"")
        .with("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'");
  }

  private Answer setPhoto(Call call) {
    photos.set(call.caller(), id(call), call.bytes());
    return answer(rooms.view(id(call)));
  }

  private Answer removePhoto(Call call) {
    photos.remove(call.caller(), id(call));
    return answer(rooms.view(id(call)));
  }

  private Answer addEquipment(Call call) {
    Features.Feature wanted = call.body(Features.Feature.class);
    return Once.run(
        call,
        once -> Answer.of(201, admin.addEquipment(call.caller(), wanted, once)),
        (again, kind) -> again);
  }

  private static Answer created(RoomView room) {
    return Answer.created(LOCATION + room.id(), room).tagged(Integer.toString(room.version()));
  }

  private static Answer createdBefore(Answer again, JsonNode room) {
    return again
        .with("Location", LOCATION + room.path("id").asText())
        .tagged(room.path("version").asText());
  }

  private static Answer answer(RoomView room) {
    return Answer.ok(room).tagged(Integer.toString(room.version()));
  }

  private static String id(Call call) {
    return call.path("roomId");
  }
}
