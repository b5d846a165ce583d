package foyer.sql;

/** What keeps the server from starting, said in one line that names the way out. */
public final class CannotStart extends RuntimeException {

  /**
   * @param line one sentence for whoever starts the server: what is wrong and what to do
   */
  public CannotStart(String line) {
    super(line);
  }

  /**
   * @param line one sentence for whoever starts the server: what is wrong and what to do
   * @param cause what was met
   */
  public CannotStart(String line, Throwable cause) {
    super(line, cause);
  }
}
