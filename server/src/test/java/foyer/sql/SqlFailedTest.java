package foyer.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import foyer.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqlFailedTest {

  @RegisterExtension static final TestDatabase database = TestDatabase.create();

  @Test
  void dataThatCannotBeTakenAreNotQuoted() {
    SqlFailed failed = failure("SELECT $1::text::int", "geheim-9f3a");
    assertThat(failed.state()).isEqualTo("22P02");
    StringWriter logged = new StringWriter();
    failed.printStackTrace(new PrintWriter(logged));
    assertThat(logged.toString()).contains("22P02", "SELECT $1::text::int").doesNotContain("9f3a");
  }

  @Test
  void otherFailuresAreToldAsPostgresTellsThem() {
    SqlFailed failed = failure("SELECT $1 FROM nowhere", "geheim-9f3a");
    assertThat(failed)
        .hasMessageContaining("\"nowhere\" does not exist")
        .hasCauseInstanceOf(Exception.class);
  }

  private static SqlFailed failure(String statement, String value) {
    Vertx vertx = Vertx.vertx();
    Pool pool =
        PgBuilder.pool()
            .connectingTo(
                new PgConnectOptions()
                    .setHost(database.address().host())
                    .setPort(database.address().port())
                    .setDatabase(database.address().database())
                    .setUser(database.address().user())
                    .setPassword(database.address().password()))
            .using(vertx)
            .build();
    try {
      return catchThrowableOfType(
          SqlFailed.class, () -> Sql.list(pool, statement, row -> row.getInteger(0), value));
    } finally {
      vertx.close().await();
    }
  }
}
