package foyer.device;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the rights at Mosquitto those of the record. Several servers may do so at once: whoever has
 * written looks at the record again, and writes again if it has changed meanwhile, so that the last
 * word is the newest. Any thread may ask.
 */
public final class Provisioning {

  private static final Logger LOG = LoggerFactory.getLogger(Provisioning.class);
  private static final long FIRST_PAUSE_MS = 200;
  private static final int DOUBLED_AT_MOST = 7;

  private final Vertx vertx;
  private final Context context;
  private final Supplier<Future<List<Credential>>> record;
  private final Supplier<DynamicSecurity> broker;
  private final List<Promise<Void>> asked = new ArrayList<>();
  private boolean trying;
  private int failures;

  /**
   * Nothing is done before it is asked for.
   *
   * @param record says who may do what, as of now
   * @param broker connects to its administration; may block
   */
  public Provisioning(
      Vertx vertx, Supplier<Future<List<Credential>>> record, Supplier<DynamicSecurity> broker) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.record = record;
    this.broker = broker;
  }

  /** Tries once; done when the broker has what the record says. */
  public Future<?> once() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> record.get().compose(this::write).<Void>mapEmpty().onComplete(done));
    return done.future();
  }

  /** Tries until it has worked, with longer and longer pauses. */
  public Future<?> untilDone() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        now -> {
          asked.add(done);
          tryNow();
        });
    return done.future();
  }

  private Future<?> write(List<Credential> wanted) {
    return vertx
        .executeBlocking(() -> apply(wanted), true)
        .compose(written -> record.get())
        .compose(
            latest ->
                new HashSet<>(latest).equals(new HashSet<>(wanted))
                    ? Future.succeededFuture()
                    : write(latest));
  }

  private MosquittoRights.Changes apply(List<Credential> wanted) {
    try (DynamicSecurity admin = broker.get()) {
      return new MosquittoRights(admin).apply(wanted);
    }
  }

  /** Serves all that was asked before it; what is asked meanwhile is served afterwards. */
  private void tryNow() {
    if (trying || asked.isEmpty()) {
      return;
    }
    trying = true;
    List<Promise<Void>> served = List.copyOf(asked);
    once()
        .onComplete(
            done -> {
              trying = false;
              failures = 0;
              asked.removeAll(served);
              served.forEach(Promise::complete);
              tryNow();
            },
            this::again);
  }

  private void again(Throwable failure) {
    failures++;
    if (failures == 1) {
      LOG.error("the broker's rights are not as they should be; trying until they are", failure);
    }
    long limit = FIRST_PAUSE_MS << Math.min(failures, DOUBLED_AT_MOST);
    vertx.setTimer(
        1 + ThreadLocalRandom.current().nextLong(limit),
        tick -> {
          trying = false;
          tryNow();
        });
  }
}
