package foyer.policy;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.catalogue.Catalogue;
import foyer.catalogue.Catalogues;
import foyer.catalogue.Department;
import foyer.catalogue.MeetingType;
import foyer.catalogue.Parameter;
import foyer.catalogue.Policy;
import foyer.catalogue.PolicyInForce;
import foyer.org.Rights;
import foyer.policy.PolicyService.NewVersion;
import foyer.policy.PolicyViews.ParameterView;
import foyer.policy.PolicyViews.PolicyView;
import foyer.policy.PolicyViews.ValuesView;
import foyer.policy.PolicyViews.VersionView;
import foyer.wire.Names;
import io.vertx.sqlclient.Pool;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations on policies. */
public final class PolicyRoutes {

  private static final String LOCATION = "/api/policies/";

  private final PolicyService service;
  private final Catalogues catalogues;

  /** Operations on the policies of a database. */
  public PolicyRoutes(Pool pool, Catalogues catalogues, Rights rights) {
    this.service = new PolicyService(pool, catalogues, rights);
    this.catalogues = catalogues;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "listPolicies",
        this::list,
        "getPolicy",
        this::get,
        "publishVersion",
        this::publish,
        "withdrawVersion",
        this::withdraw,
        "policyValues",
        this::values);
  }

  private record Policies(List<PolicyView> policies, List<ParameterView> parameters) {}

  private Answer list(Call call) {
    return Answer.ok(
        new Policies(
            service.list(call.employee()),
            Arrays.stream(Parameter.values()).map(ParameterView::of).toList()));
  }

  private Answer get(Call call) {
    PolicyView policy = service.get(call.employee(), call.path("policyId"));
    return Answer.ok(policy).tagged(Integer.toString(policy.latest()));
  }

  private Answer publish(Call call) {
    String policy = call.path("policyId");
    return Once.run(
        call,
        once -> {
          VersionView made =
              service.publish(
                  call.employee(), policy, call.body(NewVersion.class), seen(call), once);
          return Answer.created(LOCATION + policy, made).tagged(Integer.toString(made.version()));
        },
        (again, made) ->
            again.with("Location", LOCATION + policy).tagged(made.path("version").asText()));
  }

  private Answer withdraw(Call call) {
    return Answer.ok(
        service.withdraw(call.employee(), call.path("policyId"), (int) call.pathNumber("version")));
  }

  private Answer values(Call call) {
    Catalogue catalogue = catalogues.present();
    @Nullable String departmentId = call.query("department").orElse(null);
    @Nullable String typeId = call.query("meetingType").orElse(null);
    @Nullable Department department = catalogue.departments().get(String.valueOf(departmentId));
    @Nullable MeetingType type = catalogue.types().get(String.valueOf(typeId));
    if (departmentId != null && department == null) {
      throw Problem.of(422, "unknown-department").raise();
    }
    if (typeId != null && type == null) {
      throw Problem.of(422, "unknown-meeting-type").raise();
    }
    Instant at = call.queryInstant("at").orElseGet(service::now);
    PolicyInForce policy = catalogue.policy(type, department, at);
    return Answer.ok(
        new ValuesView(
            departmentId,
            typeId,
            at,
            policy.label(),
            PolicyViews.values(policy, id -> nameOf(catalogue, id))));
  }

  private static Names nameOf(Catalogue catalogue, String id) {
    Policy policy = Objects.requireNonNull(catalogue.policies().get(id));
    return policy.name();
  }

  /** The version in If-Match; one that can be none of ours is simply not the latest. */
  private static int seen(Call call) {
    return call.ifMatch().map(tag -> tag.isEmpty() ? -1 : Integer.parseInt(tag)).orElse(-1);
  }
}
