package foyer.staff;

import foyer.api.Sentences;

/** The sentences of a report on a personnel file. */
final class StaffTexts {

  static final Sentences ALL = new Sentences("staff");

  private StaffTexts() {}
}
