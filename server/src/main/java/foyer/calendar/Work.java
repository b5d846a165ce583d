package foyer.calendar;

/** The steps that the recurrence rules of one file may still take. */
final class Work {

  private long left;

  Work(long steps) {
    this.left = steps;
  }

  /** Takes so many steps, or says that there are too many. */
  void spend(long steps) {
    left -= steps;
    if (left < 0) {
      throw new Unusable("too-much-work");
    }
  }
}
