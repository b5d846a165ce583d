package foyer.catalogue;

/** Thrown where something about a site is not done. */
public final class SiteRefused extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient SiteRefusal refusal;

  /** Carries the reason out of the transaction, which it undoes. */
  public SiteRefused(SiteRefusal refusal) {
    super(refusal.toString(), null, false, false);
    this.refusal = refusal;
  }

  /** Why. */
  public SiteRefusal refusal() {
    return refusal;
  }
}
