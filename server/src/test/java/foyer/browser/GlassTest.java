package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The door on every glass: fingers reach and hit each key, and no word is cut off. */
class GlassTest {

  /** Keys are in the lower 45 % of the glass (SCREENS §1.1). */
  private static final double LOWER = 0.55;

  /** The smallest key and gap, in true millimetres. */
  private static final double KEY = 12;

  private static final double GAP = 3;

  private static final List<List<String>> HOURS =
      List.of(
          List.of("usual-day.json", "2026-11-23T01:22:10Z", "free", ".book"),
          List.of("usual-day.json", "2026-11-23T02:04:10Z", "check-in", ""),
          List.of("running.json", "2026-11-23T02:22:10Z", "in-use", ".end"),
          List.of("running.json", "2026-11-23T03:06:10Z", "over-time", ""),
          List.of("masked.json", "2026-11-23T03:40:10Z", "in-use", ""),
          List.of("closed.json", "2026-11-22T12:41:10Z", "closed", ""),
          List.of("worst-day.json", "2026-11-23T00:04:00Z", "check-in", ""));

  private static final String MEASURE =
      """
      () => {
        const actions = document.querySelector('door-app').renderRoot.querySelector('door-actions');
        const keys = [...actions.renderRoot.querySelectorAll('button')].map((key) => {
          const { x, y, width, height } = key.getBoundingClientRect();
          return { name: key.textContent.trim(), x, y, width, height, cut: key.scrollWidth > key.clientWidth + 1 };
        });
        const body = document.querySelector('door-app').renderRoot.querySelector('door-state').renderRoot.querySelector('.body');
        const lines = [...body.querySelectorAll('h2 span, .lead span')].filter((line) => line.getBoundingClientRect().right > body.getBoundingClientRect().right);
        return JSON.stringify({ keys, cut: body.scrollHeight > body.clientHeight + 1, wide: lines.map((line) => line.textContent) });
      }""";

  @RegisterExtension static final Browsers browsers = new Browsers();
  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = new Stage(Set.of("door"));
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @ParameterizedTest
  @CsvSource({
    "8, 1280, 800, 7.41",
    "10, 1280, 800, 5.88",
    "10, 800, 1280, 5.88",
    "13, 1920, 1080, 6.54"
  })
  void everyKeyIsWithinReachAndEveryWordIsWhole(
      String glass, int width, int height, double millimetre) {
    for (List<String> hour : HOURS) {
      try (BrowserContext context = context(width, height)) {
        Page page = context.newPage();
        stage.show(Stage.golden(hour.getFirst()), Instant.parse(hour.get(1)));
        page.navigate(stage.url("/door/?room=sh-0801&glass=" + glass));
        assertThat(page.locator("door-state[state=" + hour.get(2) + "]")).isVisible();
        assertThat(page.locator("door-actions .hint")).hasCount(0);
        check(page, hour + " at rest", width, height, millimetre);
        if (!hour.getLast().isEmpty()) {
          page.locator(hour.getLast()).click();
          check(page, hour + " touched", width, height, millimetre);
          page.keyboard().press("Escape");
        }
        page.locator(".reach-key").click();
        check(page, hour + " with large low keys", width, height, millimetre);
      }
    }
  }

  private static void check(Page page, String when, int width, int height, double millimetre) {
    JsonObject measured = new JsonObject((String) page.evaluate(MEASURE));
    List<JsonObject> keys =
        measured.getJsonArray("keys").stream().map(JsonObject.class::cast).toList();
    for (JsonObject key : keys) {
      String what = when + ": " + key.encode();
      assertThat(key.getDouble("width")).as(what).isGreaterThanOrEqualTo(KEY * millimetre - 0.5);
      assertThat(key.getDouble("height")).as(what).isGreaterThanOrEqualTo(KEY * millimetre - 0.5);
      assertThat(key.getDouble("y")).as(what).isGreaterThanOrEqualTo(LOWER * height);
      assertThat(right(key)).as(what).isLessThanOrEqualTo(width);
      assertThat(bottom(key)).as(what).isLessThanOrEqualTo(height);
      assertThat(key.getBoolean("cut")).as(what).isFalse();
      for (JsonObject other : keys) {
        boolean apart = other == key || gap(key, other) >= GAP * millimetre - 0.5;
        assertThat(apart).as(what + " beside " + other.getString("name")).isTrue();
      }
    }
    assertThat(measured.getBoolean("cut")).as(when).isFalse();
    assertThat(measured.getJsonArray("wide")).as(when).isEqualTo(new JsonArray());
  }

  private static double gap(JsonObject a, JsonObject b) {
    double across = Math.max(a.getDouble("x") - right(b), b.getDouble("x") - right(a));
    double down = Math.max(a.getDouble("y") - bottom(b), b.getDouble("y") - bottom(a));
    return Math.max(across, down);
  }

  private static double right(JsonObject key) {
    return key.getDouble("x") + key.getDouble("width");
  }

  private static double bottom(JsonObject key) {
    return key.getDouble("y") + key.getDouble("height");
  }

  private static BrowserContext context(int width, int height) {
    return browsers.context(
        new Browser.NewContextOptions()
            .setViewportSize(width, height)
            .setReducedMotion(ReducedMotion.REDUCE));
  }
}
