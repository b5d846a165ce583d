package foyer.booking;

import foyer.catalogue.Catalogue;
import foyer.client.DeviceProgram;
import foyer.room.PlantedKey;
import foyer.room.RoomTx;
import foyer.timeline.RoomFeed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** Breaks rules of the house, so that a test can show that this is noticed. */
public final class PlantedService {

  RoomTx key(Connection jdbc, RoomFeed feed, DeviceProgram device)
      throws InterruptedException, SQLException {
    Thread.sleep(jdbc.getNetworkTimeout() + feed.all().size() + device.hashCode());
    return PlantedKey.made(new Catalogue(1, Map.of(), Map.of(), Map.of(), Map.of(), List.of()));
  }
}
