package foyer.calendar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The calendar files of the tests, read for a room in Shanghai on Monday, 23 November 2026. */
final class Corpus {

  static final Path FOLDER = Path.of("src/test/resources/calendars");
  private static final int MOST_TOLD = 40;
  static final ZoneId SITE = ZoneId.of("Asia/Shanghai");
  static final Instant FROM = Instant.parse("2026-11-23T00:00:00Z");
  static final Instant UNTIL = Instant.parse("2027-11-23T00:00:00Z");

  private Corpus() {}

  static List<Path> files() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.filter(f -> f.toString().endsWith(".ics")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(String name) {
    try {
      return Files.readAllBytes(FOLDER.resolve(name + ".ics"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Parsed read(byte[] file) {
    return CalendarReader.read(file, SITE, FROM, UNTIL, Limits.USUAL);
  }

  static Parsed read(String text) {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  /** All that was read, a line each. */
  static String told(Parsed parsed) {
    StringBuilder told = new StringBuilder();
    List<Found> meetings = parsed.meetings();
    meetings.stream().limit(MOST_TOLD).forEach(meeting -> tell(told, meeting));
    if (meetings.size() > MOST_TOLD) {
      told.append("… ").append(meetings.size()).append(" in all, the last\n");
      tell(told, meetings.getLast());
    }
    for (Parsed.Whole whole : parsed.series()) {
      told.append("whole ").append(whole.uid()).append(" #").append(whole.sequence());
      told.append(whole.until().equals(UNTIL) ? "" : " until " + whole.until()).append('\n');
    }
    for (Fault fault : parsed.faults()) {
      told.append(fault.refuses() ? "refused " : "remark ").append(fault.code());
      told.append(" line ").append(fault.line()).append(' ').append(fault.uid());
      told.append(' ').append(fault.arguments()).append('\n');
    }
    for (Skipped skipped : parsed.skipped()) {
      told.append("skipped ").append(skipped.code()).append(" line ").append(skipped.line());
      told.append(' ').append(skipped.uid()).append(" ×").append(skipped.count());
      told.append(' ').append(skipped.subject()).append('\n');
    }
    return told.toString();
  }

  private static void tell(StringBuilder told, Found meeting) {
    told.append(
        meeting.cancelled() ? "cancelled " : meeting.tentative() ? "tentative " : "meeting ");
    told.append(meeting.start()).append(" – ").append(meeting.end()).append(" = ");
    told.append(meeting.localStart()).append(" – ").append(meeting.localEnd());
    told.append(' ').append(meeting.zone()).append(meeting.allDay() ? " all day" : "");
    told.append(' ').append(meeting.level().word()).append('\n');
    told.append("  ").append(meeting.uid()).append(" #").append(meeting.sequence());
    told.append(" line ").append(meeting.line());
    told.append(meeting.recurrence().isEmpty() ? "" : " of " + meeting.recurrence()).append('\n');
    told.append("  «").append(meeting.subject()).append("»");
    told.append(meeting.description().isEmpty() ? "" : " " + oneLine(meeting.description()));
    told.append('\n');
    tell(told, "organizer", meeting.organizer());
    meeting.attendees().forEach(attendee -> tell(told, attendee.role(), attendee));
  }

  private static void tell(StringBuilder told, String role, @Nullable Participant participant) {
    if (participant != null) {
      told.append("  ").append(role).append(' ').append(participant.name());
      told.append(" <").append(participant.email()).append(">\n");
    }
  }

  private static String oneLine(String text) {
    return text.lines().collect(Collectors.joining("⏎"));
  }
}
