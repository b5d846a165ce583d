package foyer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.ServersForTests;
import foyer.org.Rights;
import foyer.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real server on a database of its own and free ports, with a small company, at a time that the
 * test sets:
 *
 * <pre>{@code
 * @RegisterExtension static final TestServer server = TestServer.start();
 * }</pre>
 *
 * <p>Site {@code hq} (Asia/Shanghai) is always open and has the rooms {@code a} (8 people), {@code
 * b} (12) and {@code c} (20); site {@code day} is open from 08:00 to 20:00 and has the room {@code
 * d}. Staff numbers 1001 to 1003 work in departments {@code sales} and {@code service} (policy F);
 * 1001 is the admin, as whom requests are sent unless they say otherwise.
 */
public final class TestServer implements AfterAllCallback {

  /** The small company, for databases without a server. */
  public static final String COMPANY =
      """
      INSERT INTO site (id, name_zh, name_en, zone, position) VALUES
        ('hq', '总部', 'Headquarters', 'Asia/Shanghai', 1), ('day', '日间', 'Daytime', 'Asia/Shanghai', 2);
      INSERT INTO opening_hours (site_id, weekday, opens, closes) SELECT 'hq', d, '00:00', '24:00' FROM generate_series(1, 7) d;
      INSERT INTO opening_hours (site_id, weekday, opens, closes) SELECT 'day', d, '08:00', '20:00' FROM generate_series(1, 7) d;
      INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, position, booking) VALUES
        ('a', 'hq', '主楼', 'Main', '8F', '松涛', 'Songtao', 8, 1, 'automatic'), ('b', 'hq', '主楼', 'Main', '8F', '竹影', 'Zhuying', 12, 2, 'automatic'),
        ('c', 'hq', '主楼', 'Main', '9F', '梅香', 'Meixiang', 20, 3, 'automatic'), ('d', 'day', '副楼', 'Annex', '1F', '兰室', 'Lanshi', 6, 1, 'automatic');
      INSERT INTO room_equipment VALUES ('a', 'projector'), ('a', 'whiteboard');
      INSERT INTO department (id, name_zh, name_en, policy_id, position) VALUES
        ('sales', '销售部', 'Sales', 'C', 1), ('service', '客户服务部', 'Customer Service', 'F', 2);
      INSERT INTO person (staff_number, name_zh, name_en, email, department_id, position) VALUES
        ('1001', '王芳', 'Wang Fang', 'wang.fang@example.com', 'sales', 1),
        ('1002', '李伟', 'Li Wei', 'li.wei@example.com', 'service', 1),
        ('1003', '张敏', 'Zhang Min', 'zhang.min@example.com', 'sales', 2);
      """
          + SignedIn.ROWS;

  private final TestDatabase database;
  private final Server server;
  private final HttpClient client = HttpClient.newHttpClient();

  private TestServer(TestDatabase database, Server server) {
    this.database = database;
    this.server = server;
  }

  /** A server whose clock says Monday, 2026-11-23 at 10:00 in Shanghai (02:00 UTC). */
  public static TestServer start() {
    return start(Rights.load());
  }

  /** The same that asks another table of rights. */
  public static TestServer start(Rights rights) {
    TestDatabase database = TestDatabase.create();
    run(database, COMPANY);
    database.setClock(Instant.parse("2026-11-23T02:00:00Z"));
    return new TestServer(
        database,
        ServersForTests.start(
            new Server.Options(database.address(), 8, 0, BrokersForTests.embedded()), rights));
  }

  /** An answer: status, headers, and the body as JSON where it is JSON. */
  public record Reply(int status, HttpResponse<String> response) {

    /** The body as JSON. */
    public JsonNode json() {
      return Json.read(response.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    /** The last word of the problem's type; empty if it is none. */
    public String problem() {
      return status < 400 ? "" : json().path("type").asText().replace("/problems/", "");
    }
  }

  /** The database behind it. */
  public TestDatabase database() {
    return database;
  }

  /** The server itself. */
  public Server server() {
    return server;
  }

  /** GET. */
  public Reply get(String path) {
    return send(HttpRequest.newBuilder(uri(path)).GET());
  }

  /** POST of JSON under a fresh Idempotency-Key. */
  public Reply post(String path, String json) {
    return post(path, json, UUID.randomUUID().toString());
  }

  /** POST of JSON under that Idempotency-Key. */
  public Reply post(String path, String json, String key) {
    return send(request(path, json).header("Idempotency-Key", key));
  }

  /** POST of JSON with If-Match. */
  public Reply postIfMatch(String path, String json, String tag) {
    return send(request(path, json).header("If-Match", tag));
  }

  /** POST of JSON with no header but the content type. */
  public Reply verb(String path, String json) {
    return send(request(path, json));
  }

  /** Sends any request to this server. */
  public Reply send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          client.send(identified(request.build()), BodyHandlers.ofString());
      return new Reply(response.statusCode(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** By itself a request is the admin's, a walk-up that of the display at the door. */
  private static HttpRequest identified(HttpRequest request) {
    HttpRequest.Builder by =
        HttpRequest.newBuilder(request, (name, value) -> true).timeout(Eventually.PATIENCE);
    boolean named =
        request.headers().firstValue("Cookie").isPresent()
            || request.headers().firstValue("Authorization").isPresent();
    if (!named && request.uri().getPath().endsWith("/walk-up")) {
      by.header("Authorization", SignedIn.DOOR);
    } else if (!named) {
      by.header("Cookie", SignedIn.COOKIE).header("X-Csrf-Token", SignedIn.CSRF);
    }
    return by.build();
  }

  /** The address of a path. */
  public URI uri(String path) {
    return URI.create(server.address() + path);
  }

  /** The address of a path as a WebSocket's. */
  public URI ws(String path) {
    return URI.create(server.address().replace("http:", "ws:") + path);
  }

  /** Runs SQL as the database's owner. */
  public void sql(String statements) {
    run(database, statements);
  }

  /** The one value that a query answers with. */
  public long number(String query) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(query, e);
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    server.close();
    database.close();
  }

  private HttpRequest.Builder request(String path, String json) {
    return HttpRequest.newBuilder(uri(path))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(json));
  }

  private static void run(TestDatabase database, String statements) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
