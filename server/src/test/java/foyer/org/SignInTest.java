package foyer.org;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Cookies;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who one is, and that it ends when it should. */
class SignInTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String PASSWORD = "a password of tests";
  private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");

  /** A browser's cookies, and what its pages show. */
  private record Browser(String session, String mark, String csrf) {
    static final Browser NEW = new Browser("", "", "");

    String cookies() {
      return "foyer-session=" + session + (mark.isEmpty() ? "" : "; foyer-browser=" + mark);
    }
  }

  @BeforeAll
  static void people() {
    server.sql(
        """
        INSERT INTO person (staff_number, name_zh, name_en, email, department_id, position) VALUES
          ('3001', '甲', 'A', 'a@example.com', 'sales', 1), ('3002', '乙', 'B', NULL, 'service', 2), ('3003', '丙', 'C', NULL, 'sales', 3);
        UPDATE department SET approver_id = (SELECT id FROM person WHERE staff_number = '3003') WHERE id = 'service';
        INSERT INTO delegation SELECT p.id, d.id, app_now() FROM person p, person d WHERE p.staff_number = '1002' AND d.staff_number = '3001';
        INSERT INTO password SELECT id, '%s', app_now() FROM person WHERE staff_number LIKE '300%%';"""
            .formatted(Passwords.hashNow(PASSWORD)));
  }

  @AfterEach
  void nobodyIsSuspected() {
    server.sql(
        "DELETE FROM sign_in_failure; DELETE FROM person_role WHERE person_id NOT IN (SELECT id FROM person WHERE staff_number = '1001');"
            + "UPDATE person SET left_at = NULL;"
            + "UPDATE session SET ended_at = app_now() WHERE made_at <> 'infinity'");
    server.database().setClock(MONDAY);
  }

  @Test
  void whoKnowsThePasswordIsLetInByNumberOrByMail() {
    for (String name : List.of("3001", " 3001 ", "A@Example.com")) {
      Reply reply = signIn(Browser.NEW, name, PASSWORD);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("staffNumber").asText()).isEqualTo("3001");
      assertThat(me(browser(reply)).path("kind").asText()).isEqualTo("employee");
    }
  }

  @Test
  void cookiesAreOutOfReachOfScriptsAndOfOtherSites() {
    List<String> cookies =
        signIn(Browser.NEW, "3001", PASSWORD).response().headers().allValues("Set-Cookie");
    assertThat(cookies).hasSize(2);
    assertThat(cookies)
        .allSatisfy(
            cookie ->
                assertThat(cookie)
                    .contains("; Path=/;", "; HttpOnly", "; SameSite=Lax")
                    .doesNotContain("Domain"));
    assertThat(new Cookies(true).set("x", "y", Duration.ofDays(1))).endsWith("; Secure");
    assertThat(new Cookies(true).session()).startsWith("__Host-");
  }

  @Test
  void eachSignInHasASessionOfItsOwn() {
    Browser first = signedIn("3001");
    Browser second = browser(signIn(first, "3001", PASSWORD));
    assertThat(second.session()).isNotEqualTo(first.session());
  }

  @Test
  void aWrongPasswordAndAnUnknownNameAreToldInTheSameWords() {
    Reply wrong = signIn(Browser.NEW, "3001", "wrong");
    Reply unknown = signIn(Browser.NEW, "nobody at all", "wrong");
    Reply without = signIn(Browser.NEW, "1003", "wrong");
    assertThat(List.of(wrong.status(), unknown.status(), without.status())).containsOnly(401);
    assertThat(unknown.response().body()).isEqualTo(wrong.response().body());
    assertThat(without.response().body()).isEqualTo(wrong.response().body());
    assertThat(wrong.response().headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void anUnknownNameCostsAsMuchWork() {
    long work = Long.MAX_VALUE;
    long answer = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long began = System.nanoTime();
      Passwords.hashNow("wrong");
      long hashed = System.nanoTime();
      signIn(Browser.NEW, "unknown " + i, "wrong");
      work = Math.min(work, hashed - began);
      answer = Math.min(answer, System.nanoTime() - hashed);
    }
    assertThat(answer).isGreaterThan(work / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3001", "nobody at all"})
  void afterFiveWrongPasswordsThereIsAPause(String name) {
    for (int i = 0; i < 5; i++) {
      assertThat(signIn(Browser.NEW, name, "wrong " + i).status()).isEqualTo(401);
    }
    Reply sixth = signIn(Browser.NEW, name, PASSWORD);
    assertThat(sixth.status()).isEqualTo(429);
    assertThat(sixth.problem()).isEqualTo("too-many-tries");
    int seconds =
        Integer.parseInt(sixth.response().headers().firstValue("Retry-After").orElseThrow());
    assertThat(seconds).isBetween(600, 901);
    server.database().moveClock(Duration.ofSeconds(seconds));
    assertThat(signIn(Browser.NEW, name, PASSWORD).status())
        .isEqualTo(name.equals("3001") ? 200 : 401);
  }

  @Test
  void strangersWhoGuessDoNotShutOutABrowserThatIsKnown() {
    Browser known = signedIn("3001");
    for (int i = 0; i < 6; i++) {
      signIn(Browser.NEW, "3001", "wrong");
    }
    assertThat(signIn(Browser.NEW, "3001", PASSWORD).status()).isEqualTo(429);
    assertThat(signIn(new Browser("", known.mark(), ""), "3001", PASSWORD).status()).isEqualTo(200);
    assertThat(signIn(new Browser("", known.mark(), ""), "3002", "wrong").status()).isEqualTo(401);
    String forged = known.mark().replaceFirst("^.", "x");
    assertThat(signIn(new Browser("", forged, ""), "3001", PASSWORD).status()).isEqualTo(429);
  }

  @Test
  void aHundredGuessesAtOnceAreAHundred() throws Exception {
    List<Integer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(20)) {
      List<Future<Integer>> guesses = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        String guess = "wrong " + i;
        guesses.add(threads.submit(() -> signIn(Browser.NEW, "3002", guess).status()));
      }
      for (Future<Integer> guess : guesses) {
        answers.add(guess.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS));
      }
    }
    assertThat(answers).contains(429).doesNotContain(200);
    assertThat(answers.stream().filter(status -> status == 401)).hasSizeLessThanOrEqualTo(5);
    assertThat(server.number("SELECT count(*) FROM sign_in_failure")).isEqualTo(5);
  }

  @Test
  void aSessionEndsTwelveHoursAfterItsLastUseAndAfterFourteenDaysInAnyCase() {
    Browser browser = signedIn("3001");
    for (int half = 0; half < 2; half++) {
      server.database().moveClock(Duration.ofHours(12).minusMinutes(1));
      used(browser);
      assertThat(me(browser).path("kind").asText()).isEqualTo("employee");
    }
    server.database().moveClock(Duration.ofHours(12).plusSeconds(1));
    becomesNobody(browser);
    Browser old = signedIn("3001");
    server.sql(
        "UPDATE session SET made_at = app_now() - interval '14 days' + interval '10 minutes' WHERE token_hash = sha256('"
            + old.session()
            + "')");
    assertThat(get(old, "/api/me/sessions").json().path("sessions")).hasSize(1);
    server.database().moveClock(Duration.ofMinutes(10));
    becomesNobody(old);
  }

  @Test
  void whoSignsOutIsNobody() {
    Browser browser = signedIn("3001");
    Reply out = post(browser, "/api/session/end", "{}");
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.response().headers().allValues("Set-Cookie"))
        .anyMatch(c -> c.startsWith("foyer-session=;") && c.contains("Max-Age=0"));
    assertThat(me(browser).path("kind").asText()).isEqualTo("nobody");
    assertThat(get(browser, "/api/sites").status()).isEqualTo(401);
  }

  @Test
  void onesOtherSessionsCanBeSeenAndEnded() {
    Browser here = signedIn("3001");
    Browser there = signedIn("3001");
    Browser elsewhere = signedIn("3001");
    JsonNode sessions = get(here, "/api/me/sessions").json().path("sessions");
    assertThat(sessions).hasSize(3);
    long of = 0;
    for (JsonNode session : get(there, "/api/me/sessions").json().path("sessions")) {
      of = session.path("present").asBoolean() ? session.path("id").asLong() : of;
    }
    Browser stranger = signedIn("3002");
    post(stranger, "/api/me/sessions/" + of + "/end", "{}");
    assertThat(me(there).path("kind").asText()).isEqualTo("employee");
    post(here, "/api/me/sessions/" + of + "/end", "{}");
    assertThat(me(there).path("kind").asText()).isEqualTo("nobody");
    post(here, "/api/me/sessions/end-others", "{}");
    assertThat(me(elsewhere).path("kind").asText()).isEqualTo("nobody");
    assertThat(me(here).path("kind").asText()).isEqualTo("employee");
  }

  @Test
  void aNewPasswordEndsAllOtherSessionsAndTheOldPassword() {
    Browser here = signedIn("3002");
    Browser there = signedIn("3002");
    Reply wrong =
        post(here, "/api/me/password", "{\"present\":\"wrong\",\"password\":\"another password\"}");
    assertThat(wrong.problem()).isEqualTo("wrong-password");
    Reply changed =
        post(
            here,
            "/api/me/password",
            "{\"present\":\"%s\",\"password\":\"another password\"}".formatted(PASSWORD));
    assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
    assertThat(me(browser(changed)).path("kind").asText()).isEqualTo("employee");
    assertThat(me(there).path("kind").asText()).isEqualTo("nobody");
    assertThat(me(here).path("kind").asText()).isEqualTo("nobody");
    assertThat(signIn(Browser.NEW, "3002", PASSWORD).status()).isEqualTo(401);
    Reply back =
        post(
            browser(changed),
            "/api/me/password",
            "{\"present\":\"another password\",\"password\":\"%s\"}".formatted(PASSWORD));
    assertThat(back.status()).isEqualTo(200);
  }

  @Test
  void aStolenCookieAloneChangesNothing() {
    Browser browser = signedIn("3001");
    Reply without =
        post(new Browser(browser.session(), "", ""), "/api/me/sessions/end-others", "{}");
    Reply wrong =
        post(new Browser(browser.session(), "", "x"), "/api/me/sessions/end-others", "{}");
    Reply others =
        post(
            new Browser(browser.session(), "", signedIn("3002").csrf()),
            "/api/me/sessions/end-others",
            "{}");
    assertThat(List.of(without.problem(), wrong.problem(), others.problem()))
        .containsOnly("csrf-token-missing");
    String door = "foyer-device=" + SignedIn.DOOR_COOKIE;
    Reply atTheDoor =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/rooms/a/walk-up"))
                .header("Cookie", door)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofString("{\"until\":\"2026-11-23T03:00:00Z\"}")));
    assertThat(atTheDoor.problem()).isEqualTo("csrf-token-missing");
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, https://elsewhere.example",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site"
  })
  void aPageFromElsewhereChangesNothing(String header, String value) {
    Browser browser = signedIn("3001");
    Reply reply =
        server.send(
            HttpRequest.newBuilder(server.uri("/api/me/sessions/end-others"))
                .header("Content-Type", "application/json")
                .header("Cookie", browser.cookies())
                .header("X-Csrf-Token", browser.csrf())
                .header(header, value)
                .POST(BodyPublishers.ofString("{}")));
    assertThat(reply.problem()).isEqualTo("foreign-origin");
    assertThat(Socket.open(browser.cookies(), "/live/rooms/a", header, value)).isEmpty();
    assertThat(Socket.open(browser.cookies(), "/live/rooms/a", "X-Nothing", ""))
        .isPresent()
        .get()
        .satisfies(Socket::close);
  }

  @Test
  void whoHasLeftIsNobodyAndHisSocketIsClosed() throws Exception {
    Browser browser = signedIn("3001");
    Socket socket = Socket.open(browser.cookies(), "/live/rooms/a", "X-Nothing", "").orElseThrow();
    assertThat(me(browser).path("kind").asText()).isEqualTo("employee");
    server.sql("UPDATE person SET left_at = app_now() WHERE staff_number = '3001'");
    assertThat(socket.closeCode()).isEqualTo(1008);
    becomesNobody(browser);
    assertThat(signIn(Browser.NEW, "3001", PASSWORD).status()).isEqualTo(401);
  }

  @Test
  void whoSignsOutElsewhereLosesTheSocketWithinTwoSeconds() throws Exception {
    Browser browser = signedIn("3001");
    Socket socket = Socket.open(browser.cookies(), "/live/sites/hq", "X-Nothing", "").orElseThrow();
    Socket other =
        Socket.open(signedIn("3002").cookies(), "/live/sites/hq", "X-Nothing", "").orElseThrow();
    post(browser, "/api/session/end", "{}");
    assertThat(socket.closeCode()).isEqualTo(1008);
    assertThat(other.isClosed()).isFalse();
    other.close();
  }

  @Test
  void aSocketWhoseSessionHasRunOutIsClosedWhenRightsAreLookedAt() throws Exception {
    Socket socket =
        Socket.open(signedIn("3001").cookies(), "/live/rooms/a", "X-Nothing", "").orElseThrow();
    server.database().moveClock(Duration.ofHours(13));
    post(signedIn("3002"), "/api/session/end", "{}");
    assertThat(socket.closeCode()).isEqualTo(1008);
  }

  @Test
  void aRevokedDeviceLosesItsSocketAndItsRequests() throws Exception {
    server.sql(
        "INSERT INTO device (id, kind, name, site_id, made_at) VALUES ('lobby', 'kiosk', 'L', 'hq', app_now())");
    String key = SignedIn.device("lobby");
    Socket socket = Socket.open("", "/live/sites/hq", "Authorization", key).orElseThrow();
    assertThat(asDevice(key).status()).isEqualTo(200);
    assertThat(server.verb("/api/devices/lobby/revoke", "{}").status()).isEqualTo(200);
    assertThat(asDevice(key).status()).isEqualTo(401);
    assertThat(socket.closeCode()).isEqualTo(1008);
    assertThat(Socket.open("", "/live/sites/hq", "Authorization", key)).isEmpty();
  }

  @Test
  void aRoleThatIsTakenAwayIsGoneWithinTwoSeconds() {
    Browser browser = signedIn("3001");
    assertThat(get(browser, "/api/audit").status()).isEqualTo(403);
    server.verb("/api/people/3001/roles", "{\"roles\":[\"admin\"]}");
    assertThat(get(browser, "/api/audit").status()).isEqualTo(200);
    server.sql(
        "DELETE FROM person_role WHERE person_id = (SELECT id FROM person WHERE staff_number = '3001')");
    Eventually.becomes("no admin any longer", () -> get(browser, "/api/audit").status() == 403);
  }

  @Test
  void nobodyChangesTheirOwnRolesAndSoThereIsAlwaysAnAdmin() {
    Reply own = server.verb("/api/people/1001/roles", "{\"roles\":[]}");
    assertThat(own.problem()).isEqualTo("own-roles");
    assertThat(admins()).isEqualTo(1);
  }

  @Test
  void ofTwoAdminsWhoTakeEachOthersRoleOneStays() throws Exception {
    server.verb("/api/people/3001/roles", "{\"roles\":[\"admin\"]}");
    server.verb("/api/people/3002/roles", "{\"roles\":[\"admin\"]}");
    Browser one = signedIn("3001");
    Browser other = signedIn("3002");
    server.sql(
        "DELETE FROM person_role WHERE person_id = (SELECT id FROM person WHERE staff_number = '1001')");
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Reply> first =
          threads.submit(() -> post(one, "/api/people/3002/roles", "{\"roles\":[]}"));
      Future<Reply> second =
          threads.submit(() -> post(other, "/api/people/3001/roles", "{\"roles\":[]}"));
      assertThat(List.of(first.get().status(), second.get().status()))
          .containsExactlyInAnyOrder(200, 403);
      assertThat(admins()).isEqualTo(1);
    } finally {
      server.sql(
          "INSERT INTO person_role SELECT id, 'admin', app_now() FROM person WHERE staff_number = '1001' ON CONFLICT DO NOTHING");
      Eventually.becomes("the admin is back", () -> server.get("/api/audit").status() == 200);
    }
  }

  @Test
  void aLinkWorksOnceInTimeAndForWhatItIs() {
    String used = link("3003");
    Reply set = set(used);
    assertThat(set.status()).as(set.response().body()).isEqualTo(200);
    assertThat(me(browser(set)).path("staffNumber").asText()).isEqualTo("3003");
    assertThat(set(used).problem()).isEqualTo("link-used-up");
    String late = link("3003");
    server.database().moveClock(Duration.ofDays(2).plusSeconds(1));
    assertThat(set(late).problem()).isEqualTo("link-used-up");
    server.database().setClock(MONDAY);
    String door =
        server
            .verb("/api/devices/door/link", "{}")
            .json()
            .path("url")
            .asText()
            .replaceFirst(".*=", "");
    assertThat(set(door).problem()).isEqualTo("link-used-up");
    assertThat(
            post(Browser.NEW, "/api/entry/device", "{\"link\":\"" + link("3003") + "\"}").problem())
        .isEqualTo("link-used-up");
    Reply let = post(Browser.NEW, "/api/entry/device", "{\"link\":\"" + door + "\"}");
    assertThat(let.status()).isEqualTo(200);
    assertThat(let.response().headers().firstValue("Set-Cookie").orElseThrow())
        .startsWith("foyer-device=door.")
        .contains("HttpOnly");
  }

  @Test
  void aLinkSetsAPasswordEvenWhileStrangersGuess() {
    for (int i = 0; i < 6; i++) {
      signIn(Browser.NEW, "3003", "wrong");
    }
    Reply set = set(link("3003"));
    assertThat(set.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "3001, , , 201",
    "3001, , sales, 201",
    "3001, , service, 403",
    "3001, 1002, , 201",
    "3001, 1002, service, 201",
    "3001, 1002, sales, 403",
    "3001, 1003, , 403",
    "3002, 1002, , 403",
    "3003, 1002, , 201",
    "3003, 1002, sales, 403",
    "3003, 3001, , 403",
    "3003, 3001, service, 403",
    "3003, , service, 201",
    "1001, 3002, sales, 201",
  })
  void oneBooksForOneselfAndForWhomOneMay(
      String by, String convener, String department, int status) {
    server.sql("DELETE FROM booking");
    Browser browser =
        by.equals("1001") ? new Browser(SignedIn.TOKEN, "", SignedIn.CSRF) : signedIn(by);
    String more =
        (convener == null ? "" : ",\"convener\":\"" + convener + "\"")
            + (department == null ? "" : ",\"department\":\"" + department + "\"");
    Reply reply =
        post(
            browser,
            "/api/rooms/a/bookings",
            "{\"subject\":\"x\",\"start\":\"2026-11-24T02:00:00Z\",\"end\":\"2026-11-24T03:00:00Z\""
                + more
                + "}");
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(status);
  }

  @Test
  void aConfidentialMeetingIsNoOnesBusinessAtTheDoor() {
    server.sql("DELETE FROM booking");
    Browser convener = signedIn("3001");
    Reply made =
        post(
            convener,
            "/api/rooms/a/bookings",
            "{\"subject\":\"秘密\",\"goal\":\"g\",\"meetingType\":\"interview\",\"start\":\"2026-11-23T02:10:00Z\",\"end\":\"2026-11-23T03:00:00Z\"}");
    assertThat(made.json().path("subject").asText()).isEqualTo("秘密");
    String path = "/api/bookings/" + made.json().path("id").asLong();
    Reply atTheDoor =
        server.send(
            HttpRequest.newBuilder(server.uri(path + "/check-in"))
                .header("Authorization", SignedIn.DOOR)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(atTheDoor.status()).isEqualTo(200);
    Browser colleague = signedIn("3002");
    for (Reply reply :
        List.of(
            atTheDoor,
            server.get(path),
            get(colleague, path),
            get(
                colleague,
                "/api/rooms/a/bookings?from=2026-11-23T00:00:00Z&until=2026-11-24T00:00:00Z"))) {
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.response().body())
          .contains("\"masked\":true")
          .doesNotContain("秘密", "interview", "3001", "\"g\"");
    }
    assertThat(get(convener, path).response().body()).contains("秘密", "\"masked\":false");
  }

  private static long admins() {
    return server.number("SELECT count(*) FROM person_role WHERE role = 'admin'");
  }

  private static String link(String staffNumber) {
    return server
        .verb("/api/people/" + staffNumber + "/password-link", "{}")
        .json()
        .path("url")
        .asText()
        .replaceFirst(".*=", "");
  }

  private static Reply set(String link) {
    return post(
        Browser.NEW,
        "/api/entry/password",
        "{\"link\":\"%s\",\"password\":\"%s\"}".formatted(link, PASSWORD));
  }

  private static Reply asDevice(String key) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/rooms/a/timeline"))
            .header("Authorization", key)
            .GET());
  }

  private static Browser signedIn(String staffNumber) {
    Reply reply = signIn(Browser.NEW, staffNumber, PASSWORD);
    assertThat(reply.status()).as(reply.response().body()).isEqualTo(200);
    return browser(reply);
  }

  private static Reply signIn(Browser browser, String name, String password) {
    return post(
        browser, "/api/session", "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(name, password));
  }

  private static Browser browser(Reply reply) {
    return new Browser(
        cookie(reply, "foyer-session"),
        cookie(reply, "foyer-browser"),
        reply.json().path("csrfToken").asText());
  }

  private static String cookie(Reply reply, String name) {
    return reply.response().headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(name.length() + 1, cookie.indexOf(';')))
        .findFirst()
        .orElse("");
  }

  private static JsonNode me(Browser browser) {
    return get(browser, "/api/me").json();
  }

  private static void used(Browser browser) {
    Eventually.becomes(
        "the use is written down",
        () -> {
          me(browser);
          return server.number(
                  "SELECT count(*) FROM session WHERE token_hash = sha256('"
                      + browser.session()
                      + "') AND used_at > app_now() - interval '2 minutes'")
              == 1;
        });
  }

  private static void becomesNobody(Browser browser) {
    Eventually.becomes("nobody", () -> me(browser).path("kind").asText().equals("nobody"));
  }

  private static Reply get(Browser browser, String path) {
    return server.send(
        HttpRequest.newBuilder(server.uri(path)).header("Cookie", browser.cookies()).GET());
  }

  private static Reply post(Browser browser, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.uri(path))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .header("Cookie", browser.cookies())
            .POST(BodyPublishers.ofString(body));
    return server.send(
        browser.csrf().isEmpty() ? request : request.header("X-Csrf-Token", browser.csrf()));
  }

  /** A socket of somebody, of which only its end matters. */
  private static final class Socket implements WebSocket.Listener {
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private WebSocket line;

    static Optional<Socket> open(String cookies, String path, String header, String value) {
      Socket socket = new Socket();
      WebSocket.Builder builder = HttpClient.newHttpClient().newWebSocketBuilder();
      Map.of("Cookie", cookies, header, value).forEach(builder::header);
      try {
        socket.line = builder.buildAsync(server.ws(path), socket).join();
        return Optional.of(socket);
      } catch (CompletionException refused) {
        return Optional.empty();
      }
    }

    int closeCode() throws Exception {
      return closed.get(Eventually.PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    boolean isClosed() {
      return closed.isDone();
    }

    void close() {
      line.abort();
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }
  }
}
