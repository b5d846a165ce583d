package foyer.staff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Language;
import foyer.testing.TestServer;
import foyer.testing.TestServer.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The personnel department's spreadsheets, through HTTP. */
class ImportStaffTest {

  @RegisterExtension static final TestServer server = TestServer.start();

  private static final String STATE =
      """
      SELECT hashtextextended(concat_ws(',', (SELECT string_agg(p::text, ';' ORDER BY id) FROM person p),
        (SELECT string_agg(d::text, ';' ORDER BY id) FROM department d), (SELECT count(*) FROM audit_entry)), 0)""";

  private static final String ENTERED =
      "SELECT count(*) FROM audit_entry WHERE action = 'enter person'";

  private static final String HEADS = "工号,姓名,邮箱,部门,工牌号\n";

  @AfterEach
  void asBefore() {
    server.sql(
        """
        UPDATE department SET head_id = NULL, approver_id = NULL, parent_id = NULL;
        DELETE FROM delegation;
        DELETE FROM person WHERE staff_number NOT IN ('1001', '1002', '1003');
        DELETE FROM department WHERE id NOT IN ('sales', 'service');
        UPDATE person SET left_at = NULL, badge_code = NULL, source = 'console', title_zh = '', email = lower(replace(name_en, ' ', '.')) || '@example.com';""");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030"})
  void aFileComesInOnceAndAgainChangesNothing(String charset) {
    byte[] file =
        (HEADS + "00123,张伟,zhang.wei@example.com,公司/销售部/华东组,04a2 f19b\n\n００１２４, 李　静 ,,公司/销售部,\n")
            .getBytes(Charset.forName(charset));
    JsonNode preview = take(file, "dryRun=true").json();
    assertThat(server.number("SELECT count(*) FROM person WHERE source = 'import'")).isZero();
    JsonNode report = take(file, "").json();
    assertThat(report.path("written").asBoolean()).isTrue();
    assertThat(counts(report))
        .isEqualTo(counts(preview))
        .containsEntry("created", 2)
        .containsEntry("departments", 3);
    JsonNode person = server.get("/api/staff/00123").json();
    assertThat(person.path("badgeCode").asText()).isEqualTo("04A2F19B");
    assertThat(person.path("departmentName").path("zh").asText()).isEqualTo("华东组");
    assertThat(server.get("/api/staff/00124").json().path("name").path("zh").asText())
        .isEqualTo("李静");
    assertThat(server.get("/api/staff/1001").json().path("department").asText()).isEqualTo("sales");
    assertThat(path("00123")).isEqualTo("公司/销售部/华东组");
    long before = server.number(STATE);
    JsonNode again = take(file, "").json();
    assertThat(again.path("written").asBoolean()).isFalse();
    assertThat(counts(again))
        .containsEntry("unchanged", 2)
        .containsEntry("created", 0)
        .containsEntry("updated", 0);
    assertThat(server.number(STATE)).isEqualTo(before);
  }

  @Test
  void theFileWinsInItsColumnsAndLeavesTheOthersAlone() {
    take("工号,职务,工牌号\n1001,主任,WANG0001\n", "");
    JsonNode one = server.get("/api/staff/1001").json();
    assertThat(one.path("title").path("zh").asText()).isEqualTo("主任");
    assertThat(one.path("email").asText()).isEqualTo("wang.fang@example.com");
    assertThat(one.path("name").path("zh").asText()).isEqualTo("王芳");
    JsonNode report = take("工号,职务,工牌号\n1001,,WANG0001\n", "").json();
    assertThat(report.path("updated").path(0).path("fields").toString()).isEqualTo("[\"title\"]");
    assertThat(server.get("/api/staff/1001").json().path("title").path("zh").asText()).isEmpty();
  }

  @Test
  void ofFiveThousandRowsFortyAreWrongAndTheOthersComeIn() {
    StringBuilder csv = new StringBuilder("工号;姓名;邮箱;部门;上级部门;工牌号\n");
    for (int n = 1; n <= 5000; n++) {
      boolean wrong = n % 125 == 0;
      csv.append(
          "H%05d;员%d;%s;组%d;%s;B%05d\n"
              .formatted(
                  n,
                  n,
                  wrong ? "no address" : "h" + n + "@example.com",
                  n % 50,
                  n % 50 < 10 ? "销售部" : "客户服务部",
                  n));
    }
    byte[] file = csv.toString().getBytes(StandardCharsets.UTF_8);
    Reply all = take(file, "mode=all");
    assertThat(all.status() + all.problem()).isEqualTo("422staff-import-refused");
    assertThat(all.json().path("report").path("refused")).hasSize(40);
    assertThat(server.number("SELECT count(*) FROM person WHERE source = 'import'")).isZero();
    long entered = server.number(ENTERED);
    JsonNode report = take(file, "mode=good").json();
    assertThat(counts(report))
        .containsEntry("rows", 5000)
        .containsEntry("created", 4960)
        .containsEntry("refused", 40);
    assertThat(report.path("created")).hasSize(500);
    assertThat(report.path("refused").path(0).path("row").asInt()).isEqualTo(126);
    assertThat(report.path("refused").path(0).path("column").asText()).isEqualTo("邮箱");
    assertThat(report.path("refused").path(0).path("text").asText()).contains("格式");
    assertThat(server.number("SELECT count(*) FROM person WHERE source = 'import'"))
        .isEqualTo(4960);
    assertThat(server.number(ENTERED)).isEqualTo(entered + 4960);
  }

  @Test
  void whatStandsTwiceIsToldOfBothRows() {
    JsonNode report =
        take(
                HEADS
                    + "N1,甲,a@example.com,销售部,BBB1\n"
                    + "n1,乙,b@example.com,销售部,BBB2\n"
                    + "N3,丙,A@example.com,销售部,BBB3\n"
                    + "N4,丁,d@example.com,销售部,bbb3\n"
                    + "N5,戊,e@example.com,销售部,BBB5\n",
                "")
            .json();
    assertThat(counts(report)).containsEntry("created", 1).containsEntry("refused", 4);
    assertThat(faults(report))
        .containsExactly(
            "2 工号 number-twice",
            "2 邮箱 email-twice",
            "3 工号 number-twice",
            "4 工牌号 badge-twice",
            "4 邮箱 email-twice",
            "5 工牌号 badge-twice");
    assertThat(report.path("refused").path(0).path("text").asText()).contains("第 3 行");
  }

  @Test
  void whatSomebodyElseHasIsRefusedButMayBeHandedOnWithinTheFile() {
    take("工号,工牌号\n1001,BADGE1\n1002,BADGE2\n", "");
    assertThat(faults(take("工号,工牌号\n1003,BADGE1\n", "").json()))
        .containsExactly("2 工牌号 badge-taken");
    JsonNode swapped = take("工号,工牌号\n1001,BADGE2\n1002,BADGE1\n", "").json();
    assertThat(counts(swapped)).containsEntry("updated", 2).containsEntry("refused", 0);
    assertThat(server.get("/api/staff/1001").json().path("badgeCode").asText()).isEqualTo("BADGE2");
    JsonNode chain =
        take("工号,工牌号,邮箱\n1003,BADGE2,x@example.com\n1001,BADGE9,nonsense\n", "").json();
    assertThat(faults(chain)).containsExactly("2 工牌号 badge-taken", "3 邮箱 email-unusable");
    assertThat(faults(take(HEADS + "N1,甲,LI.WEI@example.com,销售部,\n", "").json()))
        .containsExactly("2 邮箱 email-taken");
  }

  @Test
  void whoIsMissingFromTheNextFileLeavesOnlyIfTheFileDecides() {
    take(HEADS + "N1,甲,,销售部,BADGE1\nN2,乙,,销售部,\n", "");
    String next = HEADS + "N2,乙,,销售部,\n";
    JsonNode kept = take(next, "").json();
    assertThat(kept.path("left").path(0).path("staffNumber").asText()).isEqualTo("N1");
    assertThat(server.get("/api/staff/N1").json().has("leftAt")).isFalse();
    JsonNode gone = take(next, "leavers=leave").json();
    assertThat(counts(gone)).containsEntry("left", 1);
    JsonNode left = server.get("/api/staff/N1").json();
    assertThat(left.has("leftAt")).isTrue();
    assertThat(left.has("badgeCode")).isFalse();
    assertThat(server.get("/api/staff/1002").json().has("leftAt")).isFalse();
    String again = HEADS + "N1,甲,,销售部,BADGE1\nN2,乙,,销售部,\n";
    JsonNode passed = take(again, "").json();
    assertThat(passed.path("remarks").path(0).path("code").asText()).isEqualTo("has-left");
    JsonNode back = take(again, "leavers=leave").json();
    assertThat(counts(back)).containsEntry("returned", 1);
    assertThat(server.get("/api/staff/N1").json().path("badgeCode").asText()).isEqualTo("BADGE1");
  }

  @Test
  void nobodyLeavesByAFileInWhichARowIsOfNobodyKnowsWhom() {
    take(HEADS + "N1,甲,,销售部,\nN2,乙,,销售部,\n", "");
    JsonNode report = take(HEADS + "N2,乙,,销售部,\n,甲,,销售部,\n", "leavers=leave").json();
    assertThat(faults(report)).containsExactly("3 工号 number-missing");
    assertThat(report.path("remarks").path(0).path("code").asText()).isEqualTo("leavers-kept");
    assertThat(server.get("/api/staff/N1").json().has("leftAt")).isFalse();
    server.sql("UPDATE person SET source = 'import' WHERE staff_number = '1001'");
    JsonNode mine = take(HEADS + "N1,甲,,销售部,\nN2,乙,,销售部,\n", "leavers=leave").json();
    assertThat(mine.path("remarks").path(0).path("code").asText()).isEqualTo("leaver-is-you");
    assertThat(server.get("/api/staff/1001").json().has("leftAt")).isFalse();
  }

  @Test
  void departmentsComeWithParentsHeadsAndApproversAndNeverInACircle() {
    JsonNode report =
        take(
                "工号,姓名,部门,上级部门,部门负责人,主管领导\n"
                    + "N1,甲,一部,总部,甲,1003\n"
                    + "N2,乙,二部,一部,N1,王芳\n"
                    + "N3,丙,总部,二部,,\n"
                    + "N4,丁,二部,一部,不存在,\n"
                    + "N5,戊,二部,一部,N2,\n"
                    + ",,三部,总部,N1,\n",
                "")
            .json();
    assertThat(faults(report))
        .containsExactly(
            "4 上级部门 department-loop", "5 部门负责人 leader-unknown", "6 部门负责人 department-differs");
    assertThat(report.path("refused").path(0).path("text").asText()).contains("总部 → 二部 → 一部 → 总部");
    assertThat(path("N2")).isEqualTo("总部/一部/二部");
    JsonNode tree = server.get("/api/department-tree").json().path("departments");
    JsonNode second = named(tree, "二部");
    assertThat(second.path("head").path("staffNumber").asText()).isEqualTo("N1");
    assertThat(second.path("approver").path("staffNumber").asText()).isEqualTo("1001");
    assertThat(named(tree, "三部").path("head").path("staffNumber").asText()).isEqualTo("N1");
  }

  @Test
  void departmentsOfOneNameAreToldApartByWhatIsAboveThem() {
    String file = "工号,姓名,部门,上级部门\nN1,甲,综合科,销售部\nN2,乙,综合科,客户服务部\n";
    take(file, "");
    assertThat(List.of(path("N1"), path("N2"))).containsExactly("销售部/综合科", "客户服务部/综合科");
    assertThat(take(file, "").json().path("written").asBoolean()).isFalse();
    JsonNode which = take("工号,姓名,部门\nN3,丙,综合科\n", "").json();
    assertThat(which.path("refused").path(0).path("text").asText()).contains("销售部/综合科, 客户服务部/综合科");
  }

  @Test
  void cellsThatAreNoTextAreTakenOrNamed() throws IOException {
    byte[] file =
        xlsx(
            sheet -> {
              sheet.value(0, 0, "人员花名册");
              List<String> heads = List.of("工号", "姓名", "部门", "邮箱");
              for (int i = 0; i < heads.size(); i++) {
                sheet.value(1, i, heads.get(i));
              }
              for (int row = 2; row < 8; row++) {
                sheet.value(row, 1, "员" + row);
                sheet.value(row, 2, "销售部");
              }
              sheet.value(2, 0, 123.0);
              sheet.value(3, 0, "00124");
              sheet.value(4, 0, java.time.LocalDate.of(2026, 11, 22));
              sheet.style(4, 0).format("yyyy-mm-dd").set();
              sheet.formula(5, 0, "A3+1");
              sheet.value(6, 0, 12345678901234567L);
              sheet.value(7, 0, "工号 7");
            });
    JsonNode report = take(file, "").json();
    assertThat(faults(report))
        .containsExactly(
            "5 工号 cell-date", "6 工号 cell-formula", "7 工号 cell-rounded", "8 工号 number-unusable");
    assertThat(server.get("/api/staff/123").status()).isEqualTo(200);
    assertThat(server.get("/api/staff/00124").status()).isEqualTo(200);
  }

  @Test
  void aFileThatIsNoneIsRefusedWithAClearWord() throws IOException {
    byte[] whole = xlsx(sheet -> sheet.value(0, 0, "x"));
    assertThat(take(new byte[] {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0}, "").problem())
        .isEqualTo("sheet-is-xls");
    assertThat(take(Arrays.copyOf(whole, whole.length - 100), "").problem())
        .isEqualTo("sheet-broken");
    assertThat(take(whole, "").problem()).isEqualTo("sheet-no-head");
    assertThat(take("姓名,邮箱\n甲,\n", "").problem()).isEqualTo("sheet-no-head");
    assertThat(take("工号,工号\n1,2\n", "").problem()).isEqualTo("sheet-column-twice");
    assertThat(take(new byte[] {(byte) 0xff, (byte) 0xff}, "").problem())
        .isEqualTo("sheet-unreadable");
  }

  @Test
  void whatIsExportedIsImportedUnchangedAndIsNoFormula() throws Exception {
    take(HEADS + "N1,=1+1,,公司/+部,BADGE1\nN2,@乙,,公司,\n", "");
    server.sql(
        "UPDATE department SET head_id = (SELECT id FROM person WHERE staff_number = 'N1'), approver_id = (SELECT id FROM person WHERE staff_number = '1002')");
    for (String query : List.of("format=xlsx&language=en", "format=csv&language=zh-CN")) {
      byte[] file =
          java.net.http.HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(server.uri("/api/staff-export?" + query))
                      .headers(foyer.testing.SignedIn.headers())
                      .build(),
                  BodyHandlers.ofByteArray())
              .body();
      JsonNode report = take(file, "leavers=leave").json();
      assertThat(report.path("written").asBoolean()).as(report.toString()).isFalse();
      assertThat(counts(report)).containsEntry("unchanged", 5).containsEntry("rows", 5);
      assertThat(new String(file, StandardCharsets.UTF_8)).doesNotContain("\n=", ",=", ",@", ",+");
    }
  }

  @Test
  void theTemplateOfEachLanguageCanBeImported() {
    for (Language language : Language.values()) {
      for (String format : List.of("xlsx", "csv")) {
        byte[] file = StaffFiles.template(format.equals("xlsx"), language);
        JsonNode report = take(file, "dryRun=true").json();
        assertThat(counts(report))
            .as(report.toString())
            .containsEntry("created", 2)
            .containsEntry("refused", 0);
      }
    }
  }

  @Test
  void theReportSpeaksTheReadersLanguageAndHasASentenceForEachCode() {
    Reply reply = send(HEADS.getBytes(StandardCharsets.UTF_8), "", "en");
    assertThat(reply.status()).isEqualTo(200);
    Reply refused = send((HEADS + "N1,甲,none,销售部,\n").getBytes(StandardCharsets.UTF_8), "", "en");
    assertThat(refused.json().path("refused").path(0).path("text").asText())
        .isEqualTo("This is no e-mail address.");
    assertThat(refused.json().path("refused").path(0).path("column").asText()).isEqualTo("E-mail");
    Map<String, String> chinese = StaffTexts.ALL.table(Language.ZH_CN);
    Map<String, String> english = StaffTexts.ALL.table(Language.EN);
    assertThat(chinese.keySet()).isEqualTo(english.keySet());
    chinese.forEach(
        (key, text) ->
            assertThat(text.replaceAll("[^{}a-zA-Z]|[A-Za-z]+(?![^{}]*})", ""))
                .as(key)
                .hasSameSizeAs(
                    english.get(key).replaceAll("[^{}a-zA-Z]|[A-Za-z]+(?![^{}]*})", "")));
  }

  private static Reply take(String csv, String query) {
    return take(csv.getBytes(StandardCharsets.UTF_8), query);
  }

  private static Reply take(byte[] file, String query) {
    return send(file, query, "zh-CN");
  }

  private static Reply send(byte[] file, String query, String language) {
    return server.send(
        HttpRequest.newBuilder(server.uri("/api/people/import?" + query))
            .header("Content-Type", "application/octet-stream")
            .header("Accept-Language", language)
            .POST(BodyPublishers.ofByteArray(file)));
  }

  private static Map<String, Integer> counts(JsonNode report) {
    Map<String, Integer> counts = new TreeMap<>();
    report
        .path("counts")
        .properties()
        .forEach(one -> counts.put(one.getKey(), one.getValue().asInt()));
    return counts;
  }

  private static List<String> faults(JsonNode report) {
    List<String> faults = new ArrayList<>();
    report
        .path("refused")
        .forEach(
            fault ->
                faults.add(
                    fault.path("row").asText()
                        + " "
                        + fault.path("column").asText()
                        + " "
                        + fault.path("code").asText()));
    faults.sort(null);
    return faults;
  }

  private static String path(String staffNumber) {
    JsonNode tree = server.get("/api/department-tree").json().path("departments");
    String at = server.get("/api/staff/" + staffNumber).json().path("department").asText();
    List<String> path = new ArrayList<>();
    while (!at.isEmpty()) {
      for (JsonNode department : tree) {
        if (department.path("id").asText().equals(at)) {
          path.addFirst(department.path("name").path("zh").asText());
          at = department.path("parent").asText("");
          break;
        }
      }
    }
    return String.join("/", path);
  }

  private static JsonNode named(JsonNode tree, String name) {
    for (JsonNode department : tree) {
      if (department.path("name").path("zh").asText().equals(name)) {
        return department;
      }
    }
    throw new AssertionError("no department " + name);
  }

  private static byte[] xlsx(java.util.function.Consumer<Worksheet> fill) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Test", null)) {
      fill.accept(book.newWorksheet("人员"));
    }
    return out.toByteArray();
  }
}
