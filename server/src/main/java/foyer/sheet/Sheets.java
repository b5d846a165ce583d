package foyer.sheet;

import foyer.api.Language;
import foyer.api.Problem;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Reads and writes spreadsheets: XLSX, and CSV in UTF-8, UTF-16 or GB18030 with commas, semicolons
 * or tabs. Takes its time: to be called on threads that may work.
 */
public final class Sheets {

  /** Content type of what {@link #xlsx} writes. */
  public static final String XLSX =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  /** Content type of what {@link #csv} writes. */
  public static final String CSV = "text/csv; charset=utf-8";

  /** Rows of a file that are looked at; one of more is refused. */
  public static final int MOST_ROWS = 20_000;

  static final int MOST_COLUMNS = 200;
  static final int LONGEST_TEXT = 2_000;

  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] OLE2 = {(byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0};
  private static final byte[] LOCKED = "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE);

  private Sheets() {}

  /**
   * Finds these columns in a file, or throws 422 with a reason: {@code sheet-is-xls}, {@code
   * sheet-locked}, {@code sheet-broken}, {@code sheet-too-large}, {@code sheet-unreadable}, {@code
   * sheet-no-head}, {@code sheet-column-twice}.
   *
   * @param language of the heads that a refusal names
   */
  public static Table read(byte[] file, List<Column> columns, Language language) {
    return Table.of(sheets(file), columns, language);
  }

  private static List<Sheet> sheets(byte[] file) {
    if (begins(file, OLE2)) {
      throw contains(file, LOCKED)
          ? Problem.of(422, "sheet-locked").raise()
          : Problem.of(422, "sheet-is-xls").raise();
    }
    return begins(file, ZIP) ? Xlsx.read(file) : List.of(Csv.read(file));
  }

  /**
   * A workbook of one sheet. All cells are text, those that a program might take for a formula
   * neutralised.
   */
  public static byte[] xlsx(String name, List<String> heads, List<List<String>> rows) {
    return Xlsx.write(name, heads, rows);
  }

  /** The same as CSV in UTF-8 with a byte order mark, by which spreadsheet programs know it. */
  public static byte[] csv(List<String> heads, List<List<String>> rows) {
    return Csv.write(heads, rows);
  }

  static Problem tooLarge() {
    return Problem.of(422, "sheet-too-large", "rows", MOST_ROWS);
  }

  private static boolean begins(byte[] file, byte[] with) {
    return file.length >= with.length && isAt(file, 0, with);
  }

  private static boolean contains(byte[] file, byte[] part) {
    for (int at = 0; at <= file.length - part.length; at++) {
      if (isAt(file, at, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAt(byte[] file, int at, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (file[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }
}
