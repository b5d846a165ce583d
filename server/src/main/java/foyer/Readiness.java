package foyer;

import foyer.api.Answer;
import foyer.api.Operation;
import foyer.timeline.Timelines;
import java.time.Duration;
import java.util.Map;

/** Whether the server can do its work: the database has answered within the last seconds. */
final class Readiness {

  private static final Duration SILENT_AT_MOST = Duration.ofSeconds(3);

  private final Timelines timelines;

  Readiness(Timelines timelines) {
    this.timelines = timelines;
  }

  Map<String, Operation> operations() {
    return Map.of(
        "ready",
        call -> {
          boolean ready = ready();
          return Answer.of(ready ? 200 : 503, Map.of("ok", ready));
        });
  }

  /** Whether it can; any thread. */
  boolean ready() {
    return timelines.feed().age().compareTo(SILENT_AT_MOST) < 0;
  }
}
