package foyer.booking;

import foyer.api.Caller;
import foyer.api.Caller.Employee;
import org.jspecify.annotations.Nullable;

/**
 * Who does something to a booking, and why.
 *
 * @param reason in their words; empty for none
 */
public record Actor(Caller caller, String reason) {

  /** Somebody who gives no reason. */
  public Actor(Caller caller) {
    this(caller, "");
  }

  /** The id of the person; null for a device. */
  @Nullable Long person() {
    return caller instanceof Employee employee ? (Long) employee.id() : null;
  }
}
