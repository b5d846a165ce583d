package foyer.catalogue;

import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.SiteRefusal.Booked;
import foyer.catalogue.SiteView.DayHours;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Names;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reads one site, with all that a change of it has to look at. */
final class SiteRows {

  private static final String SITE =
      """
      SELECT s.id, s.name_zh, s.name_en, s.zone, s.position, s.version, app_now() AS now,
             (SELECT count(*)::int FROM room r WHERE r.site_id = s.id AND r.removed_at IS NULL) AS rooms
      FROM site s
      WHERE s.id = $1""";

  private static final String LOCKED = SITE + " FOR UPDATE OF s";

  private static final String HOURS =
      """
      SELECT weekday, (extract(epoch FROM opens) / 60)::int AS opens, (extract(epoch FROM closes) / 60)::int AS closes
      FROM opening_hours
      WHERE site_id = $1
      ORDER BY weekday""";

  private static final String DAYS =
      """
      SELECT day, name_zh, name_en,
             (extract(epoch FROM opens) / 60)::int AS opens, (extract(epoch FROM closes) / 60)::int AS closes
      FROM special_day
      WHERE site_id = $1 AND ($2::int IS NULL OR extract(year FROM day) = $2)
      ORDER BY day""";

  private static final String BOOKED =
      """
      SELECT b.id, b.room_id, r.name_zh, r.name_en, lower(b.during) AS start_at, upper(b.during) AS end_at
      FROM booking b
      JOIN room r ON r.id = b.room_id
      WHERE r.site_id = $1 AND b.status IN ('requested', 'held', 'confirmed') AND b.ended_at IS NULL
        AND upper(b.during) > (SELECT app_now())
      ORDER BY lower(b.during), b.id""";

  private static final String KNOWN_ZONE = "SELECT name FROM pg_timezone_names WHERE name = $1";

  private SiteRows() {}

  /**
   * A site without its hours.
   *
   * @param now PostgreSQL's clock
   */
  record Stored(
      String id, Names name, String zone, int position, int rooms, int version, Instant now) {

    SiteView with(List<DayHours> hours) {
      return new SiteView(id, name, zone, position, hours, rooms, version);
    }
  }

  static Read<Optional<Stored>> site(String id) {
    return Read.of(SITE, SiteRows::stored, id);
  }

  /** The same, which nobody else changes until the transaction ends. */
  static Read<Optional<Stored>> locked(String id) {
    return Read.of(LOCKED, SiteRows::stored, id);
  }

  static Read<List<DayHours>> hours(String id) {
    return Read.of(HOURS, rows -> Sql.map(rows, SiteRows::dayHours), id);
  }

  /** All special days of a site, by date. */
  static Read<List<SpecialDay>> days(String id) {
    return Read.of(DAYS, rows -> Sql.map(rows, SiteRows::specialDay), id, null);
  }

  /** The special days of a year, by date. */
  static Read<List<SpecialDay>> days(String id, int year) {
    return Read.of(DAYS, rows -> Sql.map(rows, SiteRows::specialDay), id, year);
  }

  /** What is booked at the site and has not ended, by start. */
  static Read<List<Booked>> booked(String id) {
    return Read.of(BOOKED, rows -> Sql.map(rows, SiteRows::booked), id);
  }

  /** Whether PostgreSQL knows the zone. */
  static Read<Boolean> knowsZone(String zone) {
    return Read.of(KNOWN_ZONE, rows -> rows.size() > 0, zone);
  }

  static SpecialDay specialDay(Row row) {
    LocalDate day = row.getLocalDate("day");
    Integer opens = row.getInteger("opens");
    Hours hours = opens == null ? null : new Hours(opens, row.getInteger("closes"));
    return new SpecialDay(day, names(row), hours);
  }

  private static Optional<Stored> stored(RowSet<Row> rows) {
    return Sql.map(
            rows,
            row ->
                new Stored(
                    row.getString("id"),
                    names(row),
                    row.getString("zone"),
                    row.getInteger("position"),
                    row.getInteger("rooms"),
                    row.getInteger("version"),
                    Sql.instant(row, "now")))
        .stream()
        .findFirst();
  }

  private static DayHours dayHours(Row row) {
    Hours hours = new Hours(row.getInteger("opens"), row.getInteger("closes"));
    return new DayHours(row.getInteger("weekday"), hours.opensText(), hours.closesText());
  }

  private static Booked booked(Row row) {
    return new Booked(
        row.getLong("id"),
        row.getString("room_id"),
        names(row),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "end_at"));
  }

  private static Names names(Row row) {
    return new Names(row.getString("name_zh"), row.getString("name_en"));
  }
}
