package foyer.catalogue;

import foyer.catalogue.SiteView.DayHours;
import foyer.wire.Names;
import java.util.List;

/**
 * What a site is to be.
 *
 * @param hours of the weekdays on which it opens
 * @param acceptOutside whether it is known that bookings will lie outside of the hours
 */
public record SiteEdit(
    Names name, String zone, int position, List<DayHours> hours, boolean acceptOutside) {

  public SiteEdit {
    hours = List.copyOf(hours);
  }
}
