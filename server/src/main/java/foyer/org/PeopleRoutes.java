package foyer.org;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.wire.Names;
import java.util.List;
import java.util.Map;

/** Looking people up. */
public final class PeopleRoutes {

  private final People people;

  /** Operations on these people. */
  public PeopleRoutes(People people) {
    this.people = people;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("listPeople", this::list);
  }

  private record PersonView(String staffNumber, Names name, String department) {}

  private Answer list(Call call) {
    List<PersonView> found =
        people.search(call.query("q").orElse("")).stream()
            .map(p -> new PersonView(p.staffNumber(), p.name(), p.department()))
            .toList();
    return Answer.ok(Map.of("people", found));
  }
}
