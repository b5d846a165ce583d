package foyer.catalogue;

import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.SiteRefusal.Booked;
import foyer.catalogue.SiteRefusal.DayTwice;
import foyer.catalogue.SiteRefusal.HoursEndBeforeStart;
import foyer.catalogue.SiteView.DayHours;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides about sites and their hours. Pure. */
final class SiteRules {

  private SiteRules() {}

  /** Says why the hours of a week are refused, or nothing if they are taken. */
  static Optional<SiteRefusal> refuseWeek(List<DayHours> week) {
    Set<Integer> seen = new HashSet<>();
    for (DayHours day : week) {
      String weekday = Integer.toString(day.weekday());
      if (!seen.add(day.weekday())) {
        return Optional.of(new DayTwice(weekday));
      }
      if (day.hours().isEmpty()) {
        return Optional.of(new HoursEndBeforeStart(weekday));
      }
    }
    return Optional.empty();
  }

  /** Says why special days are refused, or nothing if they are taken. */
  static Optional<SiteRefusal> refuseDays(List<SpecialDay> days) {
    Set<Object> seen = new HashSet<>();
    for (SpecialDay day : days) {
      String date = day.day().toString();
      Hours hours = day.hours();
      if (!seen.add(day.day())) {
        return Optional.of(new DayTwice(date));
      }
      if (hours != null && hours.isEmpty()) {
        return Optional.of(new HoursEndBeforeStart(date));
      }
    }
    return Optional.empty();
  }

  /** The bookings that the present hours cover and the new ones do not. */
  static List<Booked> outside(OpeningHours present, OpeningHours wanted, List<Booked> bookings) {
    return bookings.stream()
        .filter(b -> present.covers(b.start(), b.end()) && !wanted.covers(b.start(), b.end()))
        .toList();
  }

  /** Names of what would change. */
  static List<String> changes(SiteView present, SiteEdit wanted) {
    List<String> fields = new ArrayList<>();
    if (!present.name().equals(wanted.name())) {
      fields.add("name");
    }
    if (!present.zone().equals(wanted.zone())) {
      fields.add("zone");
    }
    if (present.position() != wanted.position()) {
      fields.add("position");
    }
    if (!Set.copyOf(present.hours()).equals(Set.copyOf(wanted.hours()))) {
      fields.add("hours");
    }
    return fields;
  }
}
