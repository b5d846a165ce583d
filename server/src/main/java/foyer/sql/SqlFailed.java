package foyer.sql;

import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** A statement failed. Carries the caller's stack trace, which the driver's own exceptions lack. */
public final class SqlFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** Class 22 of SQLSTATEs. */
  private static final String DATA_EXCEPTION = "22";

  private final @Nullable String state;
  private final @Nullable String constraint;

  private SqlFailed(
      String message,
      String statement,
      @Nullable Throwable cause,
      @Nullable String state,
      @Nullable String constraint) {
    super(message + " in: " + statement.strip(), cause);
    this.state = state;
    this.constraint = constraint;
  }

  /** Wraps what the driver reported; a failure that is wrapped already stays as it is. */
  public static SqlFailed of(String statement, Throwable failure) {
    return switch (failure) {
      case SqlFailed wrapped -> wrapped;
      case PgException pg -> of(statement, pg);
      default ->
          new SqlFailed(String.valueOf(failure.getMessage()), statement, failure, null, null);
    };
  }

  /** What PostgreSQL says of data that it cannot take quotes them, and the log is to hold none. */
  private static SqlFailed of(String statement, PgException pg) {
    String state = String.valueOf(pg.getSqlState());
    boolean quotes = state.startsWith(DATA_EXCEPTION);
    return new SqlFailed(
        quotes
            ? "data that PostgreSQL cannot take (" + state + ")"
            : String.valueOf(pg.getMessage()),
        statement,
        quotes ? null : pg,
        state,
        pg.getConstraint());
  }

  /** PostgreSQL's SQLSTATE, or null where the connection failed and not the statement. */
  public @Nullable String state() {
    return state;
  }

  /** The violated constraint's name, or null. */
  public @Nullable String constraint() {
    return constraint;
  }

  /**
   * Whether the same transaction may well succeed when it is tried again: deadlock or serialization
   * failure.
   */
  public boolean worthRepeating() {
    return "40P01".equals(state) || "40001".equals(state);
  }
}
