package foyer.calendar;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads iCalendar files (RFC 5545) as other programs really write them. Pure: the file, the site's
 * zone and the time that is asked for are parameters; work and size of the answer are bounded.
 */
public final class CalendarReader {

  private static final Set<String> REPLIES =
      Set.of("REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH");

  private final Faults faults;
  private final Skips skips;
  private final List<Component> zones = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Limits limits;
  private boolean isCalendar;
  private boolean full;

  /**
   * An entry, and what is done with it in its calendar.
   *
   * @param method in capitals (RFC 5546 §1.4); empty if none is told
   */
  private record Event(Component component, String method) {}

  private CalendarReader(Limits limits) {
    this.limits = limits;
    this.faults = new Faults(limits.faults());
    this.skips = new Skips(limits.faults());
  }

  /**
   * The meetings of a file that end after {@code from} and begin before {@code until}, and all that
   * is wrong with it. Never throws, whatever the file is.
   *
   * @param siteZone zone of times that name none, and of whole days
   */
  public static Parsed read(
      byte[] file, ZoneId siteZone, Instant from, Instant until, Limits limits) {
    CalendarReader reader = new CalendarReader(limits);
    if (file.length > limits.bytes()) {
      reader.faults.refuse(
          0, "", "file-too-large", "mebibytes", Integer.toString(limits.bytes() >> 20));
      return reader.nothing();
    }
    for (Component root : Components.of(Lines.of(file, reader.faults), reader.faults)) {
      reader.collect(root, "");
    }
    return reader.isCalendar ? reader.meetings(siteZone, from, until) : notACalendar(limits);
  }

  private static Parsed notACalendar(Limits limits) {
    CalendarReader reader = new CalendarReader(limits);
    reader.faults.refuse(1, "", "not-a-calendar");
    return reader.nothing();
  }

  private Parsed nothing() {
    return new Parsed(List.of(), List.of(), faults.listed(), List.of(), 0);
  }

  private void collect(Component component, String method) {
    String inner = method;
    switch (component.name()) {
      case "VCALENDAR" -> {
        isCalendar = true;
        inner = component.value("METHOD").toUpperCase(Locale.ROOT);
      }
      case "VEVENT" -> {
        isCalendar = true;
        addEvent(component, method);
      }
      case "VTIMEZONE" -> zones.add(component);
      case "VTODO" -> skip(component, "todo");
      case "VJOURNAL" -> skip(component, "journal");
      case "VFREEBUSY" -> skip(component, "free-busy");
      default -> {}
    }
    for (Component child : component.children()) {
      collect(child, inner);
    }
  }

  private void addEvent(Component component, String method) {
    if (events.size() < limits.entries()) {
      events.add(new Event(component, method));
    } else if (!full) {
      full = true;
      faults.refuse(
          component.line(), "", "too-many-entries", "most", Integer.toString(limits.entries()));
    }
  }

  private void skip(Component component, String code) {
    skips.add(
        component.line(),
        Entries.uid(component),
        Texts.line(Texts.unescape(component.value("SUMMARY")), 200),
        code,
        1);
  }

  private Parsed meetings(ZoneId siteZone, Instant from, Instant until) {
    Work work = new Work(limits.work());
    Entries reader =
        new Entries(siteZone, new Zones(siteZone, zones, from, until, work), limits, faults);
    Map<String, List<Entry>> byUid = new LinkedHashMap<>();
    for (Event event : events) {
      read(event, reader, byUid);
    }
    Series series =
        new Series(new Series.Time(siteZone, from, until), reader, limits, work, faults, skips);
    byUid.values().forEach(series::add);
    if (events.isEmpty() && skips.all().isEmpty()) {
      faults.remark(0, "", "no-entries");
    }
    List<Found> meetings = series.meetings();
    meetings.sort(
        Comparator.comparing(Found::start)
            .thenComparing(Found::uid)
            .thenComparing(Found::recurrence));
    return new Parsed(meetings, series.whole(), faults.listed(), skips.all(), faults.notListed());
  }

  private void read(Event event, Entries reader, Map<String, List<Entry>> byUid) {
    if (REPLIES.contains(event.method)) {
      skip(event.component, "reply");
      return;
    }
    try {
      Entry entry = reader.read(event.component, event.method.equals("CANCEL"));
      byUid.computeIfAbsent(entry.uid(), uid -> new ArrayList<>()).add(entry);
    } catch (Unusable e) {
      e.tell(faults, event.component.line(), Entries.uid(event.component));
    }
  }
}
