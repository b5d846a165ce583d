package foyer.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.catalogue.Parameter;
import foyer.catalogue.PolicyInForce;
import foyer.catalogue.PolicyVersion;
import foyer.catalogue.Value;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Policies, versions and values as people see them. */
final class PolicyViews {

  private PolicyViews() {}

  /** Somebody, by the number that people use. */
  record PersonView(String staffNumber, Names name) {}

  /** A department. */
  record DepartmentView(String id, Names name) {}

  /**
   * What a parameter is.
   *
   * @param clause that asks for it
   * @param mayBeLeft whether a policy may leave it to the default set
   */
  @JsonInclude(Include.NON_NULL)
  record ParameterView(
      String parameter,
      String kind,
      int least,
      int most,
      String stricter,
      @Nullable String clause,
      boolean mayBeLeft,
      Names label,
      Names says) {

    static ParameterView of(Parameter parameter) {
      return new ParameterView(
          parameter.word(),
          word(parameter.kind()),
          parameter.bounds().least(),
          parameter.bounds().most(),
          word(parameter.stricter()),
          parameter.clause(),
          parameter.mayBeLeft(),
          parameter.label(),
          parameter.says());
    }
  }

  /**
   * What a version sets.
   *
   * @param number of what is no list
   * @param numbers of a list
   */
  @JsonInclude(Include.NON_NULL)
  record SettingView(
      String parameter,
      @Nullable Integer number,
      @Nullable List<Integer> numbers,
      @Nullable String clause) {

    static SettingView of(Parameter parameter, List<Integer> numbers, @Nullable String clause) {
      return new SettingView(
          parameter.word(),
          parameter.isList() ? null : numbers.getFirst(),
          parameter.isList() ? numbers : null,
          clause);
    }
  }

  /**
   * A version of a policy.
   *
   * @param state {@code past}, {@code in-force}, {@code coming}, or that it was taken back
   * @param publishedAt null for what every installation begins with
   * @param values what it sets; what is not here is left to the default set
   */
  @JsonInclude(Include.NON_NULL)
  record VersionView(
      int version,
      String label,
      String state,
      Instant effectiveFrom,
      String note,
      @Nullable Instant publishedAt,
      @Nullable PersonView publishedBy,
      @Nullable Instant withdrawnAt,
      List<SettingView> values) {}

  /**
   * A policy.
   *
   * @param owner {@code admin} or {@code department-head}
   * @param owners the heads who publish it; empty for the admin department
   * @param mine whether the reader publishes it
   * @param departments those under it
   * @param latest number of the latest version that is not withdrawn, the entity tag
   */
  record PolicyView(
      String id,
      Names name,
      String owner,
      List<PersonView> owners,
      boolean mine,
      List<DepartmentView> departments,
      int latest,
      List<VersionView> versions) {}

  /**
   * Where a value comes from.
   *
   * @param policy id
   * @param since when the version began to hold
   * @param counts whether it is the one that counts, being the stricter where two hold
   */
  @JsonInclude(Include.NON_NULL)
  record SourceView(
      String policy,
      Names name,
      int version,
      String label,
      Instant since,
      @Nullable Integer number,
      @Nullable List<Integer> numbers,
      @Nullable String clause,
      boolean counts) {

    static SourceView of(Value source, Names name, Value counting) {
      PolicyVersion version = source.version();
      boolean list = source.parameter().isList();
      return new SourceView(
          version.policy(),
          name,
          version.version(),
          version.label(),
          version.effectiveFrom(),
          list ? null : (Integer) source.number(),
          list ? source.numbers() : null,
          source.clause(),
          source.numbers().equals(counting.numbers()));
    }
  }

  /** The value of a parameter, and where it comes from. */
  @JsonInclude(Include.NON_NULL)
  record ValueView(
      String parameter,
      @Nullable Integer number,
      @Nullable List<Integer> numbers,
      List<SourceView> sources) {}

  /** What holds for such a meeting of such a department at a time. */
  @JsonInclude(Include.NON_NULL)
  record ValuesView(
      @Nullable String department,
      @Nullable String meetingType,
      Instant at,
      String policy,
      List<ValueView> values) {}

  /** The value of each parameter under this policy. */
  static List<ValueView> values(PolicyInForce policy, Function<String, Names> name) {
    return Stream.of(Parameter.values())
        .map(
            parameter -> {
              Value counts = policy.value(parameter);
              return new ValueView(
                  parameter.word(),
                  parameter.isList() ? null : (Integer) counts.number(),
                  parameter.isList() ? counts.numbers() : null,
                  policy.sources(parameter).stream()
                      .map(s -> SourceView.of(s, name.apply(s.version().policy()), counts))
                      .distinct()
                      .toList());
            })
        .toList();
  }

  /** What a version sets, in the order of the parameters. */
  static List<SettingView> settings(PolicyVersion version) {
    return Stream.of(Parameter.values())
        .map(
            parameter -> {
              PolicyVersion.Setting setting = version.settings().get(parameter);
              return setting == null
                  ? null
                  : SettingView.of(parameter, setting.numbers(), setting.clause());
            })
        .filter(Objects::nonNull)
        .toList();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
