package foyer.sheet;

import foyer.api.Language;
import foyer.api.Problem;
import foyer.sheet.Sheet.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows below the heads of a sheet. Titles above the heads, empty rows and columns that nobody
 * asked for are passed over; the order of the columns does not matter.
 */
public final class Table {

  private static final int HEAD_WITHIN = 30;

  private final Map<String, Integer> places;
  private final List<String> ignored;
  private final List<Row> rows;

  private record Head(Sheet sheet, int at, Map<String, Integer> places, List<Column> missing) {}

  /** One row. */
  public final class Row {

    private final Line line;

    private Row(Line line) {
      this.line = line;
    }

    /** As the program shows it in which the file is looked at, from 1. */
    public int number() {
      return line.number();
    }

    /** What stands under a head; {@link Cell#EMPTY} if the file lacks the column. */
    public Cell cell(String column) {
      Integer place = places.get(column);
      return place == null ? Cell.EMPTY : line.cell(place);
    }

    /** The text that stands under a head; empty for none. */
    public String text(String column) {
      return cell(column).text();
    }
  }

  private Table(Head head, List<Column> columns) {
    this.places = head.places;
    Line heads = head.sheet.rows().get(head.at);
    this.ignored =
        heads.cells().stream()
            .filter(cell -> !cell.isEmpty())
            .map(Cell::text)
            .filter(text -> columns.stream().noneMatch(column -> column.isUnder(text)))
            .toList();
    this.rows =
        head.sheet.rows().stream()
            .skip(head.at + 1L)
            .map(Row::new)
            .filter(row -> places.keySet().stream().anyMatch(id -> !row.cell(id).isEmpty()))
            .toList();
  }

  /**
   * Finds these columns in a file, or throws 422 {@code sheet-no-head} if a needed one is nowhere,
   * {@code sheet-column-twice} if one is there twice.
   *
   * @param file as {@link Sheets#read} gives it
   * @param language of the heads that the refusal names
   */
  static Table of(List<Sheet> file, List<Column> columns, Language language) {
    Head best = null;
    for (Sheet sheet : file) {
      for (int at = 0; at < Math.min(HEAD_WITHIN, sheet.rows().size()); at++) {
        Head head = head(sheet, at, columns, language);
        if (best == null || isBetter(head, best)) {
          best = head;
        }
      }
    }
    if (best == null || !best.missing.isEmpty()) {
      throw Problem.of(422, "sheet-no-head", "columns", missing(best, columns, language)).raise();
    }
    return new Table(best, columns);
  }

  private static boolean isBetter(Head head, Head than) {
    return head.missing.size() != than.missing.size()
        ? head.missing.size() < than.missing.size()
        : head.places.size() > than.places.size();
  }

  private static Head head(Sheet sheet, int at, List<Column> columns, Language language) {
    List<Cell> cells = sheet.rows().get(at).cells();
    Map<String, Integer> places = new HashMap<>();
    List<Column> twice = new ArrayList<>();
    for (int place = 0; place < cells.size(); place++) {
      String text = cells.get(place).text();
      Column found =
          text.isEmpty()
              ? null
              : columns.stream().filter(c -> c.isUnder(text)).findFirst().orElse(null);
      if (found != null && places.putIfAbsent(found.id(), place) != null) {
        twice.add(found);
      }
    }
    List<Column> missing =
        columns.stream().filter(c -> c.needed() && !places.containsKey(c.id())).toList();
    if (missing.isEmpty() && !twice.isEmpty()) {
      throw Problem.of(422, "sheet-column-twice", "columns", heads(twice, language)).raise();
    }
    return new Head(sheet, at, places, missing);
  }

  private static String missing(@Nullable Head best, List<Column> columns, Language language) {
    return heads(
        best == null ? columns.stream().filter(Column::needed).toList() : best.missing, language);
  }

  private static String heads(List<Column> columns, Language language) {
    return columns.stream()
        .map(column -> column.head(language))
        .distinct()
        .collect(Collectors.joining(language == Language.EN ? ", " : "、"));
  }

  /** Whether the file has the column. */
  public boolean has(String column) {
    return places.containsKey(column);
  }

  /** Heads that are none of the columns, as they stand. */
  public List<String> ignored() {
    return ignored;
  }

  /** Rows with something under at least one of the heads, in their order. */
  public List<Row> rows() {
    return rows;
  }
}
