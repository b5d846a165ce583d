package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CalendarOverHttpTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  @BeforeEach
  void emptyRooms() {
    server.sql("DELETE FROM booking");
  }

  private static Reply take(String query, byte[] file, String type, String language) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/rooms/b/import" + query))
            .header("Content-Type", type)
            .header("Accept-Language", language)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  @Test
  void aFileComesInAndTheRoomIsWrittenAsOne() {
    Reply reply = take("", Corpus.bytes("outlook-desktop-invitation"), "text/calendar", "en");
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().at("/counts/created").asInt()).isEqualTo(1);
    assertThat(reply.json().at("/created/0/booking").asLong()).isPositive();
    Reply file = server.send(HttpRequest.newBuilder(server.uri("/api/rooms/b/calendar.ics")).GET());
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.response().headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/calendar");
    assertThat(Corpus.read(file.response().body()).meetings())
        .extracting(Found::subject)
        .containsExactly("客服周例会");
  }

  @Test
  void faultsAreToldInTheReadersLanguage() {
    byte[] file = Corpus.bytes("broken-entries");
    JsonNode chinese = take("", file, "application/octet-stream", "zh-CN").json();
    JsonNode english = take("?dryRun=true", file, "application/octet-stream", "en").json();
    assertThat(chinese.at("/refused").findValuesAsText("text")).contains("没有开始时间。请补上后重新导入。");
    assertThat(english.at("/refused").findValuesAsText("text"))
        .contains("It has no start. Give it one and import again.");
    assertThat(english.at("/dryRun").asBoolean()).isTrue();
  }

  @Test
  void allOrNothingAnswersWithAProblemThatCarriesTheReport() {
    Reply refused = take("?mode=all", Corpus.bytes("broken-entries"), "text/calendar", "en");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.problem()).isEqualTo("import-refused");
    assertThat(refused.json().at("/report/counts/refused").asInt()).isEqualTo(7);
    take("", Corpus.bytes("escapes"), "text/calendar", "en");
    Reply clashes = take("?mode=all", Corpus.bytes("deceptive-text"), "text/calendar", "en");
    assertThat(clashes.status()).isEqualTo(409);
    assertThat(clashes.problem()).isEqualTo("import-clashes");
    assertThat(server.number("SELECT count(*) FROM booking")).isEqualTo(3);
  }

  @Test
  void whatIsNoCalendarIsRefused() {
    assertThat(take("", Corpus.bytes("zip"), "application/octet-stream", "en").problem())
        .isEqualTo("not-a-calendar");
    assertThat(take("", Corpus.bytes("empty"), "text/calendar", "en").status()).isBetween(400, 422);
  }
}
