package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.api.Caller;
import foyer.api.Language;
import foyer.api.ProblemException;
import foyer.catalogue.Catalogues;
import foyer.room.NoSuchRoom;
import foyer.room.Rooms;
import foyer.sql.DatabaseAddress;
import foyer.testing.TestDatabase;
import foyer.wire.Json;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ImportServiceTest {

  @RegisterExtension static final TestDatabase database = TestDatabase.create();

  private static final ImportService.Wish GOOD = new ImportService.Wish(false, false);
  private static final ImportService.Wish ALL = new ImportService.Wish(true, false);
  private static final ImportService.Wish TRIAL = new ImportService.Wish(false, true);
  private static final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

  private static Vertx vertx;
  private static ImportService service;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    DatabaseAddress address = database.address();
    Pool pool =
        PgBuilder.pool()
            .connectingTo(
                new PgConnectOptions()
                    .setHost(address.host())
                    .setPort(address.port())
                    .setDatabase(address.database())
                    .setUser(address.user())
                    .setPassword(address.password()))
            .using(vertx)
            .build();
    Catalogues catalogues = new Catalogues(pool);
    service = new ImportService(vertx, pool, new Rooms(pool, catalogues, told::addAll), catalogues);
    database.execute(
        """
        INSERT INTO site (id, name_zh, name_en, zone) VALUES ('sh', '上海', 'Shanghai', 'Asia/Shanghai');
        INSERT INTO opening_hours SELECT 'sh', d, '08:00', '22:00' FROM generate_series(1, 7) AS d;
        INSERT INTO department (id, name_zh, name_en, policy_id) VALUES ('service', '客户服务部', 'Customer Service', 'F');
        INSERT INTO person (staff_number, name_zh, name_en, email, department_id)
        VALUES ('1001', '王芳', 'Wang Fang', 'Wang.Fang@foyer.example', 'service'),
               ('1002', '李娜', 'Li Na', 'li.na@foyer.example', 'service');
        INSERT INTO room (id, site_id, building_zh, building_en, floor, name_zh, name_en, capacity, booking)
        VALUES ('r1', 'sh', '主楼', 'Main', '8F', '松涛厅', 'Songtao', 12, 'automatic');
        UPDATE catalogue_revision SET revision = revision + 1\
        """);
  }

  private static final Caller CALLER = new Caller.Nobody();

  @AfterAll
  static void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @BeforeEach
  void emptyRoomOnMondayMorning() {
    database.execute("DELETE FROM booking");
    database.setClock(Instant.parse("2026-11-23T00:00:00Z"));
    told.clear();
  }

  private static ImportReport take(byte[] file, ImportService.Wish wish) {
    return service.take(CALLER, "r1", file, wish, Language.EN);
  }

  private static ImportReport take(String file) {
    return take(file.getBytes(StandardCharsets.UTF_8), GOOD);
  }

  private static String calendar(String... events) {
    return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + String.join("", events) + "END:VCALENDAR\r\n";
  }

  /** Times are hours and minutes of Tuesday in Shanghai. */
  private static String event(String uid, String from, String until, String... more) {
    return "BEGIN:VEVENT\r\nUID:"
        + uid
        + "\r\nDTSTART;TZID=Asia/Shanghai:20261124T"
        + from
        + "00\r\nDTEND;TZID=Asia/Shanghai:20261124T"
        + until
        + "00\r\nSUMMARY:"
        + uid
        + "\r\n"
        + String.join("", Arrays.stream(more).map(m -> m + "\r\n").toList())
        + "END:VEVENT\r\n";
  }

  private static void book(String from, String until, String subject, String level) {
    database.execute(
        """
        INSERT INTO booking (room_id, during, occupied, zone, local_start, local_end, status, subject, meeting_type_id, level,
                             priority, policy_version_id, source, made_at, changed_at)
        SELECT 'r1', p, p, 'Asia/Shanghai', lower(p) AT TIME ZONE 'Asia/Shanghai', upper(p) AT TIME ZONE 'Asia/Shanghai',
               'confirmed', '%s', 'ad-hoc', '%s', 'normal', (SELECT min(id) FROM policy_version), 'console', now(), now()
        FROM (SELECT tstzrange('2026-11-24 %s+08', '2026-11-24 %s+08') AS p) AS period\
        """
            .formatted(subject, level, from, until));
  }

  private static long live() {
    return database.number("SELECT count(*) FROM booking WHERE status = 'confirmed'");
  }

  private static long revision() {
    return database.number("SELECT revision FROM room WHERE id = 'r1'");
  }

  @Test
  void aMeetingComesInWithItsPeopleKnownByAddress() {
    ImportReport report = take(Corpus.bytes("outlook-desktop-invitation"), GOOD);
    assertThat(report.counts()).isEqualTo(new ImportReport.Counts(1, 0, 0, 0, 0, 0, 0));
    assertThat(report.written()).isTrue();
    assertThat(report.remarks()).isEmpty();
    assertThat(
            database.number(
                """
                SELECT count(*) FROM booking b JOIN person p ON p.id = b.convener_id
                WHERE b.subject = '客服周例会' AND p.staff_number = '1001' AND b.source = 'import' AND b.department_id = 'service'
                  AND b.during = tstzrange('2026-11-24T02:00Z', '2026-11-24T03:00Z') AND b.local_start = '2026-11-24 10:00'
                  AND b.level = 'internal' AND b.meeting_type_id = 'ad-hoc'\
                """))
        .isEqualTo(1);
    assertThat(
            database.number(
                "SELECT count(*) FROM booking_attendee WHERE role = 'required' AND person_id IS NOT"
                    + " NULL AND name = 'li.na@foyer.example'"))
        .isEqualTo(1);
    assertThat(
            database.number(
                "SELECT count(*) FROM booking_attendee WHERE role = 'invited' AND person_id IS NULL"
                    + " AND email = 'anna.schmidt@kunde.example'"))
        .isEqualTo(1);
    assertThat(told).containsExactly("r1");
  }

  @Test
  void theSameFileTwiceChangesNothing() {
    for (var file : Corpus.files()) {
      byte[] bytes = Corpus.bytes(file.getFileName().toString().replace(".ics", ""));
      if (Corpus.read(bytes).meetings().isEmpty()) {
        continue;
      }
      take(bytes, GOOD);
      long revision = revision();
      long rows = database.number("SELECT count(*) FROM booking");
      long versions = database.number("SELECT coalesce(sum(version), 0) FROM booking");
      ImportReport again = take(bytes, GOOD);
      assertThat(again.written()).as(file.toString()).isFalse();
      assertThat(again.created()).as(file.toString()).isEmpty();
      assertThat(database.number("SELECT count(*) FROM booking")).isEqualTo(rows);
      assertThat(database.number("SELECT coalesce(sum(version), 0) FROM booking"))
          .isEqualTo(versions);
      assertThat(revision()).as("doors learn nothing new").isEqualTo(revision);
    }
    assertThat(live()).isGreaterThan(400);
  }

  @Test
  void aSeriesComesInMeetingByMeeting() {
    ImportReport report = take(Corpus.bytes("exchange-series"), GOOD);
    assertThat(report.counts().created()).isEqualTo(3);
    assertThat(report.skipped())
        .extracting(ImportReport.SkipLine::code)
        .containsExactly("nothing-to-cancel");
    assertThat(
            database.number(
                "SELECT count(DISTINCT import_recurrence) FROM booking WHERE meeting_type_id ="
                    + " 'regular'"))
        .isEqualTo(3);
    assertThat(
            database.number(
                "SELECT count(*) FROM booking WHERE zone = 'Europe/Berlin' AND local_start ="
                    + " '2026-12-01 14:00'"))
        .isEqualTo(1);
  }

  @Test
  void aTakenRoomIsSaidWithWhoTakesItUnlessThatIsPrivate() {
    book("10:00", "11:00", "Quarterly review", "internal");
    book("12:00", "13:00", "Merger", "confidential");
    ImportReport report =
        take(
            calendar(
                event("a", "1030", "1130"),
                event("b", "1230", "1330"),
                event("c", "1100", "1200")));
    assertThat(report.created()).extracting(ImportReport.Line::uid).containsExactly("c");
    assertThat(report.clashed()).extracting(ImportReport.ClashLine::uid).containsExactly("a", "b");
    assertThat(report.clashed().getFirst().text())
        .isEqualTo(
            "The room is taken from 2026-11-24 10:00 to 2026-11-24 11:00: Quarterly review.");
    assertThat(report.clashed().getFirst().with()).isPositive();
    assertThat(Json.text(report)).doesNotContain("Merger").contains("a private meeting");
  }

  @Test
  void entriesOfOneFileThatTakeTheSameTimeAreSaid() {
    ImportReport report = take(calendar(event("a", "1000", "1100"), event("b", "1030", "1130")));
    assertThat(report.created()).extracting(ImportReport.Line::uid).containsExactly("a");
    assertThat(report.clashed())
        .extracting(ImportReport.ClashLine::code)
        .containsExactly("clash-in-file");
    assertThat(report.clashed().getFirst().withLine()).isEqualTo(3);
  }

  @Test
  void allOrNothingBringsNothingInIfOneMeetingClashes() {
    book("10:00", "11:00", "Quarterly review", "internal");
    long revision = revision();
    byte[] file =
        calendar(event("a", "1030", "1130"), event("c", "1500", "1600"))
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> take(file, ALL))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(409);
              assertThat(e.problem().type()).isEqualTo("import-clashes");
              ImportReport report =
                  (ImportReport) Objects.requireNonNull(e.problem().arguments().get("report"));
              assertThat(report.counts().clashed()).isEqualTo(1);
              assertThat(report.written()).isFalse();
            });
    assertThat(live()).isEqualTo(1);
    assertThat(revision()).isEqualTo(revision);
  }

  @Test
  void allOrNothingBringsNothingInIfOneEntryIsBroken() {
    assertThatThrownBy(() -> take(Corpus.bytes("broken-entries"), ALL))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(422);
              assertThat(e.problem().type()).isEqualTo("import-refused");
            });
    assertThat(live()).isZero();
  }

  @Test
  void allOrNothingBringsAWholeFileIn() {
    byte[] file =
        calendar(event("a", "1000", "1100"), event("b", "1100", "1200"))
            .getBytes(StandardCharsets.UTF_8);
    assertThat(take(file, ALL).counts().created()).isEqualTo(2);
    assertThat(live()).isEqualTo(2);
  }

  @Test
  void goodEntriesComeInBesideBrokenOnesWhichAreNamed() {
    ImportReport report = take(Corpus.bytes("broken-entries"), GOOD);
    assertThat(report.counts().created()).isEqualTo(3);
    assertThat(report.counts().refused()).isEqualTo(7);
    assertThat(report.refused())
        .allSatisfy(line -> assertThat(line.text()).isNotBlank().doesNotContain("{"));
  }

  @Test
  void aTrialReportsAndChangesNothing() {
    long revision = revision();
    ImportReport report = take(Corpus.bytes("exchange-series"), TRIAL);
    assertThat(report.counts().created()).isEqualTo(3);
    assertThat(report.written()).isFalse();
    assertThat(live()).isZero();
    assertThat(revision()).isEqualTo(revision);
    assertThat(told).isEmpty();
  }

  @Test
  void aLaterRevisionMovesWhatCameInAndAnOlderOneDoesNot() {
    String first = calendar(event("a", "1000", "1100", "SEQUENCE:0"));
    take(first);
    ImportReport moved = take(calendar(event("a", "1400", "1530", "SEQUENCE:1")));
    assertThat(moved.counts().updated()).isEqualTo(1);
    assertThat(
            database.number(
                "SELECT count(*) FROM booking WHERE status = 'confirmed' AND during ="
                    + " tstzrange('2026-11-24T06:00Z', '2026-11-24T07:30Z')"))
        .isEqualTo(1);
    ImportReport older = take(first);
    assertThat(older.skipped()).extracting(ImportReport.SkipLine::code).containsExactly("older");
    assertThat(older.written()).isFalse();
  }

  @Test
  void meetingsThatFollowOneAnotherMoveTogether() {
    take(
        calendar(
            event("a", "1000", "1100"), event("b", "1100", "1200"), event("c", "1200", "1300")));
    ImportReport report =
        take(
            calendar(
                event("a", "1100", "1200", "SEQUENCE:1"),
                event("b", "1200", "1300", "SEQUENCE:1"),
                event("c", "1300", "1400", "SEQUENCE:1")));
    assertThat(report.counts().updated()).isEqualTo(3);
    assertThat(report.clashed()).isEmpty();
  }

  @Test
  void aCancellationCallsOffWhatCameIn() {
    take(Corpus.bytes("outlook-desktop-invitation"), GOOD);
    ImportReport report = take(Corpus.bytes("exchange-cancellation"), GOOD);
    assertThat(report.counts().cancelled()).isEqualTo(1);
    assertThat(live()).isZero();
    assertThat(take(Corpus.bytes("exchange-cancellation"), GOOD).written()).isFalse();
    assertThat(take(Corpus.bytes("outlook-desktop-invitation"), GOOD).skipped())
        .extracting(ImportReport.SkipLine::code)
        .containsExactly("older");
  }

  @Test
  void aMeetingThatIsDeletedFromASeriesGivesTheRoomFree() {
    String series = event("s", "1000", "1100", "RRULE:FREQ=DAILY;COUNT=5");
    assertThat(take(calendar(series)).counts().created()).isEqualTo(5);
    ImportReport report =
        take(
            calendar(
                event(
                    "s",
                    "1000",
                    "1100",
                    "RRULE:FREQ=DAILY;COUNT=4",
                    "EXDATE;TZID=Asia/Shanghai:20261125T100000",
                    "SEQUENCE:1")));
    assertThat(report.counts().cancelled()).isEqualTo(2);
    assertThat(report.counts().updated()).isZero();
    assertThat(live()).isEqualTo(3);
  }

  @Test
  void whatWasCancelledHereStaysSo() {
    take(calendar(event("a", "1000", "1100")));
    database.execute(
        "UPDATE booking SET status = 'cancelled', cancelled_at = now(), cancel_reason = 'not"
            + " needed'");
    assertThat(take(calendar(event("a", "1400", "1500", "SEQUENCE:1"))).skipped())
        .extracting(ImportReport.SkipLine::code)
        .containsExactly("changed-here");
    assertThat(live()).isZero();
  }

  @Test
  void whatIsOverIsCountedAndWhatRunsComesIn() {
    database.setClock(Instant.parse("2026-11-24T02:30:00Z"));
    ImportReport report =
        take(calendar(event("over", "0900", "1000"), event("runs", "1000", "1100")));
    assertThat(report.created()).extracting(ImportReport.Line::uid).containsExactly("runs");
    assertThat(report.skipped()).extracting(ImportReport.SkipLine::code).containsExactly("past");
  }

  @Test
  void anAllDayMeetingComesInThoughTheHouseIsClosedAtNightAndThatIsSaid() {
    ImportReport report = take(Corpus.bytes("exchange-all-day"), GOOD);
    assertThat(report.counts().created()).isPositive();
    assertThat(report.remarks())
        .extracting(ImportReport.FaultLine::code)
        .contains("outside-opening-hours");
  }

  @Test
  void aLongFileComesInInSeveralTransactions() {
    String[] events =
        IntStream.range(0, 600)
            .mapToObj(
                i ->
                    event("e" + i, "0000", "0030")
                        .replace(
                            "20261124", Integer.toString(20270101 + i % 28 + 100 * (i / 28 % 9)))
                        .replace("T0000", "T%02d00".formatted(i / 252 + 8))
                        .replace("T0030", "T%02d30".formatted(i / 252 + 8)))
            .toArray(String[]::new);
    long revision = revision();
    ImportReport report = take(calendar(events));
    assertThat(report.counts().created()).isEqualTo(600);
    assertThat(revision()).isEqualTo(revision + 3);
  }

  @Test
  void ofManyImportsAtOnceEachMeetingComesInOnce() {
    byte[] file = Corpus.bytes("rules");
    int created;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<ImportReport>> imports =
          IntStream.range(0, 8)
              .mapToObj(i -> CompletableFuture.supplyAsync(() -> take(file, GOOD), threads))
              .toList();
      created = imports.stream().mapToInt(report -> report.join().counts().created()).sum();
    }
    assertThat(created).isEqualTo((int) live());
    assertThat(live())
        .isEqualTo(
            database.number("SELECT count(DISTINCT (import_uid, import_recurrence)) FROM booking"));
  }

  @Test
  void whatIsNoCalendarIsRefused() {
    assertThatThrownBy(() -> take(Corpus.bytes("html-page"), GOOD))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo("not-a-calendar"));
  }

  @Test
  void aRoomThatDoesNotExistTakesNothing() {
    assertThatThrownBy(() -> service.take(CALLER, "r9", new byte[0], GOOD, Language.EN))
        .isInstanceOf(NoSuchRoom.class);
  }

  @Test
  void aRoomIsWrittenAsAFileThatComesBackAsItWas() {
    take(Corpus.bytes("exchange-series"), GOOD);
    book("12:00", "13:00", "Merger", "confidential");
    String file = service.write("r1");
    assertThat(file).doesNotContain("Merger").contains("LOCATION:松涛厅 / Songtao\\, 8F");
    ImportReport again = take(file);
    assertThat(again.created()).isEmpty();
    assertThat(again.cancelled()).isEmpty();
    assertThat(again.counts().unchanged()).isEqualTo(3);
    assertThat(again.clashed()).isEmpty();
    assertThat(again.skipped()).extracting(ImportReport.SkipLine::code).containsExactly("own");
  }
}
