package foyer.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms as spreadsheets. */
class RoomFileTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String GOOD =
      """
      编号,地点,楼宇,英文楼宇,楼层,名称,英文名,容纳人数,设备,布局,预订方式,自动通过上限(分钟),可预订部门,备注
      x1,总部,主楼,Main,3F,云起,Yunqi,10,投影仪、白板,U 形 8、剧院式 10,自动通过,120,销售部,朝南
      a,hq,主楼,Main,8F,松涛,Songtao,9,projector;whiteboard,,须审批,,,
      """;

  @BeforeEach
  void theRoomsOfTheCompany() {
    server.sql(
        """
        DELETE FROM room_equipment; DELETE FROM room_layout; DELETE FROM room_department; DELETE FROM booking;
        INSERT INTO room_equipment VALUES ('a', 'projector'), ('a', 'whiteboard');
        UPDATE room SET site_id = 'hq', floor = '8F', name_zh = '松涛', name_en = 'Songtao', capacity = 8, booking = 'approval', automatic_up_to = NULL, note_zh = '', note_en = '', version = version + 1, revision = revision + 1
        WHERE id = 'a';
        DELETE FROM room WHERE id LIKE 'x%'""");
  }

  @Test
  void aFileMakesRoomsChangesRoomsAndAgainChangesNothing() {
    Reply preview = take(GOOD, "?dryRun=true");
    assertThat(preview.status()).as(preview.response().body()).isEqualTo(200);
    assertThat(counts(preview)).isEqualTo("1 1 0 0");
    assertThat(preview.json().path("written").asBoolean()).isFalse();
    assertThat(server.get("/api/rooms/x1").status()).isEqualTo(404);

    Reply taken = take(GOOD, "");
    assertThat(counts(taken)).isEqualTo("1 1 0 0");
    assertThat(taken.json().path("written").asBoolean()).isTrue();
    JsonNode made = server.get("/api/rooms/x1").json();
    assertThat(made.path("name").path("en").asText()).isEqualTo("Yunqi");
    assertThat(made.path("equipment")).hasSize(2);
    assertThat(made.path("layouts").get(0).path("layout").asText()).isEqualTo("u-shape");
    assertThat(made.path("layouts").get(1).path("capacity").asInt()).isEqualTo(10);
    assertThat(made.path("booking").asText()).isEqualTo("automatic");
    assertThat(made.path("automaticUpTo").asInt()).isEqualTo(120);
    assertThat(made.path("departments").get(0).asText()).isEqualTo("sales");
    JsonNode changed = taken.json().path("rooms").get(1);
    assertThat(changed.path("outcome").asText()).isEqualTo("updated");
    assertThat(texts(changed.path("fields"))).containsExactly("capacity");

    long revision = server.number("SELECT sum(revision) FROM room");
    Reply again = take(GOOD, "");
    assertThat(counts(again)).isEqualTo("0 0 2 0");
    assertThat(again.json().path("written").asBoolean()).isFalse();
    assertThat(server.number("SELECT sum(revision) FROM room")).isEqualTo(revision);
    Eventually.becomes(
        "the new room has a door", () -> server.get("/api/rooms/x1/timeline").status() == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"xlsx zh-CN", "csv zh-CN", "xlsx en", "csv en"})
  void whatIsExportedComesInAgainWithoutAnyChange(String kind) throws Exception {
    take(GOOD, "");
    server.sql("UPDATE room SET note_zh = E'=1+1\\n第二行' WHERE id = 'x1'");
    String[] parts = kind.split(" ");
    HttpResponse<byte[]> file =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri("/api/room-file?format=" + parts[0]))
                    .header("Cookie", SignedIn.COOKIE)
                    .header("Accept-Language", parts[1])
                    .timeout(Eventually.PATIENCE)
                    .build(),
                BodyHandlers.ofByteArray());
    assertThat(file.headers().firstValue("Content-Disposition").orElse(""))
        .isEqualTo("attachment; filename=\"rooms." + parts[0] + "\"");
    Reply again = take(file.body(), "?dryRun=true", parts[1]);
    assertThat(counts(again)).as(again.response().body()).isEqualTo("0 0 5 0");
    assertThat(again.json().path("ignored")).isEmpty();
  }

  @Test
  void aFileInTheEncodingOfChineseOfficesWithEnglishHeadsInAnyOrderIsTaken() {
    String file =
        "Capacity\tName\tSite\tBuilding\tRoom ID\tFloor\tColour\n6\t听雪\t日间\t副楼\tX2\t2F\tred\n";
    Reply taken = take(file.getBytes(Charset.forName("GB18030")), "", "en");
    assertThat(counts(taken)).as(taken.response().body()).isEqualTo("1 0 0 0");
    assertThat(texts(taken.json().path("ignored"))).containsExactly("Colour");
    JsonNode made = server.get("/api/rooms/x2").json();
    assertThat(made.path("site").asText()).isEqualTo("day");
    assertThat(made.path("name").path("en").asText()).as("for want of another").isEqualTo("听雪");
    assertThat(made.path("booking").asText()).isEqualTo("approval");
  }

  @Test
  void columnsThatAreNotThereLeaveAKnownRoomAsItIs() {
    take(GOOD, "");
    JsonNode before = server.get("/api/rooms/x1").json();
    Reply taken = take("编号,地点,楼宇,楼层,名称,容纳人数\nx1,总部,主楼,4F,云起,10\n", "");
    assertThat(texts(taken.json().path("rooms").get(0).path("fields"))).containsExactly("floor");
    JsonNode after = server.get("/api/rooms/x1").json();
    for (String kept :
        List.of("name", "building", "equipment", "layouts", "booking", "departments", "note")) {
      assertThat(after.path(kept)).as(kept).isEqualTo(before.path(kept));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          x1,总部        | ,总部           | 编号 required
          x1,总部        | 云 起,总部      | 编号 pattern
          x1,总部        | a,总部          | 编号 repeated
          x1,总部        | x1,月球         | 地点 unknown-site
          3F             | ''              | 楼层 required
          云起           | '\u202e云起'    | 名称 invisible-character
          Yunqi,10       | Yunqi,十        | 容纳人数 pattern
          Yunqi,10       | Yunqi,0         | 容纳人数 minimum
          Yunqi,10       | Yunqi,70000     | 容纳人数 maximum
          投影仪、白板   | 投影仪、时光机  | 设备 unknown-equipment
          U 形 8         | U 形            | 布局 pattern
          U 形 8         | 圆形 8          | 布局 unknown-layout
          U 形 8         | 剧院式 8        | 布局 layout-twice
          剧院式 10      | 剧院式 11       | 布局 layout-too-large
          自动通过,120   | 抓阄,120        | 预订方式 enum
          自动通过,120   | 须审批,120      | 自动通过上限分钟 nothing-automatic
          自动通过,120   | 自动通过,1      | 自动通过上限分钟 minimum
          销售部         | 月球部          | 可预订部门 unknown-department
          """)
  void aRowThatCannotComeInIsToldByRowAndColumnAndTheOthersDo(
      String part, String other, String fault) {
    Reply taken = take(GOOD.replace(part, other == null ? "" : other), "");
    assertThat(taken.status()).as(taken.response().body()).isEqualTo(200);
    JsonNode refused = taken.json().path("refused").get(0);
    assertThat(refused.path("column").asText() + " " + refused.path("code").asText())
        .isEqualTo(fault);
    assertThat(refused.path("text").asText()).isNotBlank().doesNotContain("{");
    assertThat(taken.json().path("counts").path("refused").asInt()).isEqualTo(1);
    assertThat(taken.json().path("counts").path("updated").asInt()).isEqualTo(1);
  }

  @Test
  void allOrNothingLeavesNothingWhereARowIsWrong() {
    Reply refused = take(GOOD.replace("U 形 8", "圆形 8"), "?mode=all");
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("422 import-refused");
    assertThat(refused.json().path("report").path("counts").path("updated").asInt()).isEqualTo(1);
    assertThat(server.get("/api/rooms/a").json().path("capacity").asInt()).isEqualTo(8);
  }

  @Test
  void aRoomThatIsBookedDoesNotGoToAnotherSiteAndARemovedOneDoesNotComeBack() {
    server.sql("UPDATE room SET booking = 'automatic'");
    Reply booked =
        server.post(
            "/api/rooms/a/bookings",
            "{\"subject\":\"例会\",\"start\":\"2026-11-27T02:00:00Z\",\"end\":\"2026-11-27T03:00:00Z\"}");
    assertThat(booked.status()).as(booked.response().body()).isEqualTo(201);
    Reply moved = take(GOOD.replace("a,hq", "a,day"), "?dryRun=true");
    assertThat(moved.json().path("refused").get(0).path("code").asText())
        .isEqualTo("room-has-bookings");
    take(GOOD, "");
    server.sql("UPDATE room SET removed_at = app_now() WHERE id = 'x1'");
    Reply back = take(GOOD, "?dryRun=true");
    assertThat(back.json().path("refused").get(0).path("code").asText()).isEqualTo("room-exists");
  }

  @Test
  void aFileWithoutTheHeadsIsNoFileOfRooms() {
    Reply refused = take("姓名,工号\n张三,1001\n", "");
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("422 sheet-no-head");
    assertThat(refused.json().path("columns").asText()).contains("编号");
    assertThat(server.get("/api/room-file?site=none").problem()).isEqualTo("no-such-site");
  }

  private static Reply take(String csv, String query) {
    return take(csv.getBytes(StandardCharsets.UTF_8), query, "zh-CN");
  }

  private static Reply take(byte[] file, String query, String language) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/room-file" + query))
            .header("Content-Type", "application/octet-stream")
            .header("Accept-Language", language)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private static String counts(Reply reply) {
    JsonNode counts = reply.json().path("counts");
    return String.join(
        " ",
        List.of("created", "updated", "unchanged", "refused").stream()
            .map(name -> counts.path(name).asText())
            .toList());
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
