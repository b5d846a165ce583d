package foyer.sheet;

import foyer.api.Language;
import foyer.api.Problem;
import foyer.sheet.Sheet.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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

  private record Head(
      Sheet sheet, int at, Map<String, Integer> places, List<Column> missing, List<Column> twice) {}

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

  private Table(Head head) {
    this.places = head.places;
    List<Cell> heads = head.sheet.rows().get(head.at).cells();
    this.ignored =
        IntStream.range(0, heads.size())
            .filter(place -> !heads.get(place).isEmpty() && !places.containsValue(place))
            .mapToObj(place -> heads.get(place).text())
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
    Map<String, List<String>> heads =
        columns.stream().collect(Collectors.toMap(Column::id, Column::heads));
    Head best = null;
    for (Sheet sheet : file) {
      for (int at = 0; at < Math.min(HEAD_WITHIN, sheet.rows().size()); at++) {
        Head head = head(sheet, at, columns, heads);
        if (best == null || isBetter(head, best)) {
          best = head;
        }
      }
    }
    if (best == null || !best.missing.isEmpty() || best.places.isEmpty()) {
      throw Problem.of(422, "sheet-no-head", "columns", missing(best, columns, language)).raise();
    }
    if (!best.twice.isEmpty()) {
      throw Problem.of(422, "sheet-column-twice", "columns", heads(best.twice, language)).raise();
    }
    return new Table(best);
  }

  private static boolean isBetter(Head head, Head than) {
    return head.missing.size() != than.missing.size()
        ? head.missing.size() < than.missing.size()
        : head.places.size() > than.places.size();
  }

  private static Head head(
      Sheet sheet, int at, List<Column> columns, Map<String, List<String>> heads) {
    List<String> cells =
        sheet.rows().get(at).cells().stream().map(cell -> Column.plain(cell.text())).toList();
    Map<String, Integer> places = new HashMap<>();
    List<Column> twice = new ArrayList<>();
    for (Column column : columns) {
      for (String head : heads.getOrDefault(column.id(), List.of())) {
        int place = cells.indexOf(head);
        if (place >= 0) {
          places.put(column.id(), place);
          if (cells.lastIndexOf(head) != place) {
            twice.add(column);
          }
          break;
        }
      }
    }
    List<Column> missing =
        columns.stream().filter(c -> c.needed() && !places.containsKey(c.id())).toList();
    return new Head(sheet, at, places, missing, twice);
  }

  private static String missing(@Nullable Head best, List<Column> columns, Language language) {
    List<Column> missing =
        best == null ? columns.stream().filter(Column::needed).toList() : best.missing;
    return heads(missing.isEmpty() ? columns.subList(0, 1) : missing, language);
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
