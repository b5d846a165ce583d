package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.org.Passwords;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How people get in by the page in the root, and what is left of them when they have gone. */
class SignInPageTest {

  private static final String PASSWORD = "four wooden chairs";
  private static final String SUBJECT = "并购谈判";

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeAll
  static void everybodyHasAPassword() {
    server.sql(
        "INSERT INTO password (person_id, hash, set_at) SELECT id, '%s', app_now() FROM person"
            .formatted(Passwords.hashNow(PASSWORD)));
  }

  @AfterEach
  void closePages() {
    browsers.closePages();
  }

  @ParameterizedTest
  @CsvSource({
    "zh-CN, 1440, 账号或密码错误, 请填写密码",
    "en-GB, 390, Name or password is wrong, Enter your password"
  })
  void aWrongPasswordSaysWhyAndKeepsTheName(
      String language, int width, String why, String missing) {
    Page page = open(language, width, "/");
    Axe.findsNothingSerious(page, "sign-in, " + language);
    type(page, "1002", "Enter");
    assertThat(page.locator("#password-error")).containsText(missing);
    assertThat(page.locator("#password")).isFocused();
    type(page, "not the right one", "Enter");
    assertThat(page.locator("sign-in [role=alert]")).containsText(why);
    assertThat(page.locator("#name")).hasValue("1002");
    assertThat(page.locator("#password")).hasValue("");
    assertThat(page.locator("#password")).isFocused();
    assertThat((Boolean) page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"))
        .isTrue();
    Axe.findsNothingSerious(page, "after a wrong password, " + language);
    page.locator("console-top .theme").click();
    Axe.findsNothingSerious(page, "by the other light, " + language);
    browsers.forgive();
  }

  @Test
  void byKeyboardAloneOneSignsInSeesTheDayAndSignsOut() {
    Page page = open("en-GB", 390, "/");
    assertThat(page.locator("#name")).isFocused();
    type(page, "WANG.FANG@example.com", "Tab", PASSWORD, "Enter");
    assertThat(page.locator("h1")).hasText("Today");
    assertThat(page.locator("h1")).isFocused();
    assertThat(page.locator("console-top .who")).hasText("Wang Fang");
    Locator leave = page.locator("console-top .leave");
    for (int presses = 0;
        presses < 12 && !(Boolean) leave.evaluate("it => it.matches(':focus')");
        presses++) {
      page.keyboard().press("Shift+Tab");
    }
    page.keyboard().press("Enter");
    assertThat(page.locator("sign-in #name")).isFocused();
  }

  @Test
  void whoSignsOutLeavesNothingBehind() {
    Page page = open("zh-CN", 1440, "/rooms?site=hq");
    signIn(page, "1001", PASSWORD);
    page.locator("room-row[data-room=a] .book").click();
    page.locator("#subject").fill(SUBJECT);
    page.locator("booking-form .primary").click();
    assertThat(page.locator("room-row[data-room=a] .meetings")).containsText(SUBJECT);
    page.locator("#subject").fill(SUBJECT);
    page.waitForFunction("words => JSON.stringify(localStorage).includes(words)", SUBJECT);
    page.locator("console-top nav a").last().click();
    page.locator("console-top .leave").click();
    assertThat(page.locator("sign-in")).isVisible();
    assertThat(remembered(page)).doesNotContain(SUBJECT);
    page.goBack();
    assertThat(page.locator("sign-in")).isVisible();
    assertThat(page.locator("room-row")).hasCount(0);
    assertThat(remembered(page)).doesNotContain(SUBJECT);
    assertThat(page.locator("console-top .who")).hasCount(0);
  }

  @Test
  void aPageWhoseSessionIsEndedElsewhereShowsNothingMore() {
    Page page = open("zh-CN", 1440, "/rooms");
    signIn(page, "1002", PASSWORD);
    assertThat(page.locator("room-row .unknown")).hasCount(0);
    assertThat(server.post("/api/people/1002/end-sessions", "{}").status()).isEqualTo(200);
    assertThat(page.locator("sign-in")).isVisible();
    assertThat(page.locator("room-row")).hasCount(0);
    browsers.closePages();
    browsers.forgive();
  }

  @Test
  void aLinkSetsAPasswordOnce() {
    String link = server.post("/api/people/1003/password-link", "{}").json().path("url").asText();
    Page page = open("zh-CN", 390, link);
    assertThat(page.locator("h1")).hasText("设置密码");
    Axe.findsNothingSerious(page, "setting a password");
    type(page, "short", "Enter");
    assertThat(page.locator("#password-error")).containsText("10 个字符");
    page.locator("sign-in .show").click();
    assertThat(page.locator("#password")).hasAttribute("type", "text");
    page.locator("#password").fill("seven lamps in a hall");
    page.keyboard().press("Enter");
    assertThat(page.locator("console-top .who")).hasText("张敏");
    assertThat(page).hasURL(server.uri("/").toString());
    Page again = open("zh-CN", 390, link);
    again.locator("#password").fill("eight lamps in a hall");
    again.keyboard().press("Enter");
    assertThat(again.locator("sign-in [role=alert]")).containsText("链接已失效");
    assertThat(again.locator("h1")).hasText("登录");
    assertThat(again.locator("#name")).hasValue("");
    assertThat(again.locator("#name")).isFocused();
    type(again, "1003", "Tab", "seven lamps in a hall", "Enter");
    assertThat(again.locator("console-top .who")).hasText("张敏");
    browsers.forgive();
  }

  @Test
  void onAnEmptyInstallationALinkMakesTheFirstAdmin() {
    try (TestDatabase database = TestDatabase.create();
        Server empty =
            Server.start(
                new Server.Options(database.address(), 4, 0, BrokersForTests.embedded()))) {
      Page page = open("en-GB", 1440, empty.firstAdminLink().orElseThrow());
      assertThat(page.locator("h1")).hasText("Welcome to Foyer");
      Axe.findsNothingSerious(page, "first admin");
      type(page, "0001", "Tab", "林晓", "Tab", "Lin Xiao", "Tab", "Enter");
      assertThat(page.locator("sign-in .error")).hasCount(2);
      assertThat(page.locator("#department")).isFocused();
      type(page, "行政部", "Tab", "a lantern at the gate", "Enter");
      assertThat(page.locator("console-top .who")).hasText("Lin Xiao");
      assertThat(page.locator("main h1")).hasText("There is no site yet");
      assertThat(empty.firstAdminLink()).isEmpty();
      page.close();
    }
  }

  private static Page open(String language, int width, String address) {
    BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions()
                .setViewportSize(width, 844)
                .setLocale(language)
                .setReducedMotion(ReducedMotion.REDUCE)
                .setBaseURL(server.uri("/").toString()));
    Page page = context.newPage();
    page.navigate(address);
    assertThat(page.locator("sign-in input").first()).isFocused();
    return page;
  }

  private static void signIn(Page page, String name, String password) {
    page.locator("#name").fill(name);
    page.locator("#password").fill(password);
    page.locator("sign-in .primary").click();
    assertThat(page.locator("console-top .who")).isVisible();
  }

  /** Types words, or presses keys where they are keys' names. */
  private static void type(Page page, String... words) {
    for (String word : words) {
      if (word.equals("Tab") || word.equals("Enter")) {
        page.keyboard().press(word);
      } else {
        page.keyboard().insertText(word);
      }
    }
  }

  private static String remembered(Page page) {
    return (String)
        page.evaluate("() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage)");
  }
}
