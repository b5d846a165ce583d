package foyer.client;

import foyer.wire.Json;
import foyer.wire.Stamp;
import foyer.wire.Timeline;
import foyer.wire.Topics;
import io.vertx.core.buffer.Buffer;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A timeline as it came, and what it says.
 *
 * @param bytes the very bytes that the server sent
 */
record HeldTimeline(Buffer bytes, Timeline timeline) {

  /**
   * Reads a timeline; throws {@link IllegalArgumentException} with the reason for anything else.
   */
  static HeldTimeline of(byte[] bytes) {
    if (bytes.length > Timeline.MAX_BYTES) {
      throw new IllegalArgumentException(bytes.length + " bytes are too many");
    }
    try {
      Timeline timeline = Json.read(bytes, Timeline.class);
      check(timeline);
      return new HeldTimeline(Buffer.buffer(bytes), timeline);
    } catch (UncheckedIOException | NullPointerException e) {
      throw new IllegalArgumentException("no timeline: " + firstLine(e), e);
    }
  }

  /** Its room. */
  String room() {
    return timeline.room();
  }

  /** Its place in the order of the room's timelines. */
  Stamp stamp() {
    return timeline.stamp();
  }

  /** As the server writes it: {@code "<epoch>-<revision>-<computedAt>"}. */
  String etag() {
    Stamp stamp = stamp();
    return "\"" + stamp.epoch() + "-" + stamp.revision() + "-" + stamp.computedAt() + "\"";
  }

  /** The bytes as the text that they are. */
  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static void check(Timeline timeline) {
    if (!"timeline".equals(timeline.type()) || timeline.version() != Timeline.VERSION) {
      throw new IllegalArgumentException(
          "no timeline of version " + Timeline.VERSION + ": " + timeline.type());
    }
    if (!Topics.isId(timeline.room()) || !Topics.isId(timeline.site())) {
      throw new IllegalArgumentException("room or site is no id");
    }
    Objects.requireNonNull(timeline.computedAt(), "computedAt");
    Objects.requireNonNull(timeline.validUntil(), "validUntil");
    Objects.requireNonNull(timeline.face(), "face");
    Objects.requireNonNull(timeline.entries(), "entries");
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
