package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.demo.Demo;
import foyer.demo.DemoAccess;
import foyer.testing.SignedIn;
import foyer.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A walk through every place of the console with the demo company on a Tuesday morning, as its
 * admin: each has a heading, fits its glass, is open to those who do not see it, and complains
 * about nothing.
 */
class ConsoleWalkTest {

  @RegisterExtension static final Browsers browsers = new Browsers();

  /** Goes to another place within the page, as links do. */
  private static final String GO =
      "address => document.querySelector('console-app')"
          + ".dispatchEvent(new CustomEvent('go', { detail: address }))";

  private static final Instant TUESDAY = Instant.parse("2026-11-24T01:20:00Z");
  private static final String ADMIN = "F10006";

  private static final TestDatabase database = TestDatabase.create();
  private static Server server;

  /** What stands in the places that vary. */
  private static final Map<String, String> EXAMPLES =
      Map.of(
          "/rooms/:id", "/rooms/sh-0801",
          "/people/:staffNumber", "/people/F10003",
          "/sites/:id", "/sites/shanghai",
          "/policies/:id", "/policies/K");

  @BeforeAll
  static void openTheHouse() {
    database.setClock(TUESDAY);
    Demo.fill(database.address());
    DemoAccess.open(database.address(), true, Optional.empty());
    database.execute(SignedIn.rows(ADMIN));
    database.execute("UPDATE session SET made_at = app_now(), used_at = app_now()");
    server = Server.start(new Server.Options(database.address(), 4, 0, BrokersForTests.embedded()));
  }

  @AfterAll
  static void closeTheHouse() {
    server.close();
    database.close();
  }

  @ParameterizedTest
  @CsvSource({"zh-CN, 1440, LIGHT", "en-GB, 390, DARK"})
  void everyPlaceFitsItsGlassAndIsOpenToAll(String language, int width, ColorScheme light) {
    try (BrowserContext context = context(language, width, light)) {
      Page page = context.newPage();
      page.navigate("/rooms");
      assertThat(page.locator("h1")).isVisible();
      for (String address : addresses(page)) {
        page.evaluate(GO, address);
        assertThat(page).hasURL(server.address() + address);
        assertThat(page.locator("main h1").first()).isVisible();
        assertThat(page.locator("[role=status].skeleton")).hasCount(0);
        String where = address + " " + language + " " + width + " " + light;
        assertThat(
                (Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
            .as(where + " fits")
            .isTrue();
        Axe.findsNothingSerious(page, where);
        assertThat(browsers.complaints()).as(where).isEmpty();
      }
    }
  }

  /** All places, as the page itself knows them, with an example for what varies. */
  private static List<String> addresses(Page page) {
    @SuppressWarnings("unchecked") // a list of texts, as the expression says
    List<String> paths =
        (List<String>)
            page.evaluate(
                "async () => (await import('/console/places.js')).PLACES.map(({ path }) => path)");
    long booking = database.number("SELECT min(id) FROM booking WHERE level = 'internal'");
    return paths.stream()
        .map(path -> path.equals("/bookings/:id") ? "/bookings/" + booking : path)
        .map(path -> EXAMPLES.getOrDefault(path, path))
        .toList();
  }

  private static BrowserContext context(String language, int width, ColorScheme light) {
    BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions()
                .setViewportSize(width, width < 600 ? 844 : 900)
                .setLocale(language)
                .setTimezoneId("Asia/Shanghai")
                .setColorScheme(light)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBaseURL(server.address()));
    context.addCookies(
        List.of(
            new Cookie("foyer-session", SignedIn.token(ADMIN))
                .setDomain("127.0.0.1")
                .setPath("/")));
    return context;
  }
}
