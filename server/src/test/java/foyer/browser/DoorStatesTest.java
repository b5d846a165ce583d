package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everybody can read and use the door in each of its states, as far as axe can tell. */
class DoorStatesTest {

  @RegisterExtension static final Browsers browsers = new Browsers();
  private static Stage stage;
  private static Page page;

  @BeforeAll
  static void open() {
    stage = new Stage(Set.of("door"));
    BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions()
                .setViewportSize(1280, 800)
                .setReducedMotion(ReducedMotion.REDUCE));
    context.addInitScript("if (location.host) localStorage.clear()");
    page = context.newPage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "free, usual-day.json, 2026-11-23T01:22:10Z, 0, free, ''",
    "free all day, empty-day.json, 2026-11-23T01:41:10Z, 0, free, ''",
    "choosing a length, usual-day.json, 2026-11-23T01:22:10Z, 0, free, .book",
    "preparing, usual-day.json, 2026-11-23T01:49:10Z, 0, preparing, ''",
    "check in now, usual-day.json, 2026-11-23T02:04:10Z, 0, check-in, ''",
    "in use, running.json, 2026-11-23T02:22:10Z, 0, in-use, ''",
    "asking before the end, running.json, 2026-11-23T02:22:10Z, 0, in-use, .end",
    "large low keys, running.json, 2026-11-23T02:22:10Z, 0, in-use, .reach-key",
    "ending, running.json, 2026-11-23T02:53:10Z, 0, ending, ''",
    "over time, running.json, 2026-11-23T03:06:10Z, 0, over-time, ''",
    "confidential, masked.json, 2026-11-23T02:22:10Z, 0, in-use, ''",
    "strictly confidential, masked.json, 2026-11-23T03:40:10Z, 0, in-use, ''",
    "closed, closed.json, 2026-11-22T12:41:10Z, 0, closed, ''",
    "stale, running.json, 2026-11-23T02:22:10Z, 45, in-use, ''",
    "offline, usual-day.json, 2026-11-23T01:22:10Z, 725, free, ''",
    "unknown, closed.json, 2026-11-24T13:00:00Z, 150000, unknown, ''",
  })
  void axeFindsNothingSerious(
      String when, String golden, String now, int silent, String state, String touched) {
    show(golden, now, Duration.ofSeconds(silent), state);
    assertThat(page.locator("live-ribbon p")).hasCount(silent > 0 ? 1 : 0);
    if (!touched.isEmpty()) {
      page.locator(touched).click();
    }
    Axe.findsNothingSerious(page, when);
  }

  @ParameterizedTest
  @CsvSource({
    "free, usual-day.json, 2026-11-23T01:22:10Z",
    "check-in, usual-day.json, 2026-11-23T02:04:10Z"
  })
  void axeFindsNothingSeriousInTheColoursForEyesThatDoNotTellRedFromGreen(
      String state, String golden, String now) {
    show(golden, now, Duration.ZERO, state, "&palette=safe");
    Axe.findsNothingSerious(page, state);
  }

  @Test
  void axeFindsNothingSeriousAboutADoorWithoutARoom() {
    page.navigate(stage.url("/door/"));
    assertThat(page.locator("door-state .lead .en")).hasText("No room was named");
    Axe.findsNothingSerious(page, "no room");
  }

  @Test
  void axeFindsNothingSeriousWhileAnEndCanBeTakenBack() {
    show("running.json", "2026-11-23T02:22:10Z", Duration.ZERO, "in-use");
    page.locator(".end").click();
    page.locator(".end-now").click();
    assertThat(page.locator("door-notice .undo")).isVisible();
    Axe.findsNothingSerious(page, "undo");
  }

  @Test
  void axeFindsNothingSeriousAfterALostRace() {
    show("usual-day.json", "2026-11-23T01:22:10Z", Duration.ZERO, "free");
    JsonObject near =
        Stage.alternative(
            "sh-0802", "听泉厅", "Tingquan", "2026-11-23T01:22:00Z", "2026-11-23T01:53:00Z");
    JsonObject later =
        Stage.alternative(
            "sh-0801", "松涛厅", "Songtao", "2026-11-23T03:00:00Z", "2026-11-23T03:30:00Z");
    stage.answering(409, Stage.overlaps(near, later));
    page.locator(".book").click();
    page.locator(".length").last().click();
    assertThat(page.locator("door-notice li")).hasCount(2);
    Axe.findsNothingSerious(page, "lost");
    stage.answering(200, new JsonObject());
    browsers.forgive();
  }

  private static void show(String golden, String now, Duration silence, String state) {
    show(golden, now, silence, state, "");
  }

  private static void show(
      String golden, String now, Duration silence, String state, String query) {
    stage.show(Stage.golden(golden), Instant.parse(now)).silentFor(silence);
    page.navigate(stage.url("/door/?room=sh-0801" + query));
    assertThat(page.locator("door-state[state=" + state + "]")).isVisible();
    if (silence.isZero()) {
      assertThat(page.locator("door-actions .hint")).hasCount(0);
    }
  }
}
