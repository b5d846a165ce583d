package foyer.sheet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.api.Language;
import foyer.api.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SheetsTest {

  private static final List<Column> COLUMNS =
      List.of(
          new Column("number", "工号", "Staff number", true, "员工编号"),
          new Column("name", "姓名", "Name", true),
          new Column("note", "备注", "Note", false));

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"})
  void textIsReadInTheEncodingsOfTheField(String charset) {
    String mark = charset.startsWith("UTF-16") ? "\ufeff" : "";
    String text = mark + "工号,姓名\r\n00123,张伟\r\n";
    Table table = table(text.getBytes(Charset.forName(charset)));
    assertThat(table.rows()).singleElement().satisfies(row -> is(row, 2, "00123", "张伟"));
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void whatStandsBetweenTheCellsIsFoundOut(String separator) {
    String text =
        String.join(separator, "姓名", "工号", "备注")
            + "\n"
            + String.join(separator, "\"张\n\"\"伟\"", " ００１ ", "\"a,b;c\td\"");
    Table table = table(text.getBytes(StandardCharsets.UTF_8));
    is(table.rows().getFirst(), 2, "００１", "张 \"伟");
    assertThat(table.rows().getFirst().text("note")).isEqualTo("a,b;c d");
  }

  @Test
  void titlesAboveTheHeadsAndEmptyRowsArePassedOverAndRowsKeepTheirNumbers() throws IOException {
    byte[] file =
        xlsx(
            sheet -> {
              sheet.value(0, 0, "花名册 2026");
              sheet.range(0, 0, 0, 3).merge();
              sheet.value(2, 0, "备注");
              sheet.value(2, 1, " 员工 编号* ");
              sheet.value(2, 2, "姓名(必填)");
              sheet.value(2, 3, "身份证");
              sheet.value(5, 1, "7");
              sheet.value(5, 2, "李静\u3000");
            });
    Table table = table(file);
    assertThat(table.rows()).singleElement().satisfies(row -> is(row, 6, "7", "李静"));
    assertThat(table.ignored()).containsExactly("身份证");
  }

  @Test
  void numbersDatesFormulasAndErrorsAreToldApart() throws IOException {
    byte[] file =
        xlsx(
            sheet -> {
              for (int i = 0; i < 3; i++) {
                sheet.value(0, i, COLUMNS.get(i).zh());
              }
              sheet.value(1, 0, 123.0);
              sheet.value(2, 0, 12345678901234567L);
              sheet.value(3, 0, java.time.LocalDate.of(2026, 11, 22));
              sheet.style(3, 0).format("yyyy\"年\"m\"月\"").set();
              sheet.formula(4, 0, "1+1");
              sheet.value(5, 0, 0.5);
            });
    List<Table.Row> rows = table(file).rows();
    assertThat(rows)
        .extracting(row -> row.cell("number").kind())
        .containsExactly(
            Cell.Kind.NUMBER,
            Cell.Kind.ROUNDED,
            Cell.Kind.DATE,
            Cell.Kind.FORMULA,
            Cell.Kind.NUMBER);
    assertThat(rows).extracting(row -> row.text("number")).contains("123", "2026-11-22", "", "0.5");
  }

  @Test
  void whatIsWrittenIsReadAgainAsItWasAndIsNoFormula() {
    List<String> nasty =
        List.of("=1+1", "+86 10", "-x", "@SUM(A1)", "'=y", "'quoted", "a,b", "两\"个\"", "00123");
    List<String> heads = List.of("工号", "姓名");
    List<List<String>> rows = nasty.stream().map(text -> List.of(text, "张")).toList();
    for (byte[] file : List.of(Sheets.csv(heads, rows), Sheets.xlsx("人员", heads, rows))) {
      Table table = table(file);
      assertThat(table.rows()).extracting(row -> row.text("number")).isEqualTo(nasty);
    }
    assertThat(new String(Sheets.csv(heads, rows), StandardCharsets.UTF_8))
        .startsWith("\ufeff工号,姓名\r\n'=1+1,")
        .doesNotContainPattern("(?m)^[=+@-]");
  }

  @Test
  void aFileThatIsNoneSaysWhatToDo() throws IOException {
    byte[] old = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, 0, 0};
    byte[] locked = Arrays.copyOf(old, 100);
    byte[] word = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);
    System.arraycopy(word, 0, locked, 50, word.length);
    byte[] whole = xlsx(sheet -> sheet.value(0, 0, "工号"));
    refused("sheet-is-xls", () -> table(old));
    refused("sheet-locked", () -> table(locked));
    refused("sheet-broken", () -> table(Arrays.copyOf(whole, whole.length / 2)));
    refused("sheet-broken", () -> table("工号,姓名\n1,\"张\n2,李".getBytes(StandardCharsets.UTF_8)));
    refused("sheet-unreadable", () -> table(new byte[] {(byte) 0xff, (byte) 0xff, 1}));
    refused("sheet-unreadable", () -> table(new byte[] {'a', 0, 'b'}));
    refused("sheet-no-head", () -> table(whole));
    refused("sheet-no-head", () -> table(new byte[0]));
    refused(
        "sheet-column-twice", () -> table("工号,姓名,姓名\n1,2,3\n".getBytes(StandardCharsets.UTF_8)));
    String many = "工号,姓名\n" + String.join("\n", Collections.nCopies(20_001, "1,2"));
    refused("sheet-too-large", () -> table(many.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aFileThatUnpacksWithoutEndIsNotUnpacked() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bomb)) {
      zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 200; i++) {
        zip.write(zeros);
      }
    }
    assertThat(bomb.size()).isLessThan(1 << 20);
    refused("sheet-too-large", () -> table(bomb.toByteArray()));
  }

  private static Table table(byte[] file) {
    return Sheets.read(file, COLUMNS, Language.ZH_CN);
  }

  private static void is(Table.Row row, int number, String staffNumber, String name) {
    assertThat(row.number()).isEqualTo(number);
    assertThat(row.text("number")).isEqualTo(staffNumber);
    assertThat(row.text("name")).isEqualTo(name);
  }

  private static void refused(String type, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(type));
  }

  private static byte[] xlsx(Consumer<Worksheet> fill) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Test", null)) {
      fill.accept(book.newWorksheet("人员"));
    }
    return out.toByteArray();
  }
}
