package foyer.wire;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a credential may do with topics; whatever is not listed is refused.
 *
 * @param read filters that it may subscribe to (and topics that it may receive)
 * @param write filters of topics that it may publish to, also as its last will
 */
public record TopicRights(List<String> read, List<String> write) {

  /**
   * A display or a kiosk: the timelines of its rooms, its site's emergency, its own commands,
   * status and reports.
   */
  public static TopicRights device(String device, String site, List<String> rooms) {
    List<String> read = new ArrayList<>();
    rooms.forEach(room -> read.add(Topics.roomTimeline(room)));
    read.add(Topics.siteEmergency(site));
    read.add(Topics.deviceCommand(device));
    return new TopicRights(
        List.copyOf(read), List.of(Topics.deviceStatus(device), Topics.deviceUp(device)));
  }

  /** The server: publishes what displays show, hears what devices report. */
  public static TopicRights server() {
    return new TopicRights(
        List.of(
            "foyer/rooms/+/timeline",
            "foyer/rooms/+/sensors/+",
            "foyer/devices/+/status",
            "foyer/devices/+/up"),
        List.of(
            "foyer/rooms/+/timeline",
            "foyer/sites/+/emergency",
            "foyer/devices/+/command",
            "foyer/devices/+/status"));
  }

  /** An integration: reads all timelines and device states, also by wildcard; writes nothing. */
  public static TopicRights integration() {
    return new TopicRights(List.of("foyer/rooms/+/timeline", "foyer/devices/+/status"), List.of());
  }

  /** A gateway: writes sensor values, reads nothing. */
  public static TopicRights gateway() {
    return new TopicRights(List.of(), List.of("foyer/rooms/+/sensors/+"));
  }

  /**
   * Whether the credential may subscribe to this filter: every topic that it can match is within
   * its rights.
   */
  public boolean maySubscribe(String filter) {
    return isFilter(filter) && read.stream().anyMatch(allowed -> covers(allowed, filter));
  }

  /** Whether the credential may publish to this topic. */
  public boolean mayPublish(String topic) {
    return isTopic(topic) && write.stream().anyMatch(allowed -> covers(allowed, topic));
  }

  /**
   * Whether every topic that {@code filter} matches is matched by {@code allowed} too ({@code +}
   * only; no {@code #}). A leading {@code +} does not reach topics that begin with {@code $} (MQTT
   * 5 §4.7.2).
   */
  private static boolean covers(String allowed, String filter) {
    String[] left = allowed.split("/", -1);
    String[] right = filter.split("/", -1);
    if (left.length != right.length || (left[0].equals("+") && filter.startsWith("$"))) {
      return false;
    }
    for (int i = 0; i < left.length; i++) {
      if (!left[i].equals("+") && !left[i].equals(right[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isTopic(String topic) {
    return isFilter(topic) && topic.indexOf('+') < 0;
  }

  /** Well-formed and of this house: no {@code #}, each {@code +} a level of its own. */
  private static boolean isFilter(String filter) {
    return !filter.isEmpty()
        && filter.length() <= 256
        && filter.indexOf('#') < 0
        && filter.chars().noneMatch(Character::isISOControl)
        && Arrays.stream(filter.split("/", -1))
            .allMatch(level -> level.equals("+") || level.indexOf('+') < 0);
  }
}
