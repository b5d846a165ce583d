package foyer.calendar;

import foyer.wire.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One VEVENT: a single meeting, the rule of a series, or what differs in one of its occurrences.
 *
 * @param sequence revision, the higher the later
 * @param written when it was last written, to tell two of the same revision apart
 * @param zone in which its times are meant
 * @param end in the same zone as the start
 * @param exact its length if start and end are meant in different zones; else the wall time counts
 * @param of which occurrence it changes; null if it is the meeting or series itself
 * @param andFollowing whether it changes all later occurrences too
 */
record Entry(
    Component component,
    String uid,
    int sequence,
    Instant written,
    boolean cancelled,
    boolean tentative,
    boolean free,
    Zone zone,
    LocalDateTime start,
    LocalDateTime end,
    boolean allDay,
    @Nullable Duration exact,
    @Nullable Of of,
    boolean andFollowing,
    String subject,
    String description,
    @Nullable Participant organizer,
    List<Participant> attendees,
    Level level) {

  /**
   * An occurrence as its series means it.
   *
   * @param at its start
   * @param day its day if only that is told, else null
   */
  record Of(Instant at, @Nullable LocalDate day) {}

  int line() {
    return component.line();
  }

  /** The end that belongs to a start of an occurrence. */
  LocalDateTime endFrom(LocalDateTime occurrence) {
    return occurrence.plus(Duration.between(start, end));
  }

  /** Its first instant. */
  Instant startsAt() {
    return allDay ? zone.end(start) : zone.start(start);
  }

  /** The instant of an occurrence's start. */
  Instant startAt(LocalDateTime occurrence) {
    return allDay ? zone.end(occurrence) : zone.start(occurrence);
  }

  /** The instant of the end that belongs to an occurrence's start. */
  Instant endAt(LocalDateTime occurrence) {
    return exact == null ? zone.end(endFrom(occurrence)) : startAt(occurrence).plus(exact);
  }

  /** The same, but with the occurrence's own end if it has one. */
  Instant endAtOr(LocalDateTime occurrence, @Nullable LocalDateTime own) {
    if (own != null) {
      return zone.end(own);
    }
    return exact == null ? zone.end(endFrom(occurrence)) : zone.end(occurrence).plus(exact);
  }

  /** Whether it stands in for another one of the same meeting (RFC 5546 §2.1.5). */
  boolean supersedes(Entry other) {
    return sequence != other.sequence
        ? sequence > other.sequence
        : !written.isBefore(other.written);
  }
}
