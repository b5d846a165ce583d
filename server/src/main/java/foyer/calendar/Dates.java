package foyer.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The dates of a series within a time (RFC 5545 §3.8.5), in the local time of its zone. */
final class Dates {

  /**
   * A start of an occurrence.
   *
   * @param end if it has one of its own, else null
   */
  record Date(LocalDateTime start, @Nullable LocalDateTime end) {}

  private static final int MOST_RULES = 20;
  private static final int MOST_VALUES = 5_000;
  private static final Duration MARGIN = Duration.ofDays(1);

  private final Entry master;
  private final Entries reader;
  private final Limits limits;
  private final Work work;
  private final LocalDateTime from;
  private final LocalDateTime before;
  private final TreeMap<LocalDateTime, Date> dates = new TreeMap<>();
  private Instant toldUntil;

  Dates(Entry master, Entries reader, Series.Time time, Limits limits, Work work, Faults faults) {
    this.master = master;
    this.reader = reader;
    this.limits = limits;
    this.work = work;
    Zone zone = master.zone();
    Duration length = Duration.between(master.start(), master.end());
    this.from =
        zone.local(time.from()).minus(length.isNegative() ? Duration.ZERO : length).minus(MARGIN);
    this.before = zone.local(time.until()).plus(MARGIN);
    this.toldUntil = time.until();
    addRules(faults);
    addDates();
    removeRules();
    removeDates();
    keepInTime(time);
    cut(faults);
  }

  /** The dates in order. */
  List<Date> all() {
    return new ArrayList<>(dates.values());
  }

  /** Until when all dates are told. */
  Instant toldUntil() {
    return toldUntil;
  }

  private void addRules(Faults faults) {
    List<ContentLine> rules = master.component().all("RRULE");
    if (rules.isEmpty()) {
      add(master.start(), null);
    }
    boolean goesOn = false;
    for (ContentLine line : rules.subList(0, Math.min(rules.size(), MOST_RULES))) {
      Rule.Expansion expansion = expand(line);
      expansion.starts().forEach(start -> add(start, null));
      goesOn |= expansion.goesOn() && expansion.until() == null;
      LocalDateTime cut = expansion.until();
      if (cut != null) {
        before(cut);
      }
    }
    if (goesOn) {
      faults.remark(master.line(), master.uid(), "cut-at-horizon", "until", toldUntil.toString());
    }
  }

  private void before(LocalDateTime cut) {
    Instant at = master.zone().end(cut);
    toldUntil = at.isBefore(toldUntil) ? at : toldUntil;
  }

  private Rule.Expansion expand(ContentLine line) {
    Rule rule = Rule.of(line.value());
    return rule.expand(
        master.start(), from, before, last(rule), limits.occurrences() + MOST_RULES * 24, work);
  }

  /** The rule's end in the series' own zone, whichever way it is written. */
  private @Nullable LocalDateTime last(Rule rule) {
    Times.Point until = rule.until();
    if (until == null) {
      return null;
    }
    if (until.day()) {
      return until.at().plusDays(1).minusSeconds(1);
    }
    return until.offset() == null
        ? until.at()
        : master.zone().local(until.at().toInstant(until.offset()));
  }

  private void add(LocalDateTime start, @Nullable LocalDateTime end) {
    if (!start.isBefore(from) && start.isBefore(before)) {
      dates.putIfAbsent(start, new Date(start, end));
    }
  }

  private void addDates() {
    for (ContentLine line : master.component().all("RDATE")) {
      for (String value : line.value().split(",", MOST_VALUES)) {
        String[] period = value.split("/", 2);
        LocalDateTime start = local(line, period[0]);
        if (start != null) {
          add(start, period.length == 1 ? null : end(line, start, period[1]));
        }
      }
    }
  }

  private @Nullable LocalDateTime end(ContentLine line, LocalDateTime start, String value) {
    Times.Length length = Times.length(value);
    LocalDateTime end = length == null ? local(line, value) : length.after(start);
    return end != null && end.isAfter(start) ? end : null;
  }

  /** A date in the series' zone; a mere day means the series' time on it. */
  private @Nullable LocalDateTime local(ContentLine line, String value) {
    Times.Point point = Times.point(value);
    if (point == null) {
      return null;
    }
    if (point.day() || line.parameter("VALUE").equalsIgnoreCase("DATE")) {
      return point.at().toLocalDate().atTime(master.start().toLocalTime());
    }
    Zone zone =
        line.parameter("TZID").isEmpty() && point.offset() == null
            ? master.zone()
            : reader.zoneOf(line, point);
    return zone.rules().equals(master.zone().rules())
        ? point.at()
        : master.zone().local(zone.end(point.at()));
  }

  private void removeRules() {
    List<ContentLine> rules = master.component().all("EXRULE");
    for (ContentLine line : rules.subList(0, Math.min(rules.size(), MOST_RULES))) {
      expand(line).starts().forEach(dates::remove);
    }
  }

  private void removeDates() {
    Set<LocalDate> days = new HashSet<>();
    for (ContentLine line : master.component().all("EXDATE")) {
      for (String value : line.value().split(",", MOST_VALUES)) {
        Times.Point point = Times.point(value);
        LocalDateTime local = local(line, value);
        if (point != null && local != null) {
          boolean day = point.day() || line.parameter("VALUE").equalsIgnoreCase("DATE");
          if (day || master.allDay()) {
            days.add(local.toLocalDate());
          } else {
            dates.remove(local);
          }
        }
      }
    }
    dates.keySet().removeIf(start -> days.contains(start.toLocalDate()));
  }

  private void keepInTime(Series.Time time) {
    Zone zone = master.zone();
    dates
        .values()
        .removeIf(
            date ->
                !zone.end(date.start).isBefore(time.until())
                    || !master.endAtOr(date.start, date.end).isAfter(time.from()));
  }

  private void cut(Faults faults) {
    if (dates.size() <= limits.occurrences()) {
      return;
    }
    LocalDateTime first = new ArrayList<>(dates.keySet()).get(limits.occurrences());
    dates.tailMap(first, true).clear();
    before(first);
    faults.remark(
        master.line(),
        master.uid(),
        "cut-at-most",
        "most",
        Integer.toString(limits.occurrences()),
        "until",
        toldUntil.toString());
  }
}
