package foyer.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Caller;
import foyer.api.Once;
import foyer.api.Problem;
import foyer.api.Role;
import foyer.audit.Audit;
import foyer.org.EntryLinks;
import foyer.org.EntryLinks.Purpose;
import foyer.org.OneSecond;
import foyer.sql.Read;
import foyer.sql.Secrets;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.TopicRights;
import foyer.wire.Topics;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The devices, and what each of them may do at the broker. */
public final class Devices {

  private static final String DEVICE =
      """
      SELECT d.id, d.kind, d.name, d.site_id, d.credential_version, d.made_at, d.revoked_at, d.status ->> 'state' AS state, d.status_at,
             array(SELECT r.room_id FROM device_room r WHERE r.device_id = d.id ORDER BY r.room_id) AS rooms,
             array(SELECT r.id FROM room r WHERE r.site_id = d.site_id AND r.removed_at IS NULL ORDER BY r.id) AS rooms_of_site
      FROM device d
      """;

  private static final String ALL = DEVICE + "ORDER BY d.id";

  private static final String BY_ID = DEVICE + "WHERE d.id = $1";

  private static final String CHECK =
      """
      SELECT app_now() AS now, $1 = 'foyer-server' OR EXISTS (SELECT FROM device WHERE id = $1) AS taken, EXISTS (SELECT FROM site WHERE id = $2) AS site,
             (SELECT count(*) FROM room WHERE id = ANY($3) AND site_id = $2 AND removed_at IS NULL) AS rooms""";

  private static final String INSERT =
      "INSERT INTO device (id, kind, name, site_id, made_at) VALUES ($1, $2, $3, $4, $5)";

  private static final String INSERT_ROOMS =
      "INSERT INTO device_room (device_id, room_id) SELECT $1, unnest($2::text[])";

  private static final String REVOKE =
      "UPDATE device SET revoked_at = app_now() WHERE id = $1 AND revoked_at IS NULL RETURNING revoked_at";

  private static final String STATUS =
      "UPDATE device SET status = $2::text::jsonb, status_at = app_now() WHERE id = $1";

  private static final Duration LINK_OPENS = Duration.ofDays(1);

  private final Pool pool;
  private final DevicePassword passwords;
  private final OneSecond<Optional<KeptRow>> kept = new OneSecond<>();

  private Devices(Pool pool, DevicePassword passwords) {
    this.pool = pool;
    this.passwords = passwords;
  }

  /** The devices in a database; makes the installation's key at the first start. */
  public static Future<Devices> open(Pool pool) {
    return Secrets.key(pool, "device-key").map(key -> new Devices(pool, new DevicePassword(key)));
  }

  /**
   * A device as people see it.
   *
   * @param kind {@code display}, {@code kiosk}, {@code integration} or {@code gateway}
   * @param rooms whose doors a display is
   * @param state {@code online} or {@code offline}; null while nothing was heard of it
   * @param heardAt when something was last heard of it
   */
  @JsonInclude(Include.NON_NULL)
  public record Device(
      String id,
      String kind,
      String name,
      @Nullable String site,
      List<String> rooms,
      Instant madeAt,
      @Nullable Instant revokedAt,
      @Nullable String state,
      @Nullable Instant heardAt) {}

  /**
   * A device as it is asked for on the wire.
   *
   * @param id null to have one made
   */
  public record NewDevice(
      @Nullable String id,
      String kind,
      String name,
      @Nullable String site,
      @Nullable List<String> rooms) {

    boolean needsSite() {
      return kind.equals("display") || kind.equals("kiosk");
    }

    List<String> roomIds() {
      return rooms == null ? List.of() : rooms;
    }
  }

  /** The password of the servers themselves, where the broker is not inside one of them. */
  public String serverPassword() {
    return passwords.of("foyer-server", 1);
  }

  private record KeptRow(Caller.Device caller, String password) {}

  private record Found(Instant now, boolean taken, boolean site, int rooms) {}

  /** All devices, by id. */
  public List<Device> list() {
    return Sql.list(pool, ALL, Devices::device);
  }

  /** What the devices that are not revoked may do at the broker. */
  public Future<List<Credential>> credentials() {
    return Sql.send(pool, ALL)
        .map(rows -> Sql.map(rows, this::credential).stream().flatMap(Optional::stream).toList());
  }

  /**
   * What the device may do at the broker if this is its password; nothing if it is not, or it is
   * revoked.
   */
  public Future<Optional<TopicRights>> signIn(String id, String password) {
    return Sql.send(pool, BY_ID, id)
        .map(
            rows ->
                Sql.map(rows, this::credential).stream()
                    .flatMap(Optional::stream)
                    .filter(credential -> same(credential.password(), password))
                    .map(Credential::rights)
                    .findFirst());
  }

  /** The device if this is its password and it is not revoked, from a virtual thread. */
  public Optional<Caller.Device> caller(String id, String password) {
    if (!Topics.isId(id)) {
      return Optional.empty();
    }
    return kept.get(id, () -> look(id))
        .filter(found -> same(found.password(), password))
        .map(KeptRow::caller);
  }

  private Optional<KeptRow> look(String id) {
    return Sql.list(pool, BY_ID, this::keptRow, id).stream().flatMap(Optional::stream).findFirst();
  }

  /** Looks at the rows again, for rights have changed. */
  public void forget() {
    kept.forget();
  }

  /**
   * Makes a device.
   *
   * @param by who makes it
   * @param answer makes the answer, which is kept under the request's key, of the device and its
   *     password
   */
  public <T> T create(
      Caller by, NewDevice wanted, Once once, BiFunction<Device, String, T> answer) {
    String id = wanted.id() == null ? madeId(wanted) : wanted.id();
    String[] rooms = wanted.roomIds().toArray(String[]::new);
    Read<Found> check =
        Read.of(CHECK, found -> found(found.iterator().next()), id, wanted.site(), rooms);
    return Tx.run(
        pool,
        List.of(once.read(), check),
        tx -> {
          once.firstTime(tx);
          Found found = tx.get(check);
          refuse(wanted, found);
          tx.write(INSERT, id, wanted.kind(), wanted.name(), wanted.site(), found.now());
          tx.write(INSERT_ROOMS, id, rooms);
          Device made =
              new Device(
                  id,
                  wanted.kind(),
                  wanted.name(),
                  wanted.site(),
                  wanted.roomIds(),
                  found.now(),
                  null,
                  null,
                  null);
          Audit.write(
              tx,
              found.now(),
              new Audit.Entry(
                  by.word(), "make device", "device:" + id, List.of("kind", "name", "site", "rooms")));
          T answered = answer.apply(made, passwords.of(id, 1));
          once.keep(tx, found.now(), 201, answered);
          return answered;
        });
  }

  /** Takes the device's credentials away; doing it again changes nothing. */
  public Device revoke(Caller by, String id) {
    Read<List<Instant>> revoked =
        Read.of(REVOKE, rows -> Sql.map(rows, row -> Sql.instant(row, "revoked_at")), id);
    Tx.run(
        pool,
        List.of(revoked),
        tx -> {
          for (Instant at : tx.get(revoked)) {
            Audit.write(
                tx, at, new Audit.Entry(by.word(), "revoke device", "device:" + id, List.of()));
          }
          return true;
        });
    kept.forget();
    return device(id);
  }

  /** The device of that id. */
  public Device device(String id) {
    return Sql.list(pool, BY_ID, Devices::device, id).stream()
        .findFirst()
        .orElseThrow(() -> Problem.of(404, "no-such-device").raise());
  }

  /**
   * Makes a link that lets the device in once, within a day.
   *
   * @param by id of the admin who makes it; null for the installation itself
   */
  public String link(String id, @Nullable Long by) {
    Read<Optional<Instant>> present =
        Read.of(
            "SELECT app_now() AS now FROM device WHERE id = $1 AND revoked_at IS NULL",
            rows -> Sql.map(rows, row -> Sql.instant(row, "now")).stream().findFirst(),
            id);
    return Tx.run(
        pool,
        List.of(present),
        tx -> {
          Instant now = tx.get(present).orElseThrow(() -> Problem.of(404, "no-such-device").raise());
          Audit.write(
              tx,
              now,
              new Audit.Entry(
                  by == null ? "nobody" : "person:" + by,
                  "make device link",
                  "device:" + id,
                  List.of()));
          return EntryLinks.make(tx, now, Purpose.DEVICE, null, id, by, LINK_OPENS);
        });
  }

  /**
   * Lets a device in by its link.
   *
   * @return what its cookie holds: id and password
   */
  public String enter(String token) {
    Read<Optional<EntryLinks.Open>> link = EntryLinks.open(token, Purpose.DEVICE);
    return Tx.run(
        pool,
        List.of(link),
        tx -> {
          EntryLinks.Open open = tx.get(link).orElseThrow(Devices::usedUp);
          Credential credential = tx.ask(credentialOf(open)).orElseThrow(Devices::usedUp);
          EntryLinks.use(tx, open.now(), token);
          String word = "device:" + credential.id();
          Audit.write(tx, open.now(), new Audit.Entry(word, "let in", word, List.of()));
          return credential.id() + "." + credential.password();
        });
  }

  private Read<Optional<Credential>> credentialOf(EntryLinks.Open open) {
    return Read.of(
        BY_ID,
        rows ->
            Sql.map(rows, this::credential).stream().flatMap(Optional::stream).findFirst(),
        open.device());
  }

  private static RuntimeException usedUp() {
    return Problem.of(410, "link-used-up").raise();
  }

  /** Keeps what a device reported of itself, JSON; of an unknown one nothing. */
  public Future<?> reported(String id, String status) {
    return Sql.send(pool, STATUS, id, status);
  }

  private static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(NewDevice wanted, Found found) {
    if (found.taken()) {
      throw Problem.of(409, "device-exists").raise();
    }
    if (wanted.site() == null && wanted.needsSite()) {
      throw Problem.of(422, "device-needs-site").raise();
    }
    if (wanted.site() != null && !found.site()) {
      throw Problem.of(422, "unknown-site").raise();
    }
    if (!wanted.roomIds().isEmpty() && !wanted.kind().equals("display")) {
      throw Problem.of(422, "device-takes-no-rooms").raise();
    }
    if (found.rooms() != wanted.roomIds().size()) {
      throw Problem.of(422, "unknown-room").raise();
    }
  }

  private static String madeId(NewDevice wanted) {
    byte[] random = new byte[5];
    new SecureRandom().nextBytes(random);
    return wanted.kind() + "-" + HexFormat.of().formatHex(random);
  }

  private static Found found(Row row) {
    return new Found(
        Sql.instant(row, "now"),
        row.getBoolean("taken"),
        row.getBoolean("site"),
        row.getInteger("rooms"));
  }

  private static Device device(Row row) {
    return new Device(
        row.getString("id"),
        row.getString("kind"),
        row.getString("name"),
        row.getString("site_id"),
        List.of(row.getArrayOfStrings("rooms")),
        Sql.instant(row, "made_at"),
        Sql.instantOrNull(row, "revoked_at"),
        row.getString("state"),
        Sql.instantOrNull(row, "status_at"));
  }

  private Optional<Credential> credential(Row row) {
    if (row.getOffsetDateTime("revoked_at") != null) {
      return Optional.empty();
    }
    String id = row.getString("id");
    return Optional.of(
        new Credential(
            id, passwords.of(id, row.getInteger("credential_version")), rights(id, row)));
  }

  private Optional<KeptRow> keptRow(Row row) {
    Role role =
        switch (row.getString("kind")) {
          case "display" -> Role.DISPLAY;
          case "kiosk" -> Role.KIOSK;
          default -> null;
        };
    return credential(row)
        .map(
            credential ->
                new KeptRow(
                    new Caller.Device(
                        credential.id(),
                        role,
                        row.getString("site_id"),
                        Set.of(row.getArrayOfStrings("rooms"))),
                    credential.password()));
  }

  private static TopicRights rights(String id, Row row) {
    return switch (row.getString("kind")) {
      case "display" ->
          TopicRights.device(id, row.getString("site_id"), List.of(row.getArrayOfStrings("rooms")));
      case "kiosk" ->
          TopicRights.device(
              id, row.getString("site_id"), List.of(row.getArrayOfStrings("rooms_of_site")));
      case "integration" -> TopicRights.integration();
      case "gateway" -> TopicRights.gateway();
      default -> new TopicRights(List.of(), List.of());
    };
  }
}
