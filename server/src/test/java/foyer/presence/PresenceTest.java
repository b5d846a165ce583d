package foyer.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.org.Passwords;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.Names;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Staff register at the kiosk, over HTTP. */
class PresenceTest {

  private static final String PIN = "804176";

  @RegisterExtension static final TestServer server = TestServer.start();

  @BeforeAll
  static void kiosks() {
    server.sql(
        """
        INSERT INTO device (id, kind, name, site_id, made_at) VALUES
          ('kiosk-hq', 'kiosk', 'H', 'hq', app_now()), ('kiosk-day', 'kiosk', 'D', 'day', app_now());
        UPDATE person SET badge_code = '04A1B2C3' WHERE staff_number = '1001';
        UPDATE person SET badge_code = '04A1B2C4' WHERE staff_number = '1003';
        INSERT INTO kiosk_pin SELECT id, '%s', app_now() FROM person WHERE staff_number = '1002';
        """
            .formatted(Passwords.hashNow(PIN)));
  }

  @BeforeEach
  void nobodyIsThereYet() {
    server.sql("DELETE FROM presence; DELETE FROM sign_in_failure; DELETE FROM booking;");
    server.database().setClock(Instant.parse("2026-11-23T02:00:00Z"));
  }

  @Test
  void aBadgeRegistersItsOwnerOnceADay() {
    Reply first = badge("kiosk-hq", "04a1b2c3");
    assertThat(first.status()).as(first.response().body()).isEqualTo(200);
    assertThat(first.json().path("name").path("zh").asText()).isEqualTo("王*");
    assertThat(first.json().path("name").path("en").asText()).isEqualTo("W. F.");
    assertThat(first.json().path("before").asBoolean()).isFalse();
    assertThat(first.response().body()).doesNotContain("王芳", "Wang", "\"1001\"", "wang.fang");

    server.database().setClock(Instant.parse("2026-11-23T09:00:00Z"));
    JsonNode again = badge("kiosk-hq", "04A1B2C3").json();
    assertThat(again.path("before").asBoolean()).isTrue();
    assertThat(again.path("cameAt")).isEqualTo(first.json().path("cameAt"));
    assertThat(rows()).isEqualTo(1);

    server.database().setClock(Instant.parse("2026-11-23T16:01:00Z"));
    assertThat(badge("kiosk-hq", "04A1B2C3").json().path("before").asBoolean())
        .as("after midnight in Shanghai")
        .isFalse();
    assertThat(badge("kiosk-day", "04A1B2C3").status()).isEqualTo(200);
    assertThat(rows()).as("each day, and each site").isEqualTo(3);
    assertThat(server.number("SELECT count(*) FROM audit_entry WHERE action = 'register presence'"))
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void aStaffNumberWithItsPinDoesTheSameAndAloneDoesNot() {
    assertThat(pin("kiosk-hq", "1002", PIN).status()).isEqualTo(200);
    assertThat(server.number("SELECT count(*) FROM presence WHERE by = 'pin'")).isEqualTo(1);
    assertThat(post("kiosk-hq", "{\"staffNumber\": \"1002\"}").status()).isEqualTo(400);
  }

  @Test
  void theirMeetingsOfTheDayAreToldNearestFirstWithTheWay() {
    book(1, "a", "internal", "2026-11-23T05:00:00Z", "1003", "");
    book(2, "d", "internal", "2026-11-23T03:00:00Z", "1001", "1003");
    book(3, "b", "confidential", "2026-11-23T07:00:00Z", "1003", "");
    book(4, "c", "strict", "2026-11-23T09:00:00Z", "1003", "");
    book(5, "a", "internal", "2026-11-23T00:00:00Z", "1003", "");
    book(6, "a", "internal", "2026-11-23T17:00:00Z", "1003", "");
    book(7, "b", "internal", "2026-11-23T12:00:00Z", "1001", "1002");
    Reply reply = badge("kiosk-hq", "04A1B2C4");
    JsonNode meetings = reply.json().path("meetings");
    assertThat(meetings.findValuesAsText("subject")).containsExactly("议题 2", "议题 1");
    assertThat(meetings).hasSize(4);
    assertThat(meetings.get(0).path("site").path("en").asText()).isEqualTo("Daytime");
    assertThat(meetings.get(1).has("site")).isFalse();
    assertThat(meetings.get(1).path("room").path("zh").asText()).isEqualTo("松涛");
    assertThat(meetings.get(1).path("building").path("zh").asText()).isEqualTo("主楼");
    assertThat(meetings.get(1).path("floor").asText()).isEqualTo("8F");
    assertThat(reply.response().body()).doesNotContain("议题 3", "议题 4");
    assertThat(server.number("SELECT count(*) FROM booking WHERE checked_in_at IS NOT NULL"))
        .as("it signs nobody in")
        .isZero();
  }

  @Test
  void atMostTwentyMeetingsAreTold() {
    for (int i = 0; i < 23; i++) {
      book(
          100 + i,
          "a",
          "internal",
          Instant.parse("2026-11-23T03:00:00Z").plusSeconds(600L * i).toString(),
          "1001",
          "");
    }
    JsonNode answer = badge("kiosk-hq", "04A1B2C3").json();
    assertThat(answer.path("meetings")).hasSize(20);
    assertThat(answer.path("more").asInt()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"badge\": \"FFFFFFFF\"}",
        "{\"staffNumber\": \"1002\", \"pin\": \"000000\"}",
        "{\"staffNumber\": \"9999\", \"pin\": \"804176\"}",
        "{\"staffNumber\": \"1001\", \"pin\": \"804176\"}"
      })
  void whoeverIsNotMadeOutHearsOneAndTheSame(String body) {
    Reply reply = post("kiosk-hq", body);
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.problem()).isEqualTo("not-recognised");
    assertThat(rows()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"1002, true", "1001, false", "9999, false"})
  void afterFiveWrongPinsANumberWaitsWhetherThereIsSuchAPersonOrNot(String number, boolean real) {
    for (int i = 0; i < 5; i++) {
      assertThat(pin("kiosk-hq", number, "00000" + i).problem()).isEqualTo("not-recognised");
    }
    Reply sixth = pin("kiosk-day", number, real ? PIN : "111111");
    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.problem()).isEqualTo("too-many-tries");
    assertThat(sixth.response().headers().firstValue("Retry-After")).isPresent();
    assertThat(badge("kiosk-hq", "04A1B2C3").status()).as("others get in").isEqualTo(200);

    server.database().setClock(Instant.parse("2026-11-23T02:16:00Z"));
    assertThat(pin("kiosk-hq", number, real ? PIN : "111111").status()).isEqualTo(real ? 200 : 422);
  }

  @Test
  void whoeverGuessesAtAKioskIsStoppedThereAndNowhereElse() {
    for (int i = 0; i < 30; i++) {
      assertThat(badge("kiosk-hq", "AAAA" + (1000 + i)).problem()).isEqualTo("not-recognised");
    }
    assertThat(badge("kiosk-hq", "04A1B2C3").problem()).isEqualTo("too-many-tries");
    assertThat(badge("kiosk-day", "04A1B2C3").status()).isEqualTo(200);
    assertThat(pin("kiosk-hq", "1002", PIN).status()).as("PINs are counted apart").isEqualTo(200);
  }

  @Test
  void manyGuessesAtOnceAreMany() throws Exception {
    List<Future<Reply>> asked = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < 12; i++) {
        String guess = "%06d".formatted(i);
        asked.add(threads.submit(() -> pin("kiosk-hq", "9998", guess)));
      }
    }
    int refused = 0;
    for (Future<Reply> reply : asked) {
      refused += reply.get().status() == 422 ? 1 : 0;
    }
    assertThat(refused).isEqualTo(5);
  }

  @Test
  void theSameRequestSentAgainAnswersAsTheFirstTime() {
    String key = UUID.randomUUID().toString();
    String body = "{\"badge\": \"04A1B2C3\"}";
    JsonNode first = post("kiosk-hq", body, key).json();
    server.database().setClock(Instant.parse("2026-11-23T03:00:00Z"));
    assertThat(post("kiosk-hq", body, key).json()).isEqualTo(first);
    assertThat(post("kiosk-hq", "{\"badge\": \"04A1B2C4\"}", key).problem())
        .isEqualTo("idempotency-key-reused");
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void twoScansAtOnceAreOneRegistration() throws Exception {
    List<Future<Reply>> scans = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 6; i++) {
        scans.add(threads.submit(() -> badge("kiosk-hq", "04A1B2C3")));
      }
    }
    for (Future<Reply> scan : scans) {
      assertThat(scan.get().status()).isEqualTo(200);
    }
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void whoeverHasLeftIsNotMadeOut() {
    server.sql("UPDATE person SET left_at = app_now() WHERE staff_number = '1003'");
    assertThat(badge("kiosk-hq", "04A1B2C4").problem()).isEqualTo("not-recognised");
    server.sql("UPDATE person SET left_at = NULL WHERE staff_number = '1003'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"badge\": \"\"}",
        "{\"badge\": \"04A1B2C3\", \"staffNumber\": \"1002\", \"pin\": \"804176\"}",
        "{\"badge\": \"; DROP TABLE person\"}",
        "{\"staffNumber\": \"1002\", \"pin\": \"80417\"}",
        "{\"staffNumber\": \"1002\", \"pin\": 804176}"
      })
  void whatIsNeitherBadgeNorPinIsRefusedBeforeItCounts(String body) {
    assertThat(post("kiosk-hq", body).status()).isEqualTo(400);
    assertThat(server.number("SELECT count(*) FROM sign_in_failure")).isZero();
  }

  @Test
  void displaysAndPeopleRegisterNobodyAndTheFrontDeskSeesWhoIsThere() {
    String body = "{\"badge\": \"04A1B2C3\"}";
    assertThat(post("door", body).status()).isEqualTo(403);
    assertThat(server.post("/api/kiosk/registrations", body).status()).isEqualTo(403);
    assertThat(badge("kiosk-hq", "04A1B2C3").status()).isEqualTo(200);
    assertThat(pin("kiosk-hq", "1002", PIN).status()).isEqualTo(200);
    Reply present = server.get("/api/presence?site=hq");
    assertThat(present.json().path("people").findValuesAsText("staffNumber"))
        .containsExactly("1002", "1001");
    assertThat(present.json().path("people").findValuesAsText("by"))
        .containsExactly("pin", "badge");
    assertThat(present.json().path("day").asText()).isEqualTo("2026-11-23");
    assertThat(server.get("/api/presence?site=day").json().path("people")).isEmpty();
    assertThat(server.get("/api/presence?site=nowhere").problem()).isEqualTo("no-such-site");
  }

  @ParameterizedTest
  @CsvSource({"王芳, 王*, Wang Fang, W. F.", "欧阳 娜娜, 欧*, Laura  Hoffmann , L. H.", "𠮷田, 𠮷*, X, X."})
  void aNameIsMasked(String zh, String maskedZh, String en, String maskedEn) {
    assertThat(PresenceRules.masked(new Names(zh, en))).isEqualTo(new Names(maskedZh, maskedEn));
  }

  private static long rows() {
    return server.number("SELECT count(*) FROM presence");
  }

  private static Reply badge(String kiosk, String code) {
    return post(kiosk, "{\"badge\": \"" + code + "\"}");
  }

  private static Reply pin(String kiosk, String number, String pin) {
    return post(kiosk, "{\"staffNumber\": \"%s\", \"pin\": \"%s\"}".formatted(number, pin));
  }

  private static Reply post(String device, String body) {
    return post(device, body, UUID.randomUUID().toString());
  }

  private static Reply post(String device, String body, String key) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/kiosk/registrations"))
            .header("Authorization", SignedIn.device(device))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  /** A meeting of half an hour, or of ten minutes where many are wanted. */
  private static void book(
      long id, String room, String level, String start, String convener, String attendee) {
    server.sql(
        """
        INSERT INTO booking (id, room_id, during, occupied, zone, local_start, local_end, status, subject, goal, meeting_type_id, level,
                             priority, convener_id, booker_id, department_id, policy_version_id, source, made_at, changed_at)
        SELECT %1$d, '%2$s', t, t, 'Asia/Shanghai', '2026-11-23 10:00', '2026-11-23 11:00', 'confirmed', '议题 %1$d', '目的', 'interview', '%3$s',
               'normal', p.id, p.id, p.department_id, (SELECT min(id) FROM policy_version), 'console', app_now(), app_now()
        FROM tstzrange(timestamptz '%4$s', timestamptz '%4$s' + interval '10 minutes') t, person p WHERE p.staff_number = '%5$s';
        INSERT INTO booking_attendee SELECT %1$d, 1, 'required', id, name_zh, NULL FROM person WHERE staff_number = '%6$s';
        """
            .formatted(id, room, level, start, convener, attendee));
  }
}
