package foyer.demo;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A meeting of the demo company.
 *
 * @param end its end as booked, exclusive
 * @param type id of the meeting type
 * @param convener who calls it; also the first who attends
 * @param attendees who must come, without the convener
 * @param invited who may come
 * @param guests names of people from outside
 * @param madeAt when it was booked
 * @param checkedInAt when somebody checked in at the door, if anybody did
 * @param endedAt when somebody ended it before its end, if anybody did
 */
record Meeting(
    House.Room room,
    Instant start,
    Instant end,
    String type,
    String subject,
    House.Department department,
    People.Person convener,
    List<People.Person> attendees,
    List<People.Person> invited,
    List<String> guests,
    Instant madeAt,
    @Nullable Instant checkedInAt,
    @Nullable Instant endedAt) {

  int headCount() {
    return 1 + attendees.size() + invited.size() + guests.size();
  }
}
