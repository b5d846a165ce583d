package foyer.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/**
 * Makes the pictures of the kiosk's hall view, {@code docs/screens/kiosk-*.png}. Run in the folder
 * {@code server}; the only argument is another folder for the pictures.
 */
public final class KioskScreens {

  private record Glass(String name, int width, int height) {}

  private record Shot(String name, int rooms, Duration at, Duration silence) {
    String clock() {
      return now().atZone(ZoneId.of("Asia/Shanghai")).toLocalTime().toString().substring(0, 5);
    }

    Instant now() {
      return Hall.SIX.plus(at).plusSeconds(10);
    }
  }

  private static final List<Glass> GLASSES =
      List.of(
          new Glass("21-portrait", 1080, 1920),
          new Glass("landscape", 1920, 1080),
          new Glass("12-tablet", 1366, 1024));

  private static final List<Shot> SHOTS =
      List.of(
          new Shot("busy", 24, Duration.ofMinutes(205), Duration.ZERO),
          new Shot("quiet", 6, Duration.ofMinutes(500), Duration.ZERO),
          new Shot("offline", 24, Duration.ofMinutes(315), Duration.ofMinutes(72)),
          new Shot("evening", 24, Duration.ofHours(15), Duration.ZERO),
          new Shot("unknown", 24, Duration.ofHours(50), Duration.ofHours(20)));

  private KioskScreens() {}

  /** Takes all pictures, and says what the pages complained about. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "../docs/screens");
    try (HallStage stage = new HallStage();
        Browsers browsers = new Browsers()) {
      for (Glass glass : GLASSES) {
        SHOTS.forEach(shot -> take(stage, browsers, shot, glass, folder));
      }
      browsers.complaints().forEach(System.out::println);
    }
  }

  private static void take(
      HallStage stage, Browsers browsers, Shot shot, Glass glass, Path folder) {
    stage.show(Hall.timelines(shot.rooms()), shot.now(), shot.silence());
    Browser.NewContextOptions options =
        new Browser.NewContextOptions()
            .setViewportSize(glass.width(), glass.height())
            .setReducedMotion(ReducedMotion.REDUCE);
    try (BrowserContext context = browsers.context(options)) {
      Page page = context.newPage();
      page.navigate(stage.url());
      page.locator("hall-top .counts").waitFor();
      if (!shot.silence().isZero()) {
        page.locator("live-ribbon p").waitFor();
      }
      page.locator("hall-top time:text-is('" + shot.clock() + "')").waitFor();
      page.locator("hall-row, .say").first().waitFor();
      page.screenshot(
          new Page.ScreenshotOptions()
              .setPath(folder.resolve("kiosk-" + shot.name() + "-" + glass.name() + ".png")));
    }
  }
}
