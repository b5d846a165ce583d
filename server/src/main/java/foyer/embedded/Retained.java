package foyer.embedded;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The last retained message of each topic, bounded in number and bytes. */
final class Retained {

  private final Map<String, Message> messages = new HashMap<>();
  private final int mostMessages;
  private final long mostBytes;
  private long bytes;

  Retained(int mostMessages, long mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /**
   * Keeps the message as its topic's last one; an empty one clears the topic. False, and nothing
   * changes, if there is no room.
   */
  boolean keep(Message message) {
    if (message.payload().length() == 0) {
      forget(message.topic());
      return true;
    }
    Message before = messages.get(message.topic());
    int count = messages.size() + (before == null ? 1 : 0);
    long weight = bytes + message.size() - (before == null ? 0 : before.size());
    if (count > mostMessages || weight > mostBytes) {
      return false;
    }
    messages.put(message.topic(), message);
    bytes = weight;
    return true;
  }

  /** What a new subscriber of the filter is shown. */
  List<Message> matching(String filter, long now) {
    List<Message> found = new ArrayList<>();
    if (filter.indexOf('+') < 0) {
      Message one = messages.get(filter);
      if (one != null && !one.expired(now)) {
        found.add(one);
      }
      return found;
    }
    String[] levels = SubscriptionTree.levels(filter);
    for (Message message : messages.values()) {
      if (!message.expired(now) && SubscriptionTree.matches(levels, message.topic())) {
        found.add(message);
      }
    }
    return found;
  }

  /** Lets go of what has expired. */
  void sweep(long now) {
    List<String> expired = new ArrayList<>();
    for (Message message : messages.values()) {
      if (message.expired(now)) {
        expired.add(message.topic());
      }
    }
    expired.forEach(this::forget);
  }

  /** How many topics have a retained message. */
  int count() {
    return messages.size();
  }

  private void forget(String topic) {
    Message gone = messages.remove(topic);
    if (gone != null) {
      bytes -= gone.size();
    }
  }
}
