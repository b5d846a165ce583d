package foyer.room;

import foyer.api.TextRules;
import foyer.catalogue.Catalogue;
import foyer.room.Features.Feature;
import foyer.room.RoomRefusal.LayoutTooLarge;
import foyer.room.RoomRefusal.LayoutTwice;
import foyer.room.RoomRefusal.NothingAutomatic;
import foyer.room.RoomView.Layout;
import foyer.sheet.Cell;
import foyer.sheet.Column;
import foyer.sheet.Table;
import foyer.wire.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides what the rows of a spreadsheet make of the rooms. Pure. What the file has no column for
 * stays as it is.
 */
final class RoomFileRules {

  private static final Pattern BETWEEN = Pattern.compile("[、,，;；|]+");
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,6}(\\.0+)?");
  private static final Pattern LAYOUT =
      Pattern.compile("(.*\\S)\\s*[:：(（ ×x*]\\s*([0-9]{1,5})\\s*(?:人|people)?[)）]?");
  private static final Set<String> AUTOMATIC =
      Set.of("自动通过", "自动", "免审批", "直接预订", "automatic", "auto");
  private static final Set<String> APPROVAL =
      Set.of("须审批", "需审批", "审批", "需要审批", "approval", "by approval");
  private static final String LAYOUT_EXAMPLE = "U 形 12";

  private static final int LONGEST_NAME = 60;
  private static final int LONGEST_FLOOR = 20;
  private static final int LONGEST_NOTE = 500;
  private static final int MOST_PEOPLE = 10_000;
  private static final int MOST_POSITION = 100_000;
  private static final int MOST_MINUTES = 44_640;

  private final Table table;
  private final Stand stand;
  private final Set<String> seen = new HashSet<>();

  /**
   * What there is before the file comes in.
   *
   * @param rooms by id
   * @param removed ids of rooms that are gone
   * @param booked how many bookings of each room have not ended; none where it has none
   */
  record Stand(
      Map<String, RoomView> rooms,
      Set<String> removed,
      Map<String, Integer> booked,
      Catalogue catalogue,
      Features features) {}

  /**
   * Something that is wrong with a row.
   *
   * @param column null for the whole row
   * @param code such as {@code required}: of {@code invalid.} or {@code problem.} in the texts
   */
  record Fault(@Nullable Column column, String code, Map<String, Object> arguments) {}

  /**
   * What becomes of a row.
   *
   * @param present null where there is no such room yet
   * @param wanted null where something is wrong
   * @param fields names of what changes
   */
  record Line(
      int row,
      String id,
      @Nullable RoomView present,
      @Nullable RoomEdit wanted,
      List<String> fields,
      List<Fault> faults) {

    boolean makes() {
      return wanted != null && present == null;
    }

    boolean changes() {
      return wanted != null && present != null && !fields.isEmpty();
    }
  }

  private RoomFileRules(Table table, Stand stand) {
    this.table = table;
    this.stand = stand;
  }

  /** What becomes of each row, in their order. */
  static List<Line> plan(Table table, Stand stand) {
    RoomFileRules rules = new RoomFileRules(table, stand);
    return table.rows().stream().map(rules::line).toList();
  }

  /** One row while it is read; faults are collected, so that all are told at once. */
  private final class Reading {

    private final Table.Row row;
    private final List<Fault> faults = new ArrayList<>();

    Reading(Table.Row row) {
      this.row = row;
    }

    void fault(@Nullable Column column, String code, Object... arguments) {
      faults.add(new Fault(column, code, pairs(arguments)));
    }

    /** A text of one line; the default where the file has no such column or nothing in it. */
    String line(Column column, int longest, String otherwise) {
      if (!table.has(column.id())) {
        return otherwise;
      }
      Cell cell = row.cell(column.id());
      if (cell.kind() == Cell.Kind.FORMULA || cell.kind() == Cell.Kind.ERROR) {
        fault(column, "required");
        return otherwise;
      }
      String text = cell.text();
      if (text.isEmpty()) {
        if (column.needed()) {
          fault(column, "required");
        }
        return column.needed() ? otherwise : "";
      }
      TextRules.refuseLine(text).ifPresent(code -> fault(column, code));
      if (text.codePointCount(0, text.length()) > longest) {
        fault(column, "maxLength", "limit", longest);
      }
      return text;
    }

    @Nullable Integer number(Column column, int least, int most, @Nullable Integer otherwise) {
      String text = table.has(column.id()) ? row.text(column.id()) : "";
      if (text.isEmpty()) {
        if (column.needed()) {
          fault(column, "required");
        }
        return table.has(column.id()) ? null : otherwise;
      }
      if (!WHOLE.matcher(text).matches()) {
        fault(column, "pattern", "example", Integer.toString(Math.max(least, 12)));
        return otherwise;
      }
      int value = Integer.parseInt(text.split("\\.", -1)[0]);
      if (value < least) {
        fault(column, "minimum", "limit", least);
      } else if (value > most) {
        fault(column, "maximum", "limit", most);
      }
      return value;
    }

    List<String> parts(Column column) {
      return BETWEEN
          .splitAsStream(row.text(column.id()))
          .map(String::strip)
          .filter(p -> !p.isEmpty())
          .toList();
    }
  }

  private Line line(Table.Row row) {
    Reading reading = new Reading(row);
    String id = row.text(RoomColumns.ID.id()).toLowerCase(Locale.ROOT);
    if (id.isEmpty()) {
      reading.fault(RoomColumns.ID, "required");
    } else if (!ID.matcher(id).matches()) {
      reading.fault(RoomColumns.ID, "pattern", "example", "sh-0801");
    } else if (!seen.add(id)) {
      reading.fault(RoomColumns.ID, "repeated");
    } else if (stand.removed().contains(id)) {
      reading.fault(RoomColumns.ID, "room-exists");
    }
    RoomView present = stand.rooms().get(id);
    RoomEdit wanted = room(reading, present);
    if (reading.faults.isEmpty()) {
      refuse(reading, id, present, wanted);
    }
    boolean good = reading.faults.isEmpty();
    List<String> fields = good && present != null ? RoomRules.changes(present, wanted) : List.of();
    return new Line(row.number(), id, present, good ? wanted : null, fields, reading.faults);
  }

  private RoomEdit room(Reading reading, @Nullable RoomView present) {
    RoomEdit before = present == null ? null : RoomEdit.of(present);
    String booking = booking(reading, before == null ? RoomEdit.APPROVAL : before.booking());
    Integer upTo =
        reading.number(
            RoomColumns.AUTOMATIC_UP_TO,
            5,
            MOST_MINUTES,
            before == null ? null : before.automaticUpTo());
    Integer capacity = reading.number(RoomColumns.CAPACITY, 1, MOST_PEOPLE, 1);
    Integer position =
        reading.number(
            RoomColumns.POSITION, 0, MOST_POSITION, before == null ? 0 : before.position());
    return new RoomEdit(
        site(reading),
        names(
            reading,
            RoomColumns.BUILDING,
            RoomColumns.BUILDING_EN,
            before == null ? null : before.building()),
        reading.line(RoomColumns.FLOOR, LONGEST_FLOOR, ""),
        names(
            reading, RoomColumns.NAME, RoomColumns.NAME_EN, before == null ? null : before.name()),
        capacity == null ? 1 : capacity,
        equipment(reading, before == null ? List.of() : before.equipment()),
        layouts(reading, before == null ? List.of() : before.layouts()),
        new Names(
            note(reading, RoomColumns.NOTE, before == null ? "" : before.note().zh()),
            note(reading, RoomColumns.NOTE_EN, before == null ? "" : before.note().en())),
        position == null ? 0 : position,
        booking,
        booking.equals(RoomEdit.APPROVAL) && !table.has(RoomColumns.AUTOMATIC_UP_TO.id())
            ? null
            : upTo,
        departments(reading, before == null ? List.of() : before.departments()));
  }

  /** Where the file says nothing in English, that is as it was, or as it is in Chinese. */
  private Names names(Reading reading, Column zh, Column en, @Nullable Names before) {
    String chinese = reading.line(zh, LONGEST_NAME, "");
    String kept =
        before != null && before.zh().equals(chinese) && !table.has(en.id()) ? before.en() : "";
    String english = reading.line(en, LONGEST_NAME, kept);
    return new Names(chinese, english.isEmpty() ? chinese : english);
  }

  /** A cell has one line; a note that differs in its breaks only is as it was. */
  private String note(Reading reading, Column column, String before) {
    String text = reading.line(column, LONGEST_NOTE, before);
    return plain(text).equals(plain(before)) ? before : text;
  }

  private String site(Reading reading) {
    String text = reading.row.text(RoomColumns.SITE.id());
    if (text.isEmpty()) {
      reading.fault(RoomColumns.SITE, "required");
      return "";
    }
    Optional<String> found = only(text, stand.catalogue().sites(), site -> site.name());
    if (found.isEmpty()) {
      reading.fault(RoomColumns.SITE, "unknown-site");
    }
    return found.orElse("");
  }

  private List<String> departments(Reading reading, List<String> before) {
    if (!table.has(RoomColumns.DEPARTMENTS.id())) {
      return before;
    }
    Set<String> found = new LinkedHashSet<>();
    for (String text : reading.parts(RoomColumns.DEPARTMENTS)) {
      only(text, stand.catalogue().departments(), department -> department.name())
          .ifPresentOrElse(
              found::add, () -> reading.fault(RoomColumns.DEPARTMENTS, "unknown-department"));
    }
    return List.copyOf(found);
  }

  private List<String> equipment(Reading reading, List<String> before) {
    if (!table.has(RoomColumns.EQUIPMENT.id())) {
      return before;
    }
    Set<String> found = new LinkedHashSet<>();
    for (String text : reading.parts(RoomColumns.EQUIPMENT)) {
      code(text, stand.features().equipment())
          .ifPresentOrElse(
              found::add,
              () -> reading.fault(RoomColumns.EQUIPMENT, "unknown-equipment", "code", text));
    }
    return List.copyOf(found);
  }

  private List<Layout> layouts(Reading reading, List<Layout> before) {
    if (!table.has(RoomColumns.LAYOUTS.id())) {
      return before;
    }
    List<Layout> found = new ArrayList<>();
    for (String text : reading.parts(RoomColumns.LAYOUTS)) {
      Matcher matcher = LAYOUT.matcher(text);
      int people = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
      if (people < 1 || people > MOST_PEOPLE) {
        reading.fault(RoomColumns.LAYOUTS, "pattern", "example", LAYOUT_EXAMPLE);
      } else {
        code(matcher.group(1), stand.features().layouts())
            .ifPresentOrElse(
                code -> found.add(new Layout(code, people)),
                () ->
                    reading.fault(RoomColumns.LAYOUTS, "unknown-layout", "code", matcher.group(1)));
      }
    }
    return found;
  }

  private String booking(Reading reading, String before) {
    String text = reading.row.text(RoomColumns.BOOKING.id()).toLowerCase(Locale.ROOT);
    if (text.isEmpty()) {
      return before;
    }
    if (!AUTOMATIC.contains(text) && !APPROVAL.contains(text)) {
      reading.fault(RoomColumns.BOOKING, "enum", "allowed", "自动通过 / automatic, 须审批 / approval");
    }
    return AUTOMATIC.contains(text) ? RoomEdit.AUTOMATIC : RoomEdit.APPROVAL;
  }

  /** What the cells together make impossible. */
  private void refuse(Reading reading, String id, @Nullable RoomView present, RoomEdit wanted) {
    RoomRules.refuse(wanted, stand.features(), stand.catalogue())
        .ifPresent(refusal -> refuse(reading, refusal));
    boolean moves = present != null && !present.site().equals(wanted.site());
    if (moves && stand.booked().containsKey(id)) {
      reading.fault(RoomColumns.SITE, "room-has-bookings", "count", stand.booked().get(id));
    }
  }

  private static void refuse(Reading reading, RoomRefusal refusal) {
    switch (refusal) {
      case LayoutTwice(String code) ->
          reading.fault(RoomColumns.LAYOUTS, "layout-twice", "code", code);
      case LayoutTooLarge(String code, int people, int capacity) ->
          reading.fault(
              RoomColumns.LAYOUTS,
              "layout-too-large",
              "code",
              code,
              "people",
              people,
              "capacity",
              capacity);
      case NothingAutomatic() -> reading.fault(RoomColumns.AUTOMATIC_UP_TO, "nothing-automatic");
      default -> throw new IllegalStateException("a cell lets through " + refusal);
    }
  }

  private static Optional<String> code(String text, List<Feature> features) {
    return features.stream()
        .filter(feature -> is(text, feature.code(), feature.name()))
        .map(Feature::code)
        .findFirst();
  }

  /** The id that is meant: itself, or the name of one thing only. */
  private static <T> Optional<String> only(
      String text, Map<String, T> things, Function<T, Names> name) {
    if (things.containsKey(text)) {
      return Optional.of(text);
    }
    List<String> found =
        things.entrySet().stream()
            .filter(entry -> is(text, entry.getKey(), name.apply(entry.getValue())))
            .map(Map.Entry::getKey)
            .toList();
    return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
  }

  private static boolean is(String text, String id, Names name) {
    return Stream.of(id, name.zh(), name.en()).anyMatch(one -> plain(one).equals(plain(text)));
  }

  private static String plain(String text) {
    return text.replaceAll("[\\s\\u3000]+", "").toLowerCase(Locale.ROOT);
  }

  private static Map<String, Object> pairs(Object... arguments) {
    Map<String, Object> pairs = new LinkedHashMap<>();
    for (int i = 0; i < arguments.length; i += 2) {
      pairs.put((String) arguments[i], arguments[i + 1]);
    }
    return pairs;
  }
}
