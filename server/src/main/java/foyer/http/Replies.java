package foyer.http;

import foyer.api.Answer;
import foyer.api.Language;
import foyer.api.Problem;
import foyer.api.Problem.Fault;
import foyer.wire.Json;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes answers and problems. Only the first reply to a request counts. */
final class Replies {

  private Replies() {}

  /** The answer with its body as bytes, so that an event loop has nothing left but to send it. */
  static Answer written(Answer answer) {
    return answer.inBytes(bytes(answer.body()));
  }

  /** Sends an answer; to a conditional GET whose tag is still right, 304. */
  static void send(HttpServerRequest request, Answer answer) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    String tag = answer.headers().get("ETag");
    boolean reading =
        request.method().name().equals("GET") || request.method().name().equals("HEAD");
    boolean known =
        reading && answer.status() == 200 && holds(request.getHeader("If-None-Match"), tag);
    response.setStatusCode(known ? 304 : answer.status());
    response.putHeader("Cache-Control", tag == null ? "no-store" : "no-cache");
    answer.headers().forEach(response::putHeader);
    end(request, known ? null : answer.contentType(), known ? null : bytes(answer.body()));
  }

  /** Sends a problem with its texts in the reader's language (RFC 9457). */
  static void send(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    Language language = Language.of(request.getHeader("Accept-Language"));
    response.setStatusCode(problem.status());
    response.putHeader("Cache-Control", "no-store");
    response.putHeader("Content-Language", language.tag());
    response.putHeader("Vary", "Accept-Language");
    problem.headers().forEach(response::putHeader);
    Future<Void> sent =
        end(request, "application/problem+json", Json.bytes(members(problem, language)));
    if ("close".equals(problem.headers().get("Connection"))) {
      sent.onComplete(done -> request.connection().close());
    } else {
      Bodies.discard(request);
    }
  }

  private static Future<Void> end(
      HttpServerRequest request, @Nullable String contentType, byte @Nullable [] body) {
    HttpServerResponse response = request.response();
    if (contentType == null || body == null) {
      return response.end();
    }
    response.putHeader("Content-Type", contentType);
    return request.method().name().equals("HEAD")
        ? response.putHeader("Content-Length", Integer.toString(body.length)).end()
        : response.end(Buffer.buffer(body));
  }

  private static Map<String, Object> members(Problem problem, Language language) {
    String key = "problem." + problem.type();
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("type", "/problems/" + problem.type());
    members.put("title", language.text(key + ".title", problem.arguments()));
    members.put("status", problem.status());
    members.put("detail", language.text(key + ".detail", problem.arguments()));
    if (!problem.errors().isEmpty()) {
      members.put("errors", problem.errors().stream().map(f -> members(f, language)).toList());
    }
    problem.arguments().forEach(members::putIfAbsent);
    return members;
  }

  private static Map<String, Object> members(Fault fault, Language language) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("in", fault.in());
    members.put("at", fault.at());
    members.put("keyword", fault.keyword());
    members.put("detail", language.text("invalid." + fault.keyword(), fault.arguments()));
    return members;
  }

  private static byte @Nullable [] bytes(@Nullable Object body) {
    return switch (body) {
      case null -> null;
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> Json.bytes(body);
    };
  }

  private static boolean holds(@Nullable String header, @Nullable String tag) {
    if (header == null || tag == null) {
      return false;
    }
    return List.of(header.split(",", -1)).stream()
        .map(held -> held.strip().replaceFirst("^W/", ""))
        .anyMatch(held -> held.equals(tag) || held.equals("*"));
  }
}
