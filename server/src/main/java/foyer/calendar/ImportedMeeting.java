package foyer.calendar;

import foyer.catalogue.MeetingType;
import foyer.org.Person;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A meeting from a file with everything that it names found here.
 *
 * @param zone in which its times are kept
 * @param subject never empty
 * @param convener who calls it; null for a stranger, who is then among the attendees
 */
record ImportedMeeting(
    Found found,
    MeetingType type,
    String zone,
    String subject,
    @Nullable Person convener,
    List<Attendee> attendees) {

  private static final String NO_SUBJECT = "无主题 No subject";

  /** Somebody who is to come; {@code person} is null for somebody from outside. */
  record Attendee(Participant who, @Nullable Person person) {}

  /**
   * Finds them.
   *
   * @param people who work here, by address in small letters
   * @param zone in which its times are kept
   */
  static ImportedMeeting of(
      Found found, MeetingType type, Map<String, Person> people, String zone) {
    Participant organizer = found.organizer();
    Person convener = organizer == null ? null : person(organizer, people);
    List<Attendee> attendees = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    if (organizer != null && convener == null) {
      add(attendees, seen, organizer, null);
    }
    for (Participant attendee : found.attendees()) {
      add(attendees, seen, attendee, person(attendee, people));
    }
    String subject = found.subject().isEmpty() ? NO_SUBJECT : found.subject();
    return new ImportedMeeting(found, type, zone, subject, convener, attendees);
  }

  private static @Nullable Person person(Participant participant, Map<String, Person> people) {
    return participant.email() == null ? null : people.get(participant.email());
  }

  private static void add(
      List<Attendee> attendees, Set<Object> seen, Participant who, @Nullable Person person) {
    Object key = person != null ? person.id() : Objects.requireNonNullElse(who.email(), who.name());
    if (seen.add(key)) {
      attendees.add(new Attendee(who, person));
    }
  }
}
