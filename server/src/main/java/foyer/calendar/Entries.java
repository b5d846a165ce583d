package foyer.calendar;

import foyer.wire.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a VEVENT (RFC 5545 §3.6.1); one that cannot be a meeting is unusable. */
final class Entries {

  static final int LONGEST_UID = 500;
  private static final Duration SHORTEST = Duration.ofMinutes(5);
  private static final Duration LONGEST = Duration.ofDays(31);
  private static final int LONGEST_SUBJECT = 200;
  private static final int LONGEST_DESCRIPTION = 2000;

  private final ZoneId site;
  private final Zones zones;
  private final Limits limits;
  private final Faults faults;

  Entries(ZoneId site, Zones zones, Limits limits, Faults faults) {
    this.site = site;
    this.zones = zones;
    this.limits = limits;
    this.faults = faults;
  }

  /** The UID as it is kept: an endless one is told by its hash. */
  static String uid(Component event) {
    String uid = Texts.line(Texts.unescape(event.value("UID")), Integer.MAX_VALUE);
    return uid.length() <= LONGEST_UID ? uid : "sha256-" + Digest.of(uid);
  }

  /** Reads the entry; {@code cancels} if the whole file calls off. */
  Entry read(Component event, boolean cancels) {
    boolean cancelled = cancels || event.value("STATUS").equalsIgnoreCase("CANCELLED");
    ContentLine of = event.first("RECURRENCE-ID").orElse(null);
    ContentLine first = event.first("DTSTART").orElse(cancelled ? of : null);
    if (first == null) {
      throw new Unusable("start-missing");
    }
    Times.Point start = point(first);
    Zone zone = zoneOf(first, start);
    boolean midnights = event.value("X-MICROSOFT-CDO-ALLDAYEVENT").equalsIgnoreCase("TRUE");
    ContentLine last = event.first("DTEND").orElse(null);
    Times.Point end = last == null ? null : point(last);
    Zone endZone = last == null || end == null ? zone : zoneOf(last, end);
    boolean allDay =
        (start.day() && (end == null || end.day()))
            || (midnights && atMidnight(start) && (end == null || atMidnight(end)));
    if (allDay) {
      zone = Zone.of(site);
      endZone = zone;
    }
    LocalDateTime ends = end(event, start, end, zone, endZone, allDay);
    Duration exact =
        zone.rules().equals(endZone.rules())
            ? null
            : Duration.between(zone.end(start.at()), zone.end(ends));
    if (!cancelled) {
      Instant begins = allDay ? zone.end(start.at()) : zone.start(start.at());
      checkLength(Duration.between(begins, zone.end(ends)));
    }
    return new Entry(
        event,
        uidOrMade(event, start, ends),
        sequence(event),
        written(event),
        cancelled,
        isTentative(event),
        isFree(event),
        zone,
        start.at(),
        ends,
        allDay,
        exact,
        of == null ? null : of(of),
        of != null && of.parameter("RANGE").equalsIgnoreCase("THISANDFUTURE"),
        Texts.line(Texts.unescape(event.value("SUMMARY")), LONGEST_SUBJECT),
        Texts.lines(Texts.unescape(event.value("DESCRIPTION")), LONGEST_DESCRIPTION),
        event.first("ORGANIZER").map(Participants::organizer).orElse(null),
        Participants.attendees(event, limits.attendees(), faults),
        level(event));
  }

  /** The time in a property; one that cannot be read makes the entry unusable. */
  private static Times.Point point(ContentLine property) {
    String value = property.value().strip();
    Times.Point point = Times.point(value);
    if (point == null) {
      throw new Unusable(
          value.isEmpty() ? "start-missing" : "time-unreadable",
          "property",
          property.name(),
          "value",
          Texts.line(value, 60));
    }
    boolean day = property.parameter("VALUE").equalsIgnoreCase("DATE");
    return day && !point.day()
        ? new Times.Point(point.at().toLocalDate().atStartOfDay(), true, null)
        : point;
  }

  /** The zone in which a time of a property is meant. */
  Zone zoneOf(ContentLine property, Times.Point point) {
    if (point.offset() != null) {
      return new Zone(point.offset().getRules(), null);
    }
    return point.day() ? Zone.of(site) : zones.of(property.parameter("TZID"));
  }

  private static boolean atMidnight(Times.Point point) {
    return point.at().toLocalTime().equals(LocalTime.MIDNIGHT);
  }

  private static LocalDateTime end(
      Component event,
      Times.Point start,
      Times.@Nullable Point end,
      Zone zone,
      Zone endZone,
      boolean allDay) {
    if (end != null) {
      LocalDateTime at =
          zone.rules().equals(endZone.rules()) ? end.at() : zone.local(endZone.end(end.at()));
      return allDay && at.equals(start.at()) ? at.plusDays(1) : at;
    }
    String written = event.value("DURATION");
    if (!written.isEmpty()) {
      Times.Length length = Times.length(written);
      if (length == null) {
        throw new Unusable(
            "time-unreadable", "property", "DURATION", "value", Texts.line(written, 60));
      }
      return length.after(start.at());
    }
    return allDay ? start.at().plusDays(1) : start.at();
  }

  private static void checkLength(Duration length) {
    if (length.isNegative()) {
      throw new Unusable("end-before-start");
    }
    if (length.isZero()) {
      throw new Unusable("end-missing");
    }
    if (length.compareTo(SHORTEST) < 0) {
      throw new Unusable("too-short", "minutes", Long.toString(SHORTEST.toMinutes()));
    }
    if (length.compareTo(LONGEST) > 0) {
      throw new Unusable("too-long", "days", Long.toString(LONGEST.toDays()));
    }
  }

  private Entry.Of of(ContentLine property) {
    Times.Point point = point(property);
    Zone zone = zoneOf(property, point);
    return new Entry.Of(zone.end(point.at()), point.day() ? point.at().toLocalDate() : null);
  }

  /** An entry without a UID gets one from what it says, the same each time. */
  private String uidOrMade(Component event, Times.Point start, LocalDateTime end) {
    String uid = uid(event);
    if (!uid.isEmpty()) {
      return uid;
    }
    String made = "no-uid-" + Digest.of(start.at() + "/" + end + "/" + event.value("SUMMARY"));
    faults.remark(event.line(), made, "uid-missing");
    return made;
  }

  private static int sequence(Component event) {
    String value = event.value("SEQUENCE");
    return value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }

  private static Instant written(Component event) {
    for (String property : new String[] {"LAST-MODIFIED", "DTSTAMP", "CREATED"}) {
      Times.Point point = Times.point(event.value(property));
      if (point != null) {
        return point.at().toInstant(ZoneOffset.UTC);
      }
    }
    return Instant.EPOCH;
  }

  private static boolean isTentative(Component event) {
    return event.value("STATUS").equalsIgnoreCase("TENTATIVE")
        || event.value("X-MICROSOFT-CDO-BUSYSTATUS").equalsIgnoreCase("TENTATIVE");
  }

  private static boolean isFree(Component event) {
    return event.value("TRANSP").equalsIgnoreCase("TRANSPARENT")
        || event.value("X-MICROSOFT-CDO-BUSYSTATUS").equalsIgnoreCase("FREE");
  }

  private static Level level(Component event) {
    return switch (event.value("CLASS").toUpperCase(Locale.ROOT)) {
      case "", "PUBLIC" -> Level.INTERNAL;
      case "CONFIDENTIAL" -> Level.STRICT;
      default -> Level.CONFIDENTIAL;
    };
  }
}
