package foyer.room;

import foyer.catalogue.Catalogue;
import foyer.room.RoomRefusal.LayoutTooLarge;
import foyer.room.RoomRefusal.LayoutTwice;
import foyer.room.RoomRefusal.NothingAutomatic;
import foyer.room.RoomRefusal.RoomHasBookings;
import foyer.room.RoomRefusal.UnknownEquipment;
import foyer.room.RoomRefusal.UnknownLayout;
import foyer.room.RoomRefusal.UnknownRoomDepartment;
import foyer.room.RoomRefusal.UnknownSite;
import foyer.room.RoomView.Layout;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Decides about rooms themselves. Pure. */
final class RoomRules {

  /** What people call each field of a room, and where it is found. */
  private static final Map<String, Function<RoomEdit, Object>> FIELDS = fields();

  private RoomRules() {}

  /** Says why a room cannot be so, or nothing if it can. */
  static Optional<RoomRefusal> refuse(RoomEdit wanted, Features features, Catalogue catalogue) {
    if (!catalogue.sites().containsKey(wanted.site())) {
      return Optional.of(new UnknownSite());
    }
    for (String code : wanted.equipment()) {
      if (!features.hasEquipment(code)) {
        return Optional.of(new UnknownEquipment(code));
      }
    }
    for (String department : wanted.departments()) {
      if (!catalogue.departments().containsKey(department)) {
        return Optional.of(new UnknownRoomDepartment(department));
      }
    }
    boolean nothingAutomatic =
        wanted.automaticUpTo() != null && !wanted.booking().equals(RoomEdit.AUTOMATIC);
    return nothingAutomatic ? Optional.of(new NothingAutomatic()) : refuseLayouts(wanted, features);
  }

  /** Says why a room does not go away, or nothing if it does. */
  static Optional<RoomRefusal> refuseRemoval(Upcoming upcoming) {
    return upcoming.first() == null
        ? Optional.empty()
        : Optional.of(new RoomHasBookings(upcoming.count(), upcoming.first()));
  }

  /** Says why a room does not go to another site, or nothing if it does: zone and hours differ. */
  static Optional<RoomRefusal> refuseSite(RoomView present, RoomEdit wanted, Upcoming upcoming) {
    return present.site().equals(wanted.site()) ? Optional.empty() : refuseRemoval(upcoming);
  }

  /** Names of what would change. */
  static List<String> changes(RoomView present, RoomEdit wanted) {
    RoomEdit before = RoomEdit.of(present);
    List<String> changed = new ArrayList<>();
    FIELDS.forEach(
        (field, value) -> {
          if (!same(value.apply(before), value.apply(wanted))) {
            changed.add(field);
          }
        });
    return changed;
  }

  private static Optional<RoomRefusal> refuseLayouts(RoomEdit wanted, Features features) {
    Set<String> seen = new HashSet<>();
    for (Layout layout : wanted.layouts()) {
      if (!features.hasLayout(layout.layout())) {
        return Optional.of(new UnknownLayout(layout.layout()));
      }
      if (!seen.add(layout.layout())) {
        return Optional.of(new LayoutTwice(layout.layout()));
      }
      if (layout.capacity() > wanted.capacity()) {
        return Optional.of(
            new LayoutTooLarge(layout.layout(), layout.capacity(), wanted.capacity()));
      }
    }
    return Optional.empty();
  }

  /** The order in lists is that of the kinds, not of the room. */
  private static boolean same(Object one, Object other) {
    return (one instanceof Collection<?> some && other instanceof Collection<?> more)
        ? Set.copyOf(some).equals(Set.copyOf(more))
        : Objects.equals(one, other);
  }

  private static Map<String, Function<RoomEdit, Object>> fields() {
    Map<String, Function<RoomEdit, Object>> fields = new LinkedHashMap<>();
    fields.put("site", RoomEdit::site);
    fields.put("building", RoomEdit::building);
    fields.put("floor", RoomEdit::floor);
    fields.put("name", RoomEdit::name);
    fields.put("capacity", RoomEdit::capacity);
    fields.put("equipment", RoomEdit::equipment);
    fields.put("layouts", RoomEdit::layouts);
    fields.put("note", RoomEdit::note);
    fields.put("position", RoomEdit::position);
    fields.put("booking", RoomEdit::booking);
    fields.put("automaticUpTo", edit -> Optional.ofNullable(edit.automaticUpTo()));
    fields.put("departments", RoomEdit::departments);
    return fields;
  }
}
