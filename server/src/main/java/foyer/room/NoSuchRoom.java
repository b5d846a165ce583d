package foyer.room;

/** There is no room of that id, or no longer. */
public final class NoSuchRoom extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Thrown where a room was asked for by its id. */
  public NoSuchRoom(String id) {
    super("no room " + id);
  }
}
