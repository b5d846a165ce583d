package foyer.device;

import foyer.Brokers;
import foyer.BrokersForTests;
import foyer.Server;
import foyer.sql.DatabaseAddress;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** A server with its broker as a process of its own, which a test may kill. */
final class ServerProcess {

  private ServerProcess() {}

  /**
   * Host, port, database, user and password of the database; port of HTTP; then the port of MQTT
   * inside the process, or else Mosquitto's address, password and file of certificates.
   */
  public static void main(String[] args) throws IOException, GeneralSecurityException {
    DatabaseAddress database =
        new DatabaseAddress(args[0], Integer.parseInt(args[1]), args[2], args[3], args[4]);
    Brokers.Choice broker =
        args.length == 7
            ? BrokersForTests.embedded(Integer.parseInt(args[6]))
            : BrokersForTests.mosquitto(URI.create(args[6]), args[7], Path.of(args[8]));
    Server server =
        Server.start(new Server.Options(database, 4, Integer.parseInt(args[5]), broker));
    System.out.println("ready " + server.address());
  }
}
