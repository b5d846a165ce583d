package foyer.embedded;

import foyer.wire.TopicRights;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.mqtt.MqttEndpoint;
import io.vertx.mqtt.messages.codes.MqttDisconnectReasonCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Sessions, subscriptions and retained messages, and the way of a message between them. Lives on
 * one event loop; only the counters are read from elsewhere.
 */
final class Hub {

  final BrokerOptions.Limits limits;
  final AtomicInteger clients = new AtomicInteger();
  final AtomicInteger retainedCount = new AtomicInteger();
  final AtomicLong dropped = new AtomicLong();

  private final Map<String, Session> sessions = new HashMap<>();
  private final SubscriptionTree<Session> readers = new SubscriptionTree<>();
  private final Retained retained;

  Hub(BrokerOptions.Limits limits) {
    this.limits = limits;
    this.retained = new Retained(limits.retainedMessages(), limits.retainedBytes());
  }

  /** Monotonic milliseconds. */
  static long now() {
    return System.nanoTime() / 1_000_000;
  }

  /**
   * The session for a client that has been let in: the one that it left, cut down to its present
   * rights, or a new one. An earlier connection of the same client is cut off. Empty if there is no
   * room for another connection or session.
   */
  Optional<Session> open(String client, boolean clean, TopicRights rights) {
    Session before = sessions.get(client);
    if (before != null && before.link != null) {
      before.link.cut(MqttDisconnectReasonCode.SESSION_TAKEN_OVER);
      before = sessions.get(client);
    }
    if (clients.get() >= limits.clients()) {
      return Optional.empty();
    }
    if (before != null && clean) {
      end(before);
      before = null;
    }
    if (before != null) {
      resume(before, rights);
      return Optional.of(before);
    }
    if (sessions.size() >= limits.sessions() && !endLongestAway()) {
      return Optional.empty();
    }
    Outbox outbox = new Outbox(limits.queuedMessages(), limits.queuedBytes());
    Session fresh = new Session(client, rights, outbox);
    sessions.put(client, fresh);
    return Optional.of(fresh);
  }

  /** Gives the session its connection, and the connection its CONNACK. */
  void attach(Session session, MqttEndpoint endpoint, Arrival.Wishes wishes) {
    boolean present = session.known;
    Link link = new Link(this, session, endpoint, wishes);
    session.known = true;
    session.expiry = wishes.sessionExpiry();
    session.link = link;
    clients.incrementAndGet();
    link.accept(present, Arrival.announcement(endpoint, wishes, limits));
  }

  /** Whether the broker remembers this client. */
  boolean knows(String client) {
    return sessions.containsKey(client);
  }

  /** Adds or replaces a subscription; the rights have been checked. */
  void subscribe(Session session, Subscription subscription) {
    session.subscriptions.put(subscription.filter(), subscription);
    readers.put(session, subscription);
  }

  /** Hands the retained messages of a new subscription to its session. */
  void showRetained(Session session, Subscription subscription) {
    List<Integer> ids = subscription.id() == 0 ? List.of() : List.of(subscription.id());
    for (Message message : retained.matching(subscription.filter(), now())) {
      if (!(subscription.noLocal() && message.publisher().equals(session.client))) {
        MqttQoS qos = lower(message.qos(), subscription.qos());
        deliver(session, new Outgoing(message, qos, true, ids));
      }
    }
  }

  /** Takes a subscription away; false if there was none. */
  boolean unsubscribe(Session session, String filter) {
    if (session.subscriptions.remove(filter) == null) {
      return false;
    }
    readers.remove(session, filter);
    return true;
  }

  /**
   * Gives a message to everybody who listens, and keeps it if it is to be retained. False, and
   * nobody gets it, if there is no room to retain it.
   */
  boolean publish(Message message) {
    if (message.retain() && !retained.keep(message)) {
      dropped.incrementAndGet();
      return false;
    }
    retainedCount.set(retained.count());
    readers
        .match(message.topic())
        .forEach((session, matching) -> route(session, matching, message));
    return true;
  }

  /**
   * The client's connection is gone: its will is published or waits, its session ends or waits.
   *
   * @param will null after an orderly farewell
   */
  void left(Session session, @Nullable Will will) {
    session.link = null;
    clients.decrementAndGet();
    long now = now();
    session.endsAt = now + session.expiry;
    if (will != null && Math.min(will.delay(), session.expiry) > 0) {
      session.will = will;
      session.willAt = now + will.delay();
    } else if (will != null) {
      publish(will.message());
    }
    if (session.expiry == 0) {
      end(session);
    }
  }

  /** Cuts the client off and forgets its session. */
  void revoke(String client) {
    Session session = sessions.get(client);
    if (session != null) {
      session.expiry = 0;
      if (session.link != null) {
        session.link.cut(MqttDisconnectReasonCode.ADMINISTRATIVE_ACTION);
      } else {
        end(session);
      }
    }
  }

  /** Once a second: what is due by now. */
  void sweep() {
    long now = now();
    for (Session session : List.copyOf(sessions.values())) {
      Link link = session.link;
      if (link != null) {
        link.watch(now);
      } else if (now >= session.endsAt) {
        end(session);
      } else if (session.will != null && now >= session.willAt) {
        fireWill(session);
      }
    }
    retained.sweep(now);
    retainedCount.set(retained.count());
  }

  /** Says farewell to every client. */
  void shutDown() {
    for (Session session : new ArrayList<>(sessions.values())) {
      if (session.link != null) {
        session.link.farewell();
      }
    }
  }

  private void resume(Session session, TopicRights rights) {
    session.rights = rights;
    session.will = null;
    for (String filter : List.copyOf(session.subscriptions.keySet())) {
      if (!rights.maySubscribe(filter)) {
        unsubscribe(session, filter);
      }
    }
    session.outbox.retainIf(message -> rights.maySubscribe(message.topic()));
    session.outbox.repeat();
  }

  private void route(Session session, List<Subscription> matching, Message message) {
    boolean own = message.publisher().equals(session.client);
    MqttQoS qos = MqttQoS.AT_MOST_ONCE;
    boolean retain = false;
    boolean any = false;
    List<Integer> ids = new ArrayList<>(1);
    for (Subscription subscription : matching) {
      if (!(own && subscription.noLocal())) {
        any = true;
        qos = subscription.qos().value() > qos.value() ? subscription.qos() : qos;
        retain |= subscription.retainAsPublished() && message.retain();
        if (subscription.id() != 0) {
          ids.add(subscription.id());
        }
      }
    }
    if (any) {
      deliver(session, new Outgoing(message, lower(qos, message.qos()), retain, ids));
    }
  }

  private void deliver(Session session, Outgoing outgoing) {
    Link link = session.link;
    if (link != null) {
      if (session.outbox.add(outgoing)) {
        link.pump();
      } else {
        dropped.incrementAndGet();
        if (outgoing.qos() != MqttQoS.AT_MOST_ONCE) {
          link.cut(MqttDisconnectReasonCode.QUOTA_EXCEEDED);
        }
      }
    } else if (outgoing.qos() != MqttQoS.AT_MOST_ONCE) {
      queueForAbsent(session, outgoing);
    }
  }

  private void queueForAbsent(Session session, Outgoing outgoing) {
    boolean kept = session.outbox.add(outgoing);
    while (!kept) {
      dropped.incrementAndGet();
      if (!session.outbox.dropOldest()) {
        return;
      }
      kept = session.outbox.add(outgoing);
    }
  }

  private boolean endLongestAway() {
    Optional<Session> longest =
        sessions.values().stream()
            .filter(session -> session.link == null)
            .min(Comparator.comparingLong(session -> session.endsAt));
    longest.ifPresent(this::end);
    return longest.isPresent();
  }

  private void end(Session session) {
    sessions.remove(session.client, session);
    session.subscriptions.keySet().forEach(filter -> readers.remove(session, filter));
    session.subscriptions.clear();
    if (session.will != null) {
      fireWill(session);
    }
  }

  private void fireWill(Session session) {
    Will will = session.will;
    session.will = null;
    if (will != null) {
      publish(will.message());
    }
  }

  private static MqttQoS lower(MqttQoS a, MqttQoS b) {
    return a.value() < b.value() ? a : b;
  }
}
