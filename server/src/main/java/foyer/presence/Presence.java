package foyer.presence;

import foyer.api.Caller;
import foyer.api.Once;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.org.KioskPins;
import foyer.org.Person;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Tries;
import foyer.presence.Registration.Own;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Level;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Who is in the building. Staff register at the kiosk once a day and site; it is no sign-in to a
 * meeting, which F-2.2.1 wants in the room.
 */
final class Presence {

  private static final int MOST_MEETINGS = 20;
  private static final int MOST_PEOPLE = 500;
  private static final int TRIES_AT_A_NUMBER = 5;

  /** A lobby has many people and few mistakes; whoever guesses at a kiosk is slow after these. */
  private static final int TRIES_AT_A_KIOSK = 30;

  private static final String BY_BADGE =
      """
      SELECT id, staff_number, name_zh, name_en, email, department_id
      FROM person WHERE badge_code = $1 AND left_at IS NULL""";

  private static final String TODAY =
      """
      SELECT app_now() AS now, s.zone, (app_now() AT TIME ZONE s.zone)::date AS day,
        (SELECT p.came_at FROM presence p
         WHERE p.person_id = $2 AND p.site_id = s.id AND p.day = (app_now() AT TIME ZONE s.zone)::date) AS came_at
      FROM site s WHERE s.id = $1""";

  private static final String MEETINGS =
      """
      SELECT lower(b.during) AS start_at, upper(b.during) AS end_at, b.level, b.subject,
             r.name_zh, r.name_en, r.building_zh, r.building_en, r.floor,
             r.site_id <> k.id AS elsewhere, s.name_zh AS site_zh, s.name_en AS site_en, count(*) OVER () AS all_of_them
      FROM site k
      JOIN booking b ON b.during && tstzrange(app_now(), ((app_now() AT TIME ZONE k.zone)::date + 1)::timestamp AT TIME ZONE k.zone)
      JOIN room r ON r.id = b.room_id
      JOIN site s ON s.id = r.site_id
      WHERE k.id = $1 AND b.status IN ('held', 'confirmed')
        AND b.id IN (
          SELECT c.id FROM booking c WHERE c.convener_id = $2
          UNION SELECT a.booking_id FROM booking_attendee a WHERE a.person_id = $2)
      ORDER BY lower(b.during), b.id
      LIMIT $3""";

  private static final String REGISTER =
      """
      INSERT INTO presence (person_id, site_id, device_id, day, came_at, by) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT ON CONSTRAINT presence_once_a_day DO NOTHING""";

  private static final String PRESENT =
      """
      SELECT p.staff_number, p.name_zh, p.name_en, d.name_zh AS department_zh, d.name_en AS department_en,
             e.came_at, e.by, e.day, count(*) OVER () AS all_of_them
      FROM presence e
      JOIN site s ON s.id = e.site_id
      JOIN person p ON p.id = e.person_id
      JOIN department d ON d.id = p.department_id
      WHERE e.site_id = $1 AND e.day = (app_now() AT TIME ZONE s.zone)::date
      ORDER BY e.came_at DESC, e.id DESC
      LIMIT $2""";

  private static final String DAY =
      "SELECT (app_now() AT TIME ZONE zone)::date AS day FROM site WHERE id = $1";

  private final Pool pool;
  private final KioskPins pins;
  private final Tries tries;
  private final Rights rights;

  /** How somebody says who they are. */
  sealed interface Said {
    /** A badge that a reader has read. */
    record Badge(String code) implements Said {}

    /** A staff number, which everybody may know, with a PIN, which nobody else does. */
    record Pin(String staffNumber, String pin) implements Said {}
  }

  /** Those who registered at a site today, the latest first. */
  record Present(LocalDate day, List<Here> people, int more) {}

  /** Somebody who registered. */
  record Here(String staffNumber, Names name, Names department, Instant cameAt, String by) {}

  private record Today(Instant now, String zone, LocalDate day, @Nullable Instant cameAt) {}

  private record Found<T>(List<T> first, int more) {}

  Presence(Pool pool, KioskPins pins, Rights rights) {
    this.pool = pool;
    this.pins = pins;
    this.tries = new Tries(pool);
    this.rights = rights;
  }

  /**
   * Registers whoever says this at a kiosk, from a virtual thread. Whoever is not made out hears
   * one and the same: 422 {@code not-recognised}, and 429 {@code too-many-tries} after five at one
   * staff number, whether there is one or not, and after thirty at one kiosk.
   */
  Registration register(Caller.Device kiosk, Said said, Once once) {
    rights.require("register-presence", kiosk, Relation.toSite(kiosk.site()), "");
    String site = Objects.requireNonNull(kiosk.site());
    Person person = recognised(kiosk, said).orElseThrow(Presence::notRecognised);
    String by = said instanceof Said.Badge ? "badge" : "pin";
    Read<Today> today = Read.of(TODAY, Presence::today, site, person.id());
    Read<Found<Own>> meetings =
        Read.of(MEETINGS, Presence::meetings, site, person.id(), MOST_MEETINGS);
    return Tx.run(
        pool,
        List.of(once.read(), today, meetings),
        tx -> {
          once.firstTime(tx);
          Today now = tx.get(today);
          Instant cameAt = now.cameAt();
          boolean before = cameAt != null;
          if (cameAt == null) {
            cameAt = now.now();
            tx.write(REGISTER, person.id(), site, kiosk.id(), now.day(), cameAt, by);
            Audit.write(
                tx,
                cameAt,
                new Audit.Entry(
                    kiosk.word(), "register presence", "person:" + person.id(), List.of(by)));
          }
          Found<Own> own = tx.get(meetings);
          Registration answer =
              new Registration(
                  PresenceRules.masked(person.name()),
                  cameAt,
                  before,
                  now.zone(),
                  own.first(),
                  own.more());
          once.keep(tx, now.now(), 200, answer);
          return answer;
        });
  }

  /** Who registered at the site today; at most 500, the latest. */
  Present present(Caller caller, String site) {
    rights.require("presence", caller, Relation.toSite(site), "");
    LocalDate day =
        Sql.list(pool, DAY, row -> row.getLocalDate("day"), site).stream()
            .findFirst()
            .orElseThrow(() -> Problem.of(404, "no-such-site").raise());
    Found<Here> here = found(Sql.rows(pool, PRESENT, site, MOST_PEOPLE), Presence::here);
    return new Present(day, here.first(), here.more());
  }

  /** Tries are counted before anything is looked at, and alike whether there is such a person. */
  private Optional<Person> recognised(Caller.Device kiosk, Said said) {
    return switch (said) {
      case Said.Badge(String code) -> {
        String counted = kiosk.word() + " badges";
        tries.count("badge", counted, TRIES_AT_A_KIOSK);
        Optional<Person> person =
            Sql.list(pool, BY_BADGE, Presence::person, code.toUpperCase(Locale.ROOT)).stream()
                .findFirst();
        person.ifPresent(known -> tries.forget(counted));
        yield person;
      }
      case Said.Pin(String staffNumber, String pin) -> {
        String number = "number " + hash(staffNumber.toLowerCase(Locale.ROOT)) + " at kiosks";
        String here = kiosk.word() + " pins";
        tries.count("pin", here, TRIES_AT_A_KIOSK);
        tries.count("pin", number, TRIES_AT_A_NUMBER);
        Optional<Person> person = pins.check(staffNumber, pin);
        person.ifPresent(
            known -> {
              tries.forget(number);
              tries.forget(here);
            });
        yield person;
      }
    };
  }

  private static RuntimeException notRecognised() {
    return Problem.of(422, "not-recognised").raise();
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Person person(Row row) {
    return new Person(
        row.getLong("id"),
        row.getString("staff_number"),
        names(row, "name"),
        row.getString("email"),
        row.getString("department_id"));
  }

  private static Today today(RowSet<Row> rows) {
    Row row = rows.iterator().next();
    return new Today(
        Sql.instant(row, "now"),
        row.getString("zone"),
        row.getLocalDate("day"),
        Sql.instantOrNull(row, "came_at"));
  }

  private static Found<Own> meetings(RowSet<Row> rows) {
    return found(
        rows,
        row -> {
          Level level = Level.of(row.getString("level"));
          return new Own(
              Sql.instant(row, "start_at"),
              Sql.instant(row, "end_at"),
              level,
              level == Level.INTERNAL ? row.getString("subject") : null,
              names(row, "name"),
              names(row, "building"),
              row.getString("floor"),
              row.getBoolean("elsewhere") ? names(row, "site") : null);
        });
  }

  private static Here here(Row row) {
    return new Here(
        row.getString("staff_number"),
        names(row, "name"),
        names(row, "department"),
        Sql.instant(row, "came_at"),
        row.getString("by"));
  }

  private static Names names(Row row, String column) {
    return new Names(row.getString(column + "_zh"), row.getString(column + "_en"));
  }

  private static <T> Found<T> found(RowSet<Row> rows, Function<Row, T> mapper) {
    List<T> first = Sql.map(rows, mapper);
    int all = first.isEmpty() ? 0 : rows.iterator().next().getInteger("all_of_them");
    return new Found<>(first, all - first.size());
  }
}
