package foyer.http;

import foyer.api.Caller;
import foyer.api.Cookies;
import foyer.api.Incoming;
import foyer.device.Devices;
import foyer.http.Gate.Known;
import foyer.org.Sessions;
import foyer.org.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes callers out: employees by the cookie of their session, displays and kiosks by their cookie,
 * device programs by HTTP's Basic scheme (RFC 7617) with the name and password that they use at the
 * broker, too.
 */
public final class Callers implements Gate.Identify {

  private static final Pattern BASIC = Pattern.compile("(?i:Basic) +([A-Za-z0-9+/]+={0,2})");

  private final Sessions sessions;
  private final Devices devices;
  private final Cookies cookies;

  /** Callers who are known to this database. */
  public Callers(Sessions sessions, Devices devices, Cookies cookies) {
    this.sessions = sessions;
    this.devices = devices;
    this.cookies = cookies;
  }

  @Override
  public Known of(Incoming incoming) {
    return basic(incoming)
        .or(() -> incoming.cookie(cookies.session()).flatMap(this::employee))
        .or(() -> incoming.cookie(cookies.device()).flatMap(this::deviceOfCookie))
        .orElse(Known.NOBODY);
  }

  private Optional<Known> employee(String token) {
    return sessions.find(token).map(employee -> new Known(employee, Tokens.csrf(token)));
  }

  private Optional<Known> deviceOfCookie(String cookie) {
    int dot = cookie.indexOf('.');
    return dot < 0
        ? Optional.empty()
        : device(cookie.substring(0, dot), cookie.substring(dot + 1))
            .map(caller -> new Known(caller, Tokens.csrf(cookie)));
  }

  private Optional<Known> basic(Incoming incoming) {
    String header = incoming.headers().first("Authorization");
    Matcher matcher = BASIC.matcher(header == null ? "" : header);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String[] parts = decoded(matcher.group(1)).split(":", 2);
    return parts.length < 2
        ? Optional.empty()
        : device(parts[0], parts[1]).map(caller -> new Known(caller, null));
  }

  private Optional<Caller> device(String id, String password) {
    return devices.caller(id, password).map(device -> device);
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException none) {
      return "";
    }
  }
}
