package foyer.calendar;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns the entries of one UID into meetings: a series into its occurrences. */
final class Series {

  /** The time that is asked for, and the zone of whole days. */
  record Time(ZoneId site, Instant from, Instant until) {}

  /** What an occurrence is by the rule, before anything changes it. */
  private record Occurrence(LocalDateTime start, @Nullable LocalDateTime ownEnd) {}

  private final Time time;
  private final Entries reader;
  private final Limits limits;
  private final Work work;
  private final Faults faults;
  private final Skips skips;
  private final List<Found> meetings = new ArrayList<>();
  private final List<Parsed.Whole> whole = new ArrayList<>();
  private boolean full;

  Series(Time time, Entries reader, Limits limits, Work work, Faults faults, Skips skips) {
    this.time = time;
    this.reader = reader;
    this.limits = limits;
    this.work = work;
    this.faults = faults;
    this.skips = skips;
  }

  List<Found> meetings() {
    return meetings;
  }

  List<Parsed.Whole> whole() {
    return whole;
  }

  /** Adds the meetings of all entries with the same UID. */
  void add(List<Entry> entries) {
    Entry master = null;
    Map<Entry.Of, Entry> changes = new LinkedHashMap<>();
    for (Entry entry : entries) {
      Entry other = entry.of() == null ? master : changes.get(entry.of());
      boolean stands = other == null || entry.supersedes(other);
      if (other != null) {
        Entry loser = stands ? other : entry;
        skips.add(loser.line(), loser.uid(), loser.subject(), "superseded", 1);
      }
      if (stands && entry.of() == null) {
        master = entry;
      } else if (stands) {
        changes.put(entry.of(), entry);
      }
    }
    try {
      add(master, new ArrayList<>(changes.values()));
    } catch (Unusable e) {
      e.tell(faults, entries.getFirst().line(), entries.getFirst().uid());
    } catch (DateTimeException | ArithmeticException e) {
      faults.refuse(entries.getFirst().line(), entries.getFirst().uid(), "time-out-of-range");
    }
  }

  private void add(@Nullable Entry master, List<Entry> changes) {
    if (master != null && master.cancelled()) {
      Instant at = later(master.zone().end(master.start()), time.from);
      meetings.add(found(master, "", at, at.plusSeconds(1), master.zone()));
      return;
    }
    Map<String, Integer> leftOut = new TreeMap<>();
    Instant until = time.until;
    if (master != null && !recurs(master)) {
      put(master, null, master.startsAt(), master.endAt(master.start()), master.zone(), leftOut);
      changes.forEach(change -> putChange(change, occurrenceOf(change), leftOut));
    } else if (master != null) {
      until = addOccurrences(master, changes, leftOut);
    } else {
      changes.forEach(change -> putChange(change, occurrenceOf(change), leftOut));
    }
    if (master != null && !full) {
      whole.add(new Parsed.Whole(master.uid(), master.sequence(), time.from, until));
    }
    Entry shown = master != null ? master : changes.getFirst();
    leftOut.forEach(
        (code, count) -> skips.add(shown.line(), shown.uid(), shown.subject(), code, count));
  }

  private static boolean recurs(Entry master) {
    return master.component().first("RRULE").isPresent()
        || master.component().first("RDATE").isPresent();
  }

  private static Instant occurrenceOf(Entry change) {
    return Optional.ofNullable(change.of()).orElseThrow().at();
  }

  /** Adds the occurrences of a series; returns until when all of them are told. */
  private Instant addOccurrences(Entry master, List<Entry> changes, Map<String, Integer> leftOut) {
    Dates dates = new Dates(master, reader, time, limits, work, faults);
    Map<Instant, Occurrence> occurrences = new TreeMap<>();
    for (Dates.Date date : dates.all()) {
      try {
        occurrences.put(master.startAt(date.start()), new Occurrence(date.start(), date.end()));
      } catch (Unusable e) {
        e.tell(faults, master.line(), master.uid());
      }
    }
    for (Entry change : changes) {
      putChange(change, taken(occurrences, change, master), leftOut);
    }
    List<Entry> ranges = changes.stream().filter(Entry::andFollowing).toList();
    occurrences.forEach(
        (id, occurrence) -> putOccurrence(master, rangeAt(ranges, id), id, occurrence, leftOut));
    return dates.toldUntil();
  }

  /** Takes out the occurrence that is changed, and tells when the series means it to be. */
  private static Instant taken(Map<Instant, Occurrence> occurrences, Entry change, Entry master) {
    Entry.Of of = Optional.ofNullable(change.of()).orElseThrow();
    Instant id =
        occurrences.entrySet().stream()
            .filter(
                o ->
                    of.day() == null
                        ? o.getKey().equals(of.at())
                        : o.getValue().start().toLocalDate().equals(of.day()))
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse(null);
    if (id != null) {
      occurrences.remove(id);
      return id;
    }
    return of.day() == null
        ? of.at()
        : master.zone().end(of.day().atTime(master.start().toLocalTime()));
  }

  private static @Nullable Entry rangeAt(List<Entry> ranges, Instant id) {
    Entry last = null;
    for (Entry range : ranges) {
      boolean holds = !occurrenceOf(range).isAfter(id);
      if (holds && (last == null || occurrenceOf(range).isAfter(occurrenceOf(last)))) {
        last = range;
      }
    }
    return last;
  }

  private void putOccurrence(
      Entry master,
      @Nullable Entry range,
      Instant id,
      Occurrence occurrence,
      Map<String, Integer> leftOut) {
    Zone zone = master.zone();
    if (range == null) {
      LocalDateTime ownEnd = occurrence.ownEnd();
      Instant end = ownEnd == null ? master.endAt(occurrence.start()) : zone.end(ownEnd);
      put(master, id, id, end, zone, leftOut);
      return;
    }
    Duration shift =
        Duration.between(
            zone.local(occurrenceOf(range)), zone.local(range.zone().end(range.start())));
    LocalDateTime start = occurrence.start().plus(shift);
    Instant end = zone.end(start.plus(Duration.between(range.start(), range.end())));
    put(range, id, zone.end(start), end, zone, leftOut);
  }

  private void putChange(Entry change, Instant id, Map<String, Integer> leftOut) {
    try {
      Instant end = change.endAt(change.start());
      put(change, id, change.startsAt(), end, change.zone(), leftOut);
    } catch (Unusable e) {
      e.tell(faults, change.line(), change.uid());
    }
  }

  private void put(
      Entry entry,
      @Nullable Instant id,
      Instant start,
      Instant end,
      Zone zone,
      Map<String, Integer> leftOut) {
    if (entry.free() && !entry.cancelled()) {
      leftOut.merge("free", 1, Integer::sum);
    } else if (!end.isAfter(time.from)) {
      leftOut.merge("past", 1, Integer::sum);
    } else if (!start.isBefore(time.until)) {
      leftOut.merge("beyond-horizon", 1, Integer::sum);
    } else if (meetings.size() >= limits.meetings()) {
      if (!full) {
        faults.refuse(
            entry.line(), "", "too-many-meetings", "most", Integer.toString(limits.meetings()));
      }
      full = true;
    } else {
      meetings.add(found(entry, id == null ? "" : id.toString(), start, end, zone));
    }
  }

  private Found found(Entry entry, String recurrence, Instant start, Instant end, Zone zone) {
    ZoneId meant = zone.id() == null ? time.site : zone.id();
    return new Found(
        entry.line(),
        entry.uid(),
        recurrence,
        entry.sequence(),
        start,
        end,
        meant,
        LocalDateTime.ofInstant(start, meant),
        LocalDateTime.ofInstant(end, meant),
        entry.allDay(),
        entry.cancelled(),
        entry.tentative(),
        entry.subject(),
        entry.description(),
        entry.organizer(),
        entry.attendees(),
        entry.level());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
