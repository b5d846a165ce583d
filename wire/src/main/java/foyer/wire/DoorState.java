package foyer.wire;

import com.fasterxml.jackson.annotation.JsonValue;

/** What a room is at an instant, as a passer-by sees it. */
public enum DoorState {
  /** Nobody holds the room. */
  FREE("free"),
  /** The next meeting starts within the minutes that the policy gives for settling in (K-4.3.2). */
  PREPARING("preparing"),
  /** The meeting's time has come and nobody has signed in at the room. */
  CHECK_IN("check-in"),
  /** The meeting is running. */
  IN_USE("in-use"),
  /** The meeting is running and ends soon. */
  ENDING("ending"),
  /** The booked end has passed, people signed in, and nobody has ended the meeting. */
  OVER_TIME("over-time"),
  /** Outside the site's opening hours (F-4.6). */
  CLOSED("closed");

  private final String word;

  DoorState(String word) {
    this.word = word;
  }

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return word;
  }
}
