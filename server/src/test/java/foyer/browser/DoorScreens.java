package foyer.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Makes the pictures of all states of the door, {@code docs/screens/door-*.png}; {@code
 * docs/screens/make} runs it in the folder {@code server}.
 */
public final class DoorScreens implements AutoCloseable {

  private record Glass(String name, int width, int height, String query) {}

  private record Shot(String name, String golden, String now, Duration silence, String click) {
    Shot(String name, String golden, String now) {
      this(name, golden, now, Duration.ZERO, "");
    }
  }

  private static final Glass LANDSCAPE = new Glass("10", 1280, 800, "&glass=10");
  private static final List<Glass> OTHERS =
      List.of(
          new Glass("8", 1280, 800, "&glass=8"),
          new Glass("10-portrait", 800, 1280, "&glass=10"),
          new Glass("13", 1920, 1080, "&glass=13"),
          new Glass("10-safe-palette", 1280, 800, "&glass=10&palette=safe"));

  private static final List<Shot> SHOTS =
      List.of(
          new Shot("free", "usual-day.json", "2026-11-23T01:22:10Z"),
          new Shot("free-all-day", "empty-day.json", "2026-11-23T01:41:10Z"),
          new Shot("book", "usual-day.json", "2026-11-23T01:22:10Z", Duration.ZERO, ".book"),
          new Shot("preparing", "usual-day.json", "2026-11-23T01:49:10Z"),
          new Shot("check-in", "usual-day.json", "2026-11-23T02:04:10Z"),
          new Shot("in-use", "running.json", "2026-11-23T02:22:10Z"),
          new Shot("confirm-end", "running.json", "2026-11-23T02:22:10Z", Duration.ZERO, ".end"),
          new Shot("ending", "running.json", "2026-11-23T02:53:10Z"),
          new Shot("over-time", "running.json", "2026-11-23T03:06:10Z"),
          new Shot("confidential", "masked.json", "2026-11-23T02:22:10Z"),
          new Shot("strictly-confidential", "masked.json", "2026-11-23T03:40:10Z"),
          new Shot("closed", "closed.json", "2026-11-22T12:41:10Z"),
          new Shot("offline", "running.json", "2026-11-23T02:22:10Z", Duration.ofMinutes(12), ""),
          new Shot("unknown", "closed.json", "2026-11-24T13:00:00Z", Duration.ofHours(40), ""),
          new Shot("worst-day", "worst-day.json", "2026-11-23T00:04:00Z"));

  private final Stage stage = new Stage(Set.of("door"));
  private final Browsers browsers = new Browsers();
  private final Path folder;

  private DoorScreens(Path folder) {
    this.folder = folder;
  }

  /**
   * @param arguments the folder for the pictures, {@code ../docs/screens} unless given; then {@code
   *     all} for every state on every glass
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments.length > 0 ? arguments[0] : "../docs/screens");
    try (DoorScreens screens = new DoorScreens(folder)) {
      boolean all = arguments.length > 1 && arguments[1].equals("all");
      SHOTS.stream()
          .filter(shot -> all || !shot.name().equals("worst-day"))
          .forEach(shot -> screens.take(shot, LANDSCAPE));
      screens.takeLost(LANDSCAPE);
      screens.takeEnded(LANDSCAPE);
      screens.takeReach(LANDSCAPE);
      for (Glass glass : OTHERS) {
        SHOTS.stream()
            .filter(shot -> all || Set.of("free", "in-use", "check-in").contains(shot.name()))
            .forEach(shot -> screens.take(shot, glass));
        if (all) {
          screens.takeLost(glass);
          screens.takeEnded(glass);
        }
      }
      screens.browsers.complaints().forEach(System.out::println);
    }
  }

  private void take(Shot shot, Glass glass) {
    try (BrowserContext context = open(shot, glass)) {
      Page page = context.pages().getFirst();
      if (!shot.click().isEmpty()) {
        page.locator(shot.click()).click();
      }
      save(page, shot.name(), glass);
    }
  }

  private void takeLost(Glass glass) {
    JsonObject lost =
        Stage.overlaps(
            Stage.alternative(
                "sh-0802", "听泉厅", "Tingquan", "2026-11-23T01:22:00Z", "2026-11-23T01:53:00Z"),
            Stage.alternative(
                "sh-0703", "望江厅", "Wangjiang", "2026-11-23T01:22:00Z", "2026-11-23T01:53:00Z"),
            Stage.alternative(
                "sh-0801", "松涛厅", "Songtao", "2026-11-23T03:00:00Z", "2026-11-23T03:30:00Z"));
    stage.answering(409, lost);
    Shot shot =
        new Shot("lost-the-race", "usual-day.json", "2026-11-23T01:22:10Z", Duration.ZERO, "");
    try (BrowserContext context = open(shot, glass)) {
      Page page = context.pages().getFirst();
      page.locator(".book").click();
      page.locator(".length").last().click();
      page.locator("door-notice").waitFor();
      save(page, shot.name(), glass);
    }
    stage.answering(200, new JsonObject());
  }

  private void takeEnded(Glass glass) {
    Shot shot = new Shot("ended-undo", "running.json", "2026-11-23T02:22:10Z", Duration.ZERO, "");
    try (BrowserContext context = open(shot, glass)) {
      Page page = context.pages().getFirst();
      page.locator(".end").click();
      page.locator(".end-now").click();
      page.locator("door-notice").waitFor();
      save(page, shot.name(), glass);
    }
  }

  private void takeReach(Glass glass) {
    Shot shot =
        new Shot("large-low-keys", "running.json", "2026-11-23T02:22:10Z", Duration.ZERO, "");
    try (BrowserContext context = open(shot, glass)) {
      Page page = context.pages().getFirst();
      page.locator(".reach-key").click();
      save(page, shot.name(), glass);
    }
  }

  private BrowserContext open(Shot shot, Glass glass) {
    stage.show(Stage.golden(shot.golden()), Instant.parse(shot.now())).silentFor(shot.silence());
    BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions()
                .setViewportSize(glass.width(), glass.height())
                .setReducedMotion(ReducedMotion.REDUCE));
    Page page = context.newPage();
    page.navigate(stage.url("/door/?room=sh-0801" + glass.query()));
    page.locator(shot.name().equals("unknown") ? "door-state[state=unknown]" : "day-strip ol")
        .waitFor(new Locator.WaitForOptions().setTimeout(10_000));
    page.locator("door-actions .hint, door-actions .keys > *, door-state[state]").first().waitFor();
    return context;
  }

  private void save(Page page, String name, Glass glass) {
    page.mouse().move(0, 0);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setPath(folder.resolve("door-" + name + "-" + glass.name() + ".png")));
  }

  @Override
  public void close() {
    stage.close();
    browsers.close();
  }
}
