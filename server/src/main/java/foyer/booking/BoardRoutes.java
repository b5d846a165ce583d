package foyer.booking;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.catalogue.Catalogues;
import foyer.catalogue.OpeningHours.Open;
import foyer.catalogue.Site;
import foyer.catalogue.SpecialDay;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.wire.Json;
import foyer.wire.Names;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads of many bookings at once, of one booking's past, and of what may be done with it. */
public final class BoardRoutes {

  private static final int LONGEST_BOARD_DAYS = 8;
  private static final int LONGEST_DIARY_DAYS = 62;
  private static final int TAG_LETTERS = 32;

  private final Boards boards;
  private final Catalogues catalogues;
  private final Rights rights;

  /** Operations on these bookings. */
  public BoardRoutes(Boards boards, Catalogues catalogues, Rights rights) {
    this.boards = boards;
    this.catalogues = catalogues;
    this.rights = rights;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "listSiteBookings",
        this::ofSite,
        "listOwnBookings",
        this::ofPerson,
        "getBookingHistory",
        call -> Answer.ok(Map.of("events", boards.history(call.caller(), id(call)))),
        "getBookingDeeds",
        call -> Answer.ok(Map.of("deeds", boards.deeds(call.caller(), id(call)))));
  }

  /**
   * A site's bookings.
   *
   * @param open when the site is open during that time
   * @param days those of them that have a name of their own, such as a public holiday
   */
  private record SiteBookings(
      String zone, List<Open> open, List<NamedDay> days, List<BoardRow> bookings) {}

  private record NamedDay(LocalDate day, Names name, boolean closed) {}

  private Answer ofSite(Call call) {
    Period period = period(call, LONGEST_BOARD_DAYS);
    Site site =
        Optional.ofNullable(catalogues.present().sites().get(call.path("siteId")))
            .orElseThrow(() -> Problem.of(404, "no-such-site").raise());
    rights.require("free-busy", call.caller(), Relation.toSite(site.id()), "");
    List<BoardRow> rows =
        boards.ofSite(
            call.caller(),
            site.id(),
            call.query("room").orElse(null),
            period.from(),
            period.until());
    return tagged(
        new SiteBookings(site.zone().getId(), open(site, period), namedDays(site, period), rows));
  }

  private Answer ofPerson(Call call) {
    Period period = period(call, LONGEST_DIARY_DAYS);
    return tagged(
        Map.of("bookings", boards.ofPerson(call.employee(), period.from(), period.until())));
  }

  private record Period(Instant from, Instant until) {}

  private static Period period(Call call, int longest) {
    Instant from = call.queryInstant("from").orElseThrow();
    Instant until = call.queryInstant("until").orElseThrow();
    if (!from.isBefore(until)) {
      throw new Refused(new Refusal.EmptyPeriod());
    }
    if (Duration.between(from, until).compareTo(Duration.ofDays(longest)) > 0) {
      throw Problem.of(422, "too-much-at-once", "days", longest).raise();
    }
    return new Period(from, until);
  }

  private static List<Open> open(Site site, Period period) {
    LocalDate first = LocalDate.ofInstant(period.from(), site.zone());
    LocalDate last = LocalDate.ofInstant(period.until(), site.zone());
    return first
        .datesUntil(last.plusDays(1))
        .flatMap(day -> site.hours().on(day).stream())
        .filter(open -> open.from().isBefore(period.until()))
        .filter(open -> period.from().isBefore(open.until()))
        .toList();
  }

  private static List<NamedDay> namedDays(Site site, Period period) {
    LocalDate first = LocalDate.ofInstant(period.from(), site.zone());
    LocalDate last = LocalDate.ofInstant(period.until().minusNanos(1), site.zone());
    return site.hours().special().values().stream()
        .filter(special -> !special.day().isBefore(first) && !special.day().isAfter(last))
        .sorted(Comparator.comparing(SpecialDay::day))
        .map(special -> new NamedDay(special.day(), special.name(), special.hours() == null))
        .toList();
  }

  /** An answer whose tag follows from what it says: nothing but its bytes decides what is new. */
  private static Answer tagged(Object value) {
    byte[] bytes = Json.bytes(value);
    return Answer.bytes("application/json", bytes).tagged(digest(bytes));
  }

  private static String digest(byte[] bytes) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(hash).substring(0, TAG_LETTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long id(Call call) {
    return call.pathNumber("bookingId");
  }
}
