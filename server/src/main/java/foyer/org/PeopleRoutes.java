package foyer.org;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.api.Role;
import foyer.org.Accounts.Holder;
import foyer.wire.Names;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Looking people up, and what an admin does about their accounts. */
public final class PeopleRoutes {

  private final People people;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Supplier<String> address;

  /**
   * Operations on these people.
   *
   * @param address base of the links that are handed out
   */
  public PeopleRoutes(
      People people, Accounts accounts, Sessions sessions, Supplier<String> address) {
    this.people = people;
    this.accounts = accounts;
    this.sessions = sessions;
    this.address = address;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "listPeople",
        this::list,
        "getRoles",
        this::roles,
        "setRoles",
        this::setRoles,
        "linkPassword",
        this::linkPassword,
        "endSessions",
        this::endSessions);
  }

  private record RolesView(String staffNumber, Names name, String department, List<String> roles) {}

  private record Wanted(List<String> roles) {}

  private record Link(String url) {}

  private Answer list(Call call) {
    return Answer.ok(Map.of("people", people.search(call.query("q").orElse(""))));
  }

  private Answer roles(Call call) {
    return Answer.ok(view(accounts.holder(call.path("staffNumber"))));
  }

  private Answer setRoles(Call call) {
    var wanted = call.body(Wanted.class).roles().stream().map(Role::of).collect(Collectors.toSet());
    Holder holder = accounts.setRoles(call.employee(), call.path("staffNumber"), wanted);
    sessions.forget();
    return Answer.ok(view(holder));
  }

  private Answer linkPassword(Call call) {
    String token = accounts.passwordLink(call.employee(), call.path("staffNumber"));
    return Answer.of(201, new Link(address.get() + "/#password=" + token))
        .with("Cache-Control", "no-store");
  }

  private Answer endSessions(Call call) {
    Holder holder = accounts.holder(call.path("staffNumber"));
    sessions.endAll(call.employee(), holder.id());
    return Answer.ok(view(holder));
  }

  private static RolesView view(Holder holder) {
    return new RolesView(holder.staffNumber(), holder.name(), holder.department(), holder.roles());
  }
}
