package foyer.compose;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.BrokersForTests;
import foyer.Listening;
import foyer.Server;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a server is watched by, asked as Prometheus asks. */
class MetricsTest {

  /** Words that a request carries and that nobody may find in a metric. */
  private static final String MARK = "geheim-9f3a";

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static TestDatabase database;
  private static Server server;

  /**
   * The samples of a page in Prometheus's text format (version 0.0.4), by name and labels; anything
   * that is not of that format fails.
   */
  static Map<String, Double> samples(String page) {
    Pattern label = Pattern.compile("[a-zA-Z_]\\w*=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\"");
    Pattern comment =
        Pattern.compile(
            "# (HELP [\\w:]+ .*|TYPE [\\w:]+ (counter|gauge|histogram|summary|untyped))");
    Pattern sample =
        Pattern.compile(
            "(?<name>[a-zA-Z_:][\\w:]*(\\{("
                + label
                + "(,(?=[a-z])|(?=}))?)+,?})?) (?<value>[-+.\\w]+)");
    Map<String, Double> samples = new LinkedHashMap<>();
    for (String line : page.split("\n")) {
      if (!line.startsWith("#")) {
        Matcher parts = sample.matcher(line);
        assertThat(parts.matches()).as(line).isTrue();
        double value = Double.parseDouble(parts.group("value").replace("+Inf", "Infinity"));
        assertThat(samples.put(parts.group("name"), value)).as("twice: " + line).isNull();
      } else {
        assertThat(line).matches(comment);
      }
    }
    assertThat(page).endsWith("\n");
    return samples;
  }

  @BeforeAll
  static void start() throws Exception {
    database = TestDatabase.create();
    database.execute(TestServer.COMPANY);
    database.setClock(Instant.parse("2026-11-23T02:00:00Z"));
    server =
        Server.start(
            new Server.Options(
                database.address(),
                4,
                Listening.onLoopback(0),
                BrokersForTests.embedded(),
                new Server.Watching("127.0.0.1", OptionalInt.of(0), false),
                0));
  }

  @AfterAll
  static void stop() {
    server.close();
    database.close();
  }

  @Test
  void whatWasDoneIsCountedByTemplateAndOutcomeAndNobodyIsNamed() throws Exception {
    Map<String, Double> before = metrics();
    get(server.address() + "/api/rooms/" + MARK);
    get(server.address() + "/" + MARK);
    book("2026-11-23T03:00:00Z", 201);
    book("2026-11-23T03:00:00Z", 409);
    book("2026-11-23T05:00:00Z", 201);
    Eventually.becomes(
        "all of it is counted",
        () ->
            rise(before, "foyer_commands_total{operation=\"bookRoom\",outcome=\"done\"}") == 2
                && rise(before, "foyer_commands_total{operation=\"bookRoom\",outcome=\"overlaps\"}")
                    == 1);
    assertThat(
            rise(
                before,
                "foyer_http_requests_seconds_count{method=\"POST\",route=\"/api/rooms/{roomId}/bookings\",status=\"201\"}"))
        .isEqualTo(2);
    assertThat(
            rise(
                before,
                "foyer_http_requests_seconds_count{method=\"GET\",route=\"none\",status=\"404\"}"))
        .isEqualTo(1);
    assertThat(metrics().keySet())
        .allSatisfy(
            name -> assertThat(name).doesNotContain(MARK, "1001", "Wang", "Sitzung", "door"));
  }

  @Test
  void itSaysWhoPublishesAndThatAllIsWell() throws Exception {
    Eventually.becomes(
        "the mirror is filled",
        () ->
            value("foyer_publisher") == 1
                && value("foyer_broker_connected") == 1
                && value("foyer_timelines_pushed_total{by=\"broker\"}") >= 4);
    assertThat(value("foyer_sockets_open")).isZero();
    assertThat(value("foyer_feed_age_seconds")).isBetween(0.0, 30.0);
    assertThat(value("foyer_audit_seal_lag_seconds")).isBetween(0.0, 30.0);
    assertThat(metrics().keySet())
        .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{"))
        .anyMatch(name -> name.startsWith("vertx_pool_in_use{pool_name=\"commands\""))
        .anyMatch(name -> name.startsWith("process_uptime_seconds"));
  }

  @Test
  void methodsThatSomebodyMakesUpAreOneKind() throws Exception {
    for (int i = 0; i < 5; i++) {
      HTTP.send(
          HttpRequest.newBuilder(URI.create(server.address() + "/api/rooms"))
              .method("MADEUP" + i, BodyPublishers.noBody())
              .build(),
          BodyHandlers.discarding());
    }
    Eventually.becomes(
        "they are counted",
        () ->
            value(
                    "foyer_http_requests_seconds_count{method=\"other\",route=\"none\",status=\"405\"}")
                >= 5);
    Set<String> methods = new TreeSet<>();
    for (String name : metrics().keySet()) {
      Matcher method = Pattern.compile("method=\"([^\"]+)\"").matcher(name);
      if (method.find()) {
        methods.add(method.group(1));
      }
    }
    assertThat(methods).isSubsetOf("GET", "POST", "other");
  }

  @Test
  void itIsServedOnItsOwnAddressAlone() throws Exception {
    String internal = server.internalAddress().orElseThrow();
    assertThat(get(internal + "/health/live").body()).isEqualTo("{\"ok\":true}");
    Eventually.becomes("it is ready", () -> get(internal + "/health/ready").statusCode() == 200);
    assertThat(get(server.address() + "/metrics").statusCode()).isEqualTo(404);
    assertThat(get(internal + "/api/rooms").statusCode()).isEqualTo(404);
    assertThat(get(internal + "/").statusCode()).isEqualTo(404);
    HttpResponse<String> posted =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(internal + "/metrics"))
                .POST(BodyPublishers.ofString("x".repeat(100_000)))
                .build(),
            BodyHandlers.ofString());
    assertThat(posted.statusCode()).isEqualTo(405);
  }

  private static void book(String start, int status) throws Exception {
    HttpResponse<String> answer =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(server.address() + "/api/rooms/a/bookings"))
                .headers(SignedIn.headers())
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", "key-" + start + "-" + status)
                .POST(
                    BodyPublishers.ofString(
                        """
                        {"subject": "Sitzung %s", "start": "%s", "end": "%s"}"""
                            .formatted(MARK, start, Instant.parse(start).plusSeconds(3600))))
                .build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
  }

  private static double rise(Map<String, Double> before, String name) throws Exception {
    return value(name) - before.getOrDefault(name, 0.0);
  }

  private static double value(String name) throws Exception {
    return metrics().getOrDefault(name, Double.NaN);
  }

  private static Map<String, Double> metrics() throws Exception {
    return samples(page());
  }

  private static String page() throws Exception {
    HttpResponse<String> answer = get(server.internalAddress().orElseThrow() + "/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    return answer.body();
  }

  private static HttpResponse<String> get(String address) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(address)).headers(SignedIn.headers()).build(),
        BodyHandlers.ofString());
  }
}
