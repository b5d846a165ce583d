package foyer.bench;

import foyer.bench.House.Slot;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The server's HTTP API, as a client on one event loop sees it: asked from several, the client of
 * Vert.x 5.0.8 now and then hands over no answer, whichever server it talks to.
 */
final class Api {

  private final Context loop;
  private final HttpClient client;
  private final int port;
  private final MultiMap credentials = MultiMap.caseInsensitiveMultiMap();

  /**
   * An answer.
   *
   * @param location empty where there is none
   */
  record Reply(int status, String location, Buffer body) {}

  /** As the admin of that company. */
  static Api of(Vertx vertx, Foyer foyer, House house, int connections) {
    Api api = new Api(vertx, foyer.port(), connections);
    api.credentials.set("Cookie", house.cookie()).set("X-Csrf-Token", house.csrfToken());
    return api;
  }

  /** As nobody. */
  Api(Vertx vertx, int port, int connections) {
    this.loop = Loop.of(vertx);
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions(), new PoolOptions().setHttp1MaxSize(connections));
    this.port = port;
  }

  Future<Reply> book(Slot slot) {
    return post("/api/rooms/" + slot.room() + "/bookings", slot.json());
  }

  /** POST of JSON under a key of its own. */
  Future<Reply> post(String path, String json) {
    RequestOptions options =
        request(HttpMethod.POST, path)
            .putHeader("Content-Type", "application/json")
            .putHeader("Idempotency-Key", UUID.randomUUID().toString());
    return send(options, Buffer.buffer(json));
  }

  Future<Reply> get(String path) {
    return send(request(HttpMethod.GET, path), Buffer.buffer());
  }

  private RequestOptions request(HttpMethod method, String path) {
    return new RequestOptions()
        .setMethod(method)
        .setHost("127.0.0.1")
        .setPort(port)
        .setURI(path)
        .setHeaders(MultiMap.caseInsensitiveMultiMap().addAll(credentials));
  }

  private Future<Reply> send(RequestOptions options, Buffer body) {
    Promise<Reply> reply = Promise.promise();
    loop.runOnContext(now -> exchange(options, body).onComplete(reply));
    return reply.future();
  }

  private Future<Reply> exchange(RequestOptions options, Buffer body) {
    return client
        .request(options)
        .compose(request -> request.send(body))
        .compose(
            response -> {
              @Nullable String location = response.getHeader("Location");
              return response
                  .body()
                  .map(
                      bytes ->
                          new Reply(
                              response.statusCode(), location == null ? "" : location, bytes));
            });
  }
}
