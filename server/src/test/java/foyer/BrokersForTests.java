package foyer;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.OptionalInt;

/** Brokers for servers in tests. */
public final class BrokersForTests {

  private BrokersForTests() {}

  /** The one inside the process, on a free port. */
  public static Brokers.Choice embedded() {
    return embedded(0);
  }

  /** The one inside the process, on that port. */
  public static Brokers.Choice embedded(int port) {
    return new Brokers.Choice.Embedded(port, OptionalInt.empty());
  }

  /** Mosquitto, whose certificate is signed by one of the file. */
  public static Brokers.Choice mosquitto(URI uri, String password, Path ca)
      throws IOException, GeneralSecurityException {
    return new Brokers.Choice.External(uri, "admin", password, Optional.of(Trust.in(ca)));
  }
}
