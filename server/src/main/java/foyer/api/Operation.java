package foyer.api;

/**
 * What the server does for one operation of the contract, found by its {@code operationId}. Runs on
 * a virtual thread and may await; whatever it throws becomes a problem.
 */
@FunctionalInterface
public interface Operation {

  /** The answer to a call that keeps to the contract. */
  Answer run(Call call);
}
