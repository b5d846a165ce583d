package foyer.sheet;

import foyer.api.Problem;
import foyer.api.ProblemException;
import foyer.sheet.Cell.Kind;
import foyer.sheet.Sheet.Line;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;

/** Workbooks of Office Open XML (ECMA-376). */
final class Xlsx {

  /** What all parts of a workbook may hold together once they are unpacked. */
  private static final long MOST_UNPACKED = 96L * 1024 * 1024;

  private static final int MOST_PARTS = 2_000;
  private static final int MOST_SHEETS = 20;
  private static final int EXACT_DIGITS = 15;
  private static final int SECONDS_A_DAY = 86_400;
  private static final double LAST_DAY = 2_958_465;
  private static final double WIDEST = 40;
  private static final double NARROWEST = 10;

  private static final Pattern NO_PATTERN_LETTERS =
      Pattern.compile("\"[^\"]*\"|\\\\.|\\[[^]]*]|(?i:general|standard)");
  private static final Pattern DATE_LETTERS = Pattern.compile("[ymdhs年月日]");

  private Xlsx() {}

  static List<Sheet> read(byte[] file) {
    try {
      requireBounded(file);
      try (ReadableWorkbook book =
          new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, true))) {
        List<Sheet> sheets = new ArrayList<>();
        for (var sheet : book.getSheets().limit(MOST_SHEETS).toList()) {
          if (sheet.getVisibility() == SheetVisibility.VISIBLE) {
            sheets.add(sheet(sheet, book.isDate1904()));
          }
        }
        return sheets;
      }
    } catch (ProblemException known) {
      throw known;
    } catch (IOException | RuntimeException broken) {
      throw Problem.of(422, "sheet-broken").raise();
    }
  }

  /** Unpacks everything once without keeping it, by the directory that the reader goes by. */
  private static void requireBounded(byte[] file) throws IOException {
    byte[] some = new byte[64 * 1024];
    long unpacked = 0;
    try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
      List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
      if (parts.size() > MOST_PARTS) {
        throw Sheets.tooLarge().raise();
      }
      for (ZipArchiveEntry part : parts) {
        try (InputStream in = zip.getInputStream(part)) {
          for (int n = in.read(some); n >= 0; n = in.read(some)) {
            unpacked += n;
            if (unpacked > MOST_UNPACKED) {
              throw Sheets.tooLarge().raise();
            }
          }
        }
      }
    }
  }

  private static Sheet sheet(org.dhatim.fastexcel.reader.Sheet sheet, boolean from1904)
      throws IOException {
    List<Line> rows = new ArrayList<>();
    try (Stream<Row> all = sheet.openStream()) {
      var each = all.iterator();
      while (each.hasNext()) {
        Line line = line(each.next(), from1904);
        if (line.cells().stream().anyMatch(cell -> !cell.isEmpty())) {
          rows.add(line);
        }
        if (rows.size() > Sheets.MOST_ROWS) {
          throw Sheets.tooLarge().raise();
        }
      }
    }
    return new Sheet(rows);
  }

  private static Line line(Row row, boolean from1904) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < Math.min(row.getCellCount(), Sheets.MOST_COLUMNS); i++) {
      cells.add(cell(row.getCell(i), from1904));
    }
    return new Line(row.getRowNum(), cells);
  }

  private static Cell cell(
      org.dhatim.fastexcel.reader.@Nullable Cell cell, boolean from1904) {
    if (cell == null || cell.getType() == CellType.EMPTY) {
      return Cell.EMPTY;
    }
    if (cell.getType() == CellType.ERROR) {
      return new Cell(String.valueOf(cell.getRawValue()), Kind.ERROR);
    }
    return switch (cell.getValue()) {
      case null ->
          cell.getType() == CellType.FORMULA ? new Cell("", Kind.FORMULA) : Cell.EMPTY;
      case BigDecimal number when isDate(cell) -> new Cell(date(number, from1904), Kind.DATE);
      case BigDecimal number -> number(number);
      case Boolean yes -> new Cell(yes ? "TRUE" : "FALSE", Kind.TEXT);
      case Object text -> bounded(text.toString());
    };
  }

  private static Cell bounded(String text) {
    return Cell.text(text.substring(0, Math.min(text.length(), Sheets.LONGEST_TEXT)));
  }

  private static Cell number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.precision() - plain.scale() > EXACT_DIGITS || plain.scale() > EXACT_DIGITS) {
      return new Cell(number.toString(), Kind.ROUNDED);
    }
    return new Cell(plain.toPlainString(), Kind.NUMBER);
  }

  /** By the built-in formats for dates of ECMA-376 §18.8.30, the Chinese ones among them. */
  private static boolean isDate(org.dhatim.fastexcel.reader.Cell cell) {
    Integer id = cell.getDataFormatId();
    boolean builtIn =
        id != null
            && ((id >= 14 && id <= 22)
                || (id >= 27 && id <= 36)
                || (id >= 45 && id <= 47)
                || (id >= 50 && id <= 58));
    if (builtIn) {
      return true;
    }
    String format = cell.getDataFormatString();
    return format != null
        && DATE_LETTERS
            .matcher(
                NO_PATTERN_LETTERS.matcher(format).replaceAll("").toLowerCase(Locale.ROOT))
            .find();
  }

  private static String date(BigDecimal days, boolean from1904) {
    LocalDate first = from1904 ? LocalDate.of(1904, 1, 1) : LocalDate.of(1899, 12, 30);
    LocalDateTime then =
        first
            .atStartOfDay()
            .plusSeconds(
                Math.round(Math.clamp(days.doubleValue(), 0, LAST_DAY) * SECONDS_A_DAY));
    return then.toLocalTime().equals(LocalTime.MIDNIGHT)
        ? then.toLocalDate().toString()
        : then.format(DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT));
  }

  static byte[] write(String name, List<String> heads, List<List<String>> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(out, "Foyer", null)) {
      Worksheet sheet = book.newWorksheet(name);
      for (int column = 0; column < heads.size(); column++) {
        sheet.style(column).format("@").set();
        sheet.width(column, width(heads, rows, column));
        sheet.value(0, column, heads.get(column));
        sheet.style(0, column).bold().format("@").set();
      }
      for (int row = 0; row < rows.size(); row++) {
        List<String> cells = rows.get(row);
        for (int column = 0; column < cells.size(); column++) {
          if (!cells.get(column).isEmpty()) {
            sheet.value(row + 1, column, Cell.neutral(cells.get(column)));
            sheet.style(row + 1, column).format("@").set();
          }
        }
      }
      sheet.freezePane(0, 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** In letters, a Chinese one counted twice. */
  private static double width(List<String> heads, List<List<String>> rows, int column) {
    int longest = letters(heads.get(column));
    for (List<String> row : rows) {
      longest = column < row.size() ? Math.max(longest, letters(row.get(column))) : longest;
    }
    return Math.clamp(longest + 2.0, NARROWEST, WIDEST);
  }

  private static int letters(String text) {
    return text.codePoints().map(c -> c < 0x1100 ? 1 : 2).sum();
  }
}
