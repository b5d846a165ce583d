package foyer.org;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import foyer.api.Problem;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes of passwords: argon2id (RFC 9106) with 19 MiB, two passes and one lane, as PHC strings.
 * Two at a time, and a bounded number that waits, so that whoever guesses cannot take the machine.
 */
public final class Passwords {

  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int HASH_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int AT_ONCE = 2;
  private static final int MOST_WAITING = 64;
  private static final int RETRY_SECONDS = 2;

  private static final SecureRandom RANDOM = new SecureRandom();

  private static final Argon2Function ARGON2ID =
      Argon2Function.getInstance(MEMORY_KIB, PASSES, 1, HASH_BYTES, Argon2.ID);

  private final WorkerExecutor threads;
  private final AtomicInteger waiting = new AtomicInteger();
  private final String nobodys;

  /** Starts the two threads. */
  public Passwords(Vertx vertx) {
    this.threads = vertx.createSharedWorkerExecutor("passwords", AT_ONCE);
    this.nobodys = hashNow(Tokens.fresh());
  }

  /** The hash of a password, from a virtual thread. */
  public String hash(String password) {
    return inTurn(() -> hashNow(password));
  }

  /** Whether it is the password of that hash, from a virtual thread. */
  public boolean matches(String password, String hash) {
    return inTurn(() -> ARGON2ID.check(bytes(password), hash.getBytes(StandardCharsets.US_ASCII)));
  }

  /** No, after as long a time as {@link #matches} takes: for an account that there is not. */
  public boolean matchesNobodys(String password) {
    return matches(password, nobodys);
  }

  /** The hash of a password, at once and on this thread: for programs that begin. */
  public static String hashNow(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return ARGON2ID.hash(bytes(password), salt).getResult();
  }

  private <T> T inTurn(Callable<T> work) {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      throw Problem.of(503, "busy").retryAfter(RETRY_SECONDS).raise();
    }
    try {
      return threads.executeBlocking(work, false).await();
    } finally {
      waiting.decrementAndGet();
    }
  }

  private static byte[] bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8);
  }
}
