package foyer.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that a display needs to show one room, now and until {@code validUntil}, without asking
 * again. It holds only what a passer-by may read. REST, WebSocket, MQTT and the store on a device's
 * disk carry the same bytes; docs/wire.md describes them.
 *
 * @param type always {@code timeline}
 * @param version of this format, 1
 * @param room the room's id
 * @param site the site's id
 * @param epoch raised when the record was restored: a higher one always wins
 * @param revision raised with each change of the room
 * @param computedAt PostgreSQL's clock when the room was read
 * @param validUntil first instant about which this says nothing
 * @param zone the site's IANA zone
 * @param face what stands at the door whatever happens
 * @param offers minutes that the buttons propose
 * @param meetings those that the entries speak of, by start
 * @param entries gap-free and by {@code from}; the first is in force at {@code computedAt}
 */
@JsonPropertyOrder({
  "type",
  "version",
  "room",
  "site",
  "epoch",
  "revision",
  "computedAt",
  "validUntil",
  "zone",
  "face",
  "offers",
  "meetings",
  "entries"
})
public record Timeline(
    String type,
    int version,
    String room,
    String site,
    long epoch,
    long revision,
    Instant computedAt,
    Instant validUntil,
    String zone,
    Face face,
    Offers offers,
    List<Meeting> meetings,
    List<Entry> entries) {

  /** The format that this code writes and reads. */
  public static final int VERSION = 1;

  /**
   * The most that a timeline may weigh, in bytes of UTF-8; a fuller one ends its window earlier.
   */
  public static final int MAX_BYTES = 16 * 1024;

  /** A timeline of the present format. */
  public Timeline(
      String room,
      String site,
      long epoch,
      long revision,
      Instant computedAt,
      Instant validUntil,
      String zone,
      Face face,
      Offers offers,
      List<Meeting> meetings,
      List<Entry> entries) {
    this(
        "timeline",
        VERSION,
        room,
        site,
        epoch,
        revision,
        computedAt,
        validUntil,
        zone,
        face,
        offers,
        meetings,
        entries);
  }

  /** The place of this timeline in the order of all of its room. */
  public Stamp stamp() {
    return new Stamp(epoch, revision, computedAt);
  }

  /**
   * What stands at the door whatever happens.
   *
   * @param floor as people say it, such as {@code 8F}
   * @param capacity people
   * @param equipment codes: {@code projector}, {@code screen}, {@code whiteboard}, {@code phone},
   *     {@code video}, {@code sound}
   */
  public record Face(Names name, String floor, int capacity, List<String> equipment) {}

  /**
   * Minutes that the buttons propose; what does not fit before an action's {@code until} is not
   * shown.
   *
   * @param book lengths of a booking made at the door
   * @param extend steps by which a running meeting's end may move
   * @param longest the longest booking that the door may make
   */
  public record Offers(List<Integer> book, List<Integer> extend, int longest) {}

  /**
   * A meeting as a passer-by may read it: of a confidential one only its time.
   *
   * @param id the booking's id
   * @param from its start
   * @param until its end
   * @param level how confidential it is
   * @param reception whether it receives customers (K); absent on the wire where not
   * @param people head-count
   * @param checkedIn whether somebody has signed in at the room; absent on the wire where not
   */
  @JsonInclude(Include.NON_NULL)
  public record Meeting(
      long id,
      Instant from,
      Instant until,
      Level level,
      @JsonInclude(Include.NON_DEFAULT) boolean reception,
      @JsonInclude(Include.NON_DEFAULT) boolean checkedIn,
      @Nullable String subject,
      @Nullable Names convener,
      @Nullable Names department,
      @Nullable Integer people) {}

  /**
   * What the room is from {@code from} until the next entry.
   *
   * @param meeting the id of the meeting that the state is about; absent for {@code free} and
   *     {@code closed}
   * @param actions what may be asked for at the door meanwhile, besides what goes without saying:
   *     to sign in to a meeting that is prepared or awaited unless somebody has, and to end one
   *     that is running
   */
  public record Entry(
      Instant from,
      DoorState state,
      @JsonInclude(Include.NON_NULL) @Nullable Long meeting,
      @JsonInclude(Include.NON_EMPTY) List<Action> actions) {

    /** Reads an absent list of actions as an empty one. */
    @SuppressWarnings("NullAway") // Jackson hands null for what is absent
    public Entry {
      actions = actions == null ? List.of() : List.copyOf(actions);
    }
  }
}
