package foyer.booking;

import foyer.api.Caller;
import foyer.api.Once;
import foyer.audit.Audit;
import foyer.booking.BookingRequest.Attendee;
import foyer.booking.BookingRules.Booked;
import foyer.booking.BookingView.DepartmentView;
import foyer.booking.Refusal.AttendeeTwice;
import foyer.booking.Refusal.ChangedMeanwhile;
import foyer.booking.Refusal.NoSuchBooking;
import foyer.booking.Refusal.Overlaps;
import foyer.booking.Refusal.UnknownDepartment;
import foyer.booking.Refusal.UnknownMeetingType;
import foyer.booking.Refusal.UnknownPerson;
import foyer.catalogue.Department;
import foyer.catalogue.MeetingType;
import foyer.catalogue.PolicyInForce;
import foyer.org.People;
import foyer.org.Person;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Verdict;
import foyer.room.Room;
import foyer.room.RoomTx;
import foyer.room.Rooms;
import foyer.room.Terms;
import foyer.sql.Read;
import foyer.wire.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with bookings. Each method is one sentence: open the room, look, decide, write.
 */
public final class BookingService {

  /** No policy holds more than this before a start; what is read to decide reaches back so far. */
  private static final Duration LONGEST_HOLD = Duration.ofHours(4);

  private static final Verb CHECK_IN = new Verb("check-in", "check-in", "checkedInAt");
  private static final Verb EXTEND = new Verb("extend", "extend", "end");
  private static final Verb END_EARLY = new Verb("end-early", "end-early", "end");
  private static final Verb RESUME = new Verb("end-early", "resume", "end");
  private static final Verb WITHDRAW = new Verb("withdraw", "withdraw", "status");
  private static final Verb CANCEL = new Verb("cancel", "cancel", "status");

  private final Rooms rooms;
  private final Bookings bookings;
  private final Alternatives alternatives;
  private final Rights rights;

  /**
   * What is done to one booking.
   *
   * @param right row of the table of rights
   * @param action its name in the audit log
   * @param fields what it changes
   */
  private record Verb(String right, String action, List<String> fields) {
    Verb(String right, String action, String field) {
      this(right, action, List.of(field));
    }
  }

  /** Bookings of these rooms. */
  public BookingService(Rooms rooms, Bookings bookings, Alternatives alternatives, Rights rights) {
    this.rights = rights;
    this.rooms = rooms;
    this.bookings = bookings;
    this.alternatives = alternatives;
  }

  /**
   * Books the room: confirmed at once, or kept as a request where the room's terms ask for approval
   * (K-4.1.2). A request blocks nothing.
   */
  public BookingView book(Actor actor, String room, NewBooking wanted, Once once) {
    Read<List<Booking>> near =
        Bookings.near(room, wanted.start().minus(LONGEST_HOLD), wanted.end());
    Read<List<Person>> people = People.byStaffNumbers(wanted.staffNumbers());
    Read<Long> id = Bookings.nextId();
    List<Read<?>> reads = new ArrayList<>(List.of(once.read(), near, id));
    if (!wanted.staffNumbers().isEmpty()) {
      reads.add(people);
    }
    return orElsewhere(
        room,
        wanted.start(),
        wanted.end(),
        wanted.people(),
        () ->
            rooms.change(
                room,
                reads,
                tx -> {
                  once.firstTime(tx.tx());
                  List<Person> found = wanted.staffNumbers().isEmpty() ? List.of() : tx.get(people);
                  BookingRequest request = request(tx, wanted, found);
                  requireBooking(actor.caller(), request);
                  Department department = request.department();
                  requireDepartment(
                      tx, actor, tx.room(room), department == null ? null : department.id());
                  PolicyInForce policy =
                      tx.catalogue().policy(request.type(), request.department(), tx.now());
                  BookingRules.refuse(
                          request,
                          policy,
                          tx.site(tx.room(room)).hours(),
                          tx.room(room).capacity(),
                          booked(tx, tx.get(near)),
                          tx.now())
                      .ifPresent(Refused::raise);
                  WaitsFor waitsFor = waitsFor(tx, actor, tx.room(room).terms(), request);
                  BookingView made =
                      Bookings.insert(
                          tx, tx.get(id), room, request, policy, actor.person(), null, waitsFor);
                  audit(tx, actor, waitsFor == null ? "book" : "request", made.id(), List.of());
                  once.keep(tx.tx(), tx.now(), 201, made);
                  return made;
                }));
  }

  /**
   * Gives the room to the people at its door, from now until {@code until}; they count as signed
   * in.
   */
  public BookingView walkUp(Actor actor, String room, Instant until, Once once) {
    Read<List<Booking>> near = Bookings.near(room, until.minus(Duration.ofDays(1)), until);
    Read<Long> id = Bookings.nextId();
    return orElsewhere(
        room,
        null,
        until,
        0,
        () ->
            rooms.change(
                room,
                List.of(once.read(), near, id),
                tx -> {
                  once.firstTime(tx.tx());
                  Relation here = Relation.toRoom(tx.room(room).site(), room);
                  rights.require("walk-up", actor.caller(), here, "");
                  requireDepartment(tx, actor, tx.room(room), null);
                  PolicyInForce policy = tx.catalogue().defaults(tx.now());
                  BookingRules.refuseWalkUp(
                          until,
                          policy,
                          tx.room(room).terms(),
                          tx.site(tx.room(room)).hours(),
                          booked(tx, tx.get(near)),
                          tx.now())
                      .ifPresent(Refused::raise);
                  BookingView made =
                      Bookings.insert(
                          tx,
                          tx.get(id),
                          room,
                          walkUpRequest(tx, until),
                          policy,
                          null,
                          tx.now(),
                          null);
                  audit(tx, actor, "book at the door", made.id(), List.of());
                  once.keep(tx.tx(), tx.now(), 201, made);
                  return made;
                }));
  }

  /**
   * Moves a booking that has not begun to another time, room or both.
   *
   * @param room null to stay
   * @param version the version that the caller saw
   */
  public BookingView move(
      Actor actor,
      long id,
      @Nullable String room,
      @Nullable Instant start,
      @Nullable Instant end,
      int version) {
    String from = bookings.roomOf(id);
    String to = room == null ? from : room;
    Read<Optional<Booking>> present = Bookings.byId(id);
    Read<Optional<Ties>> ties = Ties.byId(id);
    return orElsewhere(
        to,
        start,
        end,
        0,
        () -> {
          rooms.change(
              new LinkedHashSet<>(List.of(from, to)),
              List.of(present, ties),
              tx -> {
                Booking booking = stillIn(from, tx.get(present));
                require("move", actor, tx.get(ties));
                if (booking.version() != version) {
                  throw new Refused(new ChangedMeanwhile(booking.version()));
                }
                Instant newStart = start == null ? booking.start() : start;
                Instant newEnd =
                    end == null
                        ? newStart.plus(Duration.between(booking.start(), booking.end()))
                        : end;
                PolicyInForce policy = madeUnder(tx, booking);
                List<Booking> near =
                    tx.ask(Bookings.near(to, newStart.minus(LONGEST_HOLD), newEnd));
                BookingRules.refuseMove(
                        booking,
                        newStart,
                        newEnd,
                        policy,
                        tx.site(tx.room(to)).hours(),
                        booked(tx, near),
                        tx.now())
                    .ifPresent(Refused::raise);
                requireMove(tx, actor, tx.get(ties).orElseThrow(), booking, to, newStart, newEnd);
                Bookings.move(tx, booking, to, newStart, newEnd, policy);
                audit(tx, actor, "move", id, List.of("room", "start", "end"));
                return booking;
              });
          return bookings.view(actor.caller(), id);
        });
  }

  /** Signs the meeting in at the room; doing it again changes nothing. */
  public BookingView checkIn(Actor actor, long id) {
    return verb(
        actor,
        CHECK_IN,
        id,
        (tx, booking) -> {
          BookingRules.refuseCheckIn(booking, madeUnder(tx, booking), tx.now())
              .ifPresent(Refused::raise);
          if (booking.checkedInAt() == null) {
            Bookings.checkIn(tx, booking);
          }
        });
  }

  /**
   * Moves the end of a running meeting.
   *
   * @param seenEnd the end that the caller saw; another one refuses
   */
  public BookingView extend(Actor actor, long id, Instant seenEnd, Instant newEnd) {
    return verb(
        actor,
        EXTEND,
        id,
        (tx, booking) -> {
          List<Booking> near = tx.ask(Bookings.near(booking.room(), booking.start(), newEnd));
          BookingRules.refuseExtend(
                  booking,
                  seenEnd,
                  newEnd,
                  madeUnder(tx, booking),
                  tx.site(tx.room(booking.room())).hours(),
                  booked(tx, near),
                  tx.now())
              .ifPresent(Refused::raise);
          Bookings.extend(tx, booking, newEnd);
        });
  }

  /** Ends a running meeting now; the rest of its time is free. */
  public BookingView endEarly(Actor actor, long id) {
    return verb(
        actor,
        END_EARLY,
        id,
        (tx, booking) -> {
          BookingRules.refuseEnd(booking, madeUnder(tx, booking), tx.now())
              .ifPresent(Refused::raise);
          Bookings.endEarly(tx, booking);
        });
  }

  /**
   * Takes the end of a meeting back, within the policy's seconds and if nobody has taken the room.
   */
  public BookingView resume(Actor actor, long id) {
    return verb(
        actor,
        RESUME,
        id,
        (tx, booking) -> {
          Instant bookedEnd =
              booking.endBeforeEnded() == null ? booking.end() : booking.endBeforeEnded();
          List<Booking> near = tx.ask(Bookings.near(booking.room(), booking.start(), bookedEnd));
          BookingRules.refuseResume(booking, madeUnder(tx, booking), booked(tx, near), tx.now())
              .ifPresent(Refused::raise);
          Bookings.resume(tx, booking);
        });
  }

  /** Cancels what has not ended; a request is withdrawn by those who asked (撤回). */
  public BookingView cancel(Actor actor, long id) {
    return verb(
        actor,
        status -> status == Status.REQUESTED ? WITHDRAW : CANCEL,
        id,
        (tx, booking) -> {
          BookingRules.refuseCancel(booking, tx.now()).ifPresent(Refused::raise);
          if (booking.status() == Status.REQUESTED) {
            Bookings.withdraw(tx, booking);
          } else {
            Bookings.cancel(tx, booking, actor.reason().isEmpty() ? null : actor.reason());
          }
        });
  }

  private BookingView verb(Actor actor, Verb verb, long id, BiConsumer<RoomTx, Booking> act) {
    return verb(actor, status -> verb, id, act);
  }

  private BookingView verb(
      Actor actor, Function<Status, Verb> verbOf, long id, BiConsumer<RoomTx, Booking> act) {
    String room = bookings.roomOf(id);
    Read<Optional<Booking>> present = Bookings.byId(id);
    Read<Optional<Ties>> ties = Ties.byId(id);
    rooms.change(
        room,
        List.of(present, ties),
        tx -> {
          Booking booking = stillIn(room, tx.get(present));
          Verb verb = verbOf.apply(booking.status());
          require(verb.right(), actor, tx.get(ties));
          act.accept(tx, booking);
          audit(tx, actor, verb.action(), id, verb.fields());
          return booking;
        });
    return bookings.view(actor.caller(), id);
  }

  /** Who may not know of the booking hears that there is none. */
  private void require(String right, Actor actor, Optional<Ties> found) {
    Ties ties = found.orElseThrow(() -> new Refused(new NoSuchBooking()));
    if (!bookings.isKnownTo(actor.caller(), ties)) {
      throw new Refused(new NoSuchBooking());
    }
    rights.require(right, actor.caller(), ties.to(actor.caller()), actor.reason());
  }

  /**
   * Books for oneself or for whom one may book; and in the name of the convener's own department,
   * or of one for which one may book.
   */
  private void requireBooking(Caller caller, BookingRequest request) {
    if (!(caller instanceof Caller.Employee employee)) {
      throw Rights.refusal(caller);
    }
    Person convener = request.convener();
    String home = employee.department();
    if (convener != null && convener.id() != employee.id()) {
      boolean principal = employee.principals().contains(convener.id());
      home = convener.department();
      rights.require("book-for-another", caller, toDepartment(principal, home), "");
    }
    String department = request.department() == null ? home : request.department().id();
    rights.require("book", caller, toDepartment(department.equals(home), department), "");
  }

  /** Rooms that are kept for some departments are for these alone; who keeps them may. */
  private void requireDepartment(RoomTx tx, Actor actor, Room room, @Nullable String department) {
    Map<String, Department> known = tx.catalogue().departments();
    List<DepartmentView> names =
        room.terms().departments().stream()
            .sorted()
            .map(known::get)
            .filter(Objects::nonNull)
            .map(d -> new DepartmentView(d.id(), d.name()))
            .toList();
    BookingRules.refuseDepartment(room.terms(), tx.catalogue().above(department), names)
        .filter(refusal -> !may("book-kept-room", actor))
        .ifPresent(Refused::raise);
  }

  /**
   * A booking is not moved past the approval that its new room and time ask for, but by those who
   * give it; taking less of what it has needs none.
   */
  private void requireMove(
      RoomTx tx, Actor actor, Ties ties, Booking booking, String to, Instant start, Instant end) {
    Room room = tx.room(to);
    boolean stays = to.equals(booking.room());
    boolean less = stays && !start.isBefore(booking.start()) && !end.isAfter(booking.end());
    if (less) {
      return;
    }
    if (!stays) {
      requireDepartment(tx, actor, room, ties.department());
    }
    BookingRules.refuseUnasked(room.terms(), start, end)
        .filter(refusal -> !may("move-unasked", actor))
        .ifPresent(Refused::raise);
  }

  private boolean may(String right, Actor actor) {
    return rights.verdict(right, actor.caller(), Relation.NONE) == Verdict.ALLOWED;
  }

  /** With whom the booking lies if the room's terms ask for approval; null if they do not. */
  private static @Nullable WaitsFor waitsFor(
      RoomTx tx, Actor actor, Terms terms, BookingRequest request) {
    if (!terms.needsApproval(request.length())) {
      return null;
    }
    Department department = request.department();
    Person convener = request.convener();
    return tx.ask(
        WaitsFor.ofNew(
            department == null ? null : department.id(),
            convener == null ? null : (Long) convener.id(),
            actor.person()));
  }

  private static Relation toDepartment(boolean own, String department) {
    return new Relation(own, department, null, null, Set.of());
  }

  private static void audit(
      RoomTx tx, Actor actor, String action, long booking, List<String> fields) {
    Audit.write(
        tx.tx(),
        tx.now(),
        new Audit.Entry(
            actor.caller().word(), action, "booking:" + booking, fields, actor.reason()));
  }

  /**
   * The booking, unless it was moved to another room between looking up its room and locking it.
   */
  private static Booking stillIn(String room, Optional<Booking> found) {
    Booking booking = found.orElseThrow(() -> new Refused(new NoSuchBooking()));
    if (!booking.room().equals(room)) {
      throw new Refused(new ChangedMeanwhile(booking.version()));
    }
    return booking;
  }

  /** Does it, or says where and when else the room or one like it is free. */
  private BookingView orElsewhere(
      String room,
      @Nullable Instant start,
      @Nullable Instant end,
      int people,
      Supplier<BookingView> act) {
    try {
      return act.get();
    } catch (Refused refused) {
      if (refused.refusal() instanceof Overlaps overlaps && end != null) {
        throw new Refused(
            new Overlaps(
                overlaps.from(),
                overlaps.until(),
                alternatives.nearest(room, start, end, people),
                overlaps.held()));
      }
      throw refused;
    }
  }

  private static Booked booked(RoomTx tx, List<Booking> near) {
    return new Booked(near, booking -> madeUnder(tx, booking));
  }

  private static PolicyInForce madeUnder(RoomTx tx, Booking booking) {
    return tx.catalogue().madeUnder(booking.policy(), booking.secondPolicy(), tx.now());
  }

  private static BookingRequest walkUpRequest(RoomTx tx, Instant until) {
    MeetingType type = tx.catalogue().type("walk-up");
    String subject = type.name().zh() + " " + type.name().en();
    return new BookingRequest(
        tx.now(),
        until,
        subject,
        "",
        type,
        type.level(),
        type.priority(),
        null,
        null,
        null,
        List.of(),
        "door");
  }

  private static BookingRequest request(RoomTx tx, NewBooking wanted, List<Person> found) {
    MeetingType type = tx.catalogue().types().get(wanted.meetingType());
    if (type == null) {
      throw new Refused(new UnknownMeetingType());
    }
    Map<String, Person> people = new HashMap<>();
    found.forEach(person -> people.put(person.staffNumber(), person));
    Person convener = wanted.convener() == null ? null : person(people, wanted.convener());
    return new BookingRequest(
        wanted.start(),
        wanted.end(),
        wanted.subject(),
        wanted.goal(),
        type,
        wanted.level() == null ? type.level() : Level.of(wanted.level()),
        wanted.priority() == null ? type.priority() : wanted.priority(),
        convener,
        department(tx, wanted, convener),
        wanted.headCount(),
        attendees(wanted, people),
        "console");
  }

  private static @Nullable Department department(
      RoomTx tx, NewBooking wanted, @Nullable Person convener) {
    if (wanted.department() == null) {
      return convener == null ? null : tx.catalogue().departments().get(convener.department());
    }
    Department department = tx.catalogue().departments().get(wanted.department());
    if (department == null) {
      throw new Refused(new UnknownDepartment());
    }
    return department;
  }

  private static List<Attendee> attendees(NewBooking wanted, Map<String, Person> people) {
    List<Attendee> attendees = new ArrayList<>();
    Set<String> seen = new LinkedHashSet<>();
    for (NewBooking.NewAttendee attendee : wanted.attendees()) {
      if (attendee.staffNumber() == null) {
        attendees.add(
            new Attendee(attendee.role(), null, attendee.nameOrEmail(), attendee.email()));
        continue;
      }
      if (!seen.add(attendee.staffNumber())) {
        throw new Refused(new AttendeeTwice(attendee.staffNumber()));
      }
      Person person = person(people, attendee.staffNumber());
      attendees.add(new Attendee(attendee.role(), person, person.name().zh(), person.email()));
    }
    return attendees;
  }

  private static Person person(Map<String, Person> people, String staffNumber) {
    Person person = people.get(staffNumber);
    if (person == null) {
      throw new Refused(new UnknownPerson(staffNumber));
    }
    return person;
  }
}
