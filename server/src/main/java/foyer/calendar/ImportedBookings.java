package foyer.calendar;

import com.fasterxml.jackson.core.type.TypeReference;
import foyer.catalogue.PolicyInForce;
import foyer.catalogue.PolicyVersion;
import foyer.org.Person;
import foyer.room.RoomTx;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.wire.Json;
import foyer.wire.Level;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rows of bookings that come from other calendars and go into them. */
final class ImportedBookings {

  private static final String CALLED_OFF = "import";

  private static final String NOW = "SELECT app_now() AS now";

  private static final String NEXT_IDS =
      "SELECT nextval('booking_id_seq') AS id FROM generate_series(1, $1)";

  private static final String ZONES = "SELECT name FROM pg_timezone_names WHERE name = ANY($1)";

  private static final String KNOWN =
      """
      SELECT id, import_uid, import_recurrence, import_sequence, import_digest,
             lower(during) AS start_at, upper(during) AS end_at, subject,
             status IN ('requested', 'held', 'confirmed') AND ended_at IS NULL AS live,
             status = 'cancelled' AND cancel_reason IS NOT DISTINCT FROM $3 AS called_off
      FROM booking
      WHERE room_id = $1 AND import_uid = ANY($2)
      ORDER BY lower(during), id\
      """;

  private static final String INSERT =
      """
      INSERT INTO booking (id, room_id, during, occupied, zone, local_start, local_end, status, subject, goal,
                           meeting_type_id, level, priority, convener_id, department_id, policy_version_id,
                           second_policy_version_id, source, import_uid, import_recurrence, import_sequence,
                           import_digest, made_at, changed_at)
      VALUES ($1, $2, tstzrange($3, $4), tstzrange($5, $4), $6, $3::timestamptz AT TIME ZONE $6::text, $4::timestamptz AT TIME ZONE $6::text,
              'confirmed', $7, $8, $9, $10, $11, $12, $13, $14, $15, 'import', $16, $17, $18, $19, $20, $20)\
      """;

  private static final String INSERT_ATTENDEES =
      """
      INSERT INTO booking_attendee (booking_id, ordinal, role, person_id, name, email)
      SELECT $1, a.ordinal, a.role, a.person_id, a.name, a.email
      FROM unnest($2::text[], $3::bigint[], $4::text[], $5::text[])
        WITH ORDINALITY AS a (role, person_id, name, email, ordinal)\
      """;

  private static final String DELETE_ATTENDEES =
      "DELETE FROM booking_attendee WHERE booking_id = $1";

  private static final String UPDATE =
      """
      UPDATE booking
      SET during = tstzrange($2, $3), occupied = tstzrange($4, $3), zone = $5,
          local_start = $2::timestamptz AT TIME ZONE $5::text, local_end = $3::timestamptz AT TIME ZONE $5::text,
          status = 'confirmed', subject = $6, goal = $7, level = $8, convener_id = $9, department_id = $10,
          import_sequence = $11, import_digest = $12, cancelled_at = NULL, cancel_reason = NULL,
          changed_at = $13, version = version + 1
      WHERE id = $1\
      """;

  private static final String CANCEL =
      """
      UPDATE booking
      SET status = 'cancelled', cancelled_at = $2, cancel_reason = $3, import_sequence = $4,
          changed_at = $2, version = version + 1
      WHERE id = $1\
      """;

  private static final String EXPORT =
      """
      SELECT b.id, b.import_uid, coalesce(b.import_recurrence, '') AS recurrence,
             coalesce(b.import_sequence, 0) + b.version - 1 AS sequence,
             lower(b.during) AS start_at, upper(b.during) AS end_at, b.zone, b.subject, b.level,
             b.status <> 'confirmed' AS tentative, p.name_zh, p.name_en, p.email,
             (SELECT jsonb_agg(jsonb_build_object('role', a.role, 'name', a.name, 'email', a.email) ORDER BY a.ordinal)::text
              FROM booking_attendee a WHERE a.booking_id = b.id) AS attendees
      FROM booking b LEFT JOIN person p ON p.id = b.convener_id
      WHERE b.room_id = $1 AND b.during && tstzrange($2, $3) AND b.status IN ('requested', 'held', 'confirmed')
      ORDER BY lower(b.during), b.id\
      """;

  private ImportedBookings() {}

  /** Who is in a row of the export. */
  private record Attendee(String role, String name, @Nullable String email) {}

  static Instant now(SqlClient client) {
    return Sql.instant(Sql.rows(client, NOW).iterator().next(), "now");
  }

  /** Which of the zones PostgreSQL knows as Java does. */
  static Set<String> zones(SqlClient client, Collection<String> zones) {
    return new HashSet<>(
        Sql.list(
            client, ZONES, row -> row.getString("name"), (Object) zones.toArray(String[]::new)));
  }

  static Read<List<Long>> nextIds(int count) {
    return Read.of(NEXT_IDS, rows -> Sql.map(rows, row -> row.getLong("id")), count);
  }

  static Read<List<Imported>> known(String room, Collection<String> uids) {
    return Read.of(
        KNOWN,
        rows -> Sql.map(rows, ImportedBookings::imported),
        room,
        uids.toArray(String[]::new),
        CALLED_OFF);
  }

  /** The room's bookings in that time, as those see them who may read internal meetings only. */
  static List<Exported> export(SqlClient client, String room, Instant from, Instant until) {
    return Sql.list(client, EXPORT, ImportedBookings::exported, room, from, until);
  }

  static void insert(
      RoomTx tx, long id, String room, ImportedMeeting meeting, PolicyInForce policy) {
    Found found = meeting.found();
    Person convener = meeting.convener();
    PolicyVersion second = policy.second();
    tx.write(
        INSERT,
        id,
        room,
        found.start(),
        found.end(),
        found.start().minus(Duration.ofMinutes(policy.holdBefore())),
        meeting.zone(),
        meeting.subject(),
        found.description(),
        meeting.type().id(),
        found.level().word(),
        meeting.type().priority(),
        convener == null ? null : convener.id(),
        convener == null ? null : convener.department(),
        policy.first().id(),
        second == null ? null : second.id(),
        found.uid(),
        found.recurrence(),
        found.sequence(),
        Digest.of(found),
        tx.now());
    insertAttendees(tx, id, meeting.attendees());
  }

  static void update(RoomTx tx, long id, ImportedMeeting meeting, PolicyInForce policy) {
    Found found = meeting.found();
    Person convener = meeting.convener();
    tx.write(
        UPDATE,
        id,
        found.start(),
        found.end(),
        found.start().minus(Duration.ofMinutes(policy.holdBefore())),
        meeting.zone(),
        meeting.subject(),
        found.description(),
        found.level().word(),
        convener == null ? null : convener.id(),
        convener == null ? null : convener.department(),
        found.sequence(),
        Digest.of(found),
        tx.now());
    tx.write(DELETE_ATTENDEES, id);
    insertAttendees(tx, id, meeting.attendees());
  }

  static void cancel(RoomTx tx, ImportPlan.Cancelled cancelled) {
    tx.write(CANCEL, cancelled.booking().id(), tx.now(), CALLED_OFF, cancelled.sequence());
  }

  private static void insertAttendees(
      RoomTx tx, long id, List<ImportedMeeting.Attendee> attendees) {
    if (!attendees.isEmpty()) {
      tx.write(
          INSERT_ATTENDEES,
          id,
          attendees.stream().map(a -> a.who().role()).toArray(String[]::new),
          attendees.stream()
              .map(a -> a.person() == null ? null : a.person().id())
              .toArray(Long[]::new),
          attendees.stream().map(a -> a.who().name()).toArray(String[]::new),
          attendees.stream().map(a -> a.who().email()).toArray(String[]::new));
    }
  }

  private static Imported imported(Row row) {
    return new Imported(
        row.getLong("id"),
        row.getString("import_uid"),
        row.getString("import_recurrence"),
        Objects.requireNonNullElse(row.getInteger("import_sequence"), 0),
        Objects.requireNonNullElse(row.getString("import_digest"), ""),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "end_at"),
        row.getString("subject"),
        row.getBoolean("live"),
        row.getBoolean("called_off"));
  }

  private static Exported exported(Row row) {
    Level level = Level.of(row.getString("level"));
    String convener = row.getString("name_zh");
    String json = row.getString("attendees");
    return new Exported(
        row.getLong("id"),
        row.getString("import_uid"),
        row.getString("recurrence"),
        row.getInteger("sequence"),
        Sql.instant(row, "start_at"),
        Sql.instant(row, "end_at"),
        ZoneId.of(row.getString("zone")),
        row.getString("subject"),
        level,
        row.getBoolean("tentative"),
        level == Level.INTERNAL,
        convener == null
            ? null
            : new Participant(
                convener + " " + row.getString("name_en"), row.getString("email"), "required"),
        json == null ? List.of() : attendees(json));
  }

  private static List<Participant> attendees(String json) {
    try {
      return Json.MAPPER.readValue(json, new TypeReference<List<Attendee>>() {}).stream()
          .map(a -> new Participant(a.name, a.email, a.role))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
