package foyer.org;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Caller;
import foyer.api.Cookies;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.api.Role;
import foyer.org.SignIn.SignedIn;
import foyer.wire.Names;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Signing in and out, and what one may know and change of oneself. */
public final class SignInRoutes {

  private static final Duration SESSION = Duration.ofDays(14);
  private static final Duration BROWSER = Duration.ofDays(365);

  private final SignIn signIn;
  private final Sessions sessions;
  private final Accounts accounts;
  private final Cookies cookies;

  /** Operations of these accounts. */
  public SignInRoutes(SignIn signIn, Sessions sessions, Accounts accounts, Cookies cookies) {
    this.signIn = signIn;
    this.sessions = sessions;
    this.accounts = accounts;
    this.cookies = cookies;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry("signIn", this::signIn),
        Map.entry("signOut", this::signOut),
        Map.entry("whoAmI", this::whoAmI),
        Map.entry("listSessions", call -> list(call.employee())),
        Map.entry("endSession", this::endSession),
        Map.entry("endOtherSessions", this::endOthers),
        Map.entry("changePassword", this::changePassword),
        Map.entry("setPassword", this::setPassword),
        Map.entry("makeFirstAdmin", this::makeFirstAdmin));
  }

  private record Credentials(String name, String password) {}

  private record NewPassword(String present, String password) {}

  private record LinkedPassword(String link, String password) {}

  private record FirstAdmin(
      String link, String staffNumber, Names name, String department, String password) {}

  /**
   * Who calls, as pages show it.
   *
   * @param kind {@code nobody}, {@code employee} or {@code device}
   * @param roles words of what the employee is beside being one
   * @param leads whether the employee approves a department's meetings
   * @param csrfToken what a page shows to change something; null where nobody has signed in
   */
  @JsonInclude(Include.NON_NULL)
  private record Me(
      String kind,
      @Nullable String staffNumber,
      @Nullable Names name,
      @Nullable String department,
      @Nullable List<String> roles,
      @Nullable Boolean leads,
      @Nullable String device,
      @Nullable String site,
      @Nullable Set<String> rooms,
      @Nullable String csrfToken) {}

  private static final Me NOBODY =
      new Me("nobody", null, null, null, null, null, null, null, null, null);

  private Answer signIn(Call call) {
    Credentials given = call.body(Credentials.class);
    return signedIn(
        signIn.signIn(given.name(), given.password(), mark(call), call.agent()));
  }

  private Answer signOut(Call call) {
    if (call.caller() instanceof Caller.Employee employee) {
      sessions.signOut(employee);
    }
    return Answer.ok(NOBODY).withCookie(cookies.clear(cookies.session()));
  }

  private Answer whoAmI(Call call) {
    return Answer.ok(
        switch (call.caller()) {
          case Caller.Nobody nobody -> NOBODY;
          case Caller.Employee employee ->
              me(employee, call.cookie(cookies.session()).map(Tokens::csrf).orElse(null));
          case Caller.Device device ->
              new Me(
                  "device",
                  null,
                  null,
                  null,
                  null,
                  null,
                  device.id(),
                  device.site(),
                  device.rooms(),
                  call.cookie(cookies.device()).map(Tokens::csrf).orElse(null));
        });
  }

  private Me me(Caller.Employee employee, @Nullable String csrfToken) {
    return new Me(
        "employee",
        employee.staffNumber(),
        accounts.name(employee.id()),
        employee.department(),
        employee.roles().stream().map(Role::word).sorted().toList(),
        !employee.approves().isEmpty(),
        null,
        null,
        null,
        csrfToken);
  }

  private Answer list(Caller.Employee employee) {
    return Answer.ok(Map.of("sessions", sessions.of(employee)));
  }

  private Answer endSession(Call call) {
    sessions.end(call.employee(), call.pathNumber("sessionId"));
    return list(call.employee());
  }

  private Answer endOthers(Call call) {
    sessions.endOthers(call.employee());
    return list(call.employee());
  }

  private Answer changePassword(Call call) {
    NewPassword wanted = call.body(NewPassword.class);
    Caller.Employee employee = call.employee();
    signIn.requirePassword(employee, wanted.present());
    accounts.changePassword(employee, wanted.password());
    return begun(call, employee.id());
  }

  private Answer setPassword(Call call) {
    LinkedPassword wanted = call.body(LinkedPassword.class);
    return begun(call, accounts.setPassword(wanted.link(), wanted.password()));
  }

  private Answer makeFirstAdmin(Call call) {
    FirstAdmin wanted = call.body(FirstAdmin.class);
    long admin =
        accounts.makeFirstAdmin(
            wanted.link(),
            wanted.staffNumber(),
            wanted.name(),
            wanted.department(),
            wanted.password());
    return begun(call, admin);
  }

  /** Whoever has just set their password need not type it again. */
  private Answer begun(Call call, long person) {
    sessions.forget();
    return signedIn(signIn.begin(person, mark(call), call.agent()));
  }

  private String mark(Call call) {
    return call.cookie(cookies.browser()).orElse("");
  }

  private Answer signedIn(SignedIn in) {
    Caller.Employee employee =
        sessions.find(in.session()).orElseThrow(() -> Problem.of(401, "sign-in-needed").raise());
    return Answer.ok(me(employee, Tokens.csrf(in.session())))
        .withCookie(cookies.set(cookies.session(), in.session(), SESSION))
        .withCookie(cookies.set(cookies.browser(), in.mark(), BROWSER));
  }
}
