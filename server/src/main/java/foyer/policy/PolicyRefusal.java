package foyer.policy;

import foyer.catalogue.Parameter;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;

/** Why a version of a policy is not published, or not withdrawn. */
sealed interface PolicyRefusal {

  /** There is no such policy. */
  record NoSuchPolicy() implements PolicyRefusal {}

  /** There is no such version of it. */
  record NoSuchVersion() implements PolicyRefusal {}

  /**
   * The policy is published by others.
   *
   * @param owner {@code admin} or {@code department-head}
   * @param owners the heads who may; empty for the admin department
   */
  record NotTheOwner(String owner, List<Names> owners) implements PolicyRefusal {}

  /** Another version was published or withdrawn since the caller looked. */
  record ChangedMeanwhile(int version) implements PolicyRefusal {}

  /** It would hold from a time that has passed. */
  record EffectiveInThePast(Instant now) implements PolicyRefusal {}

  /** A later version would hold from before the latest one. */
  record EffectiveBeforeLatest(int version, Instant from) implements PolicyRefusal {}

  /** It would say what the latest one says. */
  record NothingChanged() implements PolicyRefusal {}

  /** There is no parameter of that name. */
  record UnknownParameter() implements PolicyRefusal {}

  /** The same parameter is there twice, or both set and left. */
  record ParameterTwice(Parameter parameter) implements PolicyRefusal {}

  /** One number where a list is needed, or a list where one number is; or a list out of order. */
  record WrongForm(Parameter parameter) implements PolicyRefusal {}

  /** A number beyond what the parameter may be. */
  record OutOfBounds(Parameter parameter) implements PolicyRefusal {}

  /** A clause asks for it, or it is the default set's own: it cannot be left to the default set. */
  record MustBeSet(Parameter parameter) implements PolicyRefusal {}

  /** One number may not be more than another, and is. */
  record Contradiction(Parameter smaller, int least, Parameter larger, int most)
      implements PolicyRefusal {}

  /** It holds already, or has held. */
  record Holds(Instant since) implements PolicyRefusal {}

  /** It was withdrawn before. */
  record Withdrawn() implements PolicyRefusal {}
}
