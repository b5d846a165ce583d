package foyer.client;

import foyer.wire.Json;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.LanguageHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the program itself answers when it cannot do what a page asks for (RFC 9457). */
enum LocalProblem {
  SERVER_UNREACHABLE(
      503,
      "server-unreachable",
      "服务器暂时无法连接",
      "The server cannot be reached",
      "请稍后再试,不会重复执行。",
      "Try again in a moment; it will not be done twice."),
  NOT_FOUND(
      404,
      "not-found",
      "这里没有这个内容",
      "There is nothing here",
      "此设备没有这个会议室或页面的数据。",
      "This device knows no such room or page."),
  FOREIGN_HOST(
      421,
      "foreign-host",
      "此地址不可用",
      "Not under this address",
      "请使用 127.0.0.1 或 localhost 打开页面。",
      "Open the page under 127.0.0.1 or localhost."),
  FOREIGN_ORIGIN(
      403,
      "foreign-origin",
      "其他网站不能使用此设备",
      "Other sites may not use this device",
      "请求来自另一个页面。",
      "The request came from another page."),
  NOT_JSON(
      415,
      "unsupported-media-type",
      "只接受 JSON",
      "Only JSON is taken",
      "请以 application/json 发送。",
      "Send it as application/json."),
  TOO_LARGE(
      413, "too-large", "内容过长", "Too long", "请求内容不能超过 8 KiB。", "A request's body may weigh 8 KiB."),
  TOO_MANY(
      503,
      "too-many-pages",
      "打开的页面过多",
      "Too many pages are open",
      "请关闭其他页面后重试。",
      "Close other pages and try again.");

  private final int status;
  private final String type;
  private final String titleZh;
  private final String titleEn;
  private final String detailZh;
  private final String detailEn;

  LocalProblem(
      int status, String type, String titleZh, String titleEn, String detailZh, String detailEn) {
    this.status = status;
    this.type = type;
    this.titleZh = titleZh;
    this.titleEn = titleEn;
    this.detailZh = detailZh;
    this.detailEn = detailEn;
  }

  /** Answers with this problem, in the reader's language. */
  void answer(RoutingContext ctx) {
    boolean english = prefersEnglish(ctx.acceptableLanguages());
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "/problems/" + type);
    body.put("title", english ? titleEn : titleZh);
    body.put("status", status);
    body.put("detail", english ? detailEn : detailZh);
    if (status == 503) {
      ctx.response().putHeader(HttpHeaders.RETRY_AFTER, "5");
    }
    ctx.response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
        .putHeader(HttpHeaders.CONTENT_LANGUAGE, english ? "en" : "zh-CN")
        .end(Json.text(body));
  }

  /** Chinese unless English is wanted more. */
  private static boolean prefersEnglish(List<LanguageHeader> wanted) {
    return wanted.stream()
        .map(LanguageHeader::tag)
        .filter(tag -> tag.equals("zh") || tag.equals("en"))
        .findFirst()
        .filter("en"::equals)
        .isPresent();
  }
}
