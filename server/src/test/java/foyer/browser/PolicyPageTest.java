package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.testing.TestServer;
import java.time.Instant;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The pages of policies, devices and the audit log, and what the form says of a room by approval.
 * It is Monday, 2026-11-23, 10:00 in Shanghai.
 */
class PolicyPageTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  @BeforeEach
  void asEveryInstallationBegins() {
    server.sql(
        """
        DELETE FROM booking;
        DELETE FROM policy_parameter p USING policy_version v WHERE v.id = p.policy_version_id AND v.version > 1;
        DELETE FROM policy_version WHERE version > 1;
        UPDATE room SET booking = 'automatic', revision = revision + 1""");
    server.database().setClock(Instant.parse("2026-11-23T02:00:00Z"));
  }

  @Test
  void everyPolicyStandsThereWithWhatHoldsAndWhereItComesFrom() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/policies");
      assertThat(page.locator("policies-page .card")).hasCount(3);
      assertThat(page.locator("policies-page .card").first()).containsText("由行政部发布");
      page.locator("select[name=meetingType]").selectOption("key-account");
      page.locator("select[name=department]").selectOption("service");
      assertThat(page)
          .hasURL(server.uri("/policies?meetingType=key-account&department=service").toString());
      Locator hold = page.locator("policies-page tr", hasText("会前占用"));
      assertThat(hold).containsText("15 分钟");
      hold.locator("value-source button").click();
      assertThat(hold.locator("value-source li").first()).containsText("K-1");
      assertThat(hold.locator("value-source li").first()).containsText("K-4.3.2 条");
      assertThat(hold.locator("value-source li").first()).containsText("两项制度中较严");
      assertThat(hold.locator("value-source li").last()).containsText("F-1");
      Axe.findsNothingSerious(page, "the policies");
    }
  }

  @Test
  void anOwnerPublishesAVersionSeesWhatItChangesAndWithdrawsIt() {
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/policies/C");
      page.locator("policy-page .publish").click();
      Locator form = page.locator("publish-version");
      form.locator("[id='booking.longest']").fill("60");
      assertThat(form.locator(".changes")).containsText("单次最长时长由 1440 分钟 改为 60 分钟");
      form.locator(".later").check();
      form.locator("#day").fill("2026-12-01");
      form.locator("form .primary").click();
      assertThat(form.locator("#note")).isFocused();
      form.locator("#note").fill("会议从简");
      form.locator("form .primary").click();
      assertThat(form.locator("[role=alert]")).containsText("现场使用最长");
      assertThat(form.locator("[id='door.longest']")).hasAttribute("aria-invalid", "true");
      Axe.findsNothingSerious(page, "the form of a version");
      form.locator("[id='door.longest']").fill("60");
      form.locator("form .primary").click();
      assertThat(page.locator("publish-version")).hasCount(0);
      assertThat(page.locator("policy-page li").first()).containsText("C-2");
      assertThat(page.locator("policy-page li").first()).containsText("会议从简");
      assertThat(page.locator("policy-page td.other")).hasCount(2);
      assertThat(
              server.number(
                  "SELECT count(*) FROM policy_version WHERE effective_from = '2026-11-30T16:00:00Z'"))
          .isEqualTo(1);
      Axe.findsNothingSerious(page, "a policy");
      page.locator("policy-page .withdraw").click();
      page.locator("policy-page dialog .confirm").click();
      assertThat(page.locator("policy-page li").first()).containsText("已撤回");
      browsers.forgive(); // the refusal that it has provoked
    }
  }

  @Test
  void whoIsNotItsOwnerReadsAPolicyAndPublishesNothing() {
    try (BrowserContext context = wide("en-GB")) {
      Page page = open(context, "/policies/F");
      assertThat(page.locator("h1")).containsText("Rules for customer-service meetings");
      assertThat(page.locator("policy-page table")).containsText("Longest booking");
      assertThat(page.locator("policy-page .publish")).hasCount(0);
    }
  }

  @Test
  void devicesStandBySiteAndAreLetInAgainAndRevoked() {
    server.sql(
        """
        INSERT INTO device (id, kind, name, site_id, made_at) VALUES ('kiosk-x', 'kiosk', '大堂', 'day', app_now()) ON CONFLICT DO NOTHING;
        UPDATE device SET revoked_at = NULL WHERE id = 'kiosk-x'""");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/devices");
      Locator kiosk = page.locator("tr[data-device=kiosk-x]");
      assertThat(kiosk).containsText("日间全部会议室");
      assertThat(kiosk).containsText("尚无消息");
      kiosk.locator(".again").click();
      page.locator("devices-page .make").click();
      assertThat(page.locator("devices-page .link input"))
          .hasValue(Pattern.compile("/kiosk/#enter="));
      Axe.findsNothingSerious(page, "a link for a device");
      page.locator("devices-page dialog .close").click();
      kiosk.locator(".revoke").click();
      assertThat(page.locator("devices-page dialog")).containsText("停用“大堂”?");
      page.locator("devices-page dialog .end").click();
      assertThat(kiosk).hasCount(0);
      page.locator("devices-page .filter input").check();
      assertThat(kiosk).containsText("已停用");
      Axe.findsNothingSerious(page, "the devices");
    }
  }

  @Test
  void theAuditLogIsReadByPersonAndObjectAndPageByPage() {
    server.sql(
        """
        INSERT INTO audit_entry (at, actor, action, object, fields, reason)
        SELECT app_now(), 'clock', 'resume', 'booking:' || n, '{end}', '' FROM generate_series(1, 150) n;
        INSERT INTO audit_entry (at, actor, action, object, fields, reason)
        SELECT app_now(), 'person:' || id, 'move', 'booking:7777', '{start,end}', '客户改期' FROM person WHERE staff_number = '1003'""");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/audit");
      Locator rows = page.locator("audit-page tbody tr:not(.day)");
      assertThat(rows).hasCount(100);
      assertThat(rows.first()).containsText("张敏");
      assertThat(rows.first()).containsText("理由:客户改期");
      page.locator("audit-page .more").click();
      assertThat(rows.nth(120)).isVisible();
      page.locator("input[name=person]").fill("1003");
      page.locator("audit-page form .primary").click();
      assertThat(rows).hasCount(1);
      assertThat(page).hasURL(server.uri("/audit?person=1003").toString());
      Axe.findsNothingSerious(page, "the audit log");
      page.goBack();
      assertThat(rows).hasCount(100);
    }
  }

  @Test
  void whoAsksForARoomByApprovalHearsWithWhomItLiesBeforeAndAfterwards() {
    server.sql("UPDATE room SET booking = 'approval', revision = revision + 1 WHERE id = 'b'");
    try (BrowserContext context = wide("zh-CN")) {
      Page page = open(context, "/rooms");
      page.locator("#room").selectOption("b");
      page.locator("#subject").fill("季度复盘");
      assertThat(page.locator("booking-form .primary")).hasText("提交审批 → 行政部");
      page.locator("#room").selectOption("a");
      assertThat(page.locator("booking-form .primary")).containsText("预订");
      page.locator("#room").selectOption("b");
      page.locator("booking-form .primary").click();
      assertThat(page.locator("booking-done")).containsText("已提交审批");
      assertThat(page.locator("booking-done")).containsText("待行政部审批");
      page.locator("booking-done .undo").click();
      assertThat(page.locator("booking-done")).containsText("已撤回");
      assertThat(server.number("SELECT count(*) FROM booking WHERE status = 'withdrawn'"))
          .isEqualTo(1);
    }
  }

  @Test
  void aSmallGlassShowsThemWithoutScrollingSideways() {
    assertThat(server.verb("/api/devices/door/link", "{}").status()).isEqualTo(201);
    try (BrowserContext context =
        browsers.admin(options("en-GB").setViewportSize(390, 844).setHasTouch(true))) {
      for (String path : new String[] {"/policies", "/policies/K", "/devices", "/audit"}) {
        Page page = open(context, path);
        assertThat(page.locator("tbody tr").first()).isVisible();
        assertThat(
                (Boolean)
                    page.evaluate(
                        "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
            .as(path)
            .isTrue();
        page.close();
      }
    }
  }

  private static Page.LocatorOptions hasText(String text) {
    return new Page.LocatorOptions().setHasText(text);
  }

  private static BrowserContext wide(String language) {
    return browsers.admin(options(language).setViewportSize(1440, 900));
  }

  private static Browser.NewContextOptions options(String language) {
    return new Browser.NewContextOptions()
        .setLocale(language)
        .setTimezoneId("Asia/Shanghai")
        .setReducedMotion(ReducedMotion.REDUCE)
        .setBaseURL(server.uri("").toString());
  }

  private static Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.navigate(path);
    return page;
  }
}
