package foyer.room;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.Eventually;
import foyer.testing.Screen;
import foyer.testing.SignedIn;
import foyer.testing.Subscriber;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import foyer.wire.Timeline;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rooms as admins make, change and remove them. It is Monday, 2026-11-23, 10:00 in Shanghai. */
class RoomAdminTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a0000000d49484452");
  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ffe000104a464946");
  private static final byte[] WEBP = HexFormat.of().parseHex("524946460000000057454250");

  /** Room b as it stands, but for what a test puts in the place of a part. */
  private static final String ROOM =
      """
      "site":"hq","name":{"zh":"竹影","en":"Zhuying"},"building":{"zh":"主楼","en":"Main"},"floor":"8F","capacity":12,\
      "equipment":["screen"],"layouts":[{"layout":"theatre","capacity":12}],"note":{"zh":"","en":""},"position":2,\
      "booking":"automatic","departments":[]""";

  @BeforeEach
  void roomsThatNobodyHasBooked() {
    server.sql(
        """
        DELETE FROM booking; DELETE FROM room_photo;
        UPDATE room SET booking = 'automatic', removed_at = NULL, revision = revision + 1""");
  }

  @Test
  void aRoomIsMadeOnceAndHasADoorAtOnce() {
    String room = "{\"id\":\"new\"," + ROOM.replace("竹影", "兰台") + "}";
    Reply made = server.post("/api/rooms", room, "the-same-request");
    assertThat(made.status()).as(made.response().body()).isEqualTo(201);
    assertThat(made.response().headers().firstValue("Location")).contains("/api/rooms/new");
    assertThat(server.get("/api/rooms/new").json()).isEqualTo(made.json());
    Reply again = server.post("/api/rooms", room, "the-same-request");
    assertThat(again.response().body()).isEqualTo(made.response().body());
    assertThat(again.response().headers().firstValue("ETag")).contains("\"1\"");
    Eventually.becomes(
        "the door shows it", () -> server.get("/api/rooms/new/timeline").status() == 200);
    assertThat(server.post("/api/rooms", room).problem()).isEqualTo("room-exists");
    assertThat(audited("room:new")).containsExactly("create room");
  }

  @Test
  void whatIsLeftOutOfANewRoomIsAsTheAdminDepartmentHasIt() {
    Reply made =
        server.post(
            "/api/rooms",
            """
            {"id":"plain","site":"hq","name":{"zh":"素","en":"Plain"},"building":{"zh":"主楼","en":"Main"},"floor":"2F","capacity":4}""");
    assertThat(made.json().path("booking").asText()).as("K-4.1.2").isEqualTo("approval");
    assertThat(made.json().path("departments")).isEmpty();
    assertThat(made.json().has("automaticUpTo")).isFalse();
    assertThat(made.json().has("photo")).isFalse();
  }

  @Test
  void aDoorShowsTheNewNameFloorCapacityAndEquipmentLive() {
    try (Screen door = Screen.open(server.ws("/live/rooms/b"))) {
      Timeline before = door.timeline();
      Reply edited =
          edit(
              "b",
              ROOM.replace("竹影", "听雨")
                  .replace("8F", "9F")
                  .replace("\"capacity\":12,", "\"capacity\":14,")
                  .replace("\"screen\"", "\"screen\",\"phone\""));
      assertThat(edited.status()).as(edited.response().body()).isEqualTo(200);
      Timeline after = door.timeline();
      while (!after.face().name().zh().equals("听雨")) {
        after = door.timeline();
      }
      assertThat(after.revision()).isGreaterThan(before.revision());
      assertThat(after.face().floor()).isEqualTo("9F");
      assertThat(after.face().capacity()).isEqualTo(14);
      assertThat(after.face().equipment()).containsExactly("screen", "phone");
    }
    assertThat(lastFields("room:b")).contains("name", "floor", "capacity", "equipment");
  }

  @Test
  void allThatIsKeptOfARoomComesBackAsItWasSent() {
    Reply edited =
        edit(
            "b",
            ROOM.replace(
                    "\"note\":{\"zh\":\"\",\"en\":\"\"}",
                    "\"note\":{\"zh\":\"朝南\\n有窗\",\"en\":\"South\"}")
                .replace(
                    "{\"layout\":\"theatre\",\"capacity\":12}",
                    "{\"layout\":\"theatre\",\"capacity\":12},{\"layout\":\"u-shape\",\"capacity\":8}")
                .replace(
                    "\"departments\":[]", "\"departments\":[\"sales\"],\"automaticUpTo\":120"));
    assertThat(edited.status()).as(edited.response().body()).isEqualTo(200);
    JsonNode kept = server.get("/api/rooms/b").json();
    assertThat(kept).isEqualTo(edited.json());
    assertThat(kept.path("note").path("zh").asText()).isEqualTo("朝南\n有窗");
    assertThat(kept.path("layouts").get(0).path("layout").asText()).isEqualTo("u-shape");
    assertThat(kept.path("layouts").get(0).path("capacity").asInt()).isEqualTo(8);
    assertThat(kept.path("automaticUpTo").asInt()).isEqualTo(120);
    assertThat(kept.path("departments").get(0).asText()).isEqualTo("sales");
    JsonNode listed = server.get("/api/rooms?site=hq").json().path("rooms");
    assertThat(listed).contains(kept);
    assertThat(edit("b", ROOM).json().has("automaticUpTo")).as("left out, it is gone").isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "site":"hq"              | "site":"none"              | 422 unknown-site
          "screen"                 | "screen","ray-gun"         | 422 unknown-equipment
          "layout":"theatre"       | "layout":"circle"          | 422 unknown-layout
          {"layout":"theatre"      | {"layout":"theatre","capacity":9},{"layout":"theatre" | 422 layout-twice
          "theatre","capacity":12  | "theatre","capacity":13    | 422 layout-too-large
          "departments":[]         | "departments":["none"]     | 422 unknown-department
          "automatic"              | "approval","automaticUpTo":60 | 422 nothing-automatic
          "capacity":12,           | "capacity":0,              | 400 invalid
          "floor":"8F"             | "floor":""                 | 400 invalid
          "screen"                 | "screen","screen"          | 400 invalid
          """)
  void aRoomThatCannotBeSoIsRefusedAndStaysAsItIs(String part, String other, String answer) {
    JsonNode before = server.get("/api/rooms/b").json();
    String wanted = ROOM.replace(part, other);
    Reply edited = edit("b", wanted);
    assertThat(edited.status() + " " + edited.problem()).isEqualTo(answer);
    Reply made = server.post("/api/rooms", "{\"id\":\"other\"," + wanted + "}");
    assertThat(made.status() + " " + made.problem()).isEqualTo(answer);
    assertThat(server.get("/api/rooms/b").json()).isEqualTo(before);
    assertThat(server.get("/api/rooms/other").problem()).isEqualTo("no-such-room");
  }

  @Test
  void ofTwoWhoEditARoomTheSecondSeesBothAndLosesNothing() {
    int seen = version("b");
    assertThat(edit("b", ROOM.replace("\"floor\":\"8F\"", "\"floor\":\"7F\""), seen).status())
        .isEqualTo(200);
    assertThat(edit("b", ROOM.replace("\"capacity\":12,", "\"capacity\":16,"), seen + 1).status())
        .isEqualTo(200);
    Reply second = edit("b", ROOM.replace("竹影", "竹径"), seen);
    assertThat(second.status() + " " + second.problem()).isEqualTo("412 changed-meanwhile");
    JsonNode told = second.json();
    assertThat(told.path("version").asInt()).isEqualTo(seen + 2);
    assertThat(texts(told.path("fields"))).contains("capacity", "floor").doesNotContain("name");
    assertThat(told.path("by").path("zh").asText()).isEqualTo("王芳");
    assertThat(told.path("present")).isEqualTo(server.get("/api/rooms/b").json());
    assertThat(edit("b", ROOM.replace("竹影", "竹径"), seen + 2).status()).isEqualTo(200);
    Reply without =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/rooms/b"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{" + ROOM + "}")));
    assertThat(without.status() + " " + without.problem()).isEqualTo("428 if-match-missing");
  }

  @Test
  void aRoomStaysAtItsSiteWhileItIsBooked() {
    long id = book("b");
    String moved = ROOM.replace("\"site\":\"hq\"", "\"site\":\"day\"");
    Reply refused = edit("b", moved);
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("409 room-has-bookings");
    assertThat(refused.json().path("count").asInt()).isEqualTo(1);
    assertThat(refused.json().path("first").asText()).isEqualTo("2026-11-27T02:00:00Z");
    server.verb("/api/bookings/" + id + "/cancel", "{\"reason\":\"搬走\"}");
    try (Screen hall = Screen.open(server.ws("/live/sites/hq"));
        Screen other = Screen.open(server.ws("/live/sites/day"))) {
      assertThat(edit("b", moved).status()).isEqualTo(200);
      hall.next(m -> m.path("type").asText().equals("gone") && m.path("room").asText().equals("b"));
      other.next(m -> m.path("room").asText().equals("b"));
    } finally {
      edit("b", ROOM);
    }
  }

  @Test
  void aRoomIsRemovedWhenNobodyHasBookedItAnyMore() throws Exception {
    server.post("/api/rooms", "{\"id\":\"old\"," + ROOM.replace("竹影", "旧室") + "}");
    long id = book("old");
    Reply refused = remove("old", "1");
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("409 room-has-bookings");
    assertThat(refused.json().path("count").asInt()).isEqualTo(1);
    server.verb("/api/bookings/" + id + "/cancel", "{\"reason\":\"拆除\"}");
    assertThat(remove("old", "7").problem()).isEqualTo("changed-meanwhile");

    JsonNode program =
        server
            .post("/api/devices", "{\"id\":\"wall\",\"kind\":\"integration\",\"name\":\"Wall\"}")
            .json();
    try (Screen door = Screen.open(server.ws("/live/rooms/old"));
        Subscriber subscriber =
            Subscriber.to(
                program.path("broker").asText(),
                program.path("username").asText(),
                program.path("password").asText(),
                "foyer/rooms/old/timeline")) {
      assertThat(subscriber.next().text()).contains("旧室");
      Reply removed = remove("old", "1");
      assertThat(removed.status()).as(removed.response().body()).isEqualTo(200);
      door.next(m -> m.path("type").asText().equals("gone"));
      Subscriber.Heard last = subscriber.next();
      while (!last.text().isEmpty()) {
        last = subscriber.next();
      }
    }
    assertThat(server.get("/api/rooms/old").problem()).isEqualTo("no-such-room");
    assertThat(remove("old", "2").problem()).isEqualTo("no-such-room");
    assertThat(server.post("/api/rooms", "{\"id\":\"old\"," + ROOM + "}").problem())
        .as("its past is still its own")
        .isEqualTo("room-exists");
    assertThat(audited("room:old")).containsExactly("remove room", "create room");
  }

  @ParameterizedTest
  @CsvSource({"png,image/png", "jpeg,image/jpeg", "webp,image/webp"})
  void aPhotoIsWhatItsBytesSayWhateverItIsCalled(String kind, String type) throws Exception {
    byte[] bytes =
        switch (kind) {
          case "png" -> PNG;
          case "jpeg" -> JPEG;
          default -> WEBP;
        };
    Reply set = photo("a", bytes, "application/octet-stream");
    assertThat(set.status()).as(set.response().body()).isEqualTo(200);
    String tag = set.json().path("photo").asText();
    HttpResponse<byte[]> got = picture("a", "none");
    assertThat(got.body()).isEqualTo(bytes);
    assertThat(got.headers().firstValue("Content-Type")).contains(type);
    assertThat(got.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(got.headers().firstValue("Content-Disposition").orElse(""))
        .isEqualTo("attachment; filename=\"a." + kind + "\"");
    assertThat(got.headers().firstValue("Content-Security-Policy").orElse("")).contains("sandbox");
    assertThat(got.headers().firstValue("ETag")).contains('"' + tag + '"');
    assertThat(picture("a", '"' + tag + '"').statusCode()).isEqualTo(304);
  }

  @Test
  void aPhotoIsReplacedAndTakenAwayAndEachTimeTheRoomIsAnotherVersion() {
    int before = version("a");
    String first = photo("a", PNG, "image/png").json().path("photo").asText();
    String second = photo("a", JPEG, "image/png").json().path("photo").asText();
    assertThat(second).isNotEqualTo(first);
    assertThat(version("a")).isEqualTo(before + 2);
    Reply removed = delete("/api/rooms/a/photo", null);
    assertThat(removed.json().has("photo")).isFalse();
    assertThat(server.get("/api/rooms/a/photo").status()).isEqualTo(404);
    assertThat(server.get("/api/rooms/a/photo").problem()).isEqualTo("no-photo");
    assertThat(delete("/api/rooms/a/photo", null).problem()).isEqualTo("no-photo");
    assertThat(lastFields("room:a")).containsExactly("photo");
  }

  @Test
  void whatIsNoPictureOrTooLargeIsRefused() {
    byte[] page = "<svg onload=alert(1)>".getBytes(StandardCharsets.UTF_8);
    Reply refused = photo("a", page, "image/png");
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("422 not-a-picture");
    byte[] large = Arrays.copyOf(PNG, 4 * 1024 * 1024 + 1);
    Reply tooLarge = photo("a", large, "image/png");
    assertThat(tooLarge.status() + " " + tooLarge.problem()).isEqualTo("413 too-large");
    assertThat(photo("a", Arrays.copyOf(PNG, 4 * 1024 * 1024), "image/png").status())
        .isEqualTo(200);
    assertThat(photo("none", PNG, "image/png").problem()).isEqualTo("no-such-room");
  }

  @Test
  void aNewKindOfEquipmentCanBeGivenToARoom() {
    String camera = "{\"code\":\"camera\",\"name\":{\"zh\":\"摄像机\",\"en\":\"Camera\"}}";
    assertThat(server.post("/api/equipment", camera).status()).isEqualTo(201);
    assertThat(server.post("/api/equipment", camera).problem()).isEqualTo("equipment-exists");
    JsonNode features = server.get("/api/room-features").json();
    assertThat(features.path("equipment").get(6).path("code").asText()).isEqualTo("camera");
    assertThat(features.path("layouts")).hasSizeGreaterThanOrEqualTo(4);
    assertThat(edit("c", ROOM.replace("\"screen\"", "\"camera\"")).status()).isEqualTo(200);
    assertThat(audited("equipment:camera")).containsExactly("add equipment");
  }

  @Test
  void whoIsNoAdminSeesRoomsAndChangesNone() {
    server.sql(SignedIn.rows("1002"));
    String cookie = "foyer-session=" + SignedIn.token("1002");
    assertThat(
            server
                .send(HttpRequest.newBuilder(server.uri("/api/rooms/b")).header("Cookie", cookie))
                .status())
        .isEqualTo(200);
    Reply refused =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/rooms/b"))
                .header("Cookie", cookie)
                .header("If-Match", "\"1\"")
                .DELETE());
    assertThat(refused.status() + " " + refused.problem()).isEqualTo("403 not-yours-to-do");
  }

  private static int version(String room) {
    return server.get("/api/rooms/" + room).json().path("version").asInt();
  }

  private static Reply edit(String room, String fields) {
    return edit(room, fields, version(room));
  }

  private static Reply edit(String room, String fields, int version) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/rooms/" + room))
            .header("Content-Type", "application/json")
            .header("If-Match", "\"" + version + "\"")
            .PUT(BodyPublishers.ofString("{" + fields + "}")));
  }

  private static Reply remove(String room, String version) {
    return delete("/api/rooms/" + room, version);
  }

  private static Reply delete(String path, String version) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.uri(path)).DELETE();
    return server.send(version == null ? request : request.header("If-Match", '"' + version + '"'));
  }

  private static Reply photo(String room, byte[] bytes, String type) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/rooms/" + room + "/photo"))
            .header("Content-Type", type)
            .PUT(BodyPublishers.ofByteArray(bytes)));
  }

  private static HttpResponse<byte[]> picture(String room, String held) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.uri("/api/rooms/" + room + "/photo"))
            .header("Cookie", SignedIn.COOKIE)
            .header("Accept", "image/avif,image/webp,image/apng,image/svg+xml,image/*,*/*;q=0.8")
            .header("If-None-Match", held)
            .timeout(Eventually.PATIENCE)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofByteArray());
  }

  private static long book(String room) {
    Reply booked =
        server.post(
            "/api/rooms/" + room + "/bookings",
            "{\"subject\":\"例会\",\"start\":\"2026-11-27T02:00:00Z\",\"end\":\"2026-11-27T03:00:00Z\"}");
    assertThat(booked.status()).as(booked.response().body()).isEqualTo(201);
    return booked.json().path("id").asLong();
  }

  private static List<String> audited(String object) {
    return texts(entries(object), "action");
  }

  private static List<String> lastFields(String object) {
    return texts(entries(object).get(0).path("fields"));
  }

  private static JsonNode entries(String object) {
    return server.get("/api/audit?object=" + object).json().path("entries");
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(node -> node.path(field).asText())
        .toList();
  }
}
