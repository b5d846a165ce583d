package foyer.catalogue;

import foyer.api.Language;
import foyer.api.TextRules;
import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.SiteView.Day;
import foyer.sheet.Column;
import foyer.sheet.Sheets;
import foyer.sheet.Table;
import foyer.wire.Names;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a list of special days as offices keep it: date, name, open or closed, hours. Pure. */
final class SpecialDayFile {

  private static final Column DATE = new Column("date", "日期", "Date", true, "Day");
  private static final Column NAME = new Column("name", "名称", "Name", true, "节日", "Holiday");
  private static final Column NAME_EN = new Column("nameEn", "英文名", "Name in English", false);
  private static final Column OPEN =
      new Column("open", "开放", "Open", false, "类型", "休班", "状态", "Kind", "Status");
  private static final Column HOURS =
      new Column("hours", "时间", "Hours", false, "开放时间", "Opening hours", "Time");
  private static final List<Column> COLUMNS = List.of(DATE, NAME, NAME_EN, OPEN, HOURS);

  private static final Pattern WRITTEN =
      Pattern.compile("(20[0-9]{2})[-/.年]\\s*([0-9]{1,2})[-/.月]\\s*([0-9]{1,2})日?(?:[ T].*)?");
  private static final Pattern BETWEEN =
      Pattern.compile(
          "([0-9]{1,2})[:：]([0-9]{2})(?::00)?\\s*[-–—~～至到]+\\s*([0-9]{1,2})[:：]([0-9]{2})(?::00)?");
  private static final Set<String> CLOSED =
      Set.of("", "休", "休息", "放假", "关闭", "不开放", "否", "closed", "holiday", "no", "off");
  private static final Set<String> OPENED =
      Set.of("班", "上班", "补班", "调休上班", "开放", "是", "open", "work", "workday", "yes", "on");

  private static final int LONGEST_NAME = 60;
  private static final int MOST_DAYS = 400;

  private final @Nullable Hours usual;
  private final Language language;
  private final List<Day> days = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();
  private final Set<LocalDate> seen = new HashSet<>();

  /**
   * What stands in a list.
   *
   * @param ignored heads that are none of ours
   */
  record Found(List<Day> days, List<Refused> refused, List<String> ignored) {}

  /** Something that is wrong with a row. */
  record Refused(int row, String id, String column, String code, String text) {}

  private SpecialDayFile(@Nullable Hours usual, Language language) {
    this.usual = usual;
    this.language = language;
  }

  /**
   * The days of a list, and what cannot be read.
   *
   * @param usual hours of a day that is open, where the list names none; null where there are none
   */
  static Found read(byte[] file, @Nullable Hours usual, Language language) {
    Table table = Sheets.read(file, COLUMNS, language);
    SpecialDayFile reading = new SpecialDayFile(usual, language);
    table.rows().forEach(reading::read);
    return new Found(reading.days, reading.refused, table.ignored());
  }

  private void read(Table.Row row) {
    int before = refused.size();
    LocalDate date = date(row);
    String name = row.text(NAME.id());
    if (name.isEmpty()) {
      refuse(row, NAME, "required");
    }
    String english = row.text(NAME_EN.id()).isEmpty() ? name : row.text(NAME_EN.id());
    line(row, NAME, name);
    line(row, NAME_EN, english);
    Optional<Hours> hours = hours(row);
    if (date == null || refused.size() > before) {
      return;
    }
    if (!seen.add(date)) {
      refuse(row, DATE, "repeated");
    } else if (days.size() == MOST_DAYS) {
      refuse(row, DATE, "maxItems", "limit", MOST_DAYS);
    } else {
      days.add(Day.of(new SpecialDay(date, new Names(name, english), hours.orElse(null))));
    }
  }

  private @Nullable LocalDate date(Table.Row row) {
    String text = row.text(DATE.id());
    Matcher matcher = WRITTEN.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      refuse(row, DATE, text.isEmpty() ? "required" : "pattern", "example", "2026-10-01");
      return null;
    }
    try {
      return LocalDate.of(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    } catch (DateTimeException none) {
      refuse(row, DATE, "no-such-time");
      return null;
    }
  }

  /**
   * Hours make a day an open one whatever else is said; a day of which nothing is said is closed.
   */
  private Optional<Hours> hours(Table.Row row) {
    String written = row.text(HOURS.id());
    String open = row.text(OPEN.id()).toLowerCase(Locale.ROOT);
    if (!CLOSED.contains(open) && !OPENED.contains(open)) {
      refuse(row, OPEN, "enum", "allowed", "开放 / open, 休 / closed");
      return Optional.empty();
    }
    if (!written.isEmpty()) {
      return written(row, written);
    }
    if (OPENED.contains(open) && usual == null) {
      refuse(row, HOURS, "required");
    }
    return OPENED.contains(open) ? Optional.ofNullable(usual) : Optional.empty();
  }

  private Optional<Hours> written(Table.Row row, String text) {
    Matcher matcher = BETWEEN.matcher(text);
    if (!matcher.matches()) {
      refuse(row, HOURS, "pattern", "example", "09:00-18:00");
      return Optional.empty();
    }
    Hours hours =
        new Hours(
            minutes(matcher.group(1), matcher.group(2)),
            minutes(matcher.group(3), matcher.group(4)));
    if (hours.isEmpty() || hours.closes() > 1440) {
      refuse(row, HOURS, "hours-end-before-start", "day", row.text(DATE.id()));
    }
    return Optional.of(hours);
  }

  private void line(Table.Row row, Column column, String text) {
    TextRules.refuseLine(text).ifPresent(code -> refuse(row, column, code));
    if (text.codePointCount(0, text.length()) > LONGEST_NAME) {
      refuse(row, column, "maxLength", "limit", LONGEST_NAME);
    }
  }

  private void refuse(Table.Row row, Column column, String code) {
    refuse(row, column, code, Map.of());
  }

  private void refuse(Table.Row row, Column column, String code, String argument, Object value) {
    refuse(row, column, code, Map.of(argument, value));
  }

  private void refuse(Table.Row row, Column column, String code, Map<String, Object> arguments) {
    if (refused.size() == MOST_DAYS) {
      return;
    }
    String invalid = "invalid." + code;
    String key = language.has(invalid) ? invalid : "problem." + code + ".detail";
    refused.add(
        new Refused(
            row.number(),
            row.text(DATE.id()),
            column.head(language),
            code,
            language.text(key, arguments)));
  }

  private static int minutes(String hour, String minute) {
    return Integer.parseInt(hour) * 60 + Integer.parseInt(minute);
  }
}
