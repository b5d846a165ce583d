package foyer.calendar;

import foyer.api.Caller;
import foyer.api.Language;
import foyer.api.Problem;
import foyer.audit.Audit;
import foyer.booking.Booking;
import foyer.booking.Bookings;
import foyer.catalogue.Catalogues;
import foyer.catalogue.MeetingType;
import foyer.catalogue.PolicyInForce;
import foyer.catalogue.Site;
import foyer.org.People;
import foyer.org.Person;
import foyer.room.RoomTx;
import foyer.room.RoomView;
import foyer.room.Rooms;
import foyer.sql.Read;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Brings the meetings of a calendar file into a room, and writes a room's bookings as such a file.
 *
 * <p>What other calendars have decided comes in as it is: policies on length, opening hours and
 * seats are told in the report, but refuse nothing; that a room is taken once only, always does.
 */
public final class ImportService {

  private static final int READERS = 2;
  private static final int BATCH = 200;
  private static final Duration LONGEST_HOLD = Duration.ofHours(4);
  private static final Duration EXPORTED_PAST = Duration.ofDays(31);

  private final Pool pool;
  private final Rooms rooms;
  private final Catalogues catalogues;
  private final WorkerExecutor readers;

  /** Imports into these rooms; files are read by two threads at most. */
  public ImportService(Vertx vertx, Pool pool, Rooms rooms, Catalogues catalogues) {
    this.pool = pool;
    this.rooms = rooms;
    this.catalogues = catalogues;
    this.readers =
        vertx.createSharedWorkerExecutor("calendar-files", READERS, 60, TimeUnit.SECONDS);
  }

  /**
   * How a file is taken.
   *
   * @param all whether nothing comes in if one meeting cannot
   * @param dryRun whether only the report is wanted
   */
  record Wish(boolean all, boolean dryRun) {

    String mode() {
      return all ? "all" : "good";
    }
  }

  /** What is known before the rooms are locked. */
  private record File(RoomView room, Site site, Parsed parsed, Set<String> zones) {}

  /** Meetings that are decided about together. */
  private record Batch(List<Found> meetings, List<Parsed.Whole> series) {}

  /** What was decided about a batch, with the ids of the new bookings if they are made. */
  private record Decided(ImportPlan plan, List<Long> ids, List<Fault> remarks) {}

  /** Carries a decision out of a transaction that is to leave no trace. */
  private static final class NotWritten extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Decided decided;

    NotWritten(Decided decided) {
      super(null, null, false, false);
      this.decided = decided;
    }
  }

  /** Takes the file; all or nothing of it, or each good entry. */
  ImportReport take(Caller caller, String roomId, byte[] bytes, Wish wish, Language language) {
    RoomView room = rooms.view(roomId);
    Site site = catalogues.present().site(room.site());
    Instant from = ImportedBookings.now(pool);
    Instant until = from.plus(Duration.ofDays(catalogues.present().defaults(from).horizonDays()));
    Parsed parsed = readers.executeBlocking(() -> read(bytes, site, from, until), false).await();
    if (parsed.faults().stream().anyMatch(fault -> fault.code().equals("not-a-calendar"))) {
      throw Problem.of(422, "not-a-calendar").raise();
    }
    ReportMaker report = new ReportMaker(language, site.zone());
    report.add(parsed);
    File file = new File(room, site, parsed, zones(parsed));
    boolean together = wish.all() || wish.dryRun();
    for (Batch batch : batches(parsed, together ? Integer.MAX_VALUE : BATCH)) {
      Decided decided = take(caller, file, batch, wish, report.hasRefusals());
      report.add(decided.plan, decided.ids);
      decided.remarks.forEach(report::remark);
    }
    boolean refused = wish.all() && report.isIncomplete();
    boolean written = !wish.dryRun() && !refused && !report.changesNothing();
    ImportReport told = report.report(roomId, wish.mode(), wish.dryRun(), written, from, until);
    if (refused && !wish.dryRun()) {
      throw (report.hasRefusals()
              ? Problem.of(422, "import-refused", "report", told)
              : Problem.of(409, "import-clashes", "report", told))
          .raise();
    }
    return told;
  }

  /** The room's bookings of the last month and the time for which bookings are taken. */
  String write(String roomId) {
    RoomView room = rooms.view(roomId);
    Instant now = ImportedBookings.now(pool);
    Instant until = now.plus(Duration.ofDays(catalogues.present().defaults(now).horizonDays()));
    List<Exported> bookings =
        ImportedBookings.export(pool, roomId, now.minus(EXPORTED_PAST), until);
    return readers
        .executeBlocking(
            () -> CalendarWriter.write(room.name(), room.floor(), bookings, now), false)
        .await();
  }

  private static Parsed read(byte[] bytes, Site site, Instant from, Instant until) {
    return CalendarReader.read(bytes, site.zone(), from, until, Limits.USUAL);
  }

  private Set<String> zones(Parsed parsed) {
    List<String> named =
        parsed.meetings().stream().map(Found::zone).map(ZoneId::getId).distinct().toList();
    return named.isEmpty() ? Set.of() : ImportedBookings.zones(pool, named);
  }

  /** Meetings of one UID stay together. */
  private static List<Batch> batches(Parsed parsed, int size) {
    Map<String, List<Found>> byUid = new LinkedHashMap<>();
    parsed.meetings().forEach(m -> byUid.computeIfAbsent(m.uid(), u -> new ArrayList<>()).add(m));
    Map<String, Parsed.Whole> whole = new HashMap<>();
    for (Parsed.Whole entry : parsed.series()) {
      whole.put(entry.uid(), entry);
      byUid.computeIfAbsent(entry.uid(), u -> new ArrayList<>());
    }
    List<Batch> batches = new ArrayList<>();
    Batch last = null;
    for (Map.Entry<String, List<Found>> entry : byUid.entrySet()) {
      if (last == null || Math.max(last.meetings.size(), last.series.size()) >= size) {
        last = new Batch(new ArrayList<>(), new ArrayList<>());
        batches.add(last);
      }
      last.meetings.addAll(entry.getValue());
      Stream.ofNullable(whole.get(entry.getKey())).forEach(last.series::add);
    }
    return batches;
  }

  private Decided take(Caller caller, File file, Batch batch, Wish wish, boolean refused) {
    String room = file.room.id();
    Set<String> uids = new LinkedHashSet<>();
    batch.meetings.forEach(meeting -> uids.add(meeting.uid()));
    batch.series.forEach(entry -> uids.add(entry.uid()));
    Read<List<Imported>> known = ImportedBookings.known(room, uids);
    Read<List<Person>> people = People.byEmails(addresses(batch.meetings));
    Read<List<Booking>> near = near(room, batch.meetings);
    Read<List<Long>> ids = ImportedBookings.nextIds(wish.dryRun() ? 0 : batch.meetings.size());
    try {
      return rooms.change(
          room,
          List.of(known, people, near, ids),
          tx -> {
            Taking taking = new Taking(tx, file, byEmail(tx.get(people)));
            List<Taken> taken = tx.get(near).stream().map(ImportService::taken).toList();
            ImportPlan plan =
                ImportRules.plan(
                    batch.meetings, batch.series, tx.get(known), taken, taking::hold, tx.now());
            List<Fault> remarks = taking.remarks(plan);
            boolean nothing = wish.all() && (refused || !plan.clashes().isEmpty());
            if (wish.dryRun() || nothing || plan.changesNothing()) {
              throw new NotWritten(new Decided(plan, List.of(), remarks));
            }
            taking.write(plan, tx.get(ids));
            Audit.write(
                tx.tx(),
                tx.now(),
                new Audit.Entry(caller.word(), "import calendar", "room:" + room, List.of()));
            return new Decided(plan, tx.get(ids), remarks);
          });
    } catch (NotWritten nothing) {
      return nothing.decided;
    }
  }

  private static Read<List<Booking>> near(String room, List<Found> meetings) {
    Instant first =
        meetings.stream().map(Found::start).min(Instant::compareTo).orElse(Instant.EPOCH);
    Instant last = meetings.stream().map(Found::end).max(Instant::compareTo).orElse(Instant.EPOCH);
    return Bookings.near(room, first.minus(LONGEST_HOLD), last);
  }

  private static Taken taken(Booking booking) {
    return new Taken(
        booking.id(), 0, booking.occupiedFrom(), booking.end(), booking.subject(), booking.level());
  }

  private static Collection<String> addresses(List<Found> meetings) {
    Set<String> addresses = new HashSet<>();
    for (Found meeting : meetings) {
      Stream.concat(Stream.ofNullable(meeting.organizer()), meeting.attendees().stream())
          .map(Participant::email)
          .filter(Objects::nonNull)
          .forEach(addresses::add);
    }
    return addresses;
  }

  private static Map<String, Person> byEmail(List<Person> people) {
    Map<String, Person> byEmail = new HashMap<>();
    for (Person person : people) {
      String email = person.email();
      if (email != null) {
        byEmail.putIfAbsent(email.toLowerCase(Locale.ROOT), person);
      }
    }
    return byEmail;
  }

  /** One batch under the room's lock. */
  private record Taking(RoomTx tx, File file, Map<String, Person> people) {

    private ImportedMeeting meeting(Found found) {
      String zone = found.zone().getId();
      MeetingType type = tx.catalogue().type(found.recurrence().isEmpty() ? "ad-hoc" : "regular");
      return ImportedMeeting.of(
          found, type, people, file.zones.contains(zone) ? zone : file.site.zone().getId());
    }

    private PolicyInForce policy(Found found) {
      ImportedMeeting meeting = meeting(found);
      Person convener = meeting.convener();
      return tx.catalogue()
          .policy(
              meeting.type(),
              convener == null ? null : tx.catalogue().departments().get(convener.department()),
              tx.now());
    }

    private void write(ImportPlan plan, List<Long> ids) {
      String room = file.room.id();
      plan.cancelled().forEach(cancelled -> ImportedBookings.cancel(tx, cancelled));
      for (ImportPlan.Updated updated : plan.updated()) {
        Found found = updated.meeting();
        ImportedBookings.update(tx, updated.booking().id(), meeting(found), policy(found));
      }
      for (int i = 0; i < plan.created().size(); i++) {
        Found found = plan.created().get(i);
        ImportedBookings.insert(tx, ids.get(i), room, meeting(found), policy(found));
      }
    }

    private Duration hold(Found found) {
      return Duration.ofMinutes(policy(found).holdBefore());
    }

    private List<Fault> remarks(ImportPlan plan) {
      List<Fault> remarks = new ArrayList<>();
      plan.created().forEach(found -> remark(found, remarks));
      plan.updated().forEach(updated -> remark(updated.meeting(), remarks));
      return remarks;
    }

    private void remark(Found found, List<Fault> remarks) {
      if (!file.site.hours().covers(found.start(), found.end())) {
        remarks.add(fault(found, "outside-opening-hours", Map.of()));
      }
      int expected = meeting(found).attendees().size();
      int capacity = file.room.capacity();
      if (expected > capacity) {
        remarks.add(
            fault(
                found,
                "more-people-than-seats",
                Map.of(
                    "people", Integer.toString(expected), "capacity", Integer.toString(capacity))));
      }
    }

    private static Fault fault(Found found, String code, Map<String, String> arguments) {
      return new Fault(found.line(), found.uid(), code, arguments, false);
    }
  }
}
