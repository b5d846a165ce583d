package foyer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.Cookie;
import foyer.testing.SignedIn;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Chromium, and what its pages complained about. As an extension of a test class it fails
 * each test whose pages complained, and is closed at the end:
 *
 * <pre>{@code
 * @RegisterExtension static final Browsers browsers = new Browsers();
 * }</pre>
 */
public final class Browsers implements AutoCloseable, AfterEachCallback, AfterAllCallback {

  private static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--font-render-hinting=none");

  /** A browser on a machine that has much else to do. */
  private static final double PATIENCE_MS = 30_000;

  private final Playwright playwright =
      Playwright.create(
          new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
  private final Browser browser =
      playwright
          .chromium()
          .launch(new BrowserType.LaunchOptions().setExecutablePath(chromium()).setArgs(ARGUMENTS));
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  /** Opens a browser. */
  public Browsers() {
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
  }

  /** A fresh profile of that size whose pages' errors and refused resources are remembered. */
  public BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.type() + ": " + message.text() + " " + message.location());
          }
        });
    context.onWebError(error -> complaints.add("uncaught: " + error.error()));
    return context;
  }

  /**
   * A fresh profile in whose pages the tests' admin has signed in, on any server of this machine.
   */
  public BrowserContext admin(Browser.NewContextOptions options) {
    return known(options, "foyer-session", SignedIn.TOKEN);
  }

  /** A fresh profile that is the tests' display at all doors, on any server of this machine. */
  public BrowserContext display(Browser.NewContextOptions options) {
    return known(options, "foyer-device", SignedIn.DOOR_COOKIE);
  }

  private BrowserContext known(Browser.NewContextOptions options, String cookie, String value) {
    BrowserContext context = context(options);
    context.addCookies(List.of(new Cookie(cookie, value).setDomain("127.0.0.1").setPath("/")));
    return context;
  }

  /** A page of a fresh profile with a glass of that many CSS pixels. */
  public Page page(int width, int height) {
    return context(new Browser.NewContextOptions().setViewportSize(width, height)).newPage();
  }

  /** Closes all pages, with what they kept. */
  public void closePages() {
    browser.contexts().forEach(BrowserContext::close);
  }

  /** What pages wrote to the console as errors or warnings, and what they threw, so far. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Forgets the complaints, after those that a test has provoked. */
  public void forgive() {
    complaints.clear();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    List<String> now = complaints();
    forgive();
    assertThat(now).as("what pages wrote to the console").isEmpty();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    close();
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }

  private static Path chromium() {
    return List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
        .stream()
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no Chromium: apt-get install chromium"));
  }
}
