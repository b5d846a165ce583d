package foyer.calendar;

import foyer.api.Sentences;

/** The sentences of an import's report. */
final class ImportTexts {

  static final Sentences ALL = new Sentences("import");

  private ImportTexts() {}
}
