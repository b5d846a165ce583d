package foyer.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ReducedMotion;
import foyer.org.Passwords;
import foyer.testing.TestServer;
import java.nio.charset.Charset;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The pages of people, of departments and of oneself, on a real server. */
class PeoplePageTest {

  @RegisterExtension static final TestServer server = TestServer.start();
  @RegisterExtension static final Browsers browsers = new Browsers();

  private static final String PASSWORD = "a password of tests";

  @BeforeEach
  void companyAsItWas() {
    server.sql(
        """
        UPDATE department SET head_id = NULL, approver_id = NULL, parent_id = NULL, version = version + 1;
        DELETE FROM delegation; DELETE FROM kiosk_pin; DELETE FROM sign_in_failure;
        DELETE FROM person WHERE staff_number NOT IN ('1001', '1002', '1003');
        DELETE FROM department WHERE id NOT IN ('sales', 'service');
        UPDATE person SET left_at = NULL, title_zh = '', name_zh = CASE staff_number WHEN '1002' THEN '李伟' ELSE name_zh END, version = version + 1""");
  }

  @Test
  void somebodyIsFoundEnteredAndEdited() {
    try (BrowserContext context = admin("zh-CN", 1440)) {
      Page page = open(context, "/people");
      assertThat(page.locator("people-page tbody tr")).hasCount(3);
      page.locator("#q").fill("李伟");
      page.locator("#q").press("Enter");
      assertThat(page.locator("people-page tbody tr")).hasCount(1);
      assertThat(page).hasURL(Pattern.compile("q=%E6%9D%8E"));
      page.locator("people-page .new").click();
      page.locator("person-form .save").click();
      assertThat(page.locator("#staffNumber")).isFocused();
      page.locator("#staffNumber").fill("2001");
      page.locator("#zh").fill("赵敏");
      page.locator("#en").fill("Zhao Min");
      page.locator("person-form .save").click();
      assertThat(page.locator("h1")).hasText("赵敏");
      assertThat(page).hasURL(Pattern.compile("/people/2001"));
      page.locator("#titleZh").fill("主任");
      page.locator("person-form .save").click();
      assertThat(page.locator("person-page .title")).containsText("主任");
      assertThat(page.locator("person-page .said")).hasText("已保存。");
      Axe.findsNothingSerious(page, "the page of a person");
      page.goBack();
      assertThat(page.locator("people-page tbody tr")).hasCount(1);
      Axe.findsNothingSerious(page, "the page of people");
    }
  }

  @Test
  void whoIsSecondSeesBothAndLosesNothing() {
    try (BrowserContext context = admin("zh-CN", 390)) {
      Page page = open(context, "/people/1002");
      page.locator("#zh").fill("李维");
      server.sql(
          "UPDATE person SET name_zh = '李为', version = version + 1 WHERE staff_number = '1002'");
      page.locator("person-form .save").click();
      Locator clash = page.locator("person-form .clash");
      assertThat(clash.locator(".theirs")).hasText("李为");
      assertThat(clash.locator(".mine")).hasText("李维");
      page.locator("person-form .save").click();
      assertThat(page.locator("h1")).hasText("李维");
      assertThat(browsers.complaints()).allMatch(complaint -> complaint.contains("412"));
      browsers.forgive();
    }
  }

  @Test
  void rolesDelegationsLinksAndLeavingAreAllOnOnePage() {
    try (BrowserContext context = admin("en-GB", 1440)) {
      Page page = open(context, "/people/1002");
      page.locator(".choice input[name=front-desk]").check();
      assertThat(page.locator("person-page .said")).hasText("Saved.");
      page.locator("delegation-list person-field input").fill("Zhang");
      page.locator("delegation-list person-field li").click();
      page.locator("delegation-list .give").click();
      assertThat(page.locator("delegation-list .booked-by li")).containsText("Zhang Min");
      page.locator(".make-link").click();
      assertThat(page.locator("dialog.linked input")).hasValue(Pattern.compile("#password="));
      Axe.findsNothingSerious(page, "a link to set a password");
      page.keyboard().press("Escape");
      page.locator("person-page .leave").first().click();
      page.locator("dialog.leaving .sure").click();
      assertThat(page.locator("person-page .title .tag")).hasText("Left");
      assertThat(
              server.number(
                  "SELECT count(*) FROM person_role r JOIN person p ON p.id = r.person_id WHERE staff_number = '1002'"))
          .isZero();
      page.locator("person-page .return").click();
      assertThat(page.locator("person-page .title .tag")).hasCount(0);
    }
  }

  @Test
  void aFileOfThePersonnelDepartmentIsLookedAtThenImported() {
    String csv = "工号,姓名,邮箱,部门\nN1,钱进,qian@example.com,公司/销售部\nN2,孙丽,no address,销售部\n";
    try (BrowserContext context = admin("zh-CN", 1440)) {
      Page page = open(context, "/people");
      page.locator("people-page input[type=file]")
          .setInputFiles(
              new FilePayload("staff.csv", "text/csv", csv.getBytes(Charset.forName("GB18030"))));
      Locator report = page.locator("staff-import");
      assertThat(report.locator("dd.created")).hasText("1");
      assertThat(report.locator("dd.refused")).hasText("1");
      assertThat(report.locator(".refused tbody tr")).containsText("邮箱地址的格式不对");
      Axe.findsNothingSerious(page, "the preview of an import");
      assertThat(server.number("SELECT count(*) FROM person WHERE source = 'import'")).isZero();
      report.locator(".take").click();
      assertThat(report).containsText("导入完成");
      report.locator(".close").click();
      assertThat(page.locator("people-page tbody tr")).hasCount(4);
      assertThat(server.number("SELECT count(*) FROM person WHERE source = 'import'")).isOne();
    }
  }

  @Test
  void aDepartmentIsMadeBelowAnotherAndRemoved() {
    try (BrowserContext context = admin("en-GB", 1440)) {
      Page page = open(context, "/departments");
      page.locator("departments-page .one a").first().click();
      page.locator("departments-page .below").click();
      page.locator("dialog #zh").fill("华东组");
      page.locator("dialog #en").fill("East");
      page.locator("dialog person-field input").first().fill("Li Wei");
      page.locator("dialog person-field li").click();
      page.locator("dialog .save").click();
      assertThat(page.locator("departments-page .said")).hasText("The department is made.");
      Locator east = page.locator("departments-page ul ul .one");
      assertThat(east).containsText("Head Li Wei");
      east.locator("a").first().click();
      Axe.findsNothingSerious(page, "a department that is edited");
      page.locator("departments-page .edit #position").fill("7");
      page.locator("departments-page .edit .save").click();
      assertThat(page.locator("departments-page .said")).hasText("Saved.");
      page.locator("departments-page .remove").click();
      assertThat(page.locator("departments-page .one")).hasCount(2);
    }
  }

  @Test
  void onesOwnPageSetsThePinAndEndsOtherSessions() {
    server.sql(
        "INSERT INTO password SELECT id, '%s', app_now() FROM person WHERE staff_number = '1001' ON CONFLICT DO NOTHING;"
                .formatted(Passwords.hashNow(PASSWORD))
            + "UPDATE session SET made_at = app_now(), used_at = app_now();"
            + "INSERT INTO session (token_hash, person_id, agent, made_at, used_at) SELECT sha256('other'), id, 'Mozilla/5.0 (Windows NT 10.0) Firefox/140.0', app_now(), app_now() FROM person WHERE staff_number = '1001'");
    try (BrowserContext context = admin("zh-CN", 390)) {
      Page page = open(context, "/me");
      Locator pin = page.locator("secret-form[kind=pin]");
      pin.locator("#present").fill(PASSWORD);
      pin.locator("#wanted").fill("493027");
      pin.locator("#again").fill("493028");
      pin.locator(".primary").click();
      assertThat(pin.locator("#again")).isFocused();
      pin.locator("#again").fill("493027");
      pin.locator(".primary").click();
      assertThat(page.locator("me-page .said")).hasText("PIN 已设置。");
      assertThat(page.locator("me-page .sessions li")).hasCount(2);
      assertThat(page.locator("me-page .sessions")).containsText("Firefox · Windows");
      Axe.findsNothingSerious(page, "one's own page");
      page.locator("me-page .sessions button").click();
      assertThat(page.locator("me-page .sessions li")).hasCount(1);
      assertThat(wide(page)).isFalse();
    }
  }

  /** Whether the page is wider than the glass. */
  private static boolean wide(Page page) {
    return (boolean) page.evaluate("document.documentElement.scrollWidth > innerWidth");
  }

  private static BrowserContext admin(String language, int width) {
    return browsers.admin(
        new Browser.NewContextOptions()
            .setViewportSize(width, 900)
            .setLocale(language)
            .setReducedMotion(ReducedMotion.REDUCE)
            .setBaseURL(server.uri("/").toString()));
  }

  private static Page open(BrowserContext context, String path) {
    Page page = context.newPage();
    page.navigate(path);
    assertThat(page.locator("main .skeleton")).hasCount(0);
    assertThat(page.locator("main h1")).isVisible();
    return page;
  }
}
