package foyer.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.catalogue.OpeningHours.Hours;
import foyer.wire.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A site as people see and change it.
 *
 * @param zone IANA region
 * @param position in lists
 * @param hours of the weekdays on which it opens, Monday first
 * @param rooms how many it has
 * @param version raised by each change of it, its hours and its special days
 */
public record SiteView(
    String id,
    Names name,
    String zone,
    int position,
    List<DayHours> hours,
    int rooms,
    int version) {

  public SiteView {
    hours = List.copyOf(hours);
  }

  /**
   * Hours of a weekday, local time.
   *
   * @param weekday ISO 8601: 1 is Monday
   * @param opens such as {@code 08:00}
   * @param closes such as {@code 24:00}
   */
  public record DayHours(int weekday, String opens, String closes) {

    /** The hours themselves. */
    public Hours hours() {
      return Hours.of(opens, closes);
    }
  }

  /**
   * A day with other hours than its weekday's.
   *
   * @param day such as {@code 2026-10-01}
   * @param opens null where it is closed all day
   * @param closes null where it is closed all day
   */
  @JsonInclude(Include.NON_NULL)
  public record Day(String day, Names name, @Nullable String opens, @Nullable String closes) {

    /** The day as people see it. */
    public static Day of(SpecialDay day) {
      Hours hours = day.hours();
      return new Day(
          day.day().toString(),
          day.name(),
          hours == null ? null : hours.opensText(),
          hours == null ? null : hours.closesText());
    }
  }
}
