package foyer.room;

import foyer.catalogue.Catalogue;
import foyer.catalogue.Site;
import foyer.sql.Read;
import foyer.sql.Tx;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The right to change what doors show: the rooms are locked, their revisions raised. Only {@link
 * Rooms} gives it, and whoever writes something that a door shows asks for it.
 */
public final class RoomTx {

  private final Tx tx;
  private final Map<String, Room> rooms;
  private final Instant now;
  private final Catalogue catalogue;

  RoomTx(Tx tx, Map<String, Room> rooms, Instant now, Catalogue catalogue) {
    this.tx = tx;
    this.rooms = rooms;
    this.now = now;
    this.catalogue = catalogue;
  }

  /** The locked room of that id. */
  public Room room(String id) {
    @Nullable Room room = rooms.get(id);
    if (room == null) {
      throw new IllegalArgumentException("room " + id + " is not locked by this transaction");
    }
    return room;
  }

  /** The site of a locked room. */
  public Site site(Room room) {
    return catalogue.site(room.site());
  }

  /** Time of the decision: PostgreSQL's clock, taken after the lock. */
  public Instant now() {
    return now;
  }

  /** Sites, policies, types, departments as they are now. */
  public Catalogue catalogue() {
    return catalogue;
  }

  /** The answer to a question that was sent along when the rooms were locked. */
  public <T> T get(Read<T> read) {
    return tx.get(read);
  }

  /** Asks a further question, in a trip of its own. */
  public <T> T ask(Read<T> read) {
    return tx.ask(read);
  }

  /** The transaction itself, for what is written along with any change. */
  public Tx tx() {
    return tx;
  }

  /** Collects a write, sent together with COMMIT. */
  public void write(String statement, @Nullable Object... values) {
    tx.write(statement, values);
  }
}
