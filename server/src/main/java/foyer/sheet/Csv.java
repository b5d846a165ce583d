package foyer.sheet;

import foyer.api.Problem;
import foyer.sheet.Sheet.Line;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.QuoteMode;

/** Comma-separated values (RFC 4180), and what is called so. */
final class Csv {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final char MARK = '\ufeff';
  private static final char[] SEPARATORS = {',', ';', '\t'};
  private static final int LOOKED_AT = 20_000;
  private static final int MOST_RECORDS = Sheets.MOST_ROWS * 2;

  private Csv() {}

  static Sheet read(byte[] file) {
    String text = text(file).orElseThrow(() -> Problem.of(422, "sheet-unreadable").raise());
    if (text.indexOf('\0') >= 0) {
      throw Problem.of(422, "sheet-unreadable").raise();
    }
    CSVFormat format =
        CSVFormat.RFC4180
            .builder()
            .setDelimiter(separator(text))
            .setIgnoreEmptyLines(false)
            .setTrailingData(true)
            .get();
    List<Line> rows = new ArrayList<>();
    try (CSVParser records = CSVParser.parse(new StringReader(text), format)) {
      for (CSVRecord one : records) {
        Line line = line(one);
        if (line.cells().stream().anyMatch(cell -> !cell.isEmpty())) {
          rows.add(line);
        }
        if (rows.size() > Sheets.MOST_ROWS || one.getRecordNumber() > MOST_RECORDS) {
          throw Sheets.tooLarge().raise();
        }
      }
    } catch (CSVException | UncheckedIOException broken) {
      throw Problem.of(422, "sheet-broken").raise();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Sheet(rows);
  }

  private static Line line(CSVRecord one) {
    List<Cell> cells = new ArrayList<>();
    for (int i = 0; i < Math.min(one.size(), Sheets.MOST_COLUMNS); i++) {
      String value = one.get(i);
      cells.add(Cell.text(value.substring(0, Math.min(value.length(), Sheets.LONGEST_TEXT))));
    }
    return new Line((int) one.getRecordNumber(), cells);
  }

  /** In the encoding that its mark says; else in UTF-8 if all of it is that; else in GB18030. */
  private static Optional<String> text(byte[] file) {
    int first = file.length > 1 ? ((file[0] & 0xff) << 8) | (file[1] & 0xff) : 0;
    Optional<String> text =
        switch (first) {
          case 0xfffe -> decoded(file, StandardCharsets.UTF_16LE);
          case 0xfeff -> decoded(file, StandardCharsets.UTF_16BE);
          default -> decoded(file, StandardCharsets.UTF_8).or(() -> decoded(file, GB18030));
        };
    return text.map(t -> !t.isEmpty() && t.charAt(0) == MARK ? t.substring(1) : t);
  }

  private static Optional<String> decoded(byte[] file, Charset charset) {
    try {
      return Optional.of(
          charset
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(file))
              .toString());
    } catch (CharacterCodingException other) {
      return Optional.empty();
    }
  }

  /** The one that stands most often between cells at the file's beginning. */
  private static char separator(String text) {
    int[] counts = new int[SEPARATORS.length];
    boolean quoted = false;
    for (int at = 0; at < Math.min(text.length(), LOOKED_AT); at++) {
      char c = text.charAt(at);
      quoted ^= c == '"';
      for (int i = 0; i < SEPARATORS.length && !quoted; i++) {
        counts[i] += c == SEPARATORS[i] ? 1 : 0;
      }
    }
    int best = 0;
    for (int i = 1; i < SEPARATORS.length; i++) {
      best = counts[i] > counts[best] ? i : best;
    }
    return SEPARATORS[best];
  }

  static byte[] write(List<String> heads, List<List<String>> rows) {
    StringWriter text = new StringWriter();
    text.append(MARK);
    CSVFormat format = CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).get();
    try (CSVPrinter printer = new CSVPrinter(text, format)) {
      printer.printRecord(heads);
      for (List<String> row : rows) {
        printer.printRecord(row.stream().map(Cell::neutral).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
