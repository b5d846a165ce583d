package foyer.http;

import foyer.api.Caller;
import foyer.api.Incoming;
import foyer.api.Problem;
import foyer.org.Rights;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for an operation at all. What a caller may do with one thing is decided where that
 * thing is known; that there is nothing in the world with which this caller might do it is known
 * here.
 */
public final class Gate {

  /** Header in which a page shows that it can read what the server says to its own pages. */
  static final String CSRF_HEADER = "X-Csrf-Token";

  private final Rights rights;
  private final Identify identify;
  private final Throttle throttle;

  /**
   * Somebody who has been made out.
   *
   * @param csrfToken what a page must show to change anything; null where no cookie was used, and a
   *     foreign page could therefore not have made the request
   */
  public record Known(Caller caller, @Nullable String csrfToken) {

    /** Nobody. */
    public static final Known NOBODY = new Known(new Caller.Nobody(), null);
  }

  /** Makes callers out; called on virtual threads. */
  @FunctionalInterface
  public interface Identify {

    /** Who makes this request. */
    Known of(Incoming incoming);
  }

  /** A gate of these rights. */
  public Gate(Rights rights, Identify identify, Throttle throttle) {
    this.rights = rights;
    this.identify = identify;
    this.throttle = throttle;
  }

  /**
   * The caller, who may conceivably do this; throws 401 or 403 for anybody else, and 429 for who
   * asks for too much.
   *
   * @param address from which it comes: by it those are told apart who are not known
   */
  Caller admit(String right, Incoming incoming, String address) {
    Known known = identify.of(incoming);
    throttle.take(
        switch (known.caller()) {
          case Caller.Employee employee -> "session " + employee.session();
          case Caller.Device device -> "device " + device.id();
          case Caller.Nobody nobody -> "address " + address;
        },
        incoming.isSafe());
    if (!rights.conceivable(right, known.caller())) {
      throw Rights.refusal(known.caller());
    }
    if (!incoming.isSafe() && known.csrfToken() != null) {
      requireShown(known.csrfToken(), incoming);
    }
    return known.caller();
  }

  /** Whether a request without any credentials could be served at all. */
  boolean admitsNobody(String right) {
    return rights.conceivable(right, new Caller.Nobody());
  }

  /** Who makes this request; throws nothing for somebody unknown. */
  Caller caller(Incoming incoming) {
    return identify.of(incoming).caller();
  }

  private static void requireShown(String token, Incoming incoming) {
    String shown = incoming.headers().first(CSRF_HEADER);
    boolean same =
        shown != null
            && MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    if (!same) {
      throw Problem.of(403, "csrf-token-missing").raise();
    }
  }
}
