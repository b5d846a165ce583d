package foyer.timeline;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.room.NoSuchRoom;
import java.time.Instant;
import java.util.Map;

/** What displays ask by REST: the same bytes that are pushed, never computed anew. */
public final class TimelineRoutes {

  private final RoomFeed feed;
  private final ServerTime time;
  private final Rights rights;

  /** Operations on this feed. */
  public TimelineRoutes(RoomFeed feed, ServerTime time, Rights rights) {
    this.rights = rights;
    this.feed = feed;
    this.time = time;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("getTimeline", this::timeline, "clock", this::clock);
  }

  private record Clock(Instant now, Instant heard) {}

  private Answer timeline(Call call) {
    String room = call.path("roomId");
    Shown shown = feed.of(room).orElseThrow(() -> new NoSuchRoom(room));
    rights.require("free-busy", call.caller(), Relation.toRoom(shown.site(), room), "");
    return Answer.bytes("application/json", shown.buffer().getBytes())
        .tagged(shown.tag())
        .with("Cache-Control", "no-cache");
  }

  private Answer clock(Call call) {
    Instant now = time.now();
    return Answer.ok(new Clock(now, now)).with("Cache-Control", "no-store");
  }
}
