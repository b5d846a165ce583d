package foyer.room;

import foyer.catalogue.Catalogue;
import java.time.Instant;
import java.util.Map;

/** Makes itself the right to change rooms, so that a test can show that this is noticed. */
public final class PlantedKey {

  private PlantedKey() {}

  /** A key that nobody gave. */
  @SuppressWarnings("NullAway")
  public static RoomTx made(Catalogue catalogue) {
    return new RoomTx(null, Map.of(), Instant.EPOCH, catalogue);
  }
}
