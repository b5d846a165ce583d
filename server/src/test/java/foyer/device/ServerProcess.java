package foyer.device;

import foyer.Brokers;
import foyer.Server;
import foyer.sql.DatabaseAddress;
import java.util.OptionalInt;

/** A server with its broker as a process of its own, which a test may kill. */
final class ServerProcess {

  private ServerProcess() {}

  /** Host, port, database, user and password of the database; port of HTTP; port of MQTT. */
  public static void main(String[] args) {
    DatabaseAddress database =
        new DatabaseAddress(args[0], Integer.parseInt(args[1]), args[2], args[3], args[4]);
    Brokers.Choice broker =
        new Brokers.Choice.Embedded(Integer.parseInt(args[6]), OptionalInt.empty());
    Server server =
        Server.start(new Server.Options(database, 4, Integer.parseInt(args[5]), broker));
    System.out.println("ready " + server.address());
  }
}
