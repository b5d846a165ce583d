package foyer.calendar;

/**
 * How much of one file is taken; each bound that was reached is said in the report.
 *
 * @param bytes of the file
 * @param occurrences of one series
 * @param entries of the file that are looked at
 * @param meetings of the file, each occurrence of a series counted
 * @param attendees of one meeting
 * @param faults that are listed one by one
 * @param work steps that all recurrence rules of the file may take together; one looks at a day
 */
public record Limits(
    int bytes, int occurrences, int entries, int meetings, int attendees, int faults, long work) {

  /** What an import takes. */
  public static final Limits USUAL = new Limits(10 << 20, 366, 20_000, 5_000, 300, 500, 10_000_000);
}
