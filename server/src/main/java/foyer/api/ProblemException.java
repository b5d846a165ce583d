package foyer.api;

import java.io.Serial;

/** Carries a problem from where it is found to where it is answered; rolls back on its way. */
public final class ProblemException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1;

  private final transient Problem problem;

  /** Carries this problem. */
  public ProblemException(Problem problem) {
    super(problem.status() + " " + problem.type(), null, false, false);
    this.problem = problem;
  }

  /** What is to be answered. */
  public Problem problem() {
    return problem;
  }
}
