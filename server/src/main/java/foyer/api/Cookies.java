package foyer.api;

import java.time.Duration;

/**
 * The cookies of this server. Over TLS they carry the prefix that binds them to this very host (RFC
 * 6265bis §4.1.3); on loopback, where there may be no TLS, browsers would refuse that.
 *
 * @param secure whether people reach the server over TLS
 */
public record Cookies(boolean secure) {

  /** Holds the token of a session. */
  public String session() {
    return named("foyer-session");
  }

  /** Holds the mark by which a browser is known to an account. */
  public String browser() {
    return named("foyer-browser");
  }

  /** Holds id and password of a display or a kiosk. */
  public String device() {
    return named("foyer-device");
  }

  /** The header that sets a cookie. */
  public String set(String name, String value, Duration kept) {
    return name
        + "="
        + value
        + "; Path=/; Max-Age="
        + kept.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (secure ? "; Secure" : "");
  }

  /** The header that takes a cookie away. */
  public String clear(String name) {
    return set(name, "", Duration.ZERO);
  }

  private String named(String name) {
    return secure ? "__Host-" + name : name;
  }
}
