package foyer.catalogue;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What every decision reads and hardly anybody changes, as of one revision.
 *
 * @param revision raised by any change of it
 * @param sites by id, in their order
 * @param types meeting types by id, in their order
 * @param departments by id, in their order
 * @param policies by id, in their order
 * @param versions all versions of all policies
 */
public record Catalogue(
    long revision,
    Map<String, Site> sites,
    Map<String, MeetingType> types,
    Map<String, Department> departments,
    Map<String, Policy> policies,
    List<PolicyVersion> versions) {

  /** The company's default set (F-5.1 and K-1.2 leave all other meetings to it). */
  public static final String DEFAULT_POLICY = "C";

  /** The site of that id, which a row refers to. */
  public Site site(String id) {
    return known(sites.get(id), "site", id);
  }

  /** The meeting type of that id, which a row refers to. */
  public MeetingType type(String id) {
    return known(types.get(id), "meeting type", id);
  }

  /** The department and those above it, from below. */
  public List<String> above(@Nullable String department) {
    Set<String> found = new LinkedHashSet<>();
    Department next = department == null ? null : departments.get(department);
    while (next != null && found.add(next.id())) {
      next = next.parent() == null ? null : departments.get(next.parent());
    }
    return List.copyOf(found);
  }

  /**
   * The policy that holds for such a meeting of such a department, in the version in force at
   * {@code now}.
   *
   * @param type null for a meeting of no kind that has a policy of its own
   */
  public PolicyInForce policy(
      @Nullable MeetingType type, @Nullable Department department, Instant now) {
    String ofDepartment = department == null ? DEFAULT_POLICY : department.policy();
    PolicyVersion defaults = inForce(DEFAULT_POLICY, now);
    if (type == null || type.policy() == null) {
      return new PolicyInForce(inForce(ofDepartment, now), null, defaults);
    }
    PolicyVersion ofType = inForce(type.policy(), now);
    boolean both = !ofDepartment.equals(DEFAULT_POLICY) && !ofDepartment.equals(type.policy());
    return new PolicyInForce(ofType, both ? inForce(ofDepartment, now) : null, defaults);
  }

  /** The company's default set in the version in force at {@code now}. */
  public PolicyInForce defaults(Instant now) {
    PolicyVersion defaults = inForce(DEFAULT_POLICY, now);
    return new PolicyInForce(defaults, null, defaults);
  }

  /**
   * The versions under which a booking was made.
   *
   * @param now what they leave to the default set is as that says now
   */
  public PolicyInForce madeUnder(long first, @Nullable Long second, Instant now) {
    return new PolicyInForce(
        version(first), second == null ? null : version(second), inForce(DEFAULT_POLICY, now));
  }

  /** The version of the policy in force at {@code now}. */
  public PolicyVersion inForce(String policy, Instant now) {
    return latest(policy, now)
        .orElseThrow(
            () -> new IllegalStateException("no version of policy " + policy + " is in force"));
  }

  private PolicyVersion version(long id) {
    return versions.stream()
        .filter(v -> v.id() == id)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no policy version " + id));
  }

  private Optional<PolicyVersion> latest(String policy, Instant now) {
    return versions.stream()
        .filter(v -> v.policy().equals(policy) && !v.withdrawn() && !v.effectiveFrom().isAfter(now))
        .max(
            Comparator.comparing(PolicyVersion::effectiveFrom)
                .thenComparingInt(PolicyVersion::version));
  }

  private static <T> T known(@Nullable T value, String what, String id) {
    if (value == null) {
      throw new IllegalStateException("no " + what + " " + id);
    }
    return value;
  }
}
