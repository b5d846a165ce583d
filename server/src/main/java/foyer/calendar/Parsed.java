package foyer.calendar;

import java.time.Instant;
import java.util.List;

/**
 * What a file says.
 *
 * @param meetings that lie in the time asked for, in order of their start, then UID
 * @param series entries of which the file tells everything within the time asked for
 * @param faults what is wrong with the file
 * @param skipped what was rightly left out
 * @param faultsNotListed further faults than are listed
 */
public record Parsed(
    List<Found> meetings,
    List<Whole> series,
    List<Fault> faults,
    List<Skipped> skipped,
    int faultsNotListed) {

  /**
   * An entry of which the file tells all meetings in a time: what was brought in earlier and is not
   * among them, is no more.
   *
   * @param uid of the entry
   * @param sequence revision of the entry
   * @param from inclusive
   * @param until exclusive
   */
  public record Whole(String uid, int sequence, Instant from, Instant until) {}
}
