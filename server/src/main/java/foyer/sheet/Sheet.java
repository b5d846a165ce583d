package foyer.sheet;

import java.util.List;

/**
 * One sheet of a file.
 *
 * @param rows in which something stands
 */
record Sheet(List<Line> rows) {

  /**
   * A row.
   *
   * @param number as the program shows it in which the file is looked at, from 1
   */
  record Line(int number, List<Cell> cells) {

    Cell cell(int column) {
      return column < cells.size() ? cells.get(column) : Cell.EMPTY;
    }
  }
}
