package foyer.client;

import foyer.wire.Action;
import foyer.wire.DoorState;
import foyer.wire.Json;
import foyer.wire.Level;
import foyer.wire.Names;
import foyer.wire.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Timelines for tests. */
final class Timelines {

  static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");

  private Timelines() {}

  /** A room with one meeting from ten to eleven. */
  static Timeline of(String room, long epoch, long revision, Instant computedAt) {
    return new Timeline(
        room,
        "sh",
        epoch,
        revision,
        computedAt,
        NINE.plusSeconds(48 * 3600),
        "Asia/Shanghai",
        new Timeline.Face(new Names("松涛厅", "Songtao"), "8F", 12, List.of("projector")),
        new Timeline.Offers(List.of(15, 30), List.of(5, 15), 120),
        List.of(meeting(17, NINE.plusSeconds(3600))),
        List.of(
            entry(NINE, DoorState.FREE, null),
            entry(NINE.plusSeconds(3600), DoorState.IN_USE, 17L),
            entry(NINE.plusSeconds(7200), DoorState.FREE, null)));
  }

  /** The same as the server would send it. */
  static byte[] bytes(String room, long epoch, long revision) {
    return Json.bytes(of(room, epoch, revision, NINE));
  }

  /** A timeline near the greatest weight that is allowed. */
  static byte[] heavy(String room, long revision) {
    List<Timeline.Meeting> meetings = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      meetings.add(meeting(i, NINE.plusSeconds(i * 900L)));
    }
    Timeline light = of(room, 1, revision, NINE);
    return Json.bytes(
        new Timeline(
            room,
            "sh",
            1,
            revision,
            NINE,
            light.validUntil(),
            light.zone(),
            light.face(),
            light.offers(),
            meetings,
            light.entries()));
  }

  private static Timeline.Meeting meeting(long id, Instant from) {
    Names convener = new Names("王芳", "Wang Fang");
    return new Timeline.Meeting(
        id, from, from.plusSeconds(3600), Level.INTERNAL, false, false, "客服周例会", convener, null, 8);
  }

  private static Timeline.Entry entry(
      Instant from, DoorState state, @org.jspecify.annotations.Nullable Long meeting) {
    List<Action> actions =
        state == DoorState.FREE ? List.of(Action.book(from.plusSeconds(3600))) : List.of();
    return new Timeline.Entry(from, state, meeting, actions);
  }
}
