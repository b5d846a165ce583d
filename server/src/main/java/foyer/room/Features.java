package foyer.room;

import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Row;
import java.util.List;

/**
 * What rooms can have.
 *
 * @param equipment kinds, in their order
 * @param layouts ways in which chairs can stand (F-4.2.1), in their order
 */
public record Features(List<Feature> equipment, List<Feature> layouts) {

  private static final String ALL =
      """
      SELECT 'equipment' AS kind, code, name_zh, name_en, position FROM equipment
      UNION ALL
      SELECT 'layout', code, name_zh, name_en, position FROM layout
      ORDER BY kind, position, code""";

  public Features {
    equipment = List.copyOf(equipment);
    layouts = List.copyOf(layouts);
  }

  /** A kind of equipment, or a layout. */
  public record Feature(String code, Names name) {}

  private record Found(String kind, Feature feature) {}

  /** All that there are; to be asked along with other questions. */
  public static Read<Features> read() {
    return Read.of(
        ALL,
        rows -> {
          List<Found> found = Sql.map(rows, Features::found);
          return new Features(of(found, "equipment"), of(found, "layout"));
        });
  }

  boolean hasEquipment(String code) {
    return equipment.stream().anyMatch(feature -> feature.code().equals(code));
  }

  boolean hasLayout(String code) {
    return layouts.stream().anyMatch(feature -> feature.code().equals(code));
  }

  private static List<Feature> of(List<Found> found, String kind) {
    return found.stream().filter(f -> f.kind().equals(kind)).map(Found::feature).toList();
  }

  private static Found found(Row row) {
    Names name = new Names(row.getString("name_zh"), row.getString("name_en"));
    return new Found(row.getString("kind"), new Feature(row.getString("code"), name));
  }
}
