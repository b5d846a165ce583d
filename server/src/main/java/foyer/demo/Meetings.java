package foyer.demo;

import static foyer.demo.House.CLOSES;
import static foyer.demo.House.OPENS;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Plans the demo company's meetings around an instant. Pure: the same for the same input. */
final class Meetings {

  private static final int DAYS_BEFORE = 3;
  private static final int DAYS_AFTER = 7;
  private static final List<String> INTERNAL =
      List.of(
          "ad-hoc", "ad-hoc", "ad-hoc", "special-topic", "training", "interview", "return-visit");
  private static final List<String> RECEPTIONS =
      List.of("new-client", "return-visit", "key-account", "important-client", "ad-hoc");
  private static final List<String> RECEIVING =
      List.of("sales", House.CUSTOMER_SERVICE, "marketing");
  private static final List<Integer> MINUTES = List.of(30, 45, 60, 60, 60, 90, 120);
  private static final List<Integer> PAUSES = List.of(0, 0, 15, 30, 30, 60);

  private final List<People.Person> people;
  private final Instant now;
  private final Duration hold;
  private final Random random;
  private final Diary diary = new Diary();
  private final List<Meeting> meetings = new ArrayList<>();

  private Meetings(List<People.Person> people, Instant now, Duration hold, long seed) {
    this.people = people;
    this.now = now;
    this.hold = hold;
    this.random = new Random(seed);
  }

  /**
   * Meetings from three days before to seven days after the instant.
   *
   * @param hold how long before a reception its room is taken for preparation
   */
  static List<Meeting> around(Instant now, List<People.Person> people, Duration hold, long seed) {
    var plan = new Meetings(people, now, hold, seed);
    House.SITES.forEach(plan::rightNow);
    House.SITES.forEach(plan::regular);
    House.SITES.forEach(plan::fill);
    return plan.meetings;
  }

  /** One meeting that runs and one that is about to start, where the site is open. */
  private void rightNow(House.Site site) {
    List<House.Room> rooms = House.roomsOf(site);
    ZonedDateTime local = now.atZone(site.zone()).truncatedTo(ChronoUnit.HOURS);
    Instant quarter = local.toInstant();
    while (!quarter.plus(Duration.ofMinutes(15)).isAfter(now)) {
      quarter = quarter.plus(Duration.ofMinutes(15));
    }
    Instant soon = quarter.plus(Duration.ofMinutes(15));
    plan(rooms.get(1), "ad-hoc", departmentAt(site), quarter.minus(Duration.ofMinutes(30)), 75);
    plan(rooms.get(2), "ad-hoc", departmentAt(site), soon, 60);
  }

  /** Each department meets once a week, always at the same time in the same room. */
  private void regular(House.Site site) {
    List<House.Room> rooms =
        House.roomsOf(site).stream().filter(room -> room.capacity() >= 8).toList();
    for (int i = 0; i < House.DEPARTMENTS.size(); i++) {
      House.Department department = House.DEPARTMENTS.get(i);
      for (LocalDate day : days(site)) {
        if (department.site().equals(site.id()) && day.getDayOfWeek().getValue() == 1 + i % 5) {
          LocalTime time = LocalTime.of(9 + i % 3, i % 2 == 0 ? 0 : 30);
          Instant start = day.atTime(time).atZone(site.zone()).toInstant();
          plan(rooms.get(i % rooms.size()), "regular", department, start, 60);
        }
      }
    }
  }

  private void fill(House.Site site) {
    for (LocalDate day : days(site)) {
      House.roomsOf(site).forEach(room -> fill(room, day));
    }
  }

  private void fill(House.Room room, LocalDate day) {
    boolean today = day.equals(LocalDate.ofInstant(now, room.site().zone()));
    LocalTime time = LocalTime.of(8, 30).plusMinutes(15L * random.nextInt(3));
    while (time.isBefore(LocalTime.of(20, 0))) {
      if (random.nextDouble() > demand(room, day, time, today)) {
        time = time.plusMinutes(30);
        continue;
      }
      String type = Subjects.any(House.isForReceptions(room) ? RECEPTIONS : INTERNAL, random);
      Instant start = day.atTime(time).atZone(room.site().zone()).toInstant();
      int minutes = type.equals("interview") ? 45 : Subjects.any(MINUTES, random);
      plan(room, type, departmentFor(type, room), start, minutes);
      time = time.plusMinutes(minutes + Subjects.any(PAUSES, random));
    }
  }

  /** How likely a free room is booked at that time, 0 to 1. */
  private static double demand(House.Room room, LocalDate day, LocalTime time, boolean today) {
    double wanted = 0.6;
    if (!time.isBefore(LocalTime.of(17, 30))) {
      wanted = 0.12;
    } else if (!time.isBefore(LocalTime.of(13, 30))) {
      wanted = 0.55;
    } else if (!time.isBefore(LocalTime.of(11, 30))) {
      wanted = 0.08;
    }
    boolean weekend = day.getDayOfWeek().compareTo(DayOfWeek.SATURDAY) >= 0;
    double ofDay = !weekend ? 1 : today ? 0.5 : 0.12;
    return wanted * ofDay * (room.capacity() > 30 ? 0.5 : 1);
  }

  /** Enters the meeting, if the site is open, the room free, and somebody there to call it. */
  private void plan(
      House.Room room, String type, House.Department department, Instant start, int minutes) {
    Instant end = start.plus(Duration.ofMinutes(minutes));
    Duration before = isReception(type) ? hold : Duration.ZERO;
    if (!isOpen(room.site(), start.minus(before), end)
        || !diary.isFree(room, start.minus(before), end)) {
      return;
    }
    List<People.Person> free = free(department, start, end);
    if (free.isEmpty()) {
      return;
    }
    Meeting meeting = meeting(room, type, department, start, end, free);
    diary.enter(meeting, before);
    meetings.add(meeting);
  }

  private Meeting meeting(
      House.Room room,
      String type,
      House.Department department,
      Instant start,
      Instant end,
      List<People.Person> free) {
    int guests = isReception(type) ? Math.min(1 + random.nextInt(4), room.capacity() - 1) : 0;
    int seats = Math.min(room.capacity() - guests, 2 + random.nextInt(8));
    List<People.Person> inside = free.subList(0, Math.min(seats, free.size()));
    int required = 1 + (inside.size() - 1) * 2 / 3;
    Attendance attendance = attendance(start, end);
    return new Meeting(
        room,
        start,
        end,
        type,
        Subjects.of(type, department, random),
        department,
        inside.getFirst(),
        List.copyOf(inside.subList(1, Math.max(1, required))),
        List.copyOf(inside.subList(Math.max(1, required), inside.size())),
        visitors(guests),
        madeAt(start),
        attendance.checkedInAt(),
        attendance.endedAt());
  }

  private record Attendance(@Nullable Instant checkedInAt, @Nullable Instant endedAt) {}

  /** Most past meetings took place and ended a little early; a running one has begun. */
  private Attendance attendance(Instant start, Instant end) {
    boolean over = !end.isAfter(now);
    if (!start.isBefore(now) || (over && random.nextInt(10) == 0)) {
      return new Attendance(null, null);
    }
    Instant came = start.plusSeconds(random.nextInt(300) - 120);
    Instant checkedIn = came.isAfter(now) ? start : came;
    Instant left = end.minusSeconds(60 + random.nextInt(600));
    boolean ended = over && random.nextInt(10) < 7;
    return new Attendance(checkedIn, ended ? left : null);
  }

  private Instant madeAt(Instant start) {
    Instant wanted = start.minus(Duration.ofHours(2 + random.nextInt(240)));
    Instant latest = now.minus(Duration.ofHours(1));
    return wanted.isBefore(latest) ? wanted : latest.minusSeconds(random.nextInt(86_400));
  }

  private List<String> visitors(int count) {
    var visitors = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      visitors.add(Subjects.visitor(random));
    }
    return visitors;
  }

  /** Who of the site has time, the department's own people first. */
  private List<People.Person> free(House.Department department, Instant start, Instant end) {
    var own = new ArrayList<People.Person>();
    var others = new ArrayList<People.Person>();
    for (People.Person person : people) {
      if (person.site().equals(department.site()) && diary.isFree(person, start, end)) {
        (person.department().equals(department.id()) ? own : others).add(person);
      }
    }
    Collections.shuffle(own, random);
    Collections.shuffle(others, random);
    own.addAll(others.subList(0, Math.min(3, others.size())));
    return own;
  }

  private House.Department departmentFor(String type, House.Room room) {
    House.Site site = room.site();
    Optional<String> wanted =
        House.KEPT.containsKey(room.id())
            ? Optional.ofNullable(House.KEPT.get(room.id()))
            : type.equals("interview")
                ? Optional.of("personnel")
                : isReception(type)
                    ? Optional.of(Subjects.any(RECEIVING, random))
                    : Optional.empty();
    return House.DEPARTMENTS.stream()
        .filter(department -> department.site().equals(site.id()))
        .filter(department -> wanted.filter(department.id()::equals).isPresent())
        .findFirst()
        .orElseGet(() -> departmentAt(site));
  }

  private House.Department departmentAt(House.Site site) {
    return Subjects.any(
        House.DEPARTMENTS.stream().filter(d -> d.site().equals(site.id())).toList(), random);
  }

  private static boolean isReception(String type) {
    return RECEPTIONS.contains(type) && !type.equals("ad-hoc");
  }

  private static boolean isOpen(House.Site site, Instant from, Instant until) {
    ZonedDateTime first = from.atZone(site.zone());
    ZonedDateTime last = until.atZone(site.zone());
    return first.toLocalDate().equals(last.toLocalDate())
        && !first.toLocalTime().isBefore(OPENS)
        && !last.toLocalTime().isAfter(CLOSES);
  }

  private List<LocalDate> days(House.Site site) {
    LocalDate today = LocalDate.ofInstant(now, site.zone());
    return today.minusDays(DAYS_BEFORE).datesUntil(today.plusDays(DAYS_AFTER + 1)).toList();
  }
}
