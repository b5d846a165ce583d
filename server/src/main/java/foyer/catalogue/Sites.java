package foyer.catalogue;

import foyer.api.Caller;
import foyer.api.Once;
import foyer.audit.Audit;
import foyer.audit.Changes;
import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.SiteRefusal.Booked;
import foyer.catalogue.SiteRefusal.BookingsOutside;
import foyer.catalogue.SiteRefusal.NoSuchSite;
import foyer.catalogue.SiteRefusal.SiteChangedMeanwhile;
import foyer.catalogue.SiteRefusal.SiteExists;
import foyer.catalogue.SiteRefusal.SiteHasBookings;
import foyer.catalogue.SiteRefusal.UnknownZone;
import foyer.catalogue.SiteRows.Stored;
import foyer.catalogue.SiteView.Day;
import foyer.catalogue.SiteView.DayHours;
import foyer.sql.Read;
import foyer.sql.Tx;
import io.vertx.sqlclient.Pool;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The sites as admins keep them. A change of hours reaches every decision and every door by the
 * catalogue's revision; bookings stay as they are.
 */
public final class Sites {

  private static final String INSERT =
      """
      INSERT INTO site (id, name_zh, name_en, zone, position) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (id) DO NOTHING
      RETURNING app_now() AS now""";

  private static final String UPDATE =
      "UPDATE site SET name_zh = $2, name_en = $3, zone = $4, position = $5, version = version + 1 WHERE id = $1";

  private static final String RAISE = "UPDATE site SET version = version + 1 WHERE id = $1";

  private static final String CLOSE_WEEK = "DELETE FROM opening_hours WHERE site_id = $1";

  private static final String OPEN =
      """
      INSERT INTO opening_hours (site_id, weekday, opens, closes)
      SELECT $1, weekday, opens::time, closes::time FROM unnest($2::int[], $3::text[], $4::text[]) AS d (weekday, opens, closes)""";

  private static final String SET_DAYS =
      """
      INSERT INTO special_day (site_id, day, name_zh, name_en, opens, closes)
      SELECT $1, day, zh, en, opens::time, closes::time
      FROM unnest($2::date[], $3::text[], $4::text[], $5::text[], $6::text[]) AS d (day, zh, en, opens, closes)
      ON CONFLICT (site_id, day) DO UPDATE
        SET name_zh = EXCLUDED.name_zh, name_en = EXCLUDED.name_en, opens = EXCLUDED.opens, closes = EXCLUDED.closes""";

  private static final String FORGET_DAYS =
      "DELETE FROM special_day WHERE site_id = $1 AND day = ANY($2)";

  private static final int MOST_LISTED = 20;

  private final Pool pool;
  private final Catalogues catalogues;

  /** The sites of a database. */
  public Sites(Pool pool, Catalogues catalogues) {
    this.pool = pool;
    this.catalogues = catalogues;
  }

  /**
   * Days that are to be other than their weekday, and days that are to be like it again.
   *
   * @param acceptOutside whether it is known that bookings will lie outside of the hours
   */
  public record DaysEdit(List<SpecialDay> set, List<LocalDate> remove, boolean acceptOutside) {
    public DaysEdit {
      set = List.copyOf(set);
      remove = List.copyOf(remove);
    }
  }

  /** Special days of a year, and the site's version. */
  public record Days(List<Day> days, int version) {}

  /** A site under its lock, and what a change of its hours has to look at. */
  private record Open(
      Tx tx, Stored site, List<DayHours> week, List<SpecialDay> days, List<Booked> booked) {

    OpeningHours hours() {
      return Sites.hours(ZoneId.of(site.zone()), week, days);
    }
  }

  /** One site as people see it. */
  public SiteView view(String id) {
    Read<Optional<Stored>> site = SiteRows.site(id);
    Read<List<DayHours>> hours = SiteRows.hours(id);
    return Tx.run(pool, List.of(site, hours), tx -> found(tx.get(site)).with(tx.get(hours)));
  }

  /** The special days of a year. */
  public Days days(String id, int year) {
    Read<Optional<Stored>> site = SiteRows.site(id);
    Read<List<SpecialDay>> days = SiteRows.days(id, year);
    return Tx.run(
        pool,
        List.of(site, days),
        tx -> {
          int version = found(tx.get(site)).version();
          return new Days(tx.get(days).stream().map(Day::of).toList(), version);
        });
  }

  /** Makes a site. */
  public SiteView create(Caller by, String id, SiteEdit wanted, Once once) {
    Read<Boolean> zone = SiteRows.knowsZone(wanted.zone());
    SiteView made =
        Tx.run(
            pool,
            List.of(once.read(), zone),
            tx -> {
              once.firstTime(tx);
              requireZone(wanted.zone(), tx.get(zone));
              refuse(SiteRules.refuseWeek(wanted.hours()));
              var inserted =
                  tx.ask(
                      Read.of(
                          INSERT,
                          rows -> rows,
                          id,
                          wanted.name().zh(),
                          wanted.name().en(),
                          wanted.zone(),
                          wanted.position()));
              if (inserted.size() == 0) {
                throw new SiteRefused(new SiteExists());
              }
              var now = inserted.iterator().next().getOffsetDateTime("now").toInstant();
              open(tx, id, wanted.hours());
              SiteView view =
                  new SiteView(
                      id, wanted.name(), wanted.zone(), wanted.position(), wanted.hours(), 0, 1);
              Audit.write(
                  tx, now, new Audit.Entry(by.word(), "create site", "site:" + id, List.of()));
              once.keep(tx, now, 201, view);
              return view;
            });
    catalogues.load().await();
    return made;
  }

  /**
   * Makes of a site what is wanted.
   *
   * @param version the version that the caller saw
   */
  public SiteView edit(Caller by, String id, SiteEdit wanted, int version) {
    Read<Boolean> zone = SiteRows.knowsZone(wanted.zone());
    change(
        id,
        version,
        List.of(zone),
        open -> {
          requireZone(wanted.zone(), open.tx().get(zone));
          refuse(SiteRules.refuseWeek(wanted.hours()));
          List<String> fields = SiteRules.changes(open.site().with(open.week()), wanted);
          if (fields.contains("zone") && !open.booked().isEmpty()) {
            throw new SiteRefused(
                new SiteHasBookings(open.booked().size(), open.booked().getFirst().start()));
          }
          OpeningHours will = hours(ZoneId.of(wanted.zone()), wanted.hours(), open.days());
          refuseOutside(open, will, wanted.acceptOutside());
          if (!fields.isEmpty()) {
            write(open.tx(), id, wanted);
            audit(open, by, "edit site", fields);
          }
          return id;
        });
    catalogues.load().await();
    return view(id);
  }

  /**
   * Makes some days other than their weekday, and others like it again.
   *
   * @param version the version that the caller saw
   */
  public SiteView changeDays(Caller by, String id, DaysEdit wanted, int version) {
    refuse(SiteRules.refuseDays(wanted.set()));
    change(
        id,
        version,
        List.of(),
        open -> {
          Map<LocalDate, SpecialDay> days = byDate(open.days());
          wanted.remove().forEach(days::remove);
          wanted.set().forEach(day -> days.put(day.day(), day));
          if (days.equals(byDate(open.days()))) {
            return id;
          }
          ZoneId zone = ZoneId.of(open.site().zone());
          OpeningHours will = hours(zone, open.week(), List.copyOf(days.values()));
          refuseOutside(open, will, wanted.acceptOutside());
          write(open.tx(), id, wanted);
          audit(open, by, "edit special days", List.of("specialDays"));
          return id;
        });
    catalogues.load().await();
    return view(id);
  }

  private <T> T change(String id, int version, List<Read<?>> more, Function<Open, T> decide) {
    Read<Optional<Stored>> site = SiteRows.locked(id);
    Read<List<DayHours>> week = SiteRows.hours(id);
    Read<List<SpecialDay>> days = SiteRows.days(id);
    Read<List<Booked>> booked = SiteRows.booked(id);
    List<Read<?>> reads = new ArrayList<>(List.of(site, week, days, booked));
    reads.addAll(more);
    return Tx.run(
        pool,
        reads,
        tx -> {
          Stored stored = found(tx.get(site));
          if (stored.version() != version) {
            Changes changes = tx.ask(Changes.last("site:" + id, stored.version() - version));
            throw new SiteRefused(new SiteChangedMeanwhile(stored.version(), changes));
          }
          return decide.apply(new Open(tx, stored, tx.get(week), tx.get(days), tx.get(booked)));
        });
  }

  private static void refuseOutside(Open open, OpeningHours will, boolean accepted) {
    if (accepted) {
      return;
    }
    List<Booked> outside = SiteRules.outside(open.hours(), will, open.booked());
    if (!outside.isEmpty()) {
      List<Booked> first = outside.subList(0, Math.min(MOST_LISTED, outside.size()));
      throw new SiteRefused(new BookingsOutside(outside.size(), first));
    }
  }

  private static void write(Tx tx, String id, SiteEdit wanted) {
    tx.write(UPDATE, id, wanted.name().zh(), wanted.name().en(), wanted.zone(), wanted.position());
    tx.write(CLOSE_WEEK, id);
    open(tx, id, wanted.hours());
  }

  private static void open(Tx tx, String id, List<DayHours> week) {
    tx.write(
        OPEN,
        id,
        week.stream().map(DayHours::weekday).toArray(Integer[]::new),
        week.stream().map(DayHours::opens).toArray(String[]::new),
        week.stream().map(DayHours::closes).toArray(String[]::new));
  }

  private static void write(Tx tx, String id, DaysEdit wanted) {
    List<Day> set = wanted.set().stream().map(Day::of).toList();
    tx.write(FORGET_DAYS, id, wanted.remove().toArray(LocalDate[]::new));
    tx.write(
        SET_DAYS,
        id,
        wanted.set().stream().map(SpecialDay::day).toArray(LocalDate[]::new),
        set.stream().map(day -> day.name().zh()).toArray(String[]::new),
        set.stream().map(day -> day.name().en()).toArray(String[]::new),
        set.stream().map(Day::opens).toArray(String[]::new),
        set.stream().map(Day::closes).toArray(String[]::new));
    tx.write(RAISE, id);
  }

  private static void audit(Open open, Caller by, String action, List<String> fields) {
    Audit.write(
        open.tx(),
        open.site().now(),
        new Audit.Entry(by.word(), action, "site:" + open.site().id(), fields));
  }

  /** PostgreSQL knows some zones that Java does not know, and the other way round. */
  private static void requireZone(String zone, boolean knownToPostgres) {
    if (!knownToPostgres || !ZoneId.getAvailableZoneIds().contains(zone)) {
      throw new SiteRefused(new UnknownZone());
    }
  }

  private static void refuse(Optional<SiteRefusal> refusal) {
    refusal.ifPresent(
        no -> {
          throw new SiteRefused(no);
        });
  }

  private static Stored found(Optional<Stored> site) {
    return site.orElseThrow(() -> new SiteRefused(new NoSuchSite()));
  }

  private static OpeningHours hours(ZoneId zone, List<DayHours> week, List<SpecialDay> days) {
    Map<Integer, Hours> byWeekday = new HashMap<>();
    week.forEach(day -> byWeekday.put(day.weekday(), day.hours()));
    return new OpeningHours(zone, byWeekday, byDate(days));
  }

  private static Map<LocalDate, SpecialDay> byDate(List<SpecialDay> days) {
    Map<LocalDate, SpecialDay> byDate = new HashMap<>();
    days.forEach(day -> byDate.put(day.day(), day));
    return byDate;
  }
}
