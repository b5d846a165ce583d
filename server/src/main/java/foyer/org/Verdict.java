package foyer.org;

/** What the table of rights says to a caller; the earlier, the better. */
public enum Verdict {
  ALLOWED,
  /** Allowed with a reason in writing, which is kept. */
  WITH_REASON,
  /** Seen with everything left out that a passer-by may not know. */
  MASKED,
  REFUSED;

  Verdict orBetter(Verdict other) {
    return other.compareTo(this) < 0 ? other : this;
  }
}
