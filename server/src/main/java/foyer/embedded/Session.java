package foyer.embedded;

import foyer.wire.TopicRights;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the broker remembers of a client, with and without a connection. */
final class Session {

  final String client;
  final Outbox outbox;
  final Map<String, Subscription> subscriptions = new HashMap<>(4);
  TopicRights rights;

  /** The connection, or null while the client is away. */
  @Nullable Link link;

  /** Whether an earlier connection had this session. */
  boolean known;

  /** Milliseconds that the session outlives its connection; 0 ends it with the connection. */
  long expiry;

  /** While away: monotonic milliseconds at which the session ends. */
  long endsAt;

  /** While away: a will that waits for its delay. */
  @Nullable Will will;

  /** While away: monotonic milliseconds at which the will is due. */
  long willAt;

  Session(String client, TopicRights rights, Outbox outbox) {
    this.client = client;
    this.rights = rights;
    this.outbox = outbox;
  }
}
