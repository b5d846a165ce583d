package foyer.sql;

import io.vertx.pgclient.PgException;
import org.jspecify.annotations.Nullable;

/** A statement failed. Carries the caller's stack trace, which the driver's own exceptions lack. */
public final class SqlFailed extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final @Nullable String state;
  private final @Nullable String constraint;

  private SqlFailed(
      String statement, Throwable cause, @Nullable String state, @Nullable String constraint) {
    super(cause.getMessage() + " in: " + statement.strip(), cause);
    this.state = state;
    this.constraint = constraint;
  }

  /** Wraps what the driver reported; a failure that is wrapped already stays as it is. */
  public static SqlFailed of(String statement, Throwable failure) {
    return switch (failure) {
      case SqlFailed wrapped -> wrapped;
      case PgException pg -> new SqlFailed(statement, pg, pg.getSqlState(), pg.getConstraint());
      default -> new SqlFailed(statement, failure, null, null);
    };
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
