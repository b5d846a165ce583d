package foyer.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What the accessibility checker axe says of a page. */
final class Axe {

  private Axe() {}

  /** Fails if a page has a fault that axe calls serious or critical. */
  static void findsNothingSerious(Page page, String when) {
    AxeRunOptions options = new AxeRunOptions();
    options.setResultTypes(List.of("violations"));
    List<String> faults =
        new AxeBuilder(page)
                .setLegacyMode(
                    true) // our pages have no frames, for which it would open a page each time
                .options(options)
                .analyze()
                .getViolations()
                .stream()
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
