package foyer.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.testing.Eventually;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.Json;
import foyer.wire.Timeline;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a timeline weighs. It is Monday, 10:00 in Shanghai, 02:00 UTC. */
class TimelineSizeTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final Instant TEN = Instant.parse("2026-11-23T02:00:00Z");

  @Test
  void twoDaysFullOfQuarterHoursWithLongSubjectsEndTheirWindowEarlier() {
    for (int i = 0; i < 192; i++) {
      book("a", TEN.plus(Duration.ofMinutes(15L * i)), 15, "会".repeat(200));
    }
    byte[] bytes = shown("a", 192);
    Timeline timeline = Json.read(bytes, Timeline.class);
    assertThat(bytes.length).isBetween(8 * 1024, 16 * 1024);
    assertThat(timeline.validUntil()).isBetween(TEN.plusSeconds(3600), TEN.plusSeconds(86_400));
    assertThat(timeline.entries().getLast().from()).isBefore(timeline.validUntil());
  }

  @Test
  void twoUsualDaysAreSmallAndWhole() {
    for (int i = 0; i < 10; i++) {
      book("b", TEN.plus(Duration.ofMinutes(60L * i + (i < 5 ? 0 : 1140))), 45, "客户服务部季度复盘与改进计划");
    }
    byte[] bytes = shown("b", 10);
    assertThat(bytes.length).isLessThan(4608);
    assertThat(Json.read(bytes, Timeline.class).meetings()).hasSize(10);
  }

  private static byte[] shown(String room, int changes) {
    long revision = server.number("SELECT revision FROM room WHERE id = '" + room + "'");
    assertThat(revision).isGreaterThanOrEqualTo(changes);
    String path = "/api/rooms/" + room + "/timeline";
    Eventually.becomes(
        "the last booking is shown",
        () -> server.get(path).json().path("revision").asLong() == revision);
    return server.get(path).response().body().getBytes(StandardCharsets.UTF_8);
  }

  private static void book(String room, Instant start, int minutes, String subject) {
    Reply reply =
        server.post(
            "/api/rooms/" + room + "/bookings",
            "{\"subject\": \"%s\", \"start\": \"%s\", \"end\": \"%s\", \"convener\": \"1001\"}"
                .formatted(subject, start, start.plus(Duration.ofMinutes(minutes))));
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(201);
  }
}
