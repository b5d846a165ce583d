package foyer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What the accessibility checker axe says of a page. */
final class Axe {

  private Axe() {}

  /** Fails if a page has a fault that axe calls serious or critical. */
  static void findsNothingSerious(Page page, String when) {
    List<String> faults =
        new AxeBuilder(page)
            .analyze().getViolations().stream()
                .filter(
                    rule ->
                        "serious".equals(rule.getImpact()) || "critical".equals(rule.getImpact()))
                .flatMap(
                    rule ->
                        rule.getNodes().stream()
                            .map(
                                node ->
                                    rule.getId()
                                        + " "
                                        + node.getTarget()
                                        + " "
                                        + node.getFailureSummary()))
                .toList();
    assertThat(faults).as(when).isEmpty();
  }
}
