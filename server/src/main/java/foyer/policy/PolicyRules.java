package foyer.policy;

import foyer.catalogue.Parameter;
import foyer.catalogue.Parameter.Bounds;
import foyer.catalogue.PolicyVersion;
import foyer.catalogue.PolicyVersion.Setting;
import foyer.policy.PolicyRefusal.Contradiction;
import foyer.policy.PolicyRefusal.EffectiveBeforeLatest;
import foyer.policy.PolicyRefusal.EffectiveInThePast;
import foyer.policy.PolicyRefusal.Holds;
import foyer.policy.PolicyRefusal.MustBeSet;
import foyer.policy.PolicyRefusal.NothingChanged;
import foyer.policy.PolicyRefusal.OutOfBounds;
import foyer.policy.PolicyRefusal.Withdrawn;
import foyer.policy.PolicyRefusal.WrongForm;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides about versions of policies. Pure. The first reason found wins. */
final class PolicyRules {

  /** What may not be more than what. */
  private static final List<List<Parameter>> ORDERED =
      List.of(
          List.of(Parameter.SHORTEST, Parameter.LONGEST),
          List.of(Parameter.DOOR_BOOK, Parameter.DOOR_LONGEST));

  /** The same in the default set alone: people at doors book under it. */
  private static final List<List<Parameter>> AT_DOORS =
      List.of(
          List.of(Parameter.DOOR_LONGEST, Parameter.LONGEST),
          List.of(Parameter.SHORTEST, Parameter.DOOR_LONGEST),
          List.of(Parameter.SHORTEST, Parameter.DOOR_BOOK),
          List.of(Parameter.DOOR_EXTEND, Parameter.LONGEST));

  private PolicyRules() {}

  /**
   * Says why a version is not published, or nothing if it is.
   *
   * @param latest the policy's latest version that is not withdrawn, of which it begins as a copy
   * @param settings what it sets
   * @param defaults what the company's default set says; null where this is the default set
   * @param from when it is to hold from
   * @param now PostgreSQL's clock
   */
  static Optional<PolicyRefusal> refuse(
      PolicyVersion latest,
      Map<Parameter, Setting> settings,
      @Nullable PolicyVersion defaults,
      Instant from,
      Instant now) {
    if (from.isBefore(now)) {
      return Optional.of(new EffectiveInThePast(now));
    }
    if (from.isBefore(latest.effectiveFrom())) {
      return Optional.of(new EffectiveBeforeLatest(latest.version(), latest.effectiveFrom()));
    }
    if (settings.equals(latest.settings())) {
      return Optional.of(new NothingChanged());
    }
    return Stream.of(Parameter.values())
        .flatMap(parameter -> refuse(parameter, settings.get(parameter), defaults).stream())
        .findFirst()
        .or(() -> refuseContradiction(settings, defaults));
  }

  /** Says why a version is not withdrawn, or nothing if it is: only what does not hold yet can. */
  static Optional<PolicyRefusal> refuseWithdrawal(PolicyVersion version, Instant now) {
    if (version.withdrawn()) {
      return Optional.of(new Withdrawn());
    }
    return version.effectiveFrom().isAfter(now)
        ? Optional.empty()
        : Optional.of(new Holds(version.effectiveFrom()));
  }

  private static Optional<PolicyRefusal> refuse(
      Parameter parameter, @Nullable Setting setting, @Nullable PolicyVersion defaults) {
    if (setting == null) {
      boolean mayBeLeft = parameter.mayBeLeft() && defaults != null;
      return mayBeLeft ? Optional.empty() : Optional.of(new MustBeSet(parameter));
    }
    List<Integer> numbers = setting.numbers();
    if (!inForm(parameter, numbers)) {
      return Optional.of(new WrongForm(parameter));
    }
    Bounds bounds = parameter.bounds();
    boolean within = numbers.stream().allMatch(n -> n >= bounds.least() && n <= bounds.most());
    return within ? Optional.empty() : Optional.of(new OutOfBounds(parameter));
  }

  private static boolean inForm(Parameter parameter, List<Integer> numbers) {
    List<Integer> ordered = numbers.stream().sorted().distinct().toList();
    return parameter.isList()
        ? !numbers.isEmpty() && numbers.size() <= Parameter.LONGEST_LIST && numbers.equals(ordered)
        : numbers.size() == 1;
  }

  private static Optional<PolicyRefusal> refuseContradiction(
      Map<Parameter, Setting> settings, @Nullable PolicyVersion defaults) {
    Map<Parameter, Setting> left = defaults == null ? Map.of() : defaults.settings();
    return Stream.concat(ORDERED.stream(), defaults == null ? AT_DOORS.stream() : Stream.empty())
        .flatMap(
            pair -> {
              int least = Collections.max(numbers(pair.getFirst(), settings, left));
              int most = Collections.min(numbers(pair.getLast(), settings, left));
              return least <= most
                  ? Stream.<PolicyRefusal>empty()
                  : Stream.of(new Contradiction(pair.getFirst(), least, pair.getLast(), most));
            })
        .findFirst();
  }

  private static List<Integer> numbers(
      Parameter parameter, Map<Parameter, Setting> settings, Map<Parameter, Setting> left) {
    Setting set = settings.getOrDefault(parameter, left.get(parameter));
    if (set == null) {
      throw new IllegalStateException("nothing sets " + parameter.word());
    }
    return set.numbers();
  }
}
