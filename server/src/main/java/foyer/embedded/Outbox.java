package foyer.embedded;

import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What one session has yet to be given: messages that wait, in order, and QoS 1 messages in flight
 * until they are acknowledged. Bounded in number and bytes.
 */
final class Outbox {

  private static final int LAST_PACKET_ID = 65_535;

  private final int mostMessages;
  private final int mostBytes;
  private final ArrayDeque<Outgoing> waiting = new ArrayDeque<>(4);
  private final Map<Integer, Outgoing> inFlight = new LinkedHashMap<>(4);
  private final ArrayDeque<Integer> again = new ArrayDeque<>(0);
  private int bytes;
  private int lastId;

  Outbox(int mostMessages, int mostBytes) {
    this.mostMessages = mostMessages;
    this.mostBytes = mostBytes;
  }

  /**
   * Takes a message in, or says false if there is no room. QoS 0 is given half of the room, so that
   * it never crowds out QoS 1.
   */
  boolean add(Outgoing outgoing) {
    int share = outgoing.qos() == MqttQoS.AT_MOST_ONCE ? 2 : 1;
    int size = outgoing.message().size();
    if (waiting.size() >= mostMessages / share || bytes + size > mostBytes / share) {
      return false;
    }
    waiting.addLast(outgoing);
    bytes += size;
    return true;
  }

  /** Lets go of the message that has waited longest; false if none waits. */
  boolean dropOldest() {
    Outgoing oldest = waiting.pollFirst();
    if (oldest == null) {
      return false;
    }
    bytes -= oldest.message().size();
    return true;
  }

  /**
   * The next message to send, or null if none waits or the window is full. A QoS 1 message is in
   * flight from here on; what has expired is passed over.
   *
   * @param window how many may be sent on this connection and not yet acknowledged
   */
  @Nullable Sending next(int window, long now) {
    boolean full = inFlight.size() - again.size() >= window;
    Integer repeated = full ? null : again.pollFirst();
    Outgoing unacknowledged = repeated == null ? null : inFlight.get(repeated);
    if (repeated != null && unacknowledged != null) {
      return new Sending(repeated, unacknowledged, true);
    }
    while (!waiting.isEmpty() && waiting.getFirst().message().expired(now)) {
      dropOldest();
    }
    Outgoing head = waiting.peekFirst();
    if (head == null || !again.isEmpty()) {
      return null;
    }
    if (head.qos() == MqttQoS.AT_MOST_ONCE) {
      dropOldest();
      return new Sending(0, head, false);
    }
    if (full) {
      return null;
    }
    waiting.removeFirst();
    int id = freeId();
    inFlight.put(id, head);
    return new Sending(id, head, false);
  }

  /** On a new connection: what was in flight is sent again, first and with the DUP flag. */
  void repeat() {
    again.clear();
    again.addAll(inFlight.keySet());
  }

  /** The reader has it. */
  void acknowledged(int id) {
    Outgoing done = inFlight.remove(id);
    if (done != null) {
      bytes -= done.message().size();
      again.remove((Integer) id);
    }
  }

  /** Keeps only messages that the reader may still have. */
  void retainIf(Predicate<Message> allowed) {
    bytes -= removeUnless(waiting.iterator(), allowed);
    bytes -= removeUnless(inFlight.values().iterator(), allowed);
  }

  /** How many messages wait or are in flight. */
  int size() {
    return waiting.size() + inFlight.size();
  }

  private static int removeUnless(Iterator<Outgoing> all, Predicate<Message> allowed) {
    int freed = 0;
    while (all.hasNext()) {
      Message message = all.next().message();
      if (!allowed.test(message)) {
        freed += message.size();
        all.remove();
      }
    }
    return freed;
  }

  private int freeId() {
    do {
      lastId = lastId % LAST_PACKET_ID + 1;
    } while (inFlight.containsKey(lastId));
    return lastId;
  }

  /**
   * A message with its packet id.
   *
   * @param id 0 at QoS 0
   * @param again sent before on an earlier connection
   */
  record Sending(int id, Outgoing outgoing, boolean again) {}
}
