package foyer.calendar;

import java.io.Serial;

/** An entry cannot be taken, for the reason that stands under the code in the language table. */
final class Unusable extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final String code;
  private final transient String[] arguments;

  /** Arguments as pairs of name and value. */
  Unusable(String code, String... arguments) {
    super(code, null, false, false);
    this.code = code;
    this.arguments = arguments;
  }

  void tell(Faults faults, int line, String uid) {
    faults.refuse(line, uid, code, arguments);
  }
}
