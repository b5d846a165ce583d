package foyer.calendar;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides what the meetings of a file do to a room. Pure: the clock, the bookings and the hold
 * before a meeting are parameters.
 *
 * <p>A meeting is known again by UID and occurrence. What the same revision said before changes
 * nothing; an older revision never counts; what was cancelled or ended here stays so. First the
 * bookings that the file calls off give way, then the changed ones find their places, then the new
 * ones.
 */
final class ImportRules {

  private record Key(String uid, String recurrence) {}

  private final ImportPlan plan = new ImportPlan();
  private final Map<Key, Imported> known = new HashMap<>();
  private final Occupancy occupancy;
  private final Function<Found, Duration> hold;
  private final Instant now;
  private final Set<Long> cancelled = new HashSet<>();
  private int unchanged;

  private ImportRules(
      List<Imported> known, List<Taken> taken, Function<Found, Duration> hold, Instant now) {
    known.forEach(booking -> this.known.put(new Key(booking.uid(), booking.recurrence()), booking));
    this.occupancy = new Occupancy(taken);
    this.hold = hold;
    this.now = now;
  }

  /**
   * What is to be done.
   *
   * @param series entries of which {@code meetings} holds everything in a time
   * @param known all bookings of the room with the UIDs of the file
   * @param taken when the room is taken, around the meetings
   * @param hold how long before its start a meeting takes the room
   * @param now time of the transaction, PostgreSQL's clock
   */
  static ImportPlan plan(
      List<Found> meetings,
      List<Parsed.Whole> series,
      List<Imported> known,
      List<Taken> taken,
      Function<Found, Duration> hold,
      Instant now) {
    ImportRules rules = new ImportRules(known, taken, hold, now);
    rules.callOff(meetings.stream().filter(Found::cancelled).toList(), known);
    rules.dropWhatIsNoMore(meetings, series, known);
    List<Found> created = new ArrayList<>();
    List<ImportPlan.Updated> updated = new ArrayList<>();
    meetings.stream()
        .filter(meeting -> !meeting.cancelled())
        .forEach(meeting -> rules.sort(meeting, created, updated));
    rules.placeChanged(updated);
    rules.placeNew(created);
    return rules.plan.withUnchanged(rules.unchanged);
  }

  private void callOff(List<Found> meetings, List<Imported> all) {
    for (Found meeting : meetings) {
      List<Imported> named =
          meeting.recurrence().isEmpty()
              ? all.stream().filter(booking -> booking.uid().equals(meeting.uid())).toList()
              : Optional.ofNullable(known.get(key(meeting))).stream().toList();
      List<Imported> live =
          named.stream().filter(b -> callable(b) && b.sequence() <= meeting.sequence()).toList();
      live.forEach(booking -> cancel(booking, meeting.sequence()));
      if (named.isEmpty()) {
        plan.left().add(new ImportPlan.Left(meeting, "nothing-to-cancel"));
      } else if (live.isEmpty()) {
        unchanged++;
      }
    }
  }

  private void dropWhatIsNoMore(
      List<Found> meetings, List<Parsed.Whole> series, List<Imported> all) {
    Set<Key> told = new HashSet<>();
    meetings.forEach(meeting -> told.add(key(meeting)));
    Map<String, Parsed.Whole> whole = new HashMap<>();
    series.forEach(entry -> whole.put(entry.uid(), entry));
    for (Imported booking : all) {
      Parsed.Whole entry = whole.get(booking.uid());
      if (entry == null) {
        continue;
      }
      boolean noMore =
          entry.sequence() >= booking.sequence()
              && !booking.start().isBefore(now)
              && !booking.start().isBefore(entry.from())
              && booking.start().isBefore(entry.until())
              && !told.contains(new Key(booking.uid(), booking.recurrence()));
      if (noMore && callable(booking)) {
        cancel(booking, entry.sequence());
      }
    }
  }

  private boolean callable(Imported booking) {
    return booking.live() && booking.end().isAfter(now) && !cancelled.contains(booking.id());
  }

  private void cancel(Imported booking, int sequence) {
    cancelled.add(booking.id());
    occupancy.remove(booking.id());
    plan.cancelled().add(new ImportPlan.Cancelled(booking, sequence));
  }

  private void sort(Found meeting, List<Found> created, List<ImportPlan.Updated> updated) {
    Imported booking = known.get(key(meeting));
    if (!meeting.end().isAfter(now)) {
      leave(meeting, "past");
    } else if (booking == null) {
      created.add(meeting);
    } else if (meeting.sequence() < booking.sequence()) {
      leave(meeting, "older");
    } else if (booking.live() && Digest.of(meeting).equals(booking.digest())) {
      unchanged++;
    } else if (!booking.live() && !booking.calledOff()) {
      leave(meeting, "changed-here");
    } else if (booking.live()
        && !booking.start().isAfter(now)
        && !booking.start().equals(meeting.start())) {
      leave(meeting, "begun");
    } else {
      updated.add(new ImportPlan.Updated(booking, meeting));
    }
  }

  private void leave(Found meeting, String code) {
    plan.left().add(new ImportPlan.Left(meeting, code));
  }

  /** A changed booking may have to wait until another one has left its new place. */
  private void placeChanged(List<ImportPlan.Updated> updated) {
    List<ImportPlan.Updated> waiting = new ArrayList<>(updated);
    boolean moved = true;
    while (moved) {
      moved = waiting.removeIf(this::placed);
    }
    for (ImportPlan.Updated change : waiting) {
      clash(change);
    }
  }

  private boolean placed(ImportPlan.Updated change) {
    Found meeting = change.meeting();
    Optional<Taken> old = occupancy.remove(change.booking().id());
    if (occupancy.at(from(meeting), meeting.end()).isPresent()) {
      old.ifPresent(occupancy::put);
      return false;
    }
    occupancy.put(taken(meeting, change.booking().id()));
    plan.updated().add(change);
    return true;
  }

  private void placeNew(List<Found> created) {
    created.sort(Comparator.comparing(Found::start));
    for (Found meeting : created) {
      Optional<Taken> with = occupancy.at(from(meeting), meeting.end());
      if (with.isEmpty()) {
        occupancy.put(taken(meeting, 0));
        plan.created().add(meeting);
      } else if (meeting.uid().equals(CalendarWriter.uid(with.get().booking()))) {
        leave(meeting, "own");
      } else {
        plan.clashes().add(new ImportPlan.Clash(meeting, with.get()));
      }
    }
  }

  /** Names what stands in the way, not the booking's own present place. */
  private void clash(ImportPlan.Updated change) {
    Found meeting = change.meeting();
    Optional<Taken> old = occupancy.remove(change.booking().id());
    occupancy
        .at(from(meeting), meeting.end())
        .ifPresent(with -> plan.clashes().add(new ImportPlan.Clash(meeting, with)));
    old.ifPresent(occupancy::put);
  }

  private Instant from(Found meeting) {
    return meeting.start().minus(hold.apply(meeting));
  }

  private Taken taken(Found meeting, long booking) {
    return new Taken(
        booking, meeting.line(), from(meeting), meeting.end(), meeting.subject(), meeting.level());
  }

  private static Key key(Found meeting) {
    return new Key(meeting.uid(), meeting.recurrence());
  }
}
