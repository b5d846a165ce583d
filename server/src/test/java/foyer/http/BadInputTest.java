package foyer.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Answer;
import foyer.http.RawHttp.Reply;
import foyer.http.RawHttp.Request;
import foyer.testing.SignedIn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches an operation, and what is refused before it, over a real connection. */
class BadInputTest {

  private static final String GOOD =
      """
      {"subject":"客服周例会","start":"2026-11-23T10:00:00+08:00","end":"2026-11-23T11:00:00+08:00"}""";

  private static final List<byte[]> HASHES = new ArrayList<>();
  private static HttpServerForTests server;

  @BeforeAll
  static void start() {
    server =
        HttpServerForTests.with(
            Map.of(
                "bookRoom",
                call -> {
                  HASHES.add(call.hash());
                  return Answer.ok(call.body(Object.class));
                },
                "getBooking",
                call -> Answer.ok(Map.of("id", call.pathNumber("bookingId"))).tagged("7"),
                "moveBooking",
                call -> Answer.ok(Map.of("seen", call.ifMatch().orElse("")))));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void whatKeepsToTheContractReachesItsOperationWithDefaultsFilledIn() {
    Reply reply = book(GOOD);
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().path("subject").asText()).isEqualTo("客服周例会");
    assertThat(reply.json().path("meetingType").asText()).isEqualTo("ad-hoc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "subject | `` | /subject | required",
        "subject | null | /subject | type",
        "subject | 5 | /subject | type",
        "subject | `\"\"` | /subject | minLength",
        "subject | `\"   \"` | /subject | blank",
        "subject | `\"a\\u0000b\"` | /subject | control-character",
        "subject | `\"a\\nb\"` | /subject | control-character",
        "subject | `\"a\\u202eb\"` | /subject | invisible-character",
        "subject | `\"a\\u200bb\"` | /subject | invisible-character",
        "subject | `\"a\\ud800b\"` | /subject | broken-character",
        "start | `\"2026-11-23T10:00:00\"` | /start | date-time",
        "start | `\"2026-02-30T10:00:00Z\"` | /start | no-such-time",
        "start | `\"2026-11-23T10:00:00+25:00\"` | /start | no-such-time",
        "start | `\"2126-11-23T10:00:00Z\"` | /start | century",
        "start | `\"2026-11-23T10:00:00[Mars/Base]\"` | /start | date-time",
        "start | 1764000000 | /start | type",
        "headCount | 0 | /headCount | minimum",
        "headCount | 10001 | /headCount | maximum",
        "headCount | 1.5 | /headCount | type",
        "headCount | 99999999999999999999999999 | /headCount | maximum",
        "headCount | 1e400 | /headCount | type",
        "level | `\"secret\"` | /level | enum",
        "meetingType | `\"a\\n\"` | /meetingType | pattern",
        "convener | `\"'; DROP TABLE booking; --\"` | /convener | pattern",
        "attendees | {} | /attendees | type",
        "attendees | [{}] | /attendees/0/role | required",
        "attendees | `[{\"role\":\"guest\"}]` | /attendees/0 | oneOf",
        "attendees | `[{\"role\":\"guest\",\"name\":\"a\",\"staffNumber\":\"S1\"}]` | /attendees/0 | oneOf",
        "attendees | `[{\"role\":\"guest\",\"name\":\"a\",\"x\":1}]` | /attendees/0/x | unknown",
        "surprise | 1 | /surprise | unknown",
      })
  void aFieldThatIsNotAsTheContractSaysIsNamedWithItsReason(
      String field, String value, String at, String keyword) {
    Reply reply = book(withField(field, value.strip()));
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("invalid");
    assertThat(faults(reply)).contains("body " + at + " " + keyword);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "👨‍👩‍👧 团建 ☕️",
        "<script>alert(1)</script>",
        "'; DROP TABLE booking; --",
        "مرحبا 会议",
        "e\u0301",
        "葛\udb40\udd00"
      })
  void whatPeopleWriteIsTaken(String subject) {
    Reply reply = book(withField("subject", '"' + subject + '"'));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    assertThat(reply.json().path("subject").asText()).isEqualTo(subject);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`{\"subject\":\"a\"` | json",
        "`{\"subject\":` | json",
        "`{} {}` | json",
        "`{\"a\":NaN}` | json",
        "`{'a':1}` | json",
        "`{\"subject\":\"a\",\"subject\":\"b\"}` | repeated",
        "`\uFEFF{}` | json",
      })
  void whatIsNoJsonIsRefused(String body, String keyword) {
    Reply reply = book(body);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(faults(reply)).singleElement().asString().endsWith(" " + keyword);
  }

  @Test
  void anEmptyBodyIsMissing() {
    assertThat(faults(book(""))).containsExactly("body  required");
  }

  @Test
  void aHundredThousandBracketsAreNoStackOverflow() {
    Reply reply = book("[".repeat(100_000));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(faults(reply)).hasSize(1);
  }

  @Test
  void brokenUtf8IsRefused() {
    Reply reply =
        post("/api/rooms/sh-0801/bookings")
            .body("application/json", new byte[] {'{', '"', (byte) 0xC3, '"', '}'})
            .send();
    assertThat(faults(reply)).containsExactly("body  utf-8");
  }

  @Test
  void atMostTwentyFaultsAreToldAndFieldNamesAreCutAndCleaned() {
    StringBuilder body = new StringBuilder("{");
    for (int i = 0; i < 50; i++) {
      body.append("\"<b>").append("x".repeat(500)).append(i).append("\u202e\":1,");
    }
    Reply reply = book(body.append("\"y\":1}").toString());
    assertThat(reply.status()).isEqualTo(400);
    assertThat(faults(reply)).hasSizeLessThanOrEqualTo(20);
    assertThat(reply.text()).doesNotContain("<b>").doesNotContain("\u202e");
    assertThat(reply.body().length).isLessThan(8_000);
  }

  @Test
  void tenMegabytesAreRefusedByTheirLengthAndTheClientGetsToReadWhy() {
    Reply reply =
        post("/api/rooms/sh-0801/bookings").body("application/json", new byte[10_000_000]).send();
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.problem()).isEqualTo("too-large");
    assertThat(reply.json().path("limit").asInt()).isEqualTo(262_144);
  }

  @Test
  void aBodyWithoutLengthIsCutOffAtTheByte() {
    assertThat(chunked(65_536).status()).isEqualTo(400);
    assertThat(chunked(65_537).problem()).isEqualTo("too-large");
    assertThat(chunked(5_000_000).problem()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/json; charset=utf-16",
        "application/xml",
        "",
        "application/jsonx",
        "a/b/c"
      })
  void anotherContentTypeIsRefusedAndTheRightOneNamed(String type) {
    Reply reply = post("/api/rooms/sh-0801/bookings").body(type, GOOD.getBytes(UTF_8)).send();
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.problem()).isEqualTo("other-content-type");
    assertThat(reply.headers()).containsEntry("accept", "application/json");
  }

  @Test
  void jsonWithItsCharsetIsTaken() {
    Reply reply =
        post("/api/rooms/sh-0801/bookings")
            .body("Application/JSON; charset=\"UTF-8\"", GOOD.getBytes(UTF_8))
            .send();
    assertThat(reply.status()).isEqualTo(200);
  }

  @Test
  void whoWantsAnotherFormatIsToldWhichThereIs() {
    Reply reply = get("/api/sites").with("Accept", "text/html, application/json;q=0").send();
    assertThat(reply.status()).isEqualTo(406);
    assertThat(reply.problem()).isEqualTo("not-acceptable");
    assertThat(get("/api/sites").with("Accept", "text/html, */*;q=0.1").send().status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/sites?x=1 | query x unknown",
        "/api/rooms?site=a&site=b | query site repeated",
        "/api/rooms?site=A%20B | query site pattern",
        "/api/rooms?site=%ff | query  encoding",
        "/api/rooms?site=%4 | query  encoding",
        "/api/rooms/A_B | path roomId pattern",
        "/api/bookings/0 | path bookingId minimum",
        "/api/bookings/abc | path bookingId type",
        "/api/bookings/99999999999999999999 | path bookingId type",
        "/api/bookings/9007199254740992 | path bookingId maximum",
        "/api/rooms/sh/bookings?from=2026-11-23T00:00:00Z | query until required",
        "/api/rooms/sh/bookings?from=2026-11-23T00:00:00+08:00&until=2026-11-24T00:00:00Z | query from date-time",
        "/api/people?q= | query q minLength",
        "/api/people?q=%E2%80%8B | query q invisible-character",
      })
  void aParameterThatIsNotAsTheContractSaysIsNamedWithItsReason(String target, String fault) {
    Reply reply = get(target.strip()).send();
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(faults(reply)).containsExactly(fault.strip());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api",
        "/api/",
        "/api/nothing",
        "/api/rooms/",
        "/api/rooms/%zz",
        "/api/sites/../secrets",
        "/nothing",
        "//",
        "/health"
      })
  void whereThereIsNothingTheAnswerIsAProblem(String target) {
    Reply reply = get(target).send();
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.problem()).isEqualTo("no-such-address");
  }

  @Test
  void anotherMethodIsToldTheOnesThatThereAre() {
    Reply reply = server.http().request("DELETE", "/api/rooms/sh-0801/bookings").send();
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.problem()).isEqualTo("other-method");
    assertThat(reply.headers()).containsEntry("allow", "GET, HEAD, POST");
  }

  @Test
  void headIsGetWithoutTheBody() {
    Reply get = get("/api/sites").send();
    Reply head = server.http().request("HEAD", "/api/sites").send();
    assertThat(head.status()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    assertThat(head.headers()).containsEntry("content-length", Integer.toString(get.body().length));
  }

  @Test
  void creatingNeedsAKeyAndEditingTheVersionSeen() {
    Reply keyless = server.http().request("POST", "/api/rooms/sh-0801/bookings").json(GOOD).send();
    assertThat(keyless.status()).isEqualTo(400);
    assertThat(keyless.problem()).isEqualTo("idempotency-key-missing");
    Request move =
        server.http().request("POST", "/api/bookings/7/move").json("{\"room\":\"sh-0802\"}");
    assertThat(move.send().status()).isEqualTo(428);
    assertThat(move.send().problem()).isEqualTo("if-match-missing");
    assertThat(move.with("If-Match", "7").send().problem()).isEqualTo("invalid");
    assertThat(move.with("If-Match", "\"7\"").send().json().path("seen").asText()).isEqualTo("7");
  }

  @Test
  void aKeyThatIsTooShortOrOddIsRefused() {
    for (String key : List.of("short", "x".repeat(129), "with space", "中文中文中文中文")) {
      Reply reply =
          post("/api/rooms/sh-0801/bookings").with("Idempotency-Key", key).json(GOOD).send();
      assertThat(faults(reply)).containsExactly("header Idempotency-Key pattern");
    }
  }

  @Test
  void sameJsonInAnotherOrderIsTheSameRequestAndAnotherValueIsAnother() {
    HASHES.clear();
    book("{\"subject\":\"a\",\"start\":\"2026-11-23T10:00:00Z\",\"end\":\"2026-11-23T11:00:00Z\"}");
    book(
        "{ \"end\":\"2026-11-23T11:00:00Z\", \"start\":\"2026-11-23T10:00:00Z\",\"subject\":\"a\"}");
    book("{\"subject\":\"b\",\"start\":\"2026-11-23T10:00:00Z\",\"end\":\"2026-11-23T11:00:00Z\"}");
    assertThat(HASHES).hasSize(3);
    assertThat(HASHES.get(0)).isEqualTo(HASHES.get(1)).isNotEqualTo(HASHES.get(2));
  }

  @Test
  void whoHoldsThePresentTagIsToldSo() {
    Reply first = get("/api/bookings/9").send();
    assertThat(first.headers()).containsEntry("etag", "\"7\"");
    Reply again = get("/api/bookings/9").with("If-None-Match", "\"3\", W/\"7\"").send();
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(get("/api/bookings/9").with("If-None-Match", "\"8\"").send().status())
        .isEqualTo(200);
  }

  @Test
  void aBodyWhereNoneBelongsIsRefused() {
    Reply reply = get("/api/sites").body("application/json", "{}".getBytes(UTF_8)).send();
    assertThat(faults(reply)).containsExactly("body  unexpected");
  }

  @Test
  void headersAndAddressesHaveALimit() {
    assertThat(get("/api/sites").with("X-Long", "a".repeat(20_000)).send().problem())
        .isEqualTo("headers-too-large");
    assertThat(get("/api/rooms?site=" + "a".repeat(20_000)).send().problem())
        .isEqualTo("address-too-long");
  }

  @Test
  void whatIsNoHttpIsToldSo() {
    Reply reply = server.http().exchange("garbage\r\n\r\n".getBytes(UTF_8)).orElseThrow();
    assertThat(reply.status()).isEqualTo(400);
    assertThat(faults(reply)).containsExactly("header  http");
  }

  @Test
  void problemsSpeakTheReadersLanguage() {
    assertThat(get("/api/x").send().json().path("title").asText()).isEqualTo("没有这个地址");
    Reply english = get("/api/x").with("Accept-Language", "de, en-GB;q=0.8, zh;q=0.5").send();
    assertThat(english.json().path("title").asText()).isEqualTo("No such address");
    assertThat(english.headers()).containsEntry("content-language", "en");
  }

  @Test
  void theContractItselfIsServed() {
    Reply reply = get("/api/openapi.json").send();
    assertThat(reply.json().path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(reply.json().at("/paths/~1api~1sites/get/operationId").asText())
        .isEqualTo("listSites");
  }

  static List<String> faults(Reply reply) {
    List<String> faults = new ArrayList<>();
    for (JsonNode fault : reply.json().path("errors")) {
      assertThat(fault.path("detail").asText()).isNotBlank();
      faults.add(
          fault.path("in").asText()
              + " "
              + fault.path("at").asText()
              + " "
              + fault.path("keyword").asText());
    }
    return faults;
  }

  private static String withField(String field, String value) {
    String without = GOOD.replaceAll("\"" + field + "\":\"[^\"]*\",?", "").replace(",}", "}");
    return value.isEmpty()
        ? without
        : without.replaceFirst(
            "\\{", java.util.regex.Matcher.quoteReplacement("{\"" + field + "\":" + value + ","));
  }

  private static Reply book(String body) {
    return post("/api/rooms/sh-0801/bookings").json(body).send();
  }

  private static Reply chunked(int bytes) {
    String head =
        """
        POST /api/rooms/sh-0801/walk-up HTTP/1.1\r
        Host: localhost\r
        Authorization: %s\r
        Connection: close\r
        Idempotency-Key: 0123456789\r
        Content-Type: application/json\r
        Transfer-Encoding: chunked\r
        \r
        """
            .formatted(SignedIn.DOOR);
    String body = Integer.toHexString(bytes) + "\r\n" + " ".repeat(bytes) + "\r\n0\r\n\r\n";
    return server.http().exchange((head + body).getBytes(UTF_8)).orElseThrow();
  }

  private static Request get(String target) {
    return server.http().request("GET", target);
  }

  private static Request post(String target) {
    return server.http().request("POST", target).with("Idempotency-Key", "0199c4a2-6f1e");
  }
}
