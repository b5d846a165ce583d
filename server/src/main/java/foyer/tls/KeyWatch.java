package foyer.tls;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every ten seconds whether certificate or key were written anew, as authorities' tools do
 * without telling anybody, and as the house's own authority does when they end soon. What is
 * written but cannot be used is left alone, and said in the log.
 */
public final class KeyWatch {

  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final Keys keys;
  private final Runnable renewal;
  private final Runnable changed;
  private FileTime seen;

  private KeyWatch(Keys keys, Runnable renewal, Runnable changed) throws IOException {
    this.keys = keys;
    this.renewal = renewal;
    this.changed = changed;
    this.seen = keys.changedAt();
  }

  /**
   * Begins to look.
   *
   * @param renewal writes the files anew where it is time to; run on a worker thread before each
   *     look
   * @param changed run on a worker thread after each change to files that can be used
   */
  public static void start(Vertx vertx, Keys keys, Runnable renewal, Runnable changed) {
    start(vertx, keys, renewal, changed, EVERY);
  }

  static void start(Vertx vertx, Keys keys, Runnable renewal, Runnable changed, Duration every) {
    try {
      KeyWatch watch = new KeyWatch(keys, renewal, changed);
      vertx.setPeriodic(every.toMillis(), tick -> vertx.executeBlocking(watch::look, true));
    } catch (IOException failure) {
      throw new Keys.Unusable(keys.certificate() + " cannot be read: " + failure, failure);
    }
  }

  private Void look() {
    try {
      renewal.run();
      FileTime now = keys.changedAt();
      if (!now.equals(seen)) {
        seen = now;
        keys.check();
        changed.run();
        LOG.info("certificate and key were written anew and are in use");
      }
    } catch (IOException | UncheckedIOException | Keys.Unusable unusable) {
      LOG.warn("certificate and key cannot be used: {}", unusable.getMessage());
    }
    return null;
  }
}
