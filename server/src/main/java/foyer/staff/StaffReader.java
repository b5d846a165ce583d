package foyer.staff;

import foyer.api.Language;
import foyer.api.Problem;
import foyer.api.TextRules;
import foyer.sheet.Cell;
import foyer.sheet.Column;
import foyer.sheet.Sheets;
import foyer.sheet.Table;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a personnel file row by row; what is wrong with one row says nothing of the others. */
final class StaffReader {

  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_TITLE = 40;
  private static final int MOST_LEVELS = 12;

  private static final Pattern STAFF_NUMBER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,31}");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,188}");
  private static final Pattern BADGE = Pattern.compile("[0-9A-Z]{4,32}");
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,5}");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("([0-9]+)\\.0+");
  private static final Pattern BETWEEN_HAN =
      Pattern.compile("(?<=\\p{IsHan})[\\s\\u3000]+(?=\\p{IsHan})");
  private static final Pattern LEVELS = Pattern.compile("[/\\\\>／＼＞]|->|→");

  private final Table table;
  private final List<StaffRow> rows = new ArrayList<>();
  private final List<StaffFault> faults = new ArrayList<>();
  private final List<String> named = new ArrayList<>();
  private int nameless;

  private StaffReader(Table table) {
    this.table = table;
  }

  /**
   * Reads the file, or throws 422 as {@link Sheets#read} does.
   *
   * @param language of the heads that a refusal names
   */
  static StaffFile read(byte[] bytes, Language language) {
    Table table = Sheets.read(bytes, StaffColumns.ALL, language);
    if (!table.has(StaffColumns.NUMBER) && !table.has(StaffColumns.DEPARTMENT)) {
      String needed = StaffColumns.ALL.getFirst().head(language);
      throw Problem.of(422, "sheet-no-head", "columns", needed).raise();
    }
    return new StaffReader(table).all();
  }

  private StaffFile all() {
    table.rows().forEach(this::read);
    return new StaffFile(rows, faults, named, nameless, table.rows().size(), table.ignored());
  }

  private void read(Table.Row row) {
    One one = new One(row);
    String number = one.staffNumber();
    boolean ofDepartment =
        number == null
            && one.good
            && row.text(StaffColumns.NAME).isEmpty()
            && !row.text(StaffColumns.DEPARTMENT).isEmpty();
    if (number == null && !ofDepartment) {
      nameless++;
      if (one.good) {
        one.fault(StaffColumns.NUMBER, "number-missing");
      }
    } else if (number != null) {
      named.add(number);
    }
    StaffRow read =
        new StaffRow(
            row.number(),
            number,
            ofDepartment ? null : one.name(StaffColumns.NAME, number != null),
            one.name(StaffColumns.NAME_EN, false),
            one.text(StaffColumns.TITLE, LONGEST_TITLE),
            one.text(StaffColumns.TITLE_EN, LONGEST_TITLE),
            one.email(),
            one.path(StaffColumns.DEPARTMENT),
            one.filled(StaffColumns.DEPARTMENT_EN, LONGEST_NAME),
            one.path(StaffColumns.PARENT),
            one.position(),
            one.badge(),
            one.filled(StaffColumns.HEAD, LONGEST_NAME),
            one.filled(StaffColumns.APPROVER, LONGEST_NAME));
    if (one.good) {
      rows.add(read);
    }
  }

  /** One row while it is read. */
  private final class One {

    private final Table.Row row;
    private boolean good = true;

    One(Table.Row row) {
      this.row = row;
    }

    void fault(String column, String code, String... arguments) {
      good = false;
      faults.add(StaffFault.of(row.number(), column, code, arguments));
    }

    @Nullable String staffNumber() {
      String text = code(StaffColumns.NUMBER);
      if (text == null || text.isEmpty()) {
        return null;
      }
      if (!STAFF_NUMBER.matcher(text).matches()) {
        fault(StaffColumns.NUMBER, "number-unusable");
        return null;
      }
      return text;
    }

    /** A name, without the spaces with which two characters are spread to the width of three. */
    @Nullable String name(String column, boolean needed) {
      String text = text(column, LONGEST_NAME);
      if (text != null && text.isEmpty()) {
        if (needed) {
          fault(column, "name-missing");
        }
        return null;
      }
      return text == null ? null : BETWEEN_HAN.matcher(text).replaceAll("");
    }

    @Nullable String email() {
      String text = code(StaffColumns.EMAIL);
      if (text != null && !text.isEmpty() && !EMAIL.matcher(text).matches()) {
        fault(StaffColumns.EMAIL, "email-unusable");
      }
      return text;
    }

    @Nullable String badge() {
      String text = code(StaffColumns.BADGE);
      if (text == null || text.isEmpty()) {
        return text;
      }
      String badge = text.replaceAll("[\\s:-]", "").toUpperCase(Locale.ROOT);
      if (!BADGE.matcher(badge).matches()) {
        fault(StaffColumns.BADGE, "badge-unusable");
      }
      return badge;
    }

    @Nullable Integer position() {
      String text = code(StaffColumns.POSITION);
      if (text == null || text.isEmpty()) {
        return null;
      }
      if (!POSITION.matcher(text).matches()) {
        fault(StaffColumns.POSITION, "position-unusable");
        return null;
      }
      return Integer.valueOf(text);
    }

    List<String> path(String column) {
      String text = text(column, Integer.MAX_VALUE);
      if (text == null || text.isEmpty()) {
        return List.of();
      }
      List<String> levels =
          Arrays.stream(LEVELS.split(text))
              .map(String::strip)
              .filter(level -> !level.isEmpty())
              .toList();
      if (levels.isEmpty() || levels.size() > MOST_LEVELS) {
        fault(column, "path-unusable", "most", Integer.toString(MOST_LEVELS));
      } else if (levels.stream().anyMatch(level -> level.length() > LONGEST_NAME)) {
        fault(column, "too-long", "most", Integer.toString(LONGEST_NAME));
      }
      return levels;
    }

    /** The text of a cell that says nothing if it is empty. */
    @Nullable String filled(String column, int longest) {
      String text = text(column, longest);
      return text == null || text.isEmpty() ? null : text;
    }

    /** The text of a cell; null if the file lacks the column. */
    @Nullable String text(String column, int longest) {
      if (!table.has(column)) {
        return null;
      }
      Cell cell = row.cell(column);
      String code =
          switch (cell.kind()) {
            case TEXT, NUMBER, ROUNDED -> "";
            case DATE -> "cell-date";
            case FORMULA -> "cell-formula";
            case ERROR -> "cell-error";
          };
      if (!code.isEmpty()) {
        fault(column, code);
      } else if (cell.text().length() > longest) {
        fault(column, "too-long", "most", Integer.toString(longest));
      } else if (!cell.isEmpty() && TextRules.refuseLine(cell.text()).isPresent()) {
        fault(column, "odd-characters");
      }
      return cell.text();
    }

    /** What people type as a code, in half-width letters; null if the file lacks the column. */
    private @Nullable String code(String column) {
      if (table.has(column) && row.cell(column).kind() == Cell.Kind.ROUNDED) {
        fault(column, "cell-rounded");
        return "";
      }
      String text = text(column, 254);
      if (text == null) {
        return null;
      }
      String narrow = Normalizer.normalize(text, Normalizer.Form.NFKC).strip();
      var whole = WHOLE_NUMBER.matcher(narrow);
      return whole.matches() ? whole.group(1) : narrow;
    }
  }

  /** The heads of the columns by their ids, in a language. */
  static Map<String, String> heads(Language language) {
    return StaffColumns.ALL.stream()
        .collect(Collectors.toMap(Column::id, column -> column.head(language)));
  }
}
