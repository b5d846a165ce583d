package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.org.Passwords;
import foyer.testing.TestServer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Staff register at the kiosk's page: by badge, by number and PIN, and what becomes of what they
 * typed.
 */
class KioskRegisterTest {

  private static final String PIN = "804176";

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeAll
  static void people() {
    server.sql(
        """
        INSERT INTO device (id, kind, name, site_id, made_at) VALUES ('kiosk-hq', 'kiosk', 'H', 'hq', app_now());
        UPDATE person SET badge_code = '04A1B2C3' WHERE staff_number = '1001';
        UPDATE person SET staff_number = 'S1002' WHERE staff_number = '1002';
        INSERT INTO kiosk_pin SELECT id, '%s', app_now() FROM person WHERE staff_number = 'S1002';
        """
            .formatted(Passwords.hashNow(PIN)));
    book("例会", "internal", "2026-11-23T05:00:00Z");
    book("并购", "confidential", "2026-11-23T07:00:00Z");
  }

  @BeforeEach
  void nobodyIsThere() {
    server.sql("DELETE FROM presence; DELETE FROM sign_in_failure;");
  }

  @AfterEach
  void closePages() {
    browsers.closePages();
  }

  @Test
  void aBadgeAtTheHallNeedsNoTapAndSaysThatItIsNoSignIn() {
    Page page = kiosk(context());
    scan(page, "04a1b2c3");
    assertThat(register(page)).hasAttribute("step", "done");
    assertThat(register(page)).containsText("王*");
    assertThat(register(page)).containsText("请到会议室门口签到");
    assertThat(page.locator("own-meetings li")).hasCount(2);
    assertThat(page.locator("own-meetings li").first()).containsText("例会");
    assertThat(page.locator("own-meetings li").first()).containsText("主楼 → 8F → 松涛");
    assertThat(page.locator("own-meetings li").last()).containsText("非公开会议");
    assertThat(page.content() + register(page).innerText()).doesNotContain("并购", "王芳");
    Axe.findsNothingSerious(page, "registered");
    register(page).locator(".language-key").tap();
    assertThat(register(page)).containsText("please sign in at the door of the room");
    assertThat(register(page)).containsText("W. F.");
    register(page).locator(".home").tap();
    assertThat(register(page)).hasCount(0);
    assertThat(present()).isEqualTo(1);
  }

  @Test
  void aStaffNumberWithLettersAndItsPinAreTypedOnLargeKeysAndTheAnswerGoesByItself() {
    BrowserContext context = context();
    context.clock().install();
    Page page = kiosk(context);
    page.locator(".tile").tap();
    Axe.findsNothingSerious(page, "number");
    page.locator("register-keys .toggle").tap();
    type(page, "S");
    page.locator("register-keys .toggle").tap();
    type(page, "10029");
    page.locator("register-keys .back").tap();
    assertThat(page.locator(".typed")).hasText("S1002");
    register(page).locator(".language-key").tap();
    assertThat(page.locator(".typed")).hasText("S1002");
    page.locator(".next").tap();
    assertThat(register(page)).hasAttribute("step", "pin");
    type(page, PIN.substring(0, 5));
    assertThat(page.locator(".dot.full")).hasCount(5);
    assertThat(register(page)).not().containsText("80417");
    Axe.findsNothingSerious(page, "PIN");
    type(page, PIN.substring(5));
    assertThat(register(page)).hasAttribute("step", "done");
    assertThat(register(page)).containsText("No further meeting");
    context.clock().runFor(16_000);
    assertThat(register(page)).hasCount(0);
    assertThat(present()).isEqualTo(1);
  }

  @Test
  void wrongAndHalfReadBadgesAreToldAndNoiseIsNot() {
    Page page = kiosk(context());
    page.keyboard().type("ab");
    page.keyboard().press("Enter");
    scan(page, "FFFFFFFF");
    assertThat(page.locator(".problem")).containsText("未能识别");
    scan(page, "04A1%B2;C3");
    assertThat(page.locator(".problem")).containsText("未能识别");
    scan(page, "9".repeat(500));
    assertThat(page.locator(".problem")).containsText("未能识别");
    assertThat(present()).isZero();
    scan(page, "04A1B2C3");
    assertThat(register(page)).hasAttribute("step", "done");
    assertThat(present()).isEqualTo(1);
    browsers.forgive();
  }

  @Test
  void twoScansAtOnceAndADoubleTapAreOneRegistration() {
    Page page = kiosk(context());
    page.locator(".tile").dblclick();
    assertThat(register(page)).hasCount(1);
    scan(page, "04A1B2C3");
    scan(page, "04A1B2C3");
    assertThat(register(page)).hasAttribute("step", "done");
    assertThat(register(page)).hasCount(1);
    assertThat(present()).isEqualTo(1);
  }

  @Test
  void afterFiveWrongPinsItSaysHowLongToWait() {
    Page page = kiosk(context());
    page.locator(".tile").tap();
    for (int i = 0; i < 6; i++) {
      type(page, "77");
      page.locator(".next").tap();
      type(page, "00000" + i);
      assertThat(page.locator(".problem")).containsText(i < 5 ? "未能识别" : "分钟后再试");
      assertThat(page.locator(".typed")).hasText("");
    }
    browsers.forgive();
  }

  @Test
  void whoeverWalksAwayLeavesNothingBehind() {
    BrowserContext context = context();
    context.clock().install();
    Page page = kiosk(context);
    page.locator(".tile").tap();
    type(page, "1002");
    context.clock().runFor(61_000);
    assertThat(page.locator(".ask")).containsText("还需要时间吗");
    Axe.findsNothingSerious(page, "still there?");
    page.locator(".stay").tap();
    assertThat(page.locator(".ask")).hasCount(0);
    assertThat(page.locator(".typed")).hasText("1002");
    context.clock().runFor(61_000);
    assertThat(page.locator(".ask")).hasCount(1);
    context.clock().runFor(21_000);
    assertThat(register(page)).hasCount(0);
    assertThat(page.evaluate("() => JSON.stringify({...localStorage, ...sessionStorage})"))
        .asString()
        .doesNotContain("1002");
    page.locator(".tile").tap();
    assertThat(page.locator(".typed")).hasText("");
    browsers.forgive();
  }

  @Test
  void withoutNetworkItSaysSoAndTakesNothing() {
    BrowserContext context = context();
    Page page = kiosk(context);
    page.waitForFunction("() => navigator.serviceWorker.controller !== null");
    context.setOffline(true);
    page.reload();
    assertThat(page.locator(".tile")).containsText("Registration needs the network");
    page.locator(".tile").tap();
    assertThat(page.locator(".problem")).containsText("登记需要网络");
    assertThat(page.locator("register-keys")).hasCount(0);
    scan(page, "04A1B2C3");
    assertThat(page.locator(".problem")).containsText("登记需要网络");
    assertThat(present()).isZero();
    context.setOffline(false);
    browsers.forgive();
  }

  private static Page kiosk(BrowserContext context) {
    Page page = context.newPage();
    page.navigate(server.post("/api/devices/kiosk-hq/link", "{}").json().path("url").asText());
    assertThat(page).hasURL(Pattern.compile(".*/kiosk/\\?site=hq$"));
    assertThat(page.locator(".tile")).containsText("刷工牌即可");
    return page;
  }

  private static BrowserContext context() {
    return browsers.context(
        new Browser.NewContextOptions()
            .setViewportSize(1080, 1920)
            .setLocale("zh-CN")
            .setHasTouch(true)
            .setReducedMotion(ReducedMotion.REDUCE));
  }

  private static Locator register(Page page) {
    return page.locator("staff-register");
  }

  /** As a badge reader does: fast, and with Enter at the end. */
  private static void scan(Page page, String code) {
    page.evaluate(
        """
        (code) => {
          for (const key of [...code, 'Enter']) {
            document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
          }
        }""",
        code);
  }

  private static void type(Page page, String keys) {
    for (String key : keys.split("")) {
      page.locator("register-keys [data-key='" + key + "']").tap();
    }
  }

  private static long present() {
    return server.number("SELECT count(*) FROM presence");
  }

  private static void book(String subject, String level, String start) {
    server.sql(
        """
        INSERT INTO booking (room_id, during, occupied, zone, local_start, local_end, status, subject, goal, meeting_type_id, level,
                             priority, convener_id, booker_id, department_id, policy_version_id, source, made_at, changed_at)
        SELECT 'a', t, t, 'Asia/Shanghai', '2026-11-23 10:00', '2026-11-23 11:00', 'confirmed', '%1$s', '目的', 'interview', '%2$s',
               'normal', p.id, p.id, p.department_id, (SELECT min(id) FROM policy_version), 'console', app_now(), app_now()
        FROM tstzrange(timestamptz '%3$s', timestamptz '%3$s' + interval '30 minutes') t, person p WHERE p.staff_number = '1001';
        """
            .formatted(subject, level, start));
  }
}
