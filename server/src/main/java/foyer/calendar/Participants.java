package foyer.calendar;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who takes part (RFC 5545 §3.8.4.1, §3.8.4.3). */
final class Participants {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_VALUE = 1_000;
  private static final Pattern MAILTO =
      Pattern.compile("mailto:\\s*([^\\s;,]+@[^\\s;,]+)\\s*$", Pattern.CASE_INSENSITIVE);
  private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>]+@[^\\s@<>]+");

  private Participants() {}

  /** Who calls the meeting; null if nobody is named. */
  static @Nullable Participant organizer(ContentLine property) {
    return participant(property, "required");
  }

  /** Who is to come, each once; rooms and equipment are left out. */
  static List<Participant> attendees(Component event, int most, Faults faults) {
    List<Participant> attendees = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    int leftOut = 0;
    for (ContentLine property : event.all("ATTENDEE")) {
      Participant attendee = isRoom(property) ? null : participant(property, role(property));
      if (attendee == null || !seen.add(key(attendee))) {
        continue;
      }
      if (attendees.size() < most) {
        attendees.add(attendee);
      } else {
        leftOut++;
      }
    }
    if (leftOut > 0) {
      faults.remark(
          event.line(), Entries.uid(event), "attendees-cut", "count", Integer.toString(leftOut));
    }
    return attendees;
  }

  private static boolean isRoom(ContentLine property) {
    String type = property.parameter("CUTYPE").toUpperCase(Locale.ROOT);
    return type.equals("ROOM") || type.equals("RESOURCE");
  }

  private static String role(ContentLine property) {
    return switch (property.parameter("ROLE").toUpperCase(Locale.ROOT)) {
      case "OPT-PARTICIPANT", "NON-PARTICIPANT" -> "invited";
      default -> "required";
    };
  }

  private static String key(Participant attendee) {
    return attendee.email() == null ? attendee.name() : attendee.email();
  }

  private static @Nullable Participant participant(ContentLine property, String role) {
    String email = email(property);
    String name = Texts.line(Texts.unescape(property.parameter("CN")), LONGEST_NAME);
    if (name.length() > 2 && name.startsWith("'") && name.endsWith("'")) {
      name = name.substring(1, name.length() - 1);
    }
    if (name.isBlank()) {
      name = email == null ? "" : Texts.line(email, LONGEST_NAME);
    }
    return name.isBlank() ? null : new Participant(name, email, role);
  }

  private static @Nullable String email(ContentLine property) {
    String value =
        property.value().substring(0, Math.min(property.value().length(), LONGEST_VALUE));
    Matcher mailto = MAILTO.matcher(value);
    String email = mailto.find() ? mailto.group(1) : property.parameter("EMAIL");
    email = email.isEmpty() ? value : email;
    email = Texts.line(email, Integer.MAX_VALUE).toLowerCase(Locale.ROOT);
    return email.length() <= LONGEST_EMAIL && ADDRESS.matcher(email).matches() ? email : null;
  }
}
