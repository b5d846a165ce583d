package foyer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Runs the tests of the pages' modules, {@code web/tests}, in a real browser. */
class ModulesTest {

  @TestFactory
  Stream<DynamicTest> modulesOfThePages() {
    String results;
    List<String> complaints;
    try (Stage stage = new Stage(Set.of("tests", "door"));
        Browsers browsers = new Browsers()) {
      stage.show(Stage.golden("usual-day.json"), Instant.parse("2026-11-23T01:22:00Z"));
      Page page = browsers.page(800, 600);
      page.navigate(stage.url("/tests/"));
      page.waitForFunction("() => globalThis.results !== undefined");
      results = (String) page.evaluate("() => JSON.stringify(globalThis.results)");
      complaints = browsers.complaints();
    }
    DynamicTest quiet =
        DynamicTest.dynamicTest(
            "nothingIsComplainedAboutOnTheConsole", () -> assertThat(complaints).isEmpty());
    return Stream.concat(
        Stream.of(quiet),
        new JsonArray(results).stream().map(JsonObject.class::cast).map(ModulesTest::test));
  }

  private static DynamicTest test(JsonObject result) {
    return DynamicTest.dynamicTest(
        result.getString("name"), () -> assertThat(result.getString("error")).isEmpty());
  }
}
