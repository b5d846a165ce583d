package foyer.staff;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Language;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.org.KioskPins;
import foyer.org.Sessions;
import foyer.org.SignIn;
import foyer.wire.Names;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** People and departments as admins keep them, and what everybody keeps of themself. */
public final class StaffRoutes {

  private final Staff staff;
  private final Departments departments;
  private final Delegations delegations;
  private final StaffImport files;
  private final KioskPins pins;
  private final SignIn signIn;
  private final Sessions sessions;

  /** Operations on the people of a database. */
  public StaffRoutes(Vertx vertx, Pool pool, KioskPins pins, SignIn signIn, Sessions sessions) {
    this.files = new StaffImport(vertx, pool);
    this.staff = new Staff(pool);
    this.departments = new Departments(pool);
    this.delegations = new Delegations(pool);
    this.pins = pins;
    this.signIn = signIn;
    this.sessions = sessions;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("getPerson", call -> Answer.ok(staff.card(number(call))));
    all.put("listStaff", call -> Answer.ok(staff.page(search(call))));
    all.put("getStaff", call -> record(staff.record(number(call))));
    all.put("createPerson", this::create);
    all.put("editPerson", this::edit);
    all.put("letLeave", this::leave);
    all.put("letReturn", call -> record(staff.comeBack(call.employee(), number(call))));
    all.put("clearPin", this::clearPin);
    all.put("giveDelegationOf", call -> give(call, number(call)));
    all.put("endDelegationOf", call -> end(call, number(call)));
    all.put("getAccount", call -> own(call));
    all.put("setPin", this::setPin);
    all.put("giveDelegation", call -> give(call, call.employee().staffNumber()));
    all.put("endDelegation", call -> end(call, call.employee().staffNumber()));
    all.put("listDepartments", call -> named());
    all.put("listDepartmentTree", call -> tree());
    all.put("getDepartment", call -> record(departments.one(department(call))));
    all.put("createDepartment", this::createDepartment);
    all.put("editDepartment", this::editDepartment);
    all.put("removeDepartment", this::removeDepartment);
    all.put("importPeople", this::importPeople);
    all.put("exportStaff", call -> file(call, "staff", files::export));
    all.put("staffTemplate", call -> file(call, "staff-template", files::template));
    return all;
  }

  private record NewPerson(
      String staffNumber,
      Names name,
      @Nullable Names title,
      @Nullable String email,
      String department,
      int position,
      @Nullable String badgeCode) {

    PersonEdit edit() {
      return new PersonEdit(name, title, email, department, position, badgeCode);
    }
  }

  private record PinChange(String present, String pin) {}

  private record Delegate(String delegate) {}

  @JsonInclude(Include.NON_NULL)
  private record Named(String id, Names name, @Nullable String parent) {}

  private static Staff.Search search(Call call) {
    return new Staff.Search(
        call.query("q").orElse("").strip(),
        call.query("department").orElse(null),
        call.query("role").orElse(null),
        call.query("state").orElse("here"),
        Integer.parseInt(call.query("page").orElse("1")));
  }

  private Answer create(Call call) {
    NewPerson wanted = call.body(NewPerson.class);
    return Once.run(
        call,
        once -> {
          StaffRecord made =
              staff.create(call.employee(), wanted.staffNumber(), wanted.edit(), once);
          return Answer.created("/api/staff/" + made.staffNumber(), made)
              .tagged(Integer.toString(made.version()));
        },
        (again, made) -> again(again, "/api/staff/" + made.path("staffNumber").asText(), made));
  }

  private Answer edit(Call call) {
    PersonEdit wanted = call.body(PersonEdit.class);
    StaffRecord edited = staff.edit(call.employee(), number(call), wanted, version(call));
    sessions.forget();
    return record(edited);
  }

  private Answer leave(Call call) {
    StaffRecord left = staff.leave(call.employee(), number(call));
    sessions.forget();
    return record(left);
  }

  private Answer clearPin(Call call) {
    staff.record(number(call));
    pins.clear(call.employee(), number(call));
    return record(staff.record(number(call)));
  }

  private Answer give(Call call, String principal) {
    delegations.give(call.employee(), principal, call.body(Delegate.class).delegate());
    sessions.forget();
    return record(staff.record(principal));
  }

  private Answer end(Call call, String principal) {
    delegations.end(call.employee(), principal, call.body(Delegate.class).delegate());
    sessions.forget();
    return record(staff.record(principal));
  }

  private Answer own(Call call) {
    return record(staff.record(call.employee().staffNumber()));
  }

  private Answer setPin(Call call) {
    PinChange wanted = call.body(PinChange.class);
    signIn.requirePassword(call.employee(), wanted.present());
    pins.set(call.employee(), wanted.pin());
    return own(call);
  }

  private Answer named() {
    List<Named> all =
        departments.all().stream().map(d -> new Named(d.id(), d.name(), d.parent())).toList();
    return Answer.ok(Map.of("departments", all));
  }

  private Answer tree() {
    return Answer.ok(Map.of("departments", departments.all()));
  }

  private Answer createDepartment(Call call) {
    DepartmentEdit wanted = call.body(DepartmentEdit.class);
    return Once.run(
        call,
        once -> {
          DepartmentRecord made = departments.create(call.employee(), wanted, once);
          sessions.forget();
          return Answer.created("/api/departments/" + made.id(), made)
              .tagged(Integer.toString(made.version()));
        },
        (again, made) -> again(again, "/api/departments/" + made.path("id").asText(), made));
  }

  private Answer editDepartment(Call call) {
    DepartmentRecord edited =
        departments.edit(
            call.employee(), department(call), call.body(DepartmentEdit.class), version(call));
    sessions.forget();
    return record(edited);
  }

  private Answer removeDepartment(Call call) {
    return record(departments.remove(call.employee(), department(call)));
  }

  private Answer importPeople(Call call) {
    StaffImport.Wish wish =
        new StaffImport.Wish(
            call.query("mode").orElse("good").equals("all"),
            call.query("leavers").orElse("keep").equals("leave"),
            call.queryFlag("dryRun"));
    StaffReport report = files.take(call.employee(), call.bytes(), wish, call.language());
    sessions.forget();
    return Answer.ok(report);
  }

  private static Answer file(Call call, String name, BiFunction<Boolean, Language, byte[]> write) {
    boolean xlsx = call.query("format").orElse("xlsx").equals("xlsx");
    Language language =
        call.query("language").orElse("zh-CN").equals("en") ? Language.EN : Language.ZH_CN;
    String file = name + (xlsx ? ".xlsx" : ".csv");
    return Answer.bytes(StaffImport.contentType(xlsx), write.apply(xlsx, language))
        .with("Content-Disposition", "attachment; filename=\"" + file + "\"");
  }

  private static Answer again(Answer answer, String location, JsonNode made) {
    return answer.with("Location", location).tagged(made.path("version").asText());
  }

  private static Answer record(StaffRecord record) {
    return Answer.ok(record).tagged(Integer.toString(record.version()));
  }

  private static Answer record(DepartmentRecord record) {
    return Answer.ok(record).tagged(Integer.toString(record.version()));
  }

  private static String number(Call call) {
    return call.path("staffNumber");
  }

  private static String department(Call call) {
    return call.path("departmentId");
  }

  /** The version in If-Match; one that can be none of ours is simply not the present one. */
  private static int version(Call call) {
    try {
      return Integer.parseInt(call.ifMatch().orElse(""));
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
