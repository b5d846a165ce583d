package foyer.timeline;

import foyer.wire.Stamp;
import foyer.wire.Timeline;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;

/**
 * What is shown of a room: computed once, the same bytes for every reader.
 *
 * @param text the timeline as JSON
 * @param buffer the same as UTF-8
 * @param catalogue revision of the catalogue that it was computed with
 * @param defaults id of the version of the company's default set that it was computed with
 */
public record Shown(
    String room,
    String site,
    Stamp stamp,
    Instant validUntil,
    String text,
    Buffer buffer,
    long catalogue,
    long defaults) {

  static Shown of(Timeline timeline, byte[] bytes, long catalogue, long defaults) {
    Buffer buffer = Buffer.buffer(bytes);
    return new Shown(
        timeline.room(),
        timeline.site(),
        timeline.stamp(),
        timeline.validUntil(),
        buffer.toString(),
        buffer,
        catalogue,
        defaults);
  }

  /** The entity tag, without its quotes. */
  public String tag() {
    return stamp.epoch() + "-" + stamp.revision() + "-" + stamp.computedAt();
  }

  /**
   * Whether the other one says the same, though computed later: time alone changes nothing that is
   * told.
   */
  boolean saysTheSameAs(Shown other) {
    return stamp.epoch() == other.stamp.epoch()
        && stamp.revision() == other.stamp.revision()
        && catalogue == other.catalogue
        && defaults == other.defaults
        && validUntil.equals(other.validUntil);
  }
}
