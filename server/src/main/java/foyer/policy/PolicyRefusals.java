package foyer.policy;

import foyer.api.Problem;
import foyer.catalogue.Parameter;
import foyer.policy.PolicyRefusal.ChangedMeanwhile;
import foyer.policy.PolicyRefusal.Contradiction;
import foyer.policy.PolicyRefusal.EffectiveBeforeLatest;
import foyer.policy.PolicyRefusal.EffectiveInThePast;
import foyer.policy.PolicyRefusal.Holds;
import foyer.policy.PolicyRefusal.MustBeSet;
import foyer.policy.PolicyRefusal.NoSuchPolicy;
import foyer.policy.PolicyRefusal.NoSuchVersion;
import foyer.policy.PolicyRefusal.NotTheOwner;
import foyer.policy.PolicyRefusal.NothingChanged;
import foyer.policy.PolicyRefusal.OutOfBounds;
import foyer.policy.PolicyRefusal.ParameterTwice;
import foyer.policy.PolicyRefusal.UnknownParameter;
import foyer.policy.PolicyRefusal.Withdrawn;
import foyer.policy.PolicyRefusal.WrongForm;
import foyer.wire.Names;
import java.util.List;
import java.util.stream.Collectors;

/** How each refusal about policies is answered. */
final class PolicyRefusals {

  private PolicyRefusals() {}

  /** The problem that tells the caller; the texts come from the language table. */
  static Problem of(PolicyRefusal refusal) {
    return switch (refusal) {
      case NoSuchPolicy() -> Problem.of(404, "no-such-policy");
      case NoSuchVersion() -> Problem.of(404, "no-such-version");
      case NotTheOwner(String owner, var owners) ->
          owner.equals("admin")
              ? Problem.of(403, "admins-publish", "owner", owner)
              : Problem.of(403, "heads-publish", "owner", owner, "names", names(owners));
      case ChangedMeanwhile(int version) ->
          Problem.of(412, "changed-meanwhile", "version", version);
      case EffectiveInThePast(var now) -> Problem.of(422, "effective-in-the-past", "now", now);
      case EffectiveBeforeLatest(int version, var from) ->
          Problem.of(422, "effective-before-latest", "version", version, "from", from);
      case NothingChanged() -> Problem.of(422, "nothing-changed");
      case UnknownParameter() -> Problem.of(422, "unknown-parameter");
      case ParameterTwice(var parameter) -> about(Problem.of(422, "parameter-twice"), parameter);
      case WrongForm(var parameter) ->
          about(
                  parameter.isList()
                      ? Problem.of(422, "list-needed")
                      : Problem.of(422, "number-needed"),
                  parameter)
              .and("most", Parameter.LONGEST_LIST);
      case OutOfBounds(var parameter) ->
          about(Problem.of(422, "out-of-bounds"), parameter)
              .and("least", parameter.bounds().least())
              .and("most", parameter.bounds().most());
      case MustBeSet(var parameter) -> about(Problem.of(422, "must-be-set"), parameter);
      case Contradiction(var smaller, int least, var larger, int most) ->
          about(Problem.of(422, "parameters-contradict"), smaller)
              .and("least", least)
              .and("other", larger.word())
              .and("otherName", name(larger.label()))
              .and("most", most);
      case Holds(var since) -> Problem.of(409, "version-holds", "since", since);
      case Withdrawn() -> Problem.of(409, "version-withdrawn");
    };
  }

  private static Problem about(Problem problem, Parameter parameter) {
    return problem.and("parameter", parameter.word()).and("name", name(parameter.label()));
  }

  private static String names(List<Names> people) {
    return people.stream().map(PolicyRefusals::name).collect(Collectors.joining(" · "));
  }

  private static String name(Names names) {
    return names.zh() + " " + names.en();
  }
}
