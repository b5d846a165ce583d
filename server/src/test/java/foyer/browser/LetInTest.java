package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.TestServer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How displays and kiosks get in: by a link that an admin makes in the console, once. */
class LetInTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @AfterEach
  void closePages() {
    browsers.closePages();
  }

  @Test
  void anAdminLetsADisplayInFromTheListOfRooms() {
    Page console = console(browsers.admin(options("zh-CN")));
    String link = letIn(console, console.locator("room-row[data-room=b] .let-in"), "门口屏：竹影");
    Axe.findsNothingSerious(console, "with a link");
    console.locator("let-in-glass .copy").click();
    assertThat(console.locator("let-in-glass .copied")).hasText("已复制");
    assertThat(console.evaluate("() => navigator.clipboard.readText()")).isEqualTo(link);
    console.keyboard().press("Escape");
    assertThat(console.locator("let-in-glass input")).hasCount(0);

    BrowserContext glass = browsers.context(options("zh-CN"));
    Page door = glass.newPage();
    door.navigate(link);
    assertThat(door.locator("door-state[state=free]")).isVisible();
    assertThat(door).hasURL(Pattern.compile(".*/door/\\?room=b$"));
    door.locator(".book").click();
    door.locator(".length").last().click();
    assertThat(door.locator("door-actions .end")).isVisible();
    assertThat(server.number("SELECT count(*) FROM booking WHERE room_id = 'b'")).isEqualTo(1);

    door.waitForFunction("() => navigator.serviceWorker.controller !== null");
    glass.setOffline(true);
    door.reload();
    assertThat(door.locator("door-state[state=in-use]")).isVisible();
    glass.setOffline(false);
    assertThat(door.locator("door-actions .end")).isEnabled();
    forgiveWhatTheBrowserSaysOfRefusals();
  }

  @Test
  void anAdminLetsAKioskIn() {
    Page console = console(browsers.admin(options("en-GB")));
    String link = letIn(console, console.locator(".kiosk"), "A kiosk for Headquarters");
    Page kiosk = browsers.context(options("zh-CN")).newPage();
    kiosk.navigate(link);
    assertThat(kiosk.locator("hall-top .free b")).isVisible();
    assertThat(kiosk).hasURL(Pattern.compile(".*/kiosk/\\?site=hq$"));
  }

  @Test
  void aLinkThatIsUsedUpSaysSo() {
    String link = display("used-up");
    Page first = browsers.context(options("zh-CN")).newPage();
    first.navigate(link);
    assertThat(first.locator("door-state[state=free]")).isVisible();
    Page second = browsers.context(options("zh-CN")).newPage();
    second.navigate(link);
    assertThat(second.locator("door-state .lead .zh")).containsText("链接已失效");
    assertThat(second.locator("door-state .lead .en")).containsText("The link no longer works");
    forgiveWhatTheBrowserSaysOfRefusals();
  }

  @ParameterizedTest
  @CsvSource({"/door/?room=c, door-state .lead", "/kiosk/?site=hq, kiosk-app .say"})
  void aGlassThatIsUnknownSaysThatItHasNotBeenLetIn(String address, String words) {
    Page page = browsers.context(options("zh-CN")).newPage();
    page.navigate(address);
    assertThat(page.locator(words + " .zh")).containsText("此屏幕尚未启用");
    assertThat(page.locator(words + " .en")).containsText("has not been let in");
    Axe.findsNothingSerious(page, address);
    forgiveWhatTheBrowserSaysOfRefusals();
  }

  @Test
  void aGlassIsLetInByALinkThatIsGivenToItWhileItSaysThatItIsUnknown() {
    Page page = browsers.context(options("zh-CN")).newPage();
    page.navigate("/door/");
    assertThat(page.locator("door-state .lead .zh")).containsText("此屏幕尚未启用");
    page.navigate(display("given-later"));
    assertThat(page.locator("door-state[state=free]")).isVisible();
    forgiveWhatTheBrowserSaysOfRefusals();
  }

  @Test
  void aDisplayWhoseCredentialsAreTakenAwayShowsNothingMore() {
    Page page = browsers.context(options("zh-CN")).newPage();
    page.navigate(display("stolen"));
    assertThat(page.locator("door-state[state=free]")).isVisible();
    assertThat(server.post("/api/devices/stolen/revoke", "{}").status()).isEqualTo(200);
    assertThat(page.locator("door-state .lead .zh")).containsText("此屏幕尚未启用");
    assertThat(page.locator("door-actions .keys button")).hasCount(0);
    forgiveWhatTheBrowserSaysOfRefusals();
  }

  @Test
  void whoIsNoAdminSeesNoButtonForIt() {
    String token = "b".repeat(43);
    server.sql(
        """
        INSERT INTO session (token_hash, person_id, agent, made_at, used_at)
        SELECT sha256('%s'), id, 'test', app_now(), app_now() FROM person WHERE staff_number = '1002'"""
            .formatted(token));
    BrowserContext context = browsers.context(options("en-GB"));
    context.addCookies(
        List.of(new Cookie("foyer-session", token).setDomain("127.0.0.1").setPath("/")));
    Page page = console(context);
    assertThat(page.locator("console-top .who")).hasText("Li Wei");
    assertThat(page.locator(".let-in, .kiosk")).hasCount(0);
  }

  /** A glass that is not let in goes on asking until its page is closed. */
  private static void forgiveWhatTheBrowserSaysOfRefusals() {
    browsers.closePages();
    browsers.forgive();
  }

  /** The link that an admin makes by that button. */
  private static String letIn(Page console, Locator button, String title) {
    button.click();
    assertThat(console.locator("let-in-glass h2")).containsText(title);
    Axe.findsNothingSerious(console, "asking for a link");
    console.locator("let-in-glass .make").click();
    assertThat(console.locator("let-in-glass .copy")).isFocused();
    return console.locator("let-in-glass input").inputValue();
  }

  /** The link of a new display at the door of room c. */
  private static String display(String id) {
    String device =
        """
        {"id": "%s", "kind": "display", "name": "%s", "site": "hq", "rooms": ["c"]}"""
            .formatted(id, id);
    assertThat(server.post("/api/devices", device).status()).isEqualTo(201);
    return server.post("/api/devices/" + id + "/link", "{}").json().path("url").asText();
  }

  private static Page console(BrowserContext context) {
    Page page = context.newPage();
    page.navigate("/rooms?site=hq");
    assertThat(page.locator("room-row").first()).isVisible();
    return page;
  }

  private static Browser.NewContextOptions options(String language) {
    return new Browser.NewContextOptions()
        .setViewportSize(1280, 800)
        .setLocale(language)
        .setPermissions(List.of("clipboard-read", "clipboard-write"))
        .setReducedMotion(ReducedMotion.REDUCE)
        .setBaseURL(server.uri("/").toString());
  }
}
