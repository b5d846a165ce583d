package foyer.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.demo.Demo;
import foyer.demo.DemoAccess;
import foyer.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes the pictures of the console, {@code docs/screens/console-*.png}, of the demo company on a
 * Tuesday; {@code docs/screens/make} runs it in the folder {@code server}. The only argument is
 * another folder for the pictures.
 */
public final class ConsoleScreens {

  private record Glass(int width, int height) {}

  private static final Instant TUESDAY = Instant.parse("2026-11-24T08:20:00Z");
  private static final List<Glass> GLASSES = List.of(new Glass(1440, 800), new Glass(390, 844));
  private static final List<String> LANGUAGES = List.of("zh-CN", "en-GB");
  private static final List<ColorScheme> LIGHTS = List.of(ColorScheme.LIGHT, ColorScheme.DARK);

  private static final String PASSWORD = "for the pictures alone";

  /** The places of whoever runs the house, by the names of their pictures. */
  private static final Map<String, String> HOUSE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("room", "/rooms/sh-0801"),
              Map.entry("people", "/people"),
              Map.entry("person", "/people/F10003"),
              Map.entry("departments", "/departments"),
              Map.entry("sites", "/sites"),
              Map.entry("site", "/sites/shanghai"),
              Map.entry("devices", "/devices"),
              Map.entry("policies", "/policies"),
              Map.entry("policy", "/policies/K"),
              Map.entry("audit", "/audit"),
              Map.entry("me", "/me")));

  private final Browsers browsers;
  private final String address;
  private final String admin;
  private final Path folder;

  private ConsoleScreens(Browsers browsers, String address, String admin, Path folder) {
    this.browsers = browsers;
    this.address = address;
    this.admin = admin;
    this.folder = folder;
  }

  /** Takes all pictures, and says what the pages complained about. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "../docs/screens");
    try (TestDatabase database = TestDatabase.create();
        Browsers browsers = new Browsers()) {
      database.setClock(TUESDAY);
      Demo.fill(database.address());
      DemoAccess.Access access =
          DemoAccess.open(database.address(), true, Optional.of(PASSWORD)).orElseThrow();
      try (Server server =
          Server.start(new Server.Options(database.address(), 4, 0, BrokersForTests.embedded()))) {
        ConsoleScreens screens =
            new ConsoleScreens(browsers, server.address(), access.admin(), folder);
        for (Glass glass : GLASSES) {
          LANGUAGES.forEach(
              language -> LIGHTS.forEach(light -> screens.take(glass, language, light)));
        }
        browsers.complaints().forEach(System.out::println);
      }
    }
  }

  private void take(Glass glass, String language, ColorScheme light) {
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(glass.width(), glass.height())
            .setLocale(language)
            .setTimezoneId("Asia/Shanghai")
            .setColorScheme(light)
            .setReducedMotion(ReducedMotion.REDUCE);
    String name =
        "%s-%s-%d.png"
            .formatted(
                language.substring(0, 2), light.name().toLowerCase(Locale.ROOT), glass.width());
    try (BrowserContext context = browsers.context(options)) {
      Page page = context.newPage();
      page.navigate(address + "/?site=shanghai");
      page.locator("sign-in #name").fill(admin);
      page.locator("sign-in #password").fill(PASSWORD);
      save(page, "console-sign-in-" + name);
      page.keyboard().press("Enter");
      page.locator("today-day .next").waitFor();
      page.locator("today-house .busy").first().waitFor();
      save(page, "console-today-" + name);
      takeBoard(page, name);
      page.navigate(address + "/rooms?site=shanghai");
      page.locator("room-row .word.free").first().waitFor();
      save(page, "console-rooms-" + name);
      page.locator("console-top nav a").last().click();
      page.locator("room-row[data-room=mu-0102] .book").click();
      page.locator("booking-form #subject")
          .fill(language.startsWith("zh") ? "季度复盘" : "Quarterly review");
      page.locator("person-field input").fill(language.startsWith("zh") ? "王" : "Wang");
      page.locator("person-field li").first().waitFor();
      save(page, "console-book-" + name);
      boolean byDay = light == ColorScheme.LIGHT;
      if (byDay == (language.startsWith("zh") == glass.width() > 1000)) {
        takeHouse(page, name);
      }
    }
  }

  /** Each place in Chinese by day and in English by night, on a phone the other way round. */
  private void takeHouse(Page page, String name) {
    HOUSE.forEach(
        (place, path) -> {
          page.navigate(address + path);
          page.locator("main h1").first().waitFor();
          page.waitForLoadState(LoadState.NETWORKIDLE);
          save(page, "console-" + place + "-" + name);
        });
  }

  /** The board, and the page of a booking. */
  private void takeBoard(Page page, String name) {
    page.navigate(address + "/board?site=shanghai");
    Locator slip = page.locator("board-page .slip").first();
    slip.waitFor();
    save(page, "console-board-" + name);
    slip.click();
    page.locator("booking-page .when").waitFor();
    save(page, "console-booking-" + name);
  }

  private void save(Page page, String name) {
    page.screenshot(new Page.ScreenshotOptions().setPath(folder.resolve(name)));
  }
}
