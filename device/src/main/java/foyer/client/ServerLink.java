package foyer.client;

import foyer.wire.Topics;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's REST interface, as far as a device uses it. Every answer is bounded in time and
 * size.
 */
final class ServerLink {

  private static final Logger LOG = LoggerFactory.getLogger(ServerLink.class);

  /** The most that an answer may weigh, in bytes. */
  private static final int MAX_ANSWER = 256 * 1024;

  /** How long an answer may take, in ms. */
  private static final long PATIENCE = 5_000;

  private final DeviceConfig config;
  private final HttpClient http;
  private final @Nullable String authorization;
  private boolean refused;

  /** Connects when it is first asked. */
  ServerLink(Vertx vertx, DeviceConfig config) {
    this.config = config;
    URI server = config.server();
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(server.getScheme().equals("https"))
            .setDefaultHost(server.getHost())
            .setDefaultPort(port(server))
            .setConnectTimeout(3_000)
            .setKeepAliveTimeout(30);
    if (config.ca() != null) {
      options.setTrustOptions(new PemTrustOptions().addCertPath(config.ca().toString()));
    }
    authorization = authorization(config);
    http = vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(4));
  }

  /** The server's time. */
  Future<Instant> clock() {
    return get("/api/clock", "").map(answer -> Instant.parse(json(answer).getString("now")));
  }

  /** The room's timeline if it is another one than that of the ETag. */
  Future<Answer> timeline(String room, String etag) {
    return get("/api/rooms/" + room + "/timeline", etag).onSuccess(this::noteRefusal);
  }

  /** The ids of the site's rooms. */
  Future<List<String>> rooms(String site) {
    return get("/api/rooms?site=" + site, "")
        .onSuccess(this::noteRefusal)
        .map(
            answer ->
                json(answer).getJsonArray("rooms").stream()
                    .map(room -> ((JsonObject) room).getString("id"))
                    .filter(Topics::isId)
                    .toList());
  }

  /** Hands a command on; the answer may be any status. */
  Future<Answer> post(String path, MultiMap headers, Buffer body) {
    return request(HttpMethod.POST, path, headers, body).onSuccess(this::noteRefusal);
  }

  /**
   * Why the server lets the device do nothing although it answers, for people; empty as long as
   * nothing of the kind is known.
   */
  String refusal() {
    return refused
        ? "the server does not take user name and password of "
            + config.username()
            + ": were they revoked?"
        : "";
  }

  /** Why the server did not answer, in one line that says what to look at. */
  String reason(Throwable failure) {
    return TlsTrouble.of(failure, config.server(), config.ca())
        .orElseGet(() -> String.valueOf(failure.getMessage()).lines().findFirst().orElse(""));
  }

  /** Only what needs credentials tells whether they are taken; the time is told to everybody. */
  private void noteRefusal(Answer answer) {
    boolean before = refused;
    refused = answer.status() == 401;
    if (refused && !before) {
      LOG.warn("{}", refusal());
    } else if (before && !refused) {
      LOG.info("the server takes user name and password of {} again", config.username());
    }
  }

  private Future<Answer> get(String path, String etag) {
    MultiMap headers = HttpHeaders.headers();
    if (!etag.isEmpty()) {
      headers.set(HttpHeaders.IF_NONE_MATCH, etag);
    }
    return request(HttpMethod.GET, path, headers, Buffer.buffer());
  }

  private Future<Answer> request(HttpMethod method, String path, MultiMap headers, Buffer body) {
    if (authorization != null) {
      headers.set(HttpHeaders.AUTHORIZATION, authorization);
    }
    RequestOptions options =
        new RequestOptions().setMethod(method).setURI(path).setHeaders(headers);
    return http.request(options).compose(request -> exchange(request, body));
  }

  private Future<Answer> exchange(HttpClientRequest request, Buffer body) {
    Future<Answer> answer =
        (body.length() == 0 ? request.send() : request.send(body)).compose(this::read);
    return answer
        .timeout(PATIENCE, TimeUnit.MILLISECONDS)
        .onFailure(
            failure -> {
              if (failure instanceof TimeoutException || failure instanceof IOException) {
                request.reset();
              }
            });
  }

  private Future<Answer> read(HttpClientResponse response) {
    Buffer body = Buffer.buffer();
    Promise<Answer> read = Promise.promise();
    response.exceptionHandler(read::tryFail);
    response.handler(
        part -> {
          if (body.length() + part.length() > MAX_ANSWER) {
            read.tryFail(new IOException("the answer is longer than " + MAX_ANSWER + " bytes"));
          } else {
            body.appendBuffer(part);
          }
        });
    response.endHandler(
        end -> read.tryComplete(new Answer(response.statusCode(), response.headers(), body)));
    return read.future();
  }

  /**
   * Name and password at the broker, by HTTP's Basic scheme (RFC 7617); null without a password.
   */
  private static @Nullable String authorization(DeviceConfig config) {
    if (config.password() == null) {
      return null;
    }
    String pair = config.username() + ":" + config.password();
    byte[] bytes = pair.getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(bytes);
  }

  private static JsonObject json(Answer answer) {
    if (answer.status() != 200) {
      throw new IllegalStateException("the server answered with status " + answer.status());
    }
    return answer.body().toJsonObject();
  }

  private static int port(URI server) {
    return Optional.of(server.getPort())
        .filter(port -> port > 0)
        .orElse(server.getScheme().equals("https") ? 443 : 80);
  }

  /** What the server answered. */
  record Answer(int status, MultiMap headers, Buffer body) {}
}
