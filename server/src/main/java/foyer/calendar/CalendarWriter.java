package foyer.calendar;

import foyer.wire.Level;
import foyer.wire.Names;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes bookings as an iCalendar file (RFC 5545). Pure. */
final class CalendarWriter {

  private static final int LINE = 75;
  private static final Duration AROUND = Duration.ofDays(366);
  private static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss");
  private static final DateTimeFormatter UTC =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StringBuilder file = new StringBuilder();

  private CalendarWriter() {}

  /**
   * The file with the bookings of a room.
   *
   * @param floor as people say it
   * @param now when it is written, PostgreSQL's clock
   */
  static String write(Names room, String floor, List<Exported> bookings, Instant now) {
    CalendarWriter writer = new CalendarWriter();
    writer.line("BEGIN:VCALENDAR");
    writer.line("VERSION:2.0");
    writer.line("PRODID:-//Foyer//Foyer//ZH");
    writer.line("CALSCALE:GREGORIAN");
    writer.line("METHOD:PUBLISH");
    writer.line("X-WR-CALNAME:" + Texts.escape(room.zh() + " / " + room.en()));
    writer.zones(bookings);
    String location = Texts.escape(room.zh() + " / " + room.en() + ", " + floor);
    bookings.forEach(booking -> writer.meeting(booking, location, now));
    writer.line("END:VCALENDAR");
    return writer.file.toString();
  }

  /** The UID of a booking that was made here. */
  static String uid(long booking) {
    return "booking-" + booking + "@foyer";
  }

  private void zones(List<Exported> bookings) {
    Map<String, ZoneId> zones = new TreeMap<>();
    bookings.forEach(booking -> zones.put(booking.zone().getId(), booking.zone()));
    zones.values().forEach(zone -> zone(zone, bookings));
  }

  /** A zone with its changes around the bookings, each written out. */
  private void zone(ZoneId zone, List<Exported> bookings) {
    List<Exported> within = bookings.stream().filter(b -> b.zone().equals(zone)).toList();
    Instant first =
        within.stream().map(Exported::start).min(Comparator.naturalOrder()).orElseThrow();
    Instant last = within.stream().map(Exported::end).max(Comparator.naturalOrder()).orElseThrow();
    ZoneRules rules = zone.getRules();
    Instant from = first.minus(AROUND);
    ZoneOffset offset = rules.getOffset(from);
    line("BEGIN:VTIMEZONE");
    line("TZID:" + zone.getId());
    observance("STANDARD", LocalDateTime.ofInstant(from, offset), offset, offset);
    ZoneOffsetTransition change = rules.nextTransition(from);
    while (change != null && change.getInstant().isBefore(last.plus(AROUND))) {
      observance(
          rules.isDaylightSavings(change.getInstant()) ? "DAYLIGHT" : "STANDARD",
          change.getDateTimeBefore(),
          change.getOffsetBefore(),
          change.getOffsetAfter());
      change = rules.nextTransition(change.getInstant());
    }
    line("END:VTIMEZONE");
  }

  private void observance(String name, LocalDateTime at, ZoneOffset before, ZoneOffset after) {
    line("BEGIN:" + name);
    line("DTSTART:" + LOCAL.format(at));
    line("TZOFFSETFROM:" + offset(before));
    line("TZOFFSETTO:" + offset(after));
    line("END:" + name);
  }

  private static String offset(ZoneOffset offset) {
    return offset.equals(ZoneOffset.UTC) ? "+0000" : offset.getId().replace(":", "");
  }

  private void meeting(Exported booking, String location, Instant now) {
    line("BEGIN:VEVENT");
    String imported = booking.readable() ? booking.uid() : null;
    line("UID:" + (imported == null ? uid(booking.id()) : Texts.escape(imported)));
    line("DTSTAMP:" + UTC.format(now));
    if (imported != null && !booking.recurrence().isEmpty()) {
      line("RECURRENCE-ID:" + UTC.format(Instant.parse(booking.recurrence())));
    }
    line("SEQUENCE:" + booking.sequence());
    line("DTSTART" + time(booking.start(), booking.zone()));
    line("DTEND" + time(booking.end(), booking.zone()));
    line("SUMMARY:" + Texts.escape(booking.shownSubject()));
    line("LOCATION:" + location);
    line("STATUS:" + (booking.tentative() ? "TENTATIVE" : "CONFIRMED"));
    line("CLASS:" + privacy(booking.level()));
    line("TRANSP:OPAQUE");
    if (booking.readable()) {
      people(booking);
    }
    line("END:VEVENT");
  }

  private static String privacy(Level level) {
    return switch (level) {
      case INTERNAL -> "PUBLIC";
      case CONFIDENTIAL -> "PRIVATE";
      case STRICT -> "CONFIDENTIAL";
    };
  }

  /** The wall time in its zone; the second of two equal ones can only be told in UTC. */
  private static String time(Instant instant, ZoneId zone) {
    LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
    boolean told = local.toInstant(zone.getRules().getOffset(local)).equals(instant);
    return told ? ";TZID=" + zone.getId() + ":" + LOCAL.format(local) : ":" + UTC.format(instant);
  }

  private void people(Exported booking) {
    Participant organizer = booking.organizer();
    if (organizer != null) {
      line("ORGANIZER" + person(organizer));
    }
    for (Participant attendee : booking.attendees()) {
      String role = attendee.role().equals("required") ? "REQ-PARTICIPANT" : "OPT-PARTICIPANT";
      line("ATTENDEE;ROLE=" + role + person(attendee));
    }
  }

  private static String person(Participant person) {
    String name = person.name().replace("^", "^^").replace("\"", "^'").replace("\n", "^n");
    String email = person.email() == null ? "invalid:nomail" : "mailto:" + person.email();
    return ";CN=\"" + name + "\":" + email;
  }

  /** Folds at 75 octets, between characters (RFC 5545 §3.1). */
  private void line(String text) {
    int octets = 0;
    for (int i = 0; i < text.length(); ) {
      String character = Character.toString(text.codePointAt(i));
      int width = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + width > LINE) {
        file.append("\r\n ");
        octets = 1;
      }
      file.append(character);
      octets += width;
      i += character.length();
    }
    file.append("\r\n");
  }
}
