package foyer.room;

import foyer.api.Language;
import foyer.catalogue.Catalogue;
import foyer.room.Features.Feature;
import foyer.room.RoomView.Layout;
import foyer.sheet.Column;
import foyer.wire.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The columns of a spreadsheet of rooms, and a room as a row of it. Pure. */
final class RoomColumns {

  static final Column ID = new Column("id", "编号", "Room ID", true, "会议室编号", "ID", "Number");
  static final Column SITE = new Column("site", "地点", "Site", true, "园区", "职场", "Location");
  static final Column BUILDING = new Column("building", "楼宇", "Building", true, "大楼", "楼");
  static final Column BUILDING_EN = new Column("buildingEn", "英文楼宇", "Building in English", false);
  static final Column FLOOR = new Column("floor", "楼层", "Floor", true, "层");
  static final Column NAME = new Column("name", "名称", "Name", true, "会议室", "会议室名称", "Room");
  static final Column NAME_EN =
      new Column("nameEn", "英文名", "Name in English", false, "英文名称", "English name");
  static final Column CAPACITY =
      new Column("capacity", "容纳人数", "Capacity", true, "人数", "座位数", "Seats");
  static final Column EQUIPMENT = new Column("equipment", "设备", "Equipment", false, "设备设施");
  static final Column LAYOUTS = new Column("layouts", "布局", "Layouts", false, "座位布局", "Layout");
  static final Column BOOKING = new Column("booking", "预订方式", "Booking", false, "审批方式");
  static final Column AUTOMATIC_UP_TO =
      new Column("automaticUpTo", "自动通过上限分钟", "Automatic up to minutes", false, "自动通过上限");
  static final Column DEPARTMENTS =
      new Column("departments", "可预订部门", "Departments", false, "适用部门", "使用部门");
  static final Column NOTE = new Column("note", "备注", "Note", false, "说明", "Notes");
  static final Column NOTE_EN = new Column("noteEn", "英文备注", "Note in English", false);
  static final Column POSITION = new Column("position", "排序", "Position", false, "顺序", "Order");

  static final List<Column> ALL =
      List.of(
          ID,
          SITE,
          BUILDING,
          BUILDING_EN,
          FLOOR,
          NAME,
          NAME_EN,
          CAPACITY,
          EQUIPMENT,
          LAYOUTS,
          BOOKING,
          AUTOMATIC_UP_TO,
          DEPARTMENTS,
          NOTE,
          NOTE_EN,
          POSITION);

  private static final Map<String, Names> WAYS =
      Map.of(
          RoomEdit.AUTOMATIC, new Names("自动通过", "automatic"),
          RoomEdit.APPROVAL, new Names("须审批", "approval"));

  private RoomColumns() {}

  /** A way of booking as people write it. */
  static String way(String booking, Language language) {
    Names names = WAYS.get(booking);
    return names == null ? booking : name(names, language);
  }

  /** The rooms as rows below the heads. */
  static List<List<String>> rows(
      List<RoomView> rooms, Catalogue catalogue, Features features, Language language) {
    return rooms.stream().map(room -> row(room, catalogue, features, language)).toList();
  }

  private static List<String> row(
      RoomView room, Catalogue catalogue, Features features, Language language) {
    String between = language == Language.EN ? "; " : "、";
    List<String> cells = new ArrayList<>();
    cells.add(room.id());
    cells.add(
        unlessTwice(
            room.site(),
            name(catalogue.site(room.site()).name(), language),
            catalogue.sites().values().stream().map(site -> site.name())));
    cells.add(room.building().zh());
    cells.add(room.building().en());
    cells.add(room.floor());
    cells.add(room.name().zh());
    cells.add(room.name().en());
    cells.add(Integer.toString(room.capacity()));
    cells.add(
        String.join(
            between,
            room.equipment().stream()
                .map(code -> feature(code, features.equipment(), language))
                .toList()));
    cells.add(
        String.join(
            between,
            room.layouts().stream()
                .map(layout -> layout(layout, features.layouts(), language))
                .toList()));
    cells.add(way(room.booking(), language));
    cells.add(room.automaticUpTo() == null ? "" : Integer.toString(room.automaticUpTo()));
    cells.add(
        String.join(
            between,
            room.departments().stream()
                .map(department -> department(department, catalogue, language))
                .toList()));
    cells.add(room.note().zh());
    cells.add(room.note().en());
    cells.add(Integer.toString(room.position()));
    return cells;
  }

  private static String feature(String code, List<Feature> features, Language language) {
    return features.stream()
        .filter(feature -> feature.code().equals(code))
        .findFirst()
        .map(feature -> name(feature.name(), language))
        .orElse(code);
  }

  private static String layout(Layout layout, List<Feature> layouts, Language language) {
    return feature(layout.layout(), layouts, language) + " " + layout.capacity();
  }

  private static String department(String id, Catalogue catalogue, Language language) {
    var department = catalogue.departments().get(id);
    return department == null
        ? id
        : unlessTwice(
            id,
            name(department.name(), language),
            catalogue.departments().values().stream().map(other -> other.name()));
  }

  /** The name, or the id where another thing has that name, too, or it would end within it. */
  private static String unlessTwice(String id, String name, Stream<Names> all) {
    long so = all.filter(names -> names.zh().equals(name) || names.en().equals(name)).count();
    return so == 1 && !name.matches(".*[、,，;；|].*") ? name : id;
  }

  private static String name(Names names, Language language) {
    return language == Language.EN ? names.en() : names.zh();
  }
}
