package foyer.calendar;

import foyer.api.Language;
import foyer.calendar.ImportReport.ClashLine;
import foyer.calendar.ImportReport.FaultLine;
import foyer.calendar.ImportReport.Line;
import foyer.calendar.ImportReport.SkipLine;
import foyer.wire.Level;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects what an import does, and says it in the reader's language. */
final class ReportMaker {

  private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final int MOST_LISTED = 500;

  private final Language language;
  private final ZoneId zone;
  private final List<Line> created = new ArrayList<>();
  private final List<Line> updated = new ArrayList<>();
  private final List<Line> cancelled = new ArrayList<>();
  private final List<ClashLine> clashed = new ArrayList<>();
  private final List<FaultLine> refused = new ArrayList<>();
  private final List<SkipLine> skipped = new ArrayList<>();
  private final Set<FaultLine> remarks = new LinkedHashSet<>();
  private int unchanged;
  private int refusedInAll;
  private int skippedInAll;

  /** A report for a reader, with times in the site's zone. */
  ReportMaker(Language language, ZoneId zone) {
    this.language = language;
    this.zone = zone;
  }

  /** What is wrong with the file, and what of it needs nothing. */
  void add(Parsed parsed) {
    for (Fault fault : parsed.faults()) {
      if (fault.refuses()) {
        refusedInAll++;
        refused.add(line(fault));
      } else {
        remarks.add(line(fault));
      }
    }
    refusedInAll += parsed.faultsNotListed();
    parsed.skipped().forEach(s -> skip(s.line(), s.uid(), s.subject(), s.code(), s.count()));
  }

  /**
   * What was decided; {@code ids} are those of the new bookings, in order, and empty if none were
   * made.
   */
  void add(ImportPlan plan, List<Long> ids) {
    for (int i = 0; i < plan.created().size(); i++) {
      created.add(line(ids.isEmpty() ? null : ids.get(i), plan.created().get(i)));
    }
    plan.updated().forEach(u -> updated.add(line(u.booking().id(), u.meeting())));
    plan.cancelled().forEach(c -> cancelled.add(line(c.booking())));
    plan.clashes().forEach(clash -> clashed.add(line(clash)));
    plan.left()
        .forEach(
            left ->
                skip(
                    left.meeting().line(),
                    left.meeting().uid(),
                    left.meeting().subject(),
                    left.code(),
                    1));
    unchanged += plan.unchanged();
  }

  /**
   * Something that whoever sent the file should know of a meeting that came in; once for each
   * entry.
   */
  void remark(Fault fault) {
    remarks.add(line(fault));
  }

  /** Whether something that should have come in did not. */
  boolean isIncomplete() {
    return refusedInAll > 0 || !clashed.isEmpty();
  }

  boolean hasRefusals() {
    return refusedInAll > 0;
  }

  boolean changesNothing() {
    return created.isEmpty() && updated.isEmpty() && cancelled.isEmpty();
  }

  ImportReport report(
      String room, String mode, boolean dryRun, boolean written, Instant from, Instant until) {
    ImportReport.Counts counts =
        new ImportReport.Counts(
            created.size(),
            updated.size(),
            unchanged,
            cancelled.size(),
            clashed.size(),
            refusedInAll,
            skippedInAll);
    return new ImportReport(
        room,
        mode,
        dryRun,
        written,
        from,
        until,
        counts,
        created,
        updated,
        cancelled,
        clashed,
        refused,
        skipped,
        remarks.stream().limit(MOST_LISTED).toList());
  }

  private void skip(int line, String uid, String subject, String code, int count) {
    skippedInAll += count;
    if (skipped.size() < MOST_LISTED) {
      skipped.add(new SkipLine(line, uid, subject, code, count, text(code, Map.of())));
    }
  }

  private static Line line(@Nullable Long booking, Found meeting) {
    return new Line(
        booking,
        meeting.line(),
        meeting.uid(),
        meeting.recurrence(),
        meeting.start(),
        meeting.end(),
        meeting.subject());
  }

  private static Line line(Imported booking) {
    return new Line(
        booking.id(),
        null,
        booking.uid(),
        booking.recurrence(),
        booking.start(),
        booking.end(),
        booking.subject());
  }

  private ClashLine line(ImportPlan.Clash clash) {
    Found meeting = clash.meeting();
    Taken with = clash.with();
    boolean inFile = with.booking() == 0;
    String code = inFile ? "clash-in-file" : "clash";
    String subject = with.level() == Level.INTERNAL ? with.subject() : null;
    Map<String, String> arguments =
        Map.of(
            "from",
            with.from().toString(),
            "until",
            with.until().toString(),
            "subject",
            subject == null ? text("private-meeting", Map.of()) : subject,
            "otherLine",
            Integer.toString(with.line()));
    return new ClashLine(
        meeting.line(),
        meeting.uid(),
        meeting.recurrence(),
        meeting.start(),
        meeting.end(),
        meeting.subject(),
        code,
        inFile ? null : with.booking(),
        inFile ? with.line() : null,
        with.from(),
        with.until(),
        subject,
        text(code, arguments));
  }

  private FaultLine line(Fault fault) {
    return new FaultLine(
        fault.line(),
        fault.uid(),
        fault.code(),
        fault.arguments(),
        text(fault.code(), fault.arguments()));
  }

  /** Instants are told as the site's wall time. */
  private String text(String code, Map<String, String> arguments) {
    Map<String, String> shown = new LinkedHashMap<>(arguments);
    for (String name : List.of("from", "until")) {
      shown.computeIfPresent(
          name, (n, instant) -> SHOWN.format(Instant.parse(instant).atZone(zone)));
    }
    return ImportTexts.ALL.text(language, code, shown);
  }
}
