package foyer.org;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** The table of rights as this test reads it, apart from how the server does. */
record RightsTable(String text, Map<String, Map<String, String>> cells) {

  /** The table of this program. */
  static RightsTable load() {
    try (var in = Rights.class.getResourceAsStream("/org/rights.csv")) {
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RightsTable of(String text) {
    Map<String, Map<String, String>> cells = new LinkedHashMap<>();
    try (CSVParser lines =
        CSVParser.parse(
            text, CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      lines.forEach(line -> cells.put(line.get("row"), line.toMap()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new RightsTable(text, cells);
  }

  /** The same with one cell changed. */
  RightsTable with(String row, String column, String cell) {
    List<String> heads = List.of(text.lines().findFirst().orElseThrow().split(","));
    StringBuilder changed = new StringBuilder();
    for (String line : text.lines().toList()) {
      if (line.startsWith(row + ",")) {
        String[] parts = line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1);
        parts[heads.indexOf(column)] = cell;
        changed.append(String.join(",", parts)).append('\n');
      } else {
        changed.append(line).append('\n');
      }
    }
    return of(changed.toString());
  }

  String cell(String row, String column) {
    return cells.get(row).get(column);
  }

  /**
   * The best that the table says: {@code yes}, {@code reason}, {@code masked} or {@code no}.
   *
   * @param columns what the caller is to the thing
   * @param scopes which of O, D and M the thing fulfils for the caller
   */
  String verdict(String row, Set<String> columns, Set<String> scopes) {
    List<String> order = List.of("yes", "reason", "masked", "no");
    int best = 3;
    for (String column : columns) {
      String cell = cell(row, column);
      String scope = cell.substring(0, 1);
      boolean bare = scope.equals("m");
      if (cell.equals("-") || !(bare || scope.equals("A") || scopes.contains(column + scope))) {
        continue;
      }
      String word = cell.endsWith("m") ? "masked" : cell.endsWith("R") ? "reason" : "yes";
      best = Math.min(best, order.indexOf(word));
    }
    return order.get(best);
  }
}
