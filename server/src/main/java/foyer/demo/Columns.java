package foyer.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Many rows for one statement, which gets an array for each column. */
final class Columns {

  private final List<String> types;
  private final List<List<@Nullable Object>> columns = new ArrayList<>();

  /**
   * @param types PostgreSQL's type of each column's values
   */
  Columns(String... types) {
    this.types = List.of(types);
    this.types.forEach(type -> columns.add(new ArrayList<>()));
  }

  void row(@Nullable Object... values) {
    for (int i = 0; i < values.length; i++) {
      columns.get(i).add(values[i]);
    }
  }

  /** Runs a statement whose parameters are the columns. */
  void send(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < types.size(); i++) {
        statement.setArray(i + 1, connection.createArrayOf(types.get(i), columns.get(i).toArray()));
      }
      statement.executeUpdate();
    }
  }
}
