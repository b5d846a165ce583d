package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import net.fortuna.ical4j.model.Recur;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Recurrence rules give the same dates as those of another library, in the shapes that it reckons
 * as RFC 5545 says (it gives none for days of the month in a yearly rule without months, and takes
 * the first day of the week from the machine unless it is told).
 */
class RuleTest {

  private static final LocalDateTime FROM = LocalDateTime.parse("2026-11-23T00:00:00");
  private static final LocalDateTime UNTIL = LocalDateTime.parse("2027-11-23T00:00:00");
  private static final String[] DAYS = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

  @Property(tries = 500)
  void aRuleGivesTheDatesThatIcal4jGives(@ForAll long seed) {
    Random random = new Random(seed);
    LocalDateTime first = FROM.minusDays(random.nextInt(700)).plusHours(9);
    String rule = rule(random);
    TreeSet<LocalDateTime> expected =
        new TreeSet<>(new Recur<LocalDateTime>(rule).getDates(first, FROM, UNTIL.minusSeconds(1)));
    if (!first.isBefore(FROM)) {
      expected.add(first);
    }
    List<LocalDateTime> given =
        Rule.of(rule).expand(first, FROM, UNTIL, null, 10_000, new Work(10_000_000)).starts();
    assertThat(given).as("%s from %s", rule, first).containsExactlyElementsOf(expected);
  }

  private static String rule(Random random) {
    List<String> parts = new ArrayList<>();
    String frequency = List.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY").get(random.nextInt(4));
    parts.add("FREQ=" + frequency);
    parts.add("INTERVAL=" + (1 + random.nextInt(4)));
    parts.add("WKST=MO");
    boolean monthly = frequency.equals("MONTHLY");
    switch (random.nextInt(4)) {
      case 0 -> parts.add("BYDAY=" + (monthly ? nth(random) : day(random)));
      case 1 -> {
        if (!frequency.equals("WEEKLY")) {
          parts.add("BYMONTHDAY=" + (1 + random.nextInt(28)));
          parts.add("BYMONTH=" + (1 + random.nextInt(12)));
        }
      }
      case 2 -> parts.add("BYMONTH=" + (1 + random.nextInt(12)));
      default -> {}
    }
    return String.join(";", parts);
  }

  private static String nth(Random random) {
    int nth = random.nextInt(4) + 1;
    return (random.nextBoolean() ? nth : -nth) + DAYS[random.nextInt(7)];
  }

  private static String day(Random random) {
    return DAYS[random.nextInt(7)];
  }
}
