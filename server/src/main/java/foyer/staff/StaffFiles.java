package foyer.staff;

import foyer.api.Language;
import foyer.sheet.Column;
import foyer.sheet.Sheets;
import foyer.staff.DepartmentRecord.Leader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes personnel files that can be read again. */
final class StaffFiles {

  private static final int MOST_LEVELS = 50;

  private StaffFiles() {}

  /** Those people with their departments, by department and rank; the same again, if imported. */
  static byte[] write(
      List<Known> people, List<DepartmentRecord> departments, boolean xlsx, Language language) {
    Map<String, DepartmentRecord> byId = new HashMap<>();
    departments.forEach(department -> byId.put(department.id(), department));
    List<String> order = departments.stream().map(DepartmentRecord::id).toList();
    Map<String, Integer> places = new HashMap<>();
    order.forEach(id -> places.put(id, places.size()));
    List<Known> sorted = new ArrayList<>(people);
    sorted.sort(
        Comparator.<Known>comparingInt(p -> places.getOrDefault(p.department(), Integer.MAX_VALUE))
            .thenComparingInt(Known::position)
            .thenComparingLong(Known::id));
    List<List<String>> rows = sorted.stream().map(person -> row(person, byId)).toList();
    return file(rows, xlsx, language);
  }

  /** The heads of all columns and two people as an example. */
  static byte[] template(boolean xlsx, Language language) {
    Map<String, String> leader = new LinkedHashMap<>();
    leader.put(StaffColumns.NUMBER, "00123");
    leader.put(StaffColumns.NAME, "沈知行");
    leader.put(StaffColumns.NAME_EN, "Shen Zhixing");
    leader.put(StaffColumns.EMAIL, "shen.zhixing@example.com");
    leader.put(StaffColumns.DEPARTMENT, "公司/销售部");
    leader.put(StaffColumns.DEPARTMENT_EN, "Sales");
    leader.put(StaffColumns.TITLE, "主任");
    leader.put(StaffColumns.TITLE_EN, "Director");
    leader.put(StaffColumns.POSITION, "1");
    leader.put(StaffColumns.BADGE, "04A2F19B");
    leader.put(StaffColumns.HEAD, "00123");
    leader.put(StaffColumns.APPROVER, "00123");
    Map<String, String> other = new LinkedHashMap<>(leader);
    other.put(StaffColumns.NUMBER, "00124");
    other.put(StaffColumns.NAME, "陆晓舟");
    other.put(StaffColumns.NAME_EN, "Lu Xiaozhou");
    other.put(StaffColumns.EMAIL, "lu.xiaozhou@example.com");
    other.put(StaffColumns.DEPARTMENT, "公司/销售部/华东组");
    other.put(StaffColumns.DEPARTMENT_EN, "East");
    other.put(StaffColumns.TITLE, "");
    other.put(StaffColumns.TITLE_EN, "");
    other.put(StaffColumns.POSITION, "2");
    other.put(StaffColumns.BADGE, "");
    other.put(StaffColumns.HEAD, "陆晓舟");
    return file(List.of(cells(leader), cells(other)), xlsx, language);
  }

  private static byte[] file(List<List<String>> rows, boolean xlsx, Language language) {
    List<String> heads = columns().map(column -> column.head(language)).toList();
    return xlsx
        ? Sheets.xlsx(language == Language.EN ? "Staff" : "人员", heads, rows)
        : Sheets.csv(heads, rows);
  }

  /** A department is named by its path, so its parent needs no column. */
  private static Stream<Column> columns() {
    return StaffColumns.ALL.stream().filter(column -> !column.id().equals(StaffColumns.PARENT));
  }

  private static List<String> row(Known person, Map<String, DepartmentRecord> byId) {
    DepartmentRecord department = Objects.requireNonNull(byId.get(person.department()));
    Map<String, String> cells = new HashMap<>();
    cells.put(StaffColumns.NUMBER, person.staffNumber());
    cells.put(StaffColumns.NAME, person.name().zh());
    cells.put(StaffColumns.NAME_EN, person.name().en());
    cells.put(StaffColumns.EMAIL, Objects.requireNonNullElse(person.email(), ""));
    cells.put(StaffColumns.DEPARTMENT, path(department, byId));
    cells.put(StaffColumns.DEPARTMENT_EN, department.name().en());
    cells.put(StaffColumns.TITLE, person.title().zh());
    cells.put(StaffColumns.TITLE_EN, person.title().en());
    cells.put(StaffColumns.POSITION, Integer.toString(person.position()));
    cells.put(StaffColumns.BADGE, Objects.requireNonNullElse(person.badge(), ""));
    cells.put(StaffColumns.HEAD, number(department.head()));
    cells.put(StaffColumns.APPROVER, number(department.approver()));
    return cells(cells);
  }

  private static List<String> cells(Map<String, String> cells) {
    return columns().map(column -> cells.getOrDefault(column.id(), "")).toList();
  }

  private static String number(@Nullable Leader leader) {
    return leader == null || leader.left() ? "" : leader.staffNumber();
  }

  private static String path(DepartmentRecord department, Map<String, DepartmentRecord> byId) {
    StringBuilder path = new StringBuilder(department.name().zh());
    String parent = department.parent();
    for (int level = 0; parent != null && level < MOST_LEVELS; level++) {
      DepartmentRecord above = byId.get(parent);
      if (above == null) {
        break;
      }
      path.insert(0, above.name().zh() + "/");
      parent = above.parent();
    }
    return path.toString();
  }
}
