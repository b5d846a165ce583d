package foyer.org;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.sql.SqlFailed;
import foyer.testing.Eventually;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is remembered of callers, and for how long. */
class OneSecondTest {

  private static final Supplier<String> SILENCE =
      () -> {
        throw SqlFailed.of("SELECT", new IOException("no connection"));
      };

  private final OneSecond<String> kept = new OneSecond<>();

  @Test
  void isAskedAgainAfterASecondAndAtOnceWhenItIsKnownToBeOld() {
    AtomicInteger asked = new AtomicInteger();
    Supplier<String> ask = () -> "answer " + asked.incrementAndGet();
    assertThat(kept.get("a", ask)).isEqualTo("answer 1");
    kept.forget();
    assertThat(kept.get("a", ask)).isEqualTo("answer 2");
    Eventually.becomes("it is asked again", () -> kept.get("a", ask).equals("answer 3"));
  }

  @Test
  void theLastAnswerCountsWhileTheDatabaseIsSilentButNotOneThatIsKnownToBeOld() {
    kept.get("a", () -> "known");
    AtomicInteger askedInVain = new AtomicInteger();
    Eventually.becomes(
        "it is asked in vain",
        () -> {
          String answer =
              kept.get(
                  "a",
                  () -> {
                    askedInVain.incrementAndGet();
                    return SILENCE.get();
                  });
          return answer.equals("known") && askedInVain.get() > 0;
        });
    assertThatThrownBy(() -> kept.get("b", SILENCE)).isInstanceOf(SqlFailed.class);
    kept.forget();
    assertThatThrownBy(() -> kept.get("a", SILENCE)).isInstanceOf(SqlFailed.class);
  }
}
