package foyer.api;

import java.util.Arrays;

/**
 * What somebody is to the house, or to one booking or meeting; the columns of the table of rights.
 */
public enum Role {
  ADMIN("AD", "admin"),
  LEADER("DL", "leader"),
  CONVENER("CV", "convener"),
  CHAIR("CH", "chair"),
  RECORDER("RC", "recorder"),
  ATTENDEE("AT", "attendee"),
  TASK_OWNER("TO", "task-owner"),
  VISITOR("VI", "visitor"),
  DISPLAY("DD", "display"),
  KIOSK("KI", "kiosk"),
  EMPLOYEE("OE", "employee"),
  ANYBODY("AN", "anybody"),
  FRONT_DESK("FD", "front-desk"),
  FACILITY("FS", "facility");

  private final String column;
  private final String word;

  Role(String column, String word) {
    this.column = column;
    this.word = word;
  }

  /** Head of its column in the table of rights. */
  public String column() {
    return column;
  }

  /** Its word in the database and on the wire. */
  public String word() {
    return word;
  }

  /** The role of that word. */
  public static Role of(String word) {
    return Arrays.stream(values())
        .filter(role -> role.word.equals(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no role " + word));
  }
}
