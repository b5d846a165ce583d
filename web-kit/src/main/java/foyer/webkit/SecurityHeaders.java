package foyer.webkit;

import io.vertx.core.MultiMap;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What tells a browser to keep a page to itself (SAFETY §5). */
final class SecurityHeaders {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'%s; style-src 'self'; img-src 'self' blob: data:; "
          + "connect-src 'self'; font-src 'self'; media-src 'self' blob:; worker-src 'self'; "
          + "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; "
          + "object-src 'none'";

  private static final String PERMISSIONS =
      "camera=(%s), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()";

  private SecurityHeaders() {}

  /** Puts the headers that every file carries. */
  static void put(MultiMap headers) {
    headers
        .set("Content-Security-Policy", contentPolicy(""))
        .set("Permissions-Policy", permissions(false))
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Referrer-Policy", "no-referrer")
        .set("X-Content-Type-Options", "nosniff");
  }

  /**
   * The content security policy.
   *
   * @param inline the text of the one inline script that may run, or nothing
   */
  static String contentPolicy(String inline) {
    if (inline.isEmpty()) {
      return POLICY.formatted("");
    }
    byte[] digest = Asset.sha256().digest(inline.getBytes(StandardCharsets.UTF_8));
    return POLICY.formatted(" 'sha256-" + Base64.getEncoder().encodeToString(digest) + "'");
  }

  /** The permissions policy; only the kiosk may look through a camera. */
  static String permissions(boolean camera) {
    return PERMISSIONS.formatted(camera ? "self" : "");
  }
}
