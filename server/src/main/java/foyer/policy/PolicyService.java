package foyer.policy;

import foyer.api.Caller.Employee;
import foyer.api.Once;
import foyer.api.Role;
import foyer.audit.Audit;
import foyer.catalogue.Catalogue;
import foyer.catalogue.Catalogues;
import foyer.catalogue.Parameter;
import foyer.catalogue.Policy;
import foyer.catalogue.PolicyVersion;
import foyer.catalogue.PolicyVersion.Setting;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Verdict;
import foyer.policy.PolicyRefusal.ChangedMeanwhile;
import foyer.policy.PolicyRefusal.MustBeSet;
import foyer.policy.PolicyRefusal.NoSuchPolicy;
import foyer.policy.PolicyRefusal.NoSuchVersion;
import foyer.policy.PolicyRefusal.NotTheOwner;
import foyer.policy.PolicyRefusal.ParameterTwice;
import foyer.policy.PolicyRefusal.UnknownParameter;
import foyer.policy.PolicyRefusal.WrongForm;
import foyer.policy.PolicyViews.DepartmentView;
import foyer.policy.PolicyViews.PersonView;
import foyer.policy.PolicyViews.PolicyView;
import foyer.policy.PolicyViews.VersionView;
import foyer.sql.Read;
import foyer.sql.Sql;
import foyer.sql.Tx;
import foyer.wire.Json;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Policies in their versions: read by everybody, published by their owners (F-1.6, K-5.2, F-5.2).
 */
final class PolicyService {

  private static final String LOCK = "SELECT id FROM policy WHERE id = $1 FOR UPDATE";

  private static final String STANDING =
      "SELECT app_now() AS now, (SELECT revision FROM catalogue_revision) AS catalogue";

  private static final String HEADS =
      """
      SELECT DISTINCT d.policy_id, p.id, p.staff_number, p.name_zh, p.name_en
      FROM department d JOIN person p ON p.id = d.head_id
      WHERE d.removed_at IS NULL AND p.left_at IS NULL
      ORDER BY p.id""";

  private static final String HISTORY =
      """
      SELECT v.id, v.policy_id, v.version, v.note, v.published_at, v.withdrawn_at, p.staff_number, p.name_zh, p.name_en
      FROM policy_version v LEFT JOIN person p ON p.id = v.published_by
      WHERE $1::text IS NULL OR v.policy_id = $1
      ORDER BY v.version DESC
      LIMIT 1000""";

  private static final String ME =
      "SELECT staff_number, name_zh, name_en FROM person WHERE id = $1";

  private static final String INSERT =
      """
      INSERT INTO policy_version (policy_id, version, effective_from, note, published_at, published_by)
      VALUES ($1, $2, $3, $4, $5, $6)""";

  private static final String INSERT_PARAMETERS =
      """
      INSERT INTO policy_parameter (policy_version_id, name, value, clause)
      SELECT v.id, s.name, s.value::jsonb, s.clause
      FROM policy_version v, unnest($3::text[], $4::text[], $5::text[]) AS s (name, value, clause)
      WHERE v.policy_id = $1 AND v.version = $2""";

  private static final String WITHDRAW =
      "UPDATE policy_version SET withdrawn_at = $3 WHERE policy_id = $1 AND version = $2";

  private final Pool pool;
  private final Catalogues catalogues;
  private final Rights rights;

  PolicyService(Pool pool, Catalogues catalogues, Rights rights) {
    this.pool = pool;
    this.catalogues = catalogues;
    this.rights = rights;
  }

  /** A parameter with its new value: {@code number} or {@code numbers}. */
  record NewSetting(String parameter, @Nullable Integer number, @Nullable List<Integer> numbers) {

    List<Integer> all() {
      return number != null ? List.of(number) : Objects.requireNonNullElse(numbers, List.of());
    }
  }

  /**
   * A version to be published: the latest one with these changes.
   *
   * @param effectiveFrom null for at once
   * @param left parameters that are left to the default set
   */
  record NewVersion(
      String note, @Nullable Instant effectiveFrom, List<NewSetting> values, List<String> left) {

    @SuppressWarnings("NullAway") // Jackson hands null for what is absent
    NewVersion {
      values = values == null ? List.of() : List.copyOf(values);
      left = left == null ? List.of() : List.copyOf(left);
    }
  }

  private record Standing(Instant now, long catalogue) {}

  private record Head(String policy, long id, PersonView person) {}

  private record Told(
      long id,
      String policy,
      String note,
      @Nullable Instant publishedAt,
      @Nullable PersonView publishedBy,
      @Nullable Instant withdrawnAt) {}

  /** All policies, each with the version in force and those to come. */
  List<PolicyView> list(Employee reader) {
    return views(reader, null).stream()
        .map(
            policy ->
                new PolicyView(
                    policy.id(),
                    policy.name(),
                    policy.owner(),
                    policy.owners(),
                    policy.mine(),
                    policy.departments(),
                    policy.latest(),
                    policy.versions().stream()
                        .filter(v -> v.state().equals("in-force") || v.state().equals("coming"))
                        .toList()))
        .toList();
  }

  /** One policy with all its versions, the latest first. */
  PolicyView get(Employee reader, String id) {
    return views(reader, id).stream().findFirst().orElseThrow(() -> no(new NoSuchPolicy()));
  }

  /** What holds now, by PostgreSQL's clock. */
  Instant now() {
    return Sql.list(pool, STANDING, PolicyService::standing).getFirst().now();
  }

  /**
   * Publishes a version: the latest one with the changes that are asked for.
   *
   * @param seen number of the latest version that the caller saw
   */
  VersionView publish(Employee by, String id, NewVersion wanted, int seen, Once once) {
    Read<Boolean> locked = Read.of(LOCK, rows -> rows.size() > 0, id);
    Read<Standing> standing = Read.of(STANDING, rows -> standing(rows.iterator().next()));
    Read<List<Head>> heads = Read.of(HEADS, rows -> Sql.map(rows, PolicyService::head));
    Read<PersonView> me =
        Read.of(ME, rows -> Objects.requireNonNull(person(rows.iterator().next())), by.id());
    VersionView published =
        Tx.run(
            pool,
            List.of(once.read(), locked, standing, heads, me),
            tx -> {
              once.firstTime(tx);
              Instant now = tx.get(standing).now();
              Catalogue catalogue = catalogues.at(tx.get(standing).catalogue());
              requireOwner(by, catalogue.policies().get(id), tx.get(heads));
              PolicyVersion latest = latest(catalogue, id);
              if (latest.version() != seen) {
                throw no(new ChangedMeanwhile(latest.version()));
              }
              Map<Parameter, Setting> settings = changed(latest, wanted);
              Instant from = from(wanted, now);
              @Nullable PolicyVersion defaults =
                  id.equals(Catalogue.DEFAULT_POLICY)
                      ? null
                      : latest(catalogue, Catalogue.DEFAULT_POLICY);
              PolicyRules.refuse(latest, settings, defaults, from, now)
                  .ifPresent(PolicyService::raise);
              PolicyVersion made =
                  new PolicyVersion(0, id, last(catalogue, id) + 1, from, false, settings);
              write(tx, made, wanted.note(), now, by);
              audit(tx, now, by, "publish version", made, differences(latest, made), wanted.note());
              VersionView view =
                  view(
                      made,
                      from.isAfter(now) ? "coming" : "in-force",
                      new Told(0, id, wanted.note(), now, tx.get(me), null));
              once.keep(tx, now, 201, view);
              return view;
            });
    catalogues.load().await();
    return published;
  }

  /** Takes a version back that does not hold yet. */
  VersionView withdraw(Employee by, String id, int number) {
    Read<Boolean> locked = Read.of(LOCK, rows -> rows.size() > 0, id);
    Read<Standing> standing = Read.of(STANDING, rows -> standing(rows.iterator().next()));
    Read<List<Head>> heads = Read.of(HEADS, rows -> Sql.map(rows, PolicyService::head));
    Tx.run(
        pool,
        List.of(locked, standing, heads),
        tx -> {
          Instant now = tx.get(standing).now();
          Catalogue catalogue = catalogues.at(tx.get(standing).catalogue());
          requireOwner(by, catalogue.policies().get(id), tx.get(heads));
          PolicyVersion version =
              versions(catalogue, id).stream()
                  .filter(v -> v.version() == number)
                  .findFirst()
                  .orElseThrow(() -> no(new NoSuchVersion()));
          PolicyRules.refuseWithdrawal(version, now).ifPresent(PolicyService::raise);
          tx.write(WITHDRAW, id, number, now);
          audit(tx, now, by, "withdraw version", version, List.of("withdrawnAt"), "");
          return version;
        });
    catalogues.load().await();
    return get(by, id).versions().stream()
        .filter(v -> v.version() == number)
        .findFirst()
        .orElseThrow();
  }

  private List<PolicyView> views(Employee reader, @Nullable String id) {
    Standing standing = Sql.list(pool, STANDING, PolicyService::standing).getFirst();
    List<Told> told = Sql.list(pool, HISTORY, PolicyService::told, id);
    List<Head> heads = Sql.list(pool, HEADS, PolicyService::head);
    Catalogue catalogue = catalogues.at(standing.catalogue());
    return catalogue.policies().values().stream()
        .filter(policy -> id == null || policy.id().equals(id))
        .map(policy -> view(reader, policy, catalogue, standing.now(), told, heads))
        .toList();
  }

  private PolicyView view(
      Employee reader,
      Policy policy,
      Catalogue catalogue,
      Instant now,
      List<Told> told,
      List<Head> heads) {
    long inForce = catalogue.inForce(policy.id(), now).id();
    List<VersionView> versions = new ArrayList<>();
    for (PolicyVersion version : versions(catalogue, policy.id()).reversed()) {
      told.stream()
          .filter(t -> t.id() == version.id())
          .findFirst()
          .ifPresent(t -> versions.add(view(version, state(version, inForce, now), t)));
    }
    return new PolicyView(
        policy.id(),
        policy.name(),
        policy.owner(),
        owners(policy, heads).stream().map(Head::person).toList(),
        mayPublish(reader, policy, heads),
        catalogue.departments().values().stream()
            .filter(d -> d.policy().equals(policy.id()))
            .map(d -> new DepartmentView(d.id(), d.name()))
            .toList(),
        latest(catalogue, policy.id()).version(),
        versions);
  }

  private static VersionView view(PolicyVersion version, String state, Told told) {
    return new VersionView(
        version.version(),
        version.label(),
        state,
        version.effectiveFrom(),
        told.note(),
        told.publishedAt(),
        told.publishedBy(),
        told.withdrawnAt(),
        PolicyViews.settings(version));
  }

  private static String state(PolicyVersion version, long inForce, Instant now) {
    if (version.withdrawn()) {
      return "withdrawn";
    }
    if (version.id() == inForce) {
      return "in-force";
    }
    return version.effectiveFrom().isAfter(now) ? "coming" : "past";
  }

  private void requireOwner(Employee by, @Nullable Policy policy, List<Head> heads) {
    if (policy == null) {
      throw no(new NoSuchPolicy());
    }
    if (!mayPublish(by, policy, heads)) {
      List<Names> owners =
          owners(policy, heads).stream().map(head -> head.person().name()).toList();
      throw no(new NotTheOwner(policy.owner(), owners));
    }
  }

  private boolean mayPublish(Employee employee, Policy policy, List<Head> heads) {
    boolean owns =
        policy.owner().equals("admin")
            ? employee.roles().contains(Role.ADMIN)
            : owners(policy, heads).stream().anyMatch(head -> head.id() == employee.id());
    Relation relation = new Relation(owns, null, null, null, Set.of());
    return rights.verdict("publish-policy", employee, relation) == Verdict.ALLOWED;
  }

  /** The heads who publish the policy; none where the admin department does. */
  private static List<Head> owners(Policy policy, List<Head> heads) {
    return policy.owner().equals("admin")
        ? List.of()
        : heads.stream().filter(head -> head.policy().equals(policy.id())).toList();
  }

  private static List<PolicyVersion> versions(Catalogue catalogue, String policy) {
    return catalogue.versions().stream()
        .filter(version -> version.policy().equals(policy))
        .sorted(Comparator.comparingInt(PolicyVersion::version))
        .toList();
  }

  private static PolicyVersion latest(Catalogue catalogue, String policy) {
    return versions(catalogue, policy).stream()
        .filter(version -> !version.withdrawn())
        .toList()
        .getLast();
  }

  private static int last(Catalogue catalogue, String policy) {
    return versions(catalogue, policy).getLast().version();
  }

  private static Instant from(NewVersion wanted, Instant now) {
    Instant from = wanted.effectiveFrom();
    return from == null ? now : from.truncatedTo(ChronoUnit.MICROS);
  }

  /** What the latest version sets, with the changes. */
  private static Map<Parameter, Setting> changed(PolicyVersion latest, NewVersion wanted) {
    Map<Parameter, Setting> settings = new EnumMap<>(Parameter.class);
    settings.putAll(latest.settings());
    Set<Parameter> seen = EnumSet.noneOf(Parameter.class);
    for (NewSetting value : wanted.values()) {
      Parameter parameter = once(value.parameter(), seen);
      if ((value.number() == null) != parameter.isList()) {
        throw no(new WrongForm(parameter));
      }
      Setting before = latest.settings().get(parameter);
      String clause = before == null ? parameter.clause() : before.clause();
      settings.put(parameter, new Setting(value.all(), clause));
    }
    for (String word : wanted.left()) {
      Parameter parameter = once(word, seen);
      if (!parameter.mayBeLeft()) {
        throw no(new MustBeSet(parameter));
      }
      settings.remove(parameter);
    }
    return settings;
  }

  private static Parameter once(String word, Set<Parameter> seen) {
    Parameter parameter = Parameter.of(word).orElseThrow(() -> no(new UnknownParameter()));
    if (!seen.add(parameter)) {
      throw no(new ParameterTwice(parameter));
    }
    return parameter;
  }

  private static List<String> differences(PolicyVersion before, PolicyVersion after) {
    List<String> fields = new ArrayList<>(List.of("effectiveFrom"));
    for (Parameter parameter : Parameter.values()) {
      if (!Objects.equals(before.settings().get(parameter), after.settings().get(parameter))) {
        fields.add(parameter.word());
      }
    }
    return fields;
  }

  private static void write(Tx tx, PolicyVersion made, String note, Instant now, Employee by) {
    tx.write(INSERT, made.policy(), made.version(), made.effectiveFrom(), note, now, by.id());
    List<Map.Entry<Parameter, Setting>> settings = List.copyOf(made.settings().entrySet());
    tx.write(
        INSERT_PARAMETERS,
        made.policy(),
        made.version(),
        settings.stream().map(s -> s.getKey().word()).toArray(String[]::new),
        settings.stream().map(s -> json(s.getKey(), s.getValue())).toArray(String[]::new),
        settings.stream().map(s -> s.getValue().clause()).toArray(String[]::new));
  }

  private static String json(Parameter parameter, Setting setting) {
    return Json.text(parameter.isList() ? setting.numbers() : setting.numbers().getFirst());
  }

  private static void audit(
      Tx tx,
      Instant now,
      Employee by,
      String action,
      PolicyVersion version,
      List<String> fields,
      String reason) {
    Audit.write(
        tx, now, new Audit.Entry(by.word(), action, "policy:" + version.label(), fields, reason));
  }

  private static Standing standing(Row row) {
    return new Standing(Sql.instant(row, "now"), row.getLong("catalogue"));
  }

  private static Head head(Row row) {
    return new Head(
        row.getString("policy_id"), row.getLong("id"), Objects.requireNonNull(person(row)));
  }

  private static Told told(Row row) {
    return new Told(
        row.getLong("id"),
        row.getString("policy_id"),
        row.getString("note"),
        Sql.instantOrNull(row, "published_at"),
        person(row),
        Sql.instantOrNull(row, "withdrawn_at"));
  }

  private static @Nullable PersonView person(Row row) {
    String number = row.getString("staff_number");
    return number == null
        ? null
        : new PersonView(number, new Names(row.getString("name_zh"), row.getString("name_en")));
  }

  private static void raise(PolicyRefusal refusal) {
    throw no(refusal);
  }

  private static RuntimeException no(PolicyRefusal refusal) {
    return PolicyRefusals.of(refusal).raise();
  }
}
