package foyer.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.PolicyVersion.Setting;
import foyer.sql.Sql;
import foyer.wire.Json;
import foyer.wire.Level;
import foyer.wire.Names;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue in memory, read again whenever its revision in the database is another. Safe for
 * use by many threads.
 */
public final class Catalogues {

  private static final String REVISION = "SELECT revision FROM catalogue_revision";

  private static final String SITES =
      """
      SELECT s.id, s.name_zh, s.name_en, s.zone, h.weekday,
             (extract(epoch FROM h.opens) / 60)::int AS opens, (extract(epoch FROM h.closes) / 60)::int AS closes
      FROM site s LEFT JOIN opening_hours h ON h.site_id = s.id
      ORDER BY s.position, s.id, h.weekday""";

  private static final String SPECIAL_DAYS =
      """
      SELECT site_id, day, name_zh, name_en,
             (extract(epoch FROM opens) / 60)::int AS opens, (extract(epoch FROM closes) / 60)::int AS closes
      FROM special_day""";

  private static final String TYPES =
      "SELECT id, policy_id, name_zh, name_en, reception, level, priority FROM meeting_type ORDER BY position, id";

  private static final String DEPARTMENTS =
      "SELECT id, name_zh, name_en, policy_id, parent_id, head_id FROM department WHERE removed_at IS NULL ORDER BY position, id";

  private static final String POLICIES =
      "SELECT id, name_zh, name_en, owner FROM policy ORDER BY position, id";

  private static final String VERSIONS =
      """
      SELECT v.id, v.policy_id, v.version, v.effective_from, v.withdrawn_at IS NOT NULL AS withdrawn,
             (SELECT jsonb_agg(jsonb_build_object('name', p.name, 'value', p.value, 'clause', p.clause))::text
              FROM policy_parameter p WHERE p.policy_version_id = v.id) AS parameters
      FROM policy_version v
      ORDER BY v.id""";

  private final Pool pool;
  private volatile @Nullable Catalogue latest;

  /** A catalogue that is read when it is first asked for. */
  public Catalogues(Pool pool) {
    this.pool = pool;
  }

  /** The catalogue of that revision or a later one, from a virtual thread. */
  public Catalogue at(long revision) {
    Catalogue kept = latest;
    return kept != null && kept.revision() >= revision ? kept : load().await();
  }

  /** The catalogue as last read, or read now; from a virtual thread. */
  public Catalogue present() {
    return at(0);
  }

  /**
   * The catalogue as last read; throws {@link IllegalStateException} before it was read for the
   * first time.
   */
  public Catalogue latest() {
    Catalogue kept = latest;
    if (kept == null) {
      throw new IllegalStateException("the catalogue has not been read yet");
    }
    return kept;
  }

  /** Reads the catalogue anew; on the event loop. */
  public Future<Catalogue> load() {
    return pool.withTransaction(
            connection ->
                connection
                    .query("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    .execute()
                    .compose(ready -> read(connection)))
        .onSuccess(read -> latest = read);
  }

  private static Future<Catalogue> read(SqlClient client) {
    Future<RowSet<Row>> revision = Sql.send(client, REVISION);
    Future<RowSet<Row>> sites = Sql.send(client, SITES);
    Future<RowSet<Row>> days = Sql.send(client, SPECIAL_DAYS);
    Future<RowSet<Row>> types = Sql.send(client, TYPES);
    Future<RowSet<Row>> departments = Sql.send(client, DEPARTMENTS);
    Future<RowSet<Row>> policies = Sql.send(client, POLICIES);
    Future<RowSet<Row>> versions = Sql.send(client, VERSIONS);
    return Future.all(List.of(revision, sites, days, types, departments, policies, versions))
        .map(
            all ->
                new Catalogue(
                    revision.result().iterator().next().getLong("revision"),
                    sites(sites.result(), specialDays(days.result())),
                    byId(types.result(), Catalogues::type, MeetingType::id),
                    byId(departments.result(), Catalogues::department, Department::id),
                    byId(policies.result(), Catalogues::policy, Policy::id),
                    Sql.map(versions.result(), Catalogues::version)));
  }

  private static Map<String, Map<LocalDate, SpecialDay>> specialDays(RowSet<Row> rows) {
    Map<String, Map<LocalDate, SpecialDay>> bySite = new HashMap<>();
    for (Row row : rows) {
      SpecialDay day = SiteRows.specialDay(row);
      bySite.computeIfAbsent(row.getString("site_id"), none -> new HashMap<>()).put(day.day(), day);
    }
    return bySite;
  }

  private static Map<String, Site> sites(
      RowSet<Row> rows, Map<String, Map<LocalDate, SpecialDay>> special) {
    Map<String, Row> first = new LinkedHashMap<>();
    Map<String, Map<Integer, Hours>> hours = new HashMap<>();
    for (Row row : rows) {
      String id = row.getString("id");
      first.putIfAbsent(id, row);
      Map<Integer, Hours> ofSite = hours.computeIfAbsent(id, none -> new HashMap<>());
      Integer weekday = row.getInteger("weekday");
      if (weekday != null) {
        ofSite.put(weekday, new Hours(row.getInteger("opens"), row.getInteger("closes")));
      }
    }
    Map<String, Site> sites = new LinkedHashMap<>();
    first.forEach(
        (id, row) -> {
          ZoneId zone = ZoneId.of(row.getString("zone"));
          Map<LocalDate, SpecialDay> days = special.getOrDefault(id, Map.of());
          OpeningHours week = new OpeningHours(zone, hours.getOrDefault(id, Map.of()), days);
          sites.put(id, new Site(id, names(row), zone, week));
        });
    return sites;
  }

  private static MeetingType type(Row row) {
    return new MeetingType(
        row.getString("id"),
        row.getString("policy_id"),
        names(row),
        row.getBoolean("reception"),
        Level.of(row.getString("level")),
        row.getString("priority"));
  }

  private static Department department(Row row) {
    return new Department(
        row.getString("id"),
        names(row),
        row.getString("policy_id"),
        row.getString("parent_id"),
        row.getLong("head_id"));
  }

  private static Policy policy(Row row) {
    return new Policy(row.getString("id"), names(row), row.getString("owner"));
  }

  private static PolicyVersion version(Row row) {
    return new PolicyVersion(
        row.getLong("id"),
        row.getString("policy_id"),
        row.getInteger("version"),
        Sql.instant(row, "effective_from"),
        row.getBoolean("withdrawn"),
        settings(row.getString("parameters")));
  }

  /** What a version sets; a name that this program does not know is a later one's. */
  private static Map<Parameter, Setting> settings(@Nullable String json) {
    Map<Parameter, Setting> settings = new EnumMap<>(Parameter.class);
    if (json != null) {
      for (JsonNode row : Json.read(json.getBytes(StandardCharsets.UTF_8), JsonNode.class)) {
        Parameter.of(row.path("name").asText())
            .ifPresent(parameter -> settings.put(parameter, setting(row)));
      }
    }
    return settings;
  }

  private static Setting setting(JsonNode row) {
    JsonNode value = row.path("value");
    List<Integer> numbers = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(number -> numbers.add(number.asInt()));
    } else {
      numbers.add(value.asInt());
    }
    return new Setting(numbers, row.path("clause").textValue());
  }

  private static <T> Map<String, T> byId(
      RowSet<Row> rows, Function<Row, T> mapper, Function<T, String> id) {
    Map<String, T> byId = new LinkedHashMap<>();
    List<T> all = Sql.map(rows, mapper);
    all.forEach(value -> byId.put(id.apply(value), value));
    return byId;
  }

  private static Names names(Row row) {
    return new Names(row.getString("name_zh"), row.getString("name_en"));
  }
}
