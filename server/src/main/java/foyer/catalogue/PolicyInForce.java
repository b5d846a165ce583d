package foyer.catalogue;

import java.util.List;
import java.util.function.IntBinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The policy under which a booking is made: one version, or two where both hold, and then the
 * stricter value counts (K-1.2, F-5.1).
 */
public record PolicyInForce(PolicyVersion first, @Nullable PolicyVersion second) {

  /** Minutes before the start that are held hard against other bookings (K-4.3.2). */
  public int holdBefore() {
    return strict("booking.hold-before", Math::max);
  }

  /** The shortest booking, minutes. */
  public int shortest() {
    return strict("booking.shortest", Math::max);
  }

  /** The longest booking, minutes. */
  public int longest() {
    return strict("booking.longest", Math::min);
  }

  /** How far ahead a booking may start, days. */
  public int horizonDays() {
    return strict("booking.horizon-days", Math::min);
  }

  /** How long after its start a booking may still be entered, minutes. */
  public int lateEntry() {
    return strict("booking.late-entry", Math::min);
  }

  /** Minutes before the start in which people gather and may sign in (K-4.3.2). */
  public int preparing() {
    return strict("door.preparing", Math::max);
  }

  /** Minutes before the end in which the door says so. */
  public int ending() {
    return strict("door.ending", Math::max);
  }

  /** Minutes after the end in which the door takes it that people are still in the room. */
  public int overTime() {
    return strict("door.over-time", Math::max);
  }

  /** The longest booking that the door may make, minutes. */
  public int doorLongest() {
    return strict("door.longest", Math::min);
  }

  /** Lengths that the door proposes, minutes. */
  public List<Integer> doorBook() {
    return first.numbers("door.book");
  }

  /** Steps by which the door proposes to extend, minutes. */
  public List<Integer> doorExtend() {
    return first.numbers("door.extend");
  }

  /** How long the end of a meeting may be taken back, seconds. */
  public int undoSeconds() {
    return strict("door.undo-seconds", Math::min);
  }

  /** Policies and versions as people cite them, such as {@code K-1} or {@code K-1+F-1}. */
  public String label() {
    return second == null ? first.label() : first.label() + "+" + second.label();
  }

  private int strict(String name, IntBinaryOperator stricter) {
    int value = first.number(name);
    return second == null ? value : stricter.applyAsInt(value, second.number(name));
  }
}
