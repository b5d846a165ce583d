package foyer.webkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Vertx VERTX = Vertx.vertx();
  private static Pages pages;
  private static HttpServer server;

  @BeforeAll
  static void open() {
    Router router = Router.router(VERTX);
    pages = Pages.mount(router, Set.of("sample"));
    router.route().handler(ctx -> ctx.response().setStatusCode(404).end("no page"));
    server = VERTX.createHttpServer().requestHandler(router).listen(0, "127.0.0.1").await();
  }

  @AfterAll
  static void close() {
    CLIENT.close();
    VERTX.close().await();
  }

  @Test
  void aPageCarriesItsImportMapAndTheHashThatLetsItRun() throws Exception {
    HttpResponse<byte[]> answer = get("/sample/");
    Matcher map =
        Pattern.compile("<script type=\"importmap\">(.*?)</script>").matcher(text(answer));
    assertThat(map.find()).isTrue();
    assertThat(map.group(1)).contains("\"lit\":\"/_static/lit/");
    byte[] digest = Asset.sha256().digest(map.group(1).getBytes(StandardCharsets.UTF_8));
    assertThat(header(answer, "Content-Security-Policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self' 'sha256-"
                + Base64.getEncoder().encodeToString(digest)
                + "'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; font-src 'self'; media-src 'self' blob:; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'");
    assertThat(text(answer)).contains("<meta name=\"build\" content=\"" + pages.build() + "\">");
  }

  @Test
  void everyModuleThatAPageNeedsIsServed() throws Exception {
    Matcher module =
        Pattern.compile("modulepreload\" href=\"([^\"]+)\"").matcher(text(get("/sample/")));
    List<String> modules = module.results().map(found -> found.group(1)).toList();
    assertThat(modules)
        .contains("/sample/main.js", "/kit/bilingual.js")
        .anyMatch(path -> path.contains("lit-html"));
    for (String path : modules) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void thePageWorkerKnowsItsBuildAndEveryFile() throws Exception {
    String worker = text(get("/sample/service-worker.js"));
    assertThat(worker).contains("const BUILD = '" + pages.build() + "'").doesNotContain("%");
    Matcher files = Pattern.compile("const FILES = '([^']+)'").matcher(worker);
    assertThat(files.find()).isTrue();
    List<String> cached = List.of(files.group(1).split(" "));
    assertThat(cached)
        .contains("/sample/", "/sample/main.js", "/kit/tokens.css", "/kit/lang/zh-CN.json");
    for (String path : cached) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
  }

  @Test
  void filesWithTheirVersionInThePathAreKeptForeverOthersAreAskedFor() throws Exception {
    Matcher lit =
        Pattern.compile("/_static/lit-html/[^\"]+/lit-html\\.js").matcher(text(get("/sample/")));
    assertThat(lit.find()).isTrue();
    assertThat(header(get(lit.group()), "Cache-Control")).contains("immutable");
    for (String path : List.of("/sample/", "/kit/entry.js", "/sample/service-worker.js")) {
      assertThat(header(get(path), "Cache-Control")).as(path).isEqualTo("no-cache");
    }
  }

  @Test
  void whatABrowserHasAlreadyIsNotSentAgain() throws Exception {
    HttpResponse<byte[]> first = get("/kit/entry.js");
    HttpResponse<byte[]> again = get("/kit/entry.js", "If-None-Match", header(first, "ETag"));
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/kit/entry.js", "If-None-Match", "W/\"other\"").statusCode()).isEqualTo(200);
  }

  @Test
  void whoTakesGzipGetsTheSameBytesSmaller() throws Exception {
    byte[] plain = get("/kit/entry.js").body();
    HttpResponse<byte[]> packed = get("/kit/entry.js", "Accept-Encoding", "br, gzip");
    assertThat(header(packed, "Content-Encoding")).isEqualTo("gzip");
    assertThat(header(packed, "Vary")).isEqualTo("Accept-Encoding");
    assertThat(packed.body().length).isLessThan(plain.length);
    try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(packed.body()))) {
      assertThat(unpacked.readAllBytes()).isEqualTo(plain);
    }
  }

  @Test
  void everyFileKeepsToItself() throws Exception {
    for (String path : List.of("/sample/", "/kit/entry.js", "/kit/lang/en.json")) {
      HttpResponse<byte[]> answer = get(path);
      assertThat(header(answer, "Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
      assertThat(header(answer, "X-Content-Type-Options")).isEqualTo("nosniff");
      assertThat(header(answer, "Referrer-Policy")).isEqualTo("no-referrer");
      assertThat(header(answer, "Permissions-Policy")).startsWith("camera=(), ");
      assertThat(header(answer, "Content-Security-Policy")).startsWith("default-src 'none'; ");
    }
    assertThat(SecurityHeaders.permissions(true)).startsWith("camera=(self), ");
  }

  @Test
  void aPageWithoutItsSlashIsSentThereWithItsQuery() throws Exception {
    HttpResponse<byte[]> answer = get("/sample?room=sh-0801");
    assertThat(answer.statusCode()).isEqualTo(308);
    assertThat(header(answer, "Location")).isEqualTo("/sample/?room=sh-0801");
  }

  @Test
  void headersAloneAreSentWhenNoMoreIsAskedFor() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/kit/entry.js"))
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "Content-Length"))
        .isEqualTo(Integer.toString(get("/kit/entry.js").body().length));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/sample/index.html",
        "/kit",
        "/kit/",
        "/kit/lang/",
        "/_static/",
        "/_static/lit/3.3.3/development/index.js",
        "/sample/../../../../etc/passwd",
        "/kit/..%2f..%2f..%2fetc%2fpasswd",
        "/kit/%2e%2e/%2e%2e/pom.xml",
        "/kit/entry.js/",
        "/kit/entry.js%00.html",
        "/kit//entry.js/..;/",
        "/META-INF/MANIFEST.MF",
        "/web/kit/entry.js",
        "/other/"
      })
  void whatIsNoFileOfAPageIsNotServed(String path) throws Exception {
    HttpResponse<byte[]> answer = get(path);
    assertThat(answer.statusCode()).isIn(400, 404);
  }

  @Test
  void aPathIsReadAsItIsNormalized() throws Exception {
    assertThat(get("/sample/../kit/entry.js").body()).isEqualTo(get("/kit/entry.js").body());
  }

  @Test
  void onlyReadingIsAnswered() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/sample/"))
            .POST(HttpRequest.BodyPublishers.ofString("x"))
            .build();
    assertThat(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body())
        .isEqualTo("no page");
  }

  @Test
  void aPageThatNamesAModuleThatIsNotThereDoesNotStart() {
    assertThatThrownBy(() -> Pages.of(Set.of("broken"), Set.of()))
        .hasMessage("a page needs /broken/main.js, which is not there");
    assertThatThrownBy(() -> Pages.of(Set.of("no-such-page"), Set.of()))
        .hasMessageContaining("web/no-such-page");
  }

  @Test
  void theSameFilesAreTheSameBuild() {
    assertThat(Pages.of(Set.of("sample"), Set.of()).build()).isEqualTo(pages.build()).hasSize(16);
  }

  private static HttpResponse<byte[]> get(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.actualPort() + path);
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  private static String header(HttpResponse<byte[]> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }
}
