package foyer.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who and what is taken when: rooms are not booked twice, and nobody sits in two meetings at once.
 */
final class Diary {

  private record Span(Instant from, Instant until) {}

  private final Map<Object, List<Span>> taken = new HashMap<>();

  /** Whether the room or person is free for the whole of it. */
  boolean isFree(Object who, Instant from, Instant until) {
    return taken.getOrDefault(who, List.of()).stream()
        .noneMatch(span -> span.from().isBefore(until) && from.isBefore(span.until()));
  }

  /**
   * Takes the room from the start of its preparation, and all people from the start of the meeting.
   */
  void enter(Meeting meeting, Duration hold) {
    take(meeting.room(), meeting.start().minus(hold), meeting.end());
    take(meeting.convener(), meeting.start(), meeting.end());
    meeting.attendees().forEach(person -> take(person, meeting.start(), meeting.end()));
    meeting.invited().forEach(person -> take(person, meeting.start(), meeting.end()));
  }

  private void take(Object who, Instant from, Instant until) {
    taken.computeIfAbsent(who, unknown -> new ArrayList<>()).add(new Span(from, until));
  }
}
