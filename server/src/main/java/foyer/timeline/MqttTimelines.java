package foyer.timeline;

import foyer.wire.Topics;

/**
 * Mirrors what is shown to the broker, retained. Only the elected node publishes; on each connect
 * it publishes everything, and clears topics of rooms that are gone. The broker is a cache, never
 * the record.
 */
public final class MqttTimelines implements RoomFeed.Listener {

  private static final byte[] NOTHING = new byte[0];

  private final RoomFeed feed;
  private final MqttLink link;

  /** A mirror of this feed; begins with {@link #start}. */
  public MqttTimelines(RoomFeed feed, MqttLink link) {
    this.feed = feed;
    this.link = link;
  }

  /** Listens to the feed; on its event loop. */
  public void start() {
    feed.listen(this);
    link.onConnect(this::publishAll);
    link.subscribe("foyer/rooms/+/timeline", this::seen);
  }

  @Override
  public void shown(Shown shown) {
    if (link.connected()) {
      publish(shown);
    }
  }

  @Override
  public void gone(String room, String site) {
    if (link.connected()) {
      clear(room);
    }
  }

  private void publishAll() {
    feed.all().forEach(this::publish);
  }

  private void publish(Shown shown) {
    link.retain(Topics.roomTimeline(shown.room()), shown.buffer().getBytes());
  }

  /** What the broker retains of a room that does not exist any longer is taken away. */
  private void seen(String topic, byte[] payload) {
    Topics.roomOf(topic)
        .filter(room -> payload.length > 0 && feed.of(room).isEmpty())
        .ifPresent(this::clear);
  }

  private void clear(String room) {
    link.retain(Topics.roomTimeline(room), NOTHING);
  }
}
