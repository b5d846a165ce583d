package foyer.org;

import foyer.api.Caller;
import foyer.api.Problem;
import foyer.api.ProblemException;
import foyer.api.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The one table of who may do what, read from {@code org/rights.csv}. A cell says whose things a
 * role may touch: {@code A} anybody's, {@code O} its own, {@code D} its department's, {@code M} of
 * meetings in which the person has that part, {@code -} none; {@code m} after it means masked,
 * {@code R} with a reason in writing.
 */
public final class Rights {

  private static final Pattern CELL = Pattern.compile("(-)|([AODM])?(?: ?(m|R))?");

  private final Map<String, Map<Role, Cell>> rows = new LinkedHashMap<>();

  private enum Scope {
    NONE,
    ANY,
    OWN,
    DEPARTMENT,
    MEETING
  }

  private record Cell(Scope scope, Verdict verdict) {}

  private static final Cell NO = new Cell(Scope.NONE, Verdict.REFUSED);

  private Rights(Iterable<CSVRecord> records) {
    for (CSVRecord entry : records) {
      Map<Role, Cell> cells = new EnumMap<>(Role.class);
      for (Role role : Role.values()) {
        cells.put(role, cell(entry.get(role.column())));
      }
      if (rows.put(entry.get("row"), cells) != null) {
        throw new IllegalStateException("twice in the table of rights: " + entry.get("row"));
      }
    }
  }

  /** The table of this program. */
  public static Rights load() {
    try (InputStream in = Rights.class.getResourceAsStream("/org/rights.csv")) {
      if (in == null) {
        throw new IllegalStateException("not in the program: org/rights.csv");
      }
      return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The table that a text in the form of {@code org/rights.csv} holds. */
  public static Rights of(String csv) {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser lines = CSVParser.parse(csv, format)) {
      return new Rights(lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows' names. */
  public Set<String> rows() {
    return Set.copyOf(rows.keySet());
  }

  /** What the caller may do of a row with what stands in that relation to the caller. */
  public Verdict verdict(String row, Caller caller, Relation relation) {
    Map<Role, Cell> cells = cells(row);
    Verdict best = Verdict.REFUSED;
    for (Role role : roles(caller, relation)) {
      Cell cell = cells.getOrDefault(role, NO);
      if (reaches(cell.scope(), role, caller, relation)) {
        best = best.orBetter(cell.verdict());
      }
    }
    return best;
  }

  /** Whether there is anything with which the caller might do this. */
  public boolean conceivable(String row, Caller caller) {
    Map<Role, Cell> cells = cells(row);
    List<Role> possible = new ArrayList<>(roles(caller, Relation.NONE));
    if (caller instanceof Caller.Employee) {
      possible.addAll(
          List.of(Role.CONVENER, Role.CHAIR, Role.RECORDER, Role.ATTENDEE, Role.TASK_OWNER));
    }
    return possible.stream().anyMatch(role -> cells.getOrDefault(role, NO).scope() != Scope.NONE);
  }

  /**
   * Throws the refusal that fits the caller: 401 to nobody, 403 to everybody else, 422 where a
   * reason is wanted and none is given.
   *
   * @param reason what the caller has written; empty for none
   * @return {@link Verdict#ALLOWED}, {@link Verdict#WITH_REASON} or {@link Verdict#MASKED}
   */
  public Verdict require(String row, Caller caller, Relation relation, String reason) {
    Verdict verdict = verdict(row, caller, relation);
    if (verdict == Verdict.REFUSED) {
      throw refusal(caller);
    }
    if (verdict == Verdict.WITH_REASON && reason.isBlank()) {
      throw Problem.of(422, "reason-needed").raise();
    }
    return verdict;
  }

  /** What is said to a caller who may not: 401 to nobody, else 403. */
  public static ProblemException refusal(Caller caller) {
    return caller instanceof Caller.Nobody
        ? Problem.of(401, "sign-in-needed").raise()
        : Problem.of(403, "not-yours-to-do").raise();
  }

  private Map<Role, Cell> cells(String row) {
    Map<Role, Cell> cells = rows.get(row);
    if (cells == null) {
      throw new IllegalArgumentException("not in the table of rights: " + row);
    }
    return cells;
  }

  private static List<Role> roles(Caller caller, Relation relation) {
    List<Role> roles = new ArrayList<>();
    switch (caller) {
      case Caller.Nobody nobody -> roles.add(Role.ANYBODY);
      case Caller.Device device ->
          roles.add(device.role() == null ? Role.ANYBODY : device.role());
      case Caller.Employee employee -> {
        roles.add(Role.EMPLOYEE);
        roles.addAll(employee.roles());
        roles.addAll(relation.parts());
        if (!employee.approves().isEmpty()) {
          roles.add(Role.LEADER);
        }
        if (relation.own()) {
          roles.add(Role.CONVENER);
        }
      }
    }
    return roles;
  }

  private static boolean reaches(Scope scope, Role role, Caller caller, Relation relation) {
    return switch (scope) {
      case NONE -> false;
      case ANY -> true;
      case OWN -> caller instanceof Caller.Device device ? isOwn(device, relation) : relation.own();
      case DEPARTMENT ->
          caller instanceof Caller.Employee employee
              && relation.department() != null
              && employee.approves().contains(relation.department());
      case MEETING -> relation.parts().contains(role);
    };
  }

  private static boolean isOwn(Caller.Device device, Relation relation) {
    return device.role() == Role.KIOSK
        ? relation.site() != null && relation.site().equals(device.site())
        : relation.room() != null && device.rooms().contains(relation.room());
  }

  private static Cell cell(String text) {
    Matcher matcher = CELL.matcher(text);
    if (text.isEmpty() || !matcher.matches()) {
      throw new IllegalStateException("no cell of the table of rights: " + text);
    }
    if (matcher.group(1) != null) {
      return NO;
    }
    Scope scope =
        switch (String.valueOf(matcher.group(2))) {
          case "O" -> Scope.OWN;
          case "D" -> Scope.DEPARTMENT;
          case "M" -> Scope.MEETING;
          default -> Scope.ANY;
        };
    return new Cell(scope, verdict(matcher.group(3)));
  }

  private static Verdict verdict(@Nullable String flag) {
    return switch (flag) {
      case null -> Verdict.ALLOWED;
      case "m" -> Verdict.MASKED;
      default -> Verdict.WITH_REASON;
    };
  }
}
