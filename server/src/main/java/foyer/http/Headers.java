package foyer.http;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * What every answer carries (SAFETY §5). Data are no page: nothing in them runs, and nobody frames
 * them; pages put their own policy in this one's place.
 */
final class Headers {

  private Headers() {}

  /** Puts them on an answer before it is made, then goes on. */
  static void put(RoutingContext ctx) {
    put(ctx.response().headers());
    ctx.next();
  }

  /** Puts them on an answer. */
  static void put(MultiMap headers) {
    headers
        .set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
        .set("Cross-Origin-Opener-Policy", "same-origin")
        .set("Cross-Origin-Resource-Policy", "same-origin")
        .set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        .set("Referrer-Policy", "no-referrer")
        .set("X-Content-Type-Options", "nosniff");
  }
}
