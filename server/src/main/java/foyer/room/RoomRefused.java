package foyer.room;

/** Thrown where something about a room is not done. */
public final class RoomRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient RoomRefusal refusal;

  /** Carries the reason out of the transaction, which it undoes. */
  public RoomRefused(RoomRefusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  /** Why. */
  public RoomRefusal refusal() {
    return refusal;
  }
}
