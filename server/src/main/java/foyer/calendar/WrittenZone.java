package foyer.calendar;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The offsets that a VTIMEZONE (RFC 5545 §3.6.5) writes out, within the time of an import. */
final class WrittenZone {

  /** From a local time on another offset holds. */
  private record Onset(LocalDateTime at, ZoneOffset before, ZoneOffset after) {

    Instant instant() {
      return at.toInstant(before);
    }
  }

  private static final int MOST_OBSERVANCES = 500;
  private static final int MOST_ONSETS = 200;

  private WrittenZone() {}

  /** Its rules between the two instants; null if it does not write any. */
  static @Nullable ZoneRules rules(Component zone, Instant from, Instant until, Work work) {
    List<Onset> onsets = new ArrayList<>();
    zone.children().stream()
        .filter(c -> c.name().equals("STANDARD") || c.name().equals("DAYLIGHT"))
        .limit(MOST_OBSERVANCES)
        .forEach(observance -> addOnsets(onsets, observance, from, until, work));
    onsets.sort(Comparator.comparing(Onset::instant));
    if (onsets.isEmpty()) {
      return null;
    }
    ZoneOffset first = onsets.getFirst().before;
    for (Onset onset : onsets) {
      if (!onset.instant().isAfter(from)) {
        first = onset.after;
      }
    }
    return rules(first, onsets.stream().filter(o -> o.instant().isAfter(from)).toList());
  }

  private static ZoneRules rules(ZoneOffset first, List<Onset> onsets) {
    List<ZoneOffsetTransition> transitions = new ArrayList<>();
    ZoneOffset present = first;
    for (Onset onset : onsets) {
      if (!onset.after.equals(present)) {
        transitions.add(ZoneOffsetTransition.of(onset.at, present, onset.after));
        present = onset.after;
      }
    }
    return ZoneRules.of(first, first, List.of(), transitions, List.of());
  }

  private static void addOnsets(
      List<Onset> onsets, Component observance, Instant from, Instant until, Work work) {
    Times.Point start = Times.point(observance.value("DTSTART"));
    ZoneOffset after = Times.offset(observance.value("TZOFFSETTO"));
    ZoneOffset written = Times.offset(observance.value("TZOFFSETFROM"));
    if (start == null || after == null) {
      return;
    }
    ZoneOffset before = written == null ? after : written;
    LocalDateTime earliest = LocalDateTime.ofInstant(from, before).minusYears(2);
    LocalDateTime latest = LocalDateTime.ofInstant(until, before);
    onsets.add(new Onset(start.at(), before, after));
    for (ContentLine dates : observance.all("RDATE")) {
      for (String date : dates.value().split(",", MOST_ONSETS)) {
        Times.Point point = Times.point(date);
        if (point != null) {
          onsets.add(new Onset(point.at(), before, after));
        }
      }
    }
    String rule = observance.value("RRULE");
    if (!rule.isEmpty()) {
      Rule read = Rule.of(rule);
      LocalDateTime last = lastOf(read, before);
      read.expand(start.at(), earliest, latest, last, MOST_ONSETS, work).starts().stream()
          .map(at -> new Onset(at, before, after))
          .forEach(onsets::add);
      if (last != null && last.isBefore(earliest)) {
        onsets.add(new Onset(last, before, after));
      }
    }
  }

  private static @Nullable LocalDateTime lastOf(Rule rule, ZoneOffset before) {
    Times.Point until = rule.until();
    if (until == null) {
      return null;
    }
    return until.offset() == null
        ? until.at()
        : LocalDateTime.ofInstant(until.at().toInstant(until.offset()), before);
  }
}
