package foyer.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.booking.Booking;
import foyer.booking.Status;
import foyer.catalogue.Catalogue;
import foyer.catalogue.OpeningHours;
import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.Parameter;
import foyer.catalogue.PolicyVersion;
import foyer.catalogue.PolicyVersion.Setting;
import foyer.wire.Action;
import foyer.wire.DoorState;
import foyer.wire.Level;
import foyer.wire.Timeline.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineRulesTest {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Instant NINE = Instant.parse("2026-11-23T01:00:00Z");
  private static final Instant MIDNIGHT = Instant.parse("2026-11-23T16:00:00Z");
  private static final long DEFAULTS = 1;
  private static final long RECEPTIONS = 2;

  /** 08:00 to 20:00 in Shanghai, every day. */
  private static final OpeningHours DAYS = hours(480, 1200);

  private static final OpeningHours ALWAYS = hours(0, 1440);

  @Test
  void anEmptyRoomIsFreeUntilItCloses() {
    List<Entry> entries = entries(DAYS, NINE);
    assertThat(entries)
        .containsExactly(
            new Entry(at("00:00"), DoorState.FREE, null, List.of(Action.book(at("12:00")))),
            new Entry(at("12:00"), DoorState.CLOSED, null, List.of()));
  }

  @Test
  void aMeetingToComeIsPreparedThenAwaitedAndLeavesTheRoomFreeIfNobodyComes() {
    List<Entry> entries = entries(ALWAYS, NINE, booking(1, "02:00", "03:00", null, null));
    assertThat(entries)
        .containsExactly(
            new Entry(
                at("00:00").minus(Duration.ofHours(8)),
                DoorState.FREE,
                null,
                List.of(Action.book(at("02:00")))),
            new Entry(at("01:45"), DoorState.PREPARING, 1L, List.of()),
            new Entry(at("02:00"), DoorState.CHECK_IN, 1L, List.of()),
            new Entry(at("03:00"), DoorState.FREE, null, entries.getLast().actions()));
  }

  @Test
  void aSignedInMeetingEndsSoonThenRunsOverTimeUntilTheDoorTakesItThatTheyLeft() {
    List<Entry> entries = entries(ALWAYS, at("02:30"), booking(1, "02:00", "03:00", "01:58", null));
    assertThat(entries)
        .extracting(Entry::state)
        .containsExactly(DoorState.IN_USE, DoorState.ENDING, DoorState.OVER_TIME, DoorState.FREE);
    assertThat(entries)
        .extracting(Entry::from)
        .containsExactly(at("02:00"), at("02:50"), at("03:00"), at("03:15"));
    assertThat(entries.getFirst().actions()).extracting(Action::act).containsExactly("extend");
  }

  @Test
  void nobodyIsSaidToRunOverTimeWhoSaidThatTheyLeft() {
    Booking ended = booking(1, "02:00", "02:40", "02:00", "02:20");
    assertThat(entries(ALWAYS, at("02:21"), ended))
        .extracting(Entry::state)
        .containsExactly(DoorState.FREE);
  }

  @Test
  void ofTwoMeetingsBackToBackTheNextOneHasTheRoomFromItsStart() {
    List<Entry> entries =
        entries(
            ALWAYS,
            at("02:55"),
            booking(1, "02:00", "03:00", "02:00", null),
            booking(2, "03:00", "04:00", null, null));
    assertThat(entries.get(0).state()).isEqualTo(DoorState.ENDING);
    assertThat(entries.get(0).actions()).containsExactly(Action.checkIn(2));
    assertThat(entries.get(1)).isEqualTo(new Entry(at("03:00"), DoorState.CHECK_IN, 2L, List.of()));
  }

  @Test
  void aRoomIsBookedAtMostUntilTheMinutesThatAReceptionHolds() {
    Booking reception = reception(1, "03:00", "04:00");
    assertThat(entries(ALWAYS, at("02:00"), reception).getFirst().actions())
        .containsExactly(Action.book(at("02:45")));
  }

  @Test
  void tooShortAGapIsNotOffered() {
    List<Entry> entries =
        entries(
            ALWAYS,
            at("02:59"),
            booking(1, "02:00", "03:00", "02:00", "02:58"),
            booking(2, "03:18", "04:00", null, null));
    assertThat(entries.getFirst().state()).isEqualTo(DoorState.FREE);
    assertThat(entries.getFirst().actions()).containsExactly(Action.book(at("03:18")));
    List<Entry> tight = entries(ALWAYS, at("02:59"), booking(2, "03:03", "04:00", null, null));
    assertThat(tight.getFirst().state()).isEqualTo(DoorState.PREPARING);
  }

  @Test
  void aMeetingOutsideOpeningHoursIsShownAllTheSame() {
    List<Entry> entries = entries(DAYS, at("11:30"), booking(1, "11:30", "13:00", "11:30", null));
    assertThat(entries)
        .extracting(Entry::state)
        .containsExactly(DoorState.IN_USE, DoorState.ENDING, DoorState.OVER_TIME, DoorState.CLOSED);
    assertThat(entries.getFirst().actions()).isEmpty();
  }

  @Test
  void afterAnEarlySignInTheMeetingIsStillPreparedUntilItsStart() {
    List<Entry> entries = entries(ALWAYS, at("01:50"), booking(1, "02:00", "03:00", "01:50", null));
    assertThat(entries.get(0))
        .isEqualTo(new Entry(at("01:45"), DoorState.PREPARING, 1L, List.of()));
    assertThat(entries.get(1).state()).isEqualTo(DoorState.IN_USE);
  }

  /**
   * For any day: gap-free from now on, ordered, no entry equal to its neighbour, and true at each
   * instant.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89})
  void anyDayIsTold(long seed) {
    RandomGenerator random = new java.util.Random(seed);
    List<Booking> day = new ArrayList<>();
    Instant t = NINE.minus(Duration.ofHours(4));
    for (long id = 1; t.isBefore(MIDNIGHT); id++) {
      Instant start = t.plus(Duration.ofMinutes(random.nextInt(0, 90)));
      Instant end = start.plus(Duration.ofMinutes(random.nextInt(5, 150)));
      boolean came = random.nextBoolean() && !start.isAfter(NINE);
      day.add(made(id, start, end, start, DEFAULTS, came ? start : null, null));
      t = end;
    }
    Instant now = NINE.plus(Duration.ofMinutes(random.nextInt(0, 300)));
    List<Entry> entries = TimelineRules.entries(catalogue(), DAYS, day, true, now, MIDNIGHT);
    assertThat(entries.getFirst().from()).isBeforeOrEqualTo(now);
    assertThat(entries)
        .extracting(Entry::from)
        .isSortedAccordingTo(Comparator.naturalOrder())
        .doesNotHaveDuplicates();
    for (Instant minute = now;
        minute.isBefore(MIDNIGHT);
        minute = minute.plus(Duration.ofMinutes(1))) {
      Instant then = minute;
      Entry inForce =
          entries.reversed().stream()
              .filter(e -> !e.from().isAfter(then))
              .findFirst()
              .orElseThrow();
      boolean taken =
          day.stream().anyMatch(b -> !then.isBefore(b.start()) && then.isBefore(b.end()));
      assertThat(inForce.state() == DoorState.FREE || inForce.state() == DoorState.CLOSED)
          .as("%s at %s", inForce, then)
          .isNotEqualTo(taken || inForce.meeting() != null);
    }
  }

  private static List<Entry> entries(OpeningHours hours, Instant now, Booking... bookings) {
    return TimelineRules.entries(catalogue(), hours, List.of(bookings), true, now, MIDNIGHT);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-11-23T" + time + ":00Z");
  }

  private static Booking booking(
      long id, String start, String end, @Nullable String checkedIn, @Nullable String ended) {
    return made(
        id,
        at(start),
        at(end),
        at(start),
        DEFAULTS,
        checkedIn == null ? null : at(checkedIn),
        ended == null ? null : at(ended));
  }

  private static Booking reception(long id, String start, String end) {
    return made(
        id, at(start), at(end), at(start).minus(Duration.ofMinutes(15)), RECEPTIONS, null, null);
  }

  private static Booking made(
      long id,
      Instant start,
      Instant end,
      Instant occupied,
      long policy,
      @Nullable Instant checkedIn,
      @Nullable Instant ended) {
    return new Booking(
        id,
        "a",
        start,
        ended == null ? end : ended,
        occupied,
        Status.CONFIRMED,
        "例会",
        Level.INTERNAL,
        "regular",
        checkedIn,
        ended,
        ended == null ? null : end,
        policy,
        null,
        1);
  }

  private static OpeningHours hours(int opens, int closes) {
    Map<Integer, Hours> week = new HashMap<>();
    for (int day = 1; day <= 7; day++) {
      week.put(day, new Hours(opens, closes));
    }
    return new OpeningHours(SHANGHAI, week);
  }

  private static Catalogue catalogue() {
    Map<Parameter, Setting> settings = new EnumMap<>(Parameter.class);
    settings.put(Parameter.HOLD_BEFORE, minutes(0));
    settings.put(Parameter.SHORTEST, minutes(5));
    settings.put(Parameter.LONGEST, minutes(1440));
    settings.put(Parameter.PREPARING, minutes(15));
    settings.put(Parameter.ENDING, minutes(10));
    settings.put(Parameter.OVER_TIME, minutes(15));
    return new Catalogue(
        1,
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(
            new PolicyVersion(DEFAULTS, "C", 1, Instant.EPOCH, false, settings),
            new PolicyVersion(RECEPTIONS, "K", 1, Instant.EPOCH, false, settings)));
  }

  private static Setting minutes(int number) {
    return new Setting(List.of(number), null);
  }
}
