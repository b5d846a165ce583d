package foyer.bench;

import foyer.api.Once;
import foyer.audit.Audit;
import foyer.bench.House.Slot;
import foyer.booking.Bookings;
import foyer.org.People;
import foyer.room.Rooms;
import foyer.sql.DatabaseAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The same durable booking without a server: a bare loop on connections to the database. */
final class RawBookings {

  /** Lock and revision, booking, audit entry and idempotency record in one statement, one trip. */
  private static final String ONE_STATEMENT =
      """
      WITH opened AS (
        UPDATE room SET revision = revision + 1 WHERE id = $1 AND removed_at IS NULL RETURNING id),
      made AS (
        INSERT INTO booking (id, room_id, during, occupied, zone, local_start, local_end, status, subject, goal, meeting_type_id,
                             level, priority, convener_id, department_id, head_count, policy_version_id, source, made_at, changed_at, booker_id)
        SELECT nextval('booking_id_seq'), opened.id, tstzrange($2, $3), tstzrange($2, $3), 'Asia/Shanghai', $4, $5, 'confirmed',
               '季度复盘', '', 'regular', 'internal', 'normal', 1, 'sales', 6, 1, 'console', app_now(), app_now(), 1
        FROM opened
        RETURNING id, made_at),
     told AS (
        INSERT INTO audit_entry (at, actor, action, object, fields, reason)
        SELECT made_at, 'person:1', 'book', 'booking:' || id, '{}', '' FROM made)
      INSERT INTO idempotency_record (caller, key, request_hash, status, body, made_at)
      SELECT 'bench', $6, $7, 201, $8, made_at FROM made""";

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Buffer HASH = Buffer.buffer(new byte[32]);
  private static final String ANSWER = "x".repeat(500);

  private final String open = statement(Rooms.class, "OPEN_FOR_CHANGE");
  private final String find = statement(Once.class, "FIND");
  private final String keep = statement(Once.class, "KEEP");
  private final String near = statement(Bookings.class, "NEAR");
  private final String nextId = statement(Bookings.class, "NEXT_ID");
  private final String insert = statement(Bookings.class, "INSERT");
  private final String audit = statement(Audit.class, "INSERT");
  private final String people = statement(People.class, "BY_STAFF_NUMBER");
  private final List<PgConnection> connections = new ArrayList<>();

  private RawBookings() {}

  /** A loop on that many connections, set up as the server's are. */
  static Future<RawBookings> connect(Vertx vertx, DatabaseAddress database, int connections) {
    PgConnectOptions options =
        new PgConnectOptions()
            .setHost(database.host())
            .setPort(database.port())
            .setDatabase(database.database())
            .setUser(database.user())
            .setPassword(database.password())
            .setCachePreparedStatements(true)
            .setPipeliningLimit(16);
    RawBookings raw = new RawBookings();
    List<Future<PgConnection>> opened = new ArrayList<>();
    for (int i = 0; i < connections; i++) {
      opened.add(PgConnection.connect(vertx, options).onSuccess(raw.connections::add));
    }
    return Future.all(opened).map(raw);
  }

  Future<?> close() {
    return Future.all(connections.stream().map(PgConnection::close).toList());
  }

  /** The server's own statements, in its two trips. */
  Future<?> inTwoTrips(int worker, Slot slot) {
    PgConnection connection = connections.get(worker);
    String key = UUID.randomUUID().toString();
    OffsetDateTime start = slot.start().atOffset(ZoneOffset.UTC);
    OffsetDateTime end = slot.end().atOffset(ZoneOffset.UTC);
    Future<?> begin = connection.query("BEGIN").execute();
    Future<?> opened = connection.preparedQuery(open).execute(Tuple.of(slot.room()));
    Future<?> found = connection.preparedQuery(find).execute(Tuple.of("bench", key));
    Future<?> nearby =
        connection.preparedQuery(near).execute(Tuple.of(slot.room(), start.minusHours(4), end));
    Future<Long> id =
        connection
            .preparedQuery(nextId)
            .execute()
            .map(rows -> rows.iterator().next().getLong("id"));
    Future<?> known =
        connection.preparedQuery(people).execute(Tuple.of((Object) new String[] {"1001"}));
    return Future.all(List.of(begin, opened, found, nearby, id, known))
        .compose(asked -> write(connection, slot, id.result(), key));
  }

  /** All in one statement. */
  Future<?> inOneStatement(int worker, Slot slot) {
    return connections
        .get(worker)
        .preparedQuery(ONE_STATEMENT)
        .execute(
            Tuple.of(
                slot.room(),
                slot.start().atOffset(ZoneOffset.UTC),
                slot.end().atOffset(ZoneOffset.UTC),
                local(slot.start().atOffset(ZoneOffset.UTC)),
                local(slot.end().atOffset(ZoneOffset.UTC)),
                UUID.randomUUID().toString(),
                HASH,
                ANSWER));
  }

  private Future<?> write(PgConnection connection, Slot slot, long id, String key) {
    OffsetDateTime start = slot.start().atOffset(ZoneOffset.UTC);
    OffsetDateTime end = slot.end().atOffset(ZoneOffset.UTC);
    OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
    Tuple booking = Tuple.tuple();
    booking.addLong(id).addString(slot.room());
    booking.addValue(start).addValue(end).addValue(start);
    booking.addString(ZONE.getId()).addValue(local(start)).addValue(local(end));
    booking.addString("季度复盘").addString("").addString("regular").addString("internal");
    booking.addString("normal").addLong(1L).addString("sales").addInteger(6).addLong(1L);
    booking.addValue(null).addString("console").addValue(now).addValue(null);
    booking.addLong(1L);
    Future<?> written = connection.preparedQuery(insert).execute(booking);
    Tuple entry = Tuple.of(now, "person:1", "book", "booking:" + id, new String[0], "");
    Future<?> told = connection.preparedQuery(audit).execute(entry);
    Future<?> kept =
        connection.preparedQuery(keep).execute(Tuple.of("bench", key, HASH, 201, ANSWER, now));
    Future<?> committed = connection.query("COMMIT").execute();
    return Future.all(written, told, kept, committed);
  }

  private static LocalDateTime local(OffsetDateTime instant) {
    return LocalDateTime.ofInstant(instant.toInstant(), ZONE);
  }

  /** Read from the class that sends it, so that both sides send the same. */
  private static String statement(Class<?> owner, String name) {
    try {
      var field = owner.getDeclaredField(name);
      field.setAccessible(true);
      return String.valueOf(field.get(null));
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(owner + " has no statement " + name, e);
    }
  }
}
