package foyer.timeline;

import foyer.booking.Booking;
import foyer.catalogue.Catalogue;
import foyer.catalogue.OpeningHours;
import foyer.catalogue.OpeningHours.Open;
import foyer.catalogue.PolicyInForce;
import foyer.wire.Action;
import foyer.wire.DoorState;
import foyer.wire.Timeline.Entry;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says what a room is, from now until the end of the window, if nobody does anything. Pure: the
 * clock, the hours, the policies and the bookings are parameters.
 *
 * <p>At any instant the first of these that applies is in force: a meeting that is running (in use,
 * ending; before anybody has signed in: check in); the over-time of one that nobody has ended; the
 * minutes before the next one; closed; free.
 */
final class TimelineRules {

  private final Catalogue catalogue;
  private final OpeningHours hours;
  private final List<Held> bookings;
  private final boolean walkUps;
  private final int shortest;

  /** A booking with the policy under which it was made. */
  private record Held(Booking booking, PolicyInForce policy) {

    Instant preparingFrom() {
      return booking.start().minus(Duration.ofMinutes(policy.preparing()));
    }

    Instant endingFrom() {
      Instant ending = booking.end().minus(Duration.ofMinutes(policy.ending()));
      return ending.isBefore(booking.start()) ? booking.start() : ending;
    }

    /** Nobody who is known to have left, and nobody who never came, runs over time. */
    Instant overUntil() {
      boolean people = booking.checkedInAt() != null && booking.endedAt() == null;
      return people ? booking.end().plus(Duration.ofMinutes(policy.overTime())) : booking.end();
    }

    boolean running(Instant t) {
      return !t.isBefore(booking.start()) && t.isBefore(booking.end());
    }

    boolean overTime(Instant t) {
      return !t.isBefore(booking.end()) && t.isBefore(overUntil());
    }

    boolean preparing(Instant t) {
      return !t.isBefore(preparingFrom()) && t.isBefore(booking.start());
    }
  }

  private TimelineRules(
      Catalogue catalogue,
      OpeningHours hours,
      List<Booking> bookings,
      boolean walkUps,
      Instant now) {
    this.walkUps = walkUps;
    this.catalogue = catalogue;
    this.hours = hours;
    this.bookings = bookings.stream().map(b -> new Held(b, madeUnder(b, now))).toList();
    this.shortest = catalogue.defaults(now).shortest();
  }

  private PolicyInForce madeUnder(Booking booking, Instant now) {
    return catalogue.madeUnder(booking.policy(), booking.secondPolicy(), now);
  }

  /**
   * The room's entries, gap-free; the first is in force at {@code now}.
   *
   * @param bookings the room's confirmed bookings, by start, that touch the window, over-time
   *     included
   * @param walkUps whether people at the door may take the room
   * @param until end of the window
   */
  static List<Entry> entries(
      Catalogue catalogue,
      OpeningHours hours,
      List<Booking> bookings,
      boolean walkUps,
      Instant now,
      Instant until) {
    TimelineRules rules = new TimelineRules(catalogue, hours, bookings, walkUps, now);
    List<Entry> entries = new ArrayList<>();
    for (Instant from : rules.changes(now, until)) {
      Entry entry = rules.at(from);
      if (entries.isEmpty() || !sameBut(entries.getLast(), entry)) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /**
   * All instants of the window at which the state may change, the last one before {@code now}
   * first.
   */
  private NavigableSet<Instant> changes(Instant now, Instant until) {
    NavigableSet<Instant> changes = new TreeSet<>();
    for (Held held : bookings) {
      changes.add(held.preparingFrom());
      changes.add(held.booking().start());
      changes.add(held.endingFrom());
      changes.add(held.booking().end());
      changes.add(held.overUntil());
    }
    LocalDate last = LocalDate.ofInstant(until, hours.zone());
    for (LocalDate day = LocalDate.ofInstant(now, hours.zone()).minusDays(1);
        !day.isAfter(last);
        day = day.plusDays(1)) {
      Optional<Open> open = hours.on(day);
      open.ifPresent(o -> changes.add(o.from()));
      open.ifPresent(o -> changes.add(o.until()));
    }
    Instant begun = changes.floor(now);
    Instant first = begun == null ? Instant.ofEpochSecond(now.getEpochSecond()) : begun;
    changes.add(first);
    return changes.subSet(first, true, until, false);
  }

  private Entry at(Instant t) {
    Held running = first(held -> held.running(t));
    if (running != null) {
      return running.booking().checkedInAt() == null
          ? entry(t, DoorState.CHECK_IN, running, List.of())
          : inUse(running, t);
    }
    Held over = first(held -> held.overTime(t));
    if (over != null) {
      return entry(t, DoorState.OVER_TIME, over, leaving(over, t));
    }
    Held next = first(held -> held.preparing(t));
    if (next != null) {
      return entry(t, DoorState.PREPARING, next, List.of());
    }
    return open(t) ? free(t) : new Entry(t, DoorState.CLOSED, null, List.of());
  }

  private Entry inUse(Held held, Instant t) {
    if (t.isBefore(held.endingFrom())) {
      return entry(t, DoorState.IN_USE, held, staying(held));
    }
    return entry(t, DoorState.ENDING, held, leaving(held, t));
  }

  private Entry free(Instant t) {
    Instant until = freeUntil(t);
    boolean longEnough = Duration.between(t, until).compareTo(Duration.ofMinutes(shortest)) >= 0;
    return new Entry(
        t, DoorState.FREE, null, walkUps && longEnough ? List.of(Action.book(until)) : List.of());
  }

  private List<Action> staying(Held held) {
    Instant until = freeUntil(held.booking().end());
    return until.isAfter(held.booking().end()) ? List.of(Action.extend(until)) : List.of();
  }

  /** As long as people leave, those of the next meeting may sign in already. */
  private List<Action> leaving(Held held, Instant t) {
    List<Action> actions = new ArrayList<>(staying(held));
    Held next = first(other -> !other.equals(held) && other.preparing(t));
    if (next != null && next.booking().checkedInAt() == null) {
      actions.add(Action.checkIn(next.booking().id()));
    }
    return actions;
  }

  /**
   * Until when the room may be taken from {@code t} on: the next hold, or the end of the open
   * stretch.
   */
  private Instant freeUntil(Instant t) {
    Instant next =
        bookings.stream()
            .filter(held -> held.booking().end().isAfter(t))
            .map(held -> held.booking().occupiedFrom())
            .filter(from -> !from.isBefore(t))
            .min(Instant::compareTo)
            .orElse(Instant.MAX);
    boolean taken =
        bookings.stream().anyMatch(held -> held.booking().occupies(t, t.plusNanos(1000)));
    Instant closes = hours.openUntil(t);
    return taken ? t : next.isBefore(closes) ? next : closes;
  }

  private boolean open(Instant t) {
    return hours.openUntil(t).isAfter(t);
  }

  private @Nullable Held first(Predicate<Held> which) {
    for (Held held : bookings) {
      if (which.test(held)) {
        return held;
      }
    }
    return null;
  }

  private static Entry entry(Instant t, DoorState state, Held held, List<Action> actions) {
    return new Entry(t, state, held.booking().id(), actions);
  }

  private static boolean sameBut(Entry one, Entry other) {
    return one.state() == other.state()
        && Objects.equals(one.meeting(), other.meeting())
        && one.actions().equals(other.actions());
  }
}
