package foyer.booking;

/** Carries a refusal out of a transaction, which is undone by it. */
public final class Refused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Refusal refusal;

  /** To be thrown. */
  public Refused(Refusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  /** Why. */
  public Refusal refusal() {
    return refusal;
  }

  /** Throws the refusal; to be handed to {@code ifPresent}. */
  @SuppressWarnings("DoNotCallSuggester")
  public static void raise(Refusal refusal) {
    throw new Refused(refusal);
  }
}
