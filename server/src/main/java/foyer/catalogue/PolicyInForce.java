package foyer.catalogue;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policy under which a booking is made: one version, or two where both hold, and then the
 * stricter value counts (K-1.2, F-5.1).
 *
 * @param defaults the company's default set, for what a policy leaves to it
 */
public record PolicyInForce(
    PolicyVersion first, @Nullable PolicyVersion second, PolicyVersion defaults) {

  /** What counts, and where it comes from. */
  public Value value(Parameter parameter) {
    return sources(parameter).stream().reduce(PolicyInForce::strictest).orElseThrow();
  }

  /**
   * What each policy that holds says, or the default set in its place; throws {@link
   * IllegalStateException} where that says nothing either.
   */
  public List<Value> sources(Parameter parameter) {
    return Stream.concat(Stream.of(first), Stream.ofNullable(second))
        .map(version -> version.value(parameter).or(() -> defaults.value(parameter)))
        .map(value -> value.orElseThrow(() -> unset(parameter)))
        .toList();
  }

  /** Minutes before the start that are held hard against other bookings (K-4.3.2). */
  public int holdBefore() {
    return value(Parameter.HOLD_BEFORE).number();
  }

  /** The shortest booking, minutes. */
  public int shortest() {
    return value(Parameter.SHORTEST).number();
  }

  /** The longest booking, minutes. */
  public int longest() {
    return value(Parameter.LONGEST).number();
  }

  /** How far ahead a booking may start, days. */
  public int horizonDays() {
    return value(Parameter.HORIZON).number();
  }

  /** How long after its start a booking may still be entered, minutes. */
  public int lateEntry() {
    return value(Parameter.LATE_ENTRY).number();
  }

  /** Minutes before the start in which people gather and may sign in (K-4.3.2). */
  public int preparing() {
    return value(Parameter.PREPARING).number();
  }

  /** Minutes before the end in which the door says so. */
  public int ending() {
    return value(Parameter.ENDING).number();
  }

  /** Minutes after the end in which the door takes it that people are still in the room. */
  public int overTime() {
    return value(Parameter.OVER_TIME).number();
  }

  /** The longest booking that the door may make, minutes. */
  public int doorLongest() {
    return value(Parameter.DOOR_LONGEST).number();
  }

  /** Lengths that the door proposes, minutes. */
  public List<Integer> doorBook() {
    return value(Parameter.DOOR_BOOK).numbers();
  }

  /** Steps by which the door proposes to extend, minutes. */
  public List<Integer> doorExtend() {
    return value(Parameter.DOOR_EXTEND).numbers();
  }

  /** How long the end of a meeting may be taken back, seconds. */
  public int undoSeconds() {
    return value(Parameter.UNDO_SECONDS).number();
  }

  /** Policies and versions as people cite them, such as {@code K-1} or {@code K-1+F-1}. */
  public String label() {
    return second == null ? first.label() : first.label() + "+" + second.label();
  }

  private static Value strictest(Value one, Value other) {
    Parameter parameter = one.parameter();
    List<Integer> counts = parameter.strictest(one.numbers(), other.numbers());
    Value from = counts.equals(one.numbers()) ? one : other;
    return new Value(parameter, counts, from.version(), from.clause());
  }

  private IllegalStateException unset(Parameter parameter) {
    return new IllegalStateException(
        "neither " + label() + " nor " + defaults.label() + " sets " + parameter.word());
  }
}
