package foyer.api;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls, as the rows say now; nothing of it comes from a token. */
public sealed interface Caller {

  /** A word for records that tells callers apart, such as {@code person:7}. */
  String word();

  /** Nobody who is known. */
  record Nobody() implements Caller {
    @Override
    public String word() {
      return "nobody";
    }
  }

  /**
   * Somebody who works here and has signed in.
   *
   * @param session id of the session
   * @param roles what the person is beside being an employee
   * @param approves ids of the departments whose meetings the person approves
   * @param principals ids of the people for whom the person books as a matter of course
   */
  record Employee(
      long id,
      long session,
      String staffNumber,
      String department,
      Set<Role> roles,
      Set<String> approves,
      Set<Long> principals)
      implements Caller {

    public Employee {
      roles = Set.copyOf(roles);
      approves = Set.copyOf(approves);
      principals = Set.copyOf(principals);
    }

    @Override
    public String word() {
      return "person:" + id;
    }
  }

  /**
   * A display, a kiosk, an integration or a gateway.
   *
   * @param role {@link Role#DISPLAY} or {@link Role#KIOSK}; null for the others
   * @param rooms ids of the rooms whose door a display is
   */
  record Device(String id, @Nullable Role role, @Nullable String site, Set<String> rooms)
      implements Caller {

    public Device {
      rooms = Set.copyOf(rooms);
    }

    @Override
    public String word() {
      return "device:" + id;
    }
  }
}
