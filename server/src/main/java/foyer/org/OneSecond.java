package foyer.org;

import foyer.sql.SqlFailed;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Answers of the database that are kept for one second, and no longer than until they are known to
 * be old. While the database is silent the last answer counts: a display that comes back then goes
 * on showing what is known, and nothing can be changed anyway.
 */
public final class OneSecond<V> {

  private static final long KEPT_NS = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_KEPT = 20_000;

  private final Map<String, Kept<V>> kept = new ConcurrentHashMap<>();
  private final AtomicLong age = new AtomicLong();

  private record Kept<V>(V value, long since, long age) {}

  /** The answer under this key, asked for if it is not kept. */
  public V get(String key, Supplier<V> ask) {
    long presentAge = age.get();
    long now = System.nanoTime();
    Kept<V> known = kept.get(key);
    if (known != null && known.age() == presentAge && now - known.since() < KEPT_NS) {
      return known.value();
    }
    V answer;
    try {
      answer = ask.get();
    } catch (SqlFailed failure) {
      Kept<V> last = kept.get(key);
      if (last == null || failure.state() != null) {
        throw failure;
      }
      return last.value();
    }
    if (kept.size() >= MOST_KEPT) {
      kept.clear();
    }
    kept.put(key, new Kept<>(answer, now, presentAge));
    return answer;
  }

  /** Forgets all answers, those included that are on their way. */
  public void forget() {
    age.incrementAndGet();
    kept.clear();
  }
}
