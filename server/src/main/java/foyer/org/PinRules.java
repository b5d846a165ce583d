package foyer.org;

import java.util.Set;

/** Which PINs are too easily guessed. Pure. */
public final class PinRules {

  private static final Set<String> POPULAR =
      Set.of("112233", "123321", "147258", "159357", "159753", "258369", "520131", "789456");

  private PinRules() {}

  /**
   * Whether it is among the first that somebody would try: one or two digits only, a run, a
   * repetition, one of the popular ones, or a piece of the staff number.
   *
   * @param pin six digits
   */
  public static boolean isTrivial(String pin, String staffNumber) {
    return pin.chars().distinct().count() <= 2
        || isRun(pin)
        || (pin.startsWith(pin.substring(2, 4)) && pin.endsWith(pin.substring(2, 4)))
        || pin.startsWith(pin.substring(3))
        || POPULAR.contains(pin)
        || (pin.endsWith(digits(staffNumber)) && digits(staffNumber).length() >= 4)
        || staffNumber.contains(pin);
  }

  /** Whether each digit is as far from the one before as the next one, as in 123456 and 975310. */
  private static boolean isRun(String pin) {
    int step = Math.floorMod(pin.charAt(1) - pin.charAt(0), 10);
    for (int i = 1; i < pin.length(); i++) {
      if (Math.floorMod(pin.charAt(i) - pin.charAt(i - 1), 10) != step) {
        return false;
      }
    }
    return true;
  }

  private static String digits(String staffNumber) {
    return staffNumber.replaceAll("[^0-9]", "");
  }
}
