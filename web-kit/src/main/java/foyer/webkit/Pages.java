package foyer.webkit;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Serves pages from memory. A page named {@code door} is the folder {@code web/door} of the class
 * path, served under {@code /door/}; beside the pages stands what all of them share, {@code
 * web/kit} under {@code /kit/} and the modules of jars under {@code /_static/}. The page {@code
 * console} is also what stands at {@code /}, and at the places that it tells apart by itself.
 *
 * <p>A request is answered only if its normalized path is exactly that of a known file; there is no
 * file system behind it.
 */
public final class Pages {

  private static final String IMMUTABLE = "public, max-age=31536000, immutable";
  private static final String WORKER = "service-worker.js";

  private final Map<String, Asset> assets = new HashMap<>();
  private final SortedMap<String, byte[]> files = new TreeMap<>();
  private final Set<String> pages;
  private final Set<String> places;
  private final String build;

  private Pages(Set<String> pages, Set<String> places) {
    this.pages = new TreeSet<>(pages);
    this.places = Set.copyOf(places);
    collect();
    Modules modules = new Modules(files);
    SortedMap<String, SortedSet<String>> needed = new TreeMap<>();
    for (String page : this.pages) {
      needed.put(page, modules.neededBy(html(page)));
    }
    this.build = fingerprint(modules.importMap());
    files.forEach(this::addFile);
    needed.forEach((page, scripts) -> addPage(page, scripts, modules.importMap()));
  }

  /**
   * Serves the pages of these names on a router; what is no page goes on to the next route.
   *
   * @param pages such as {@code door}, {@code kiosk}, {@code console}
   * @throws IllegalStateException when a page is not on the class path or names a module that is
   *     not
   */
  public static Pages mount(Router router, Set<String> pages) {
    Pages served = of(pages, Set.of());
    served.on(router);
    return served;
  }

  /**
   * Reads the pages of these names, once for all routers.
   *
   * @param places of the page {@code console}: what stands first in an address of one or two parts,
   *     such as {@code rooms} for {@code /rooms} and {@code /rooms/a}
   * @throws IllegalStateException as {@link #mount} does
   */
  public static Pages of(Set<String> pages, Set<String> places) {
    return new Pages(pages, places);
  }

  /** Serves the pages on a router; what is no page goes on to the next route. */
  public void on(Router router) {
    router.route().method(HttpMethod.GET).method(HttpMethod.HEAD).handler(this::answer);
  }

  /** Says which pages these are: the same for the same bytes, another for any other. */
  public String build() {
    return build;
  }

  private void collect() {
    Resources.under("web/kit").forEach((name, body) -> files.put("/kit/" + name, body));
    for (String page : pages) {
      Resources.under("web/" + page)
          .forEach((name, body) -> files.put("/" + page + "/" + name, body));
    }
  }

  private String html(String page) {
    byte[] body = files.get("/" + page + "/index.html");
    if (body == null) {
      throw new IllegalStateException("no page on the class path: web/" + page + "/index.html");
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private String fingerprint(String importMap) {
    MessageDigest digest = Asset.sha256();
    digest.update(importMap.getBytes(StandardCharsets.UTF_8));
    files.forEach(
        (path, body) -> {
          digest.update((path + "\n" + body.length + "\n").getBytes(StandardCharsets.UTF_8));
          digest.update(body);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, 16);
  }

  private void addFile(String path, byte[] body) {
    String caching = path.startsWith(Modules.STATIC) ? IMMUTABLE : "no-cache";
    assets.put(path, Asset.of(path, body, Map.of("Cache-Control", caching)));
  }

  private void addPage(String page, SortedSet<String> scripts, String importMap) {
    String folder = "/" + page + "/";
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Cache-Control", "no-cache");
    headers.put("Content-Security-Policy", SecurityHeaders.contentPolicy(importMap));
    headers.put("Permissions-Policy", SecurityHeaders.permissions(page.equals("kiosk")));
    byte[] html = withModules(html(page), scripts, importMap).getBytes(StandardCharsets.UTF_8);
    assets.remove(folder + "index.html");
    assets.put(folder, Asset.of("index.html", html, headers));
    if (page.equals("console")) {
      assets.put("/", Asset.of("index.html", html, headers));
    }
    byte[] worker = worker(folder, scripts).getBytes(StandardCharsets.UTF_8);
    assets.put(folder + WORKER, Asset.of(WORKER, worker, Map.of("Cache-Control", "no-cache")));
  }

  private String withModules(String html, SortedSet<String> scripts, String importMap) {
    StringBuilder head = new StringBuilder();
    head.append("<meta name=\"build\" content=\"").append(build).append("\">\n    ");
    head.append("<script type=\"importmap\">").append(importMap).append("</script>\n    ");
    for (String script : scripts) {
      head.append("<link rel=\"modulepreload\" href=\"").append(script).append("\">\n    ");
    }
    int first = html.indexOf("<script type=\"module\"");
    if (first < 0) {
      throw new IllegalStateException("a page without a module: " + html);
    }
    return html.substring(0, first) + head + html.substring(first);
  }

  private String worker(String folder, SortedSet<String> scripts) {
    SortedSet<String> cached = new TreeSet<>(scripts);
    cached.add(folder);
    for (String path : files.keySet()) {
      boolean ours = path.startsWith(folder) || path.startsWith("/kit/");
      if (ours && !path.endsWith("/index.html") && !path.equals("/kit/" + WORKER)) {
        cached.add(path);
      }
    }
    byte[] template = files.get("/kit/" + WORKER);
    if (template == null) {
      throw new IllegalStateException("the kit has lost its " + WORKER);
    }
    return new String(template, StandardCharsets.UTF_8)
        .replace("%BUILD%", build)
        .replace("%PAGE%", folder)
        .replace("%FILES%", String.join(" ", cached));
  }

  private void answer(RoutingContext ctx) {
    String path = ctx.normalizedPath();
    if (path.length() > 1 && pages.contains(path.substring(1))) {
      String query = ctx.request().query();
      SecurityHeaders.put(ctx.response().headers());
      ctx.response()
          .setStatusCode(308)
          .putHeader(HttpHeaders.LOCATION, path + "/" + (query == null ? "" : "?" + query))
          .end();
      return;
    }
    Asset asset = assets.get(isPlace(path) ? "/" : path);
    if (asset == null) {
      ctx.next();
    } else {
      send(ctx, asset);
    }
  }

  private boolean isPlace(String path) {
    String[] parts = path.substring(1).split("/", -1);
    return places.contains(parts[0])
        && (parts.length == 1 || (parts.length == 2 && !parts[1].isEmpty()));
  }

  private static void send(RoutingContext ctx, Asset asset) {
    HttpServerResponse response = ctx.response();
    SecurityHeaders.put(response.headers());
    asset.headers().forEach(response.headers()::set);
    response
        .putHeader(HttpHeaders.ETAG, asset.tag())
        .putHeader(HttpHeaders.VARY, "Accept-Encoding");
    if (has(ctx, "If-None-Match", asset.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    byte[] body = asset.body();
    byte[] gzip = asset.gzip();
    if (gzip != null && takesGzip(ctx)) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip");
      body = gzip;
    }
    response.putHeader(HttpHeaders.CONTENT_TYPE, asset.type());
    if (ctx.request().method().equals(HttpMethod.HEAD)) {
      response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(body.length)).end();
    } else {
      response.end(Buffer.buffer(body));
    }
  }

  private static boolean takesGzip(RoutingContext ctx) {
    return has(ctx, "Accept-Encoding", "gzip");
  }

  /** Whether a header that is a list holds that element. */
  private static boolean has(RoutingContext ctx, String header, String element) {
    String value = ctx.request().getHeader(header);
    if (value == null) {
      return false;
    }
    for (String part : value.split(",", -1)) {
      if (part.strip().equals(element)) {
        return true;
      }
    }
    return false;
  }
}
