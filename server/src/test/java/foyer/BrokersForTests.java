package foyer;

import java.util.OptionalInt;

/** Brokers for servers in tests. */
public final class BrokersForTests {

  private BrokersForTests() {}

  /** The one inside the process, on a free port. */
  public static Brokers.Choice embedded() {
    return new Brokers.Choice.Embedded(0, OptionalInt.empty());
  }
}
