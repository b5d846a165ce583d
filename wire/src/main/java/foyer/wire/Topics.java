package foyer.wire;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of the MQTT topics, and the form of the ids in them. */
public final class Topics {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern ROOM_TIMELINE = Pattern.compile("foyer/rooms/([^/]+)/timeline");

  private Topics() {}

  /**
   * Whether this may be the id of a room, a site or a device: it fits into a topic and an address
   * as it is.
   */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** Retained: the room's timeline. */
  public static String roomTimeline(String room) {
    return "foyer/rooms/" + room + "/timeline";
  }

  /** The room of a timeline's topic, or nothing for any other topic. */
  public static Optional<String> roomOf(String topic) {
    Matcher matcher = ROOM_TIMELINE.matcher(topic);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  /** Retained: an emergency of the site. */
  public static String siteEmergency(String site) {
    return "foyer/sites/" + site + "/emergency";
  }

  /** Commands to a device. */
  public static String deviceCommand(String device) {
    return "foyer/devices/" + device + "/command";
  }

  /** Retained, and the device's last will: how it is. */
  public static String deviceStatus(String device) {
    return "foyer/devices/" + device + "/status";
  }

  /** What a device reports, not retained. */
  public static String deviceUp(String device) {
    return "foyer/devices/" + device + "/up";
  }
}
