package foyer.http;

import foyer.api.Problem;
import foyer.api.ProblemException;
import io.vertx.core.MultiMap;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may knock: those who address the server by a name of its own (a page from elsewhere that lets
 * its own name point here does not), and no page of another origin.
 */
final class Doorkeeper {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> HARMLESS = Set.of("GET", "HEAD", "OPTIONS");

  private final Set<String> names;

  /**
   * A doorkeeper of a server.
   *
   * @param publicHost name or address by which others than this machine reach it
   */
  Doorkeeper(String publicHost) {
    names = new HashSet<>(LOOPBACK);
    names.add(publicHost.toLowerCase(Locale.ROOT));
  }

  /** Throws a {@link ProblemException} that turns the request away, or nothing. */
  void check(String method, MultiMap headers) {
    checkHost(headers);
    if (!HARMLESS.contains(method)) {
      checkOrigin(headers);
    }
  }

  /** The same for a WebSocket's handshake, which browsers let any page make. */
  void checkHandshake(MultiMap headers) {
    checkHost(headers);
    checkOrigin(headers);
  }

  private void checkHost(MultiMap headers) {
    List<String> hosts = headers.getAll("Host");
    String name = hosts.size() == 1 ? withoutPort(hosts.getFirst()) : "";
    if (!names.contains(name)) {
      throw Problem.of(421, "other-host").raise();
    }
  }

  private static void checkOrigin(MultiMap headers) {
    String origin = headers.get("Origin");
    boolean own = origin == null || sameAuthority(origin, headers.get("Host"));
    String site = headers.get("Sec-Fetch-Site");
    boolean near = site == null || site.equals("same-origin") || site.equals("none");
    if (!own || !near) {
      throw Problem.of(403, "foreign-origin").raise();
    }
  }

  private static boolean sameAuthority(String origin, @Nullable String host) {
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(host);
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  private static String withoutPort(String host) {
    return host.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
  }
}
