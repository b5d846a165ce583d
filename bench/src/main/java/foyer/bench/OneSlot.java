package foyer.bench;

import foyer.bench.Api.Reply;
import foyer.bench.House.Slot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** 500 requests at once for one slot, beside 500 for slots of their own. */
final class OneSlot {

  private static final int AT_ONCE = 500;

  private final Api api;
  private final House house;
  private final Options options;
  private final Report report;

  /** What 500 requests came to, in milliseconds. */
  private record Round(int made, int refused, int wrong, double p99, double last) {}

  OneSlot(Vertx vertx, Foyer foyer, House house, Options options, Report report) {
    this.api = Api.of(vertx, foyer, house, AT_ONCE);
    this.house = house;
    this.options = options;
    this.report = report;
  }

  /** Whether one and only one got each slot. */
  boolean run() {
    report.part("P2: 500 requests at once, " + options.slotRounds() + " rounds");
    List<Round> same = new ArrayList<>();
    List<Round> distinct = new ArrayList<>();
    round(house::next);
    for (int i = 0; i < options.slotRounds(); i++) {
      Slot one = house.next();
      same.add(round(() -> one));
      distinct.add(round(house::next));
    }
    print("one slot", same);
    print("distinct slots", distinct);
    double[] ratios = new double[same.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = same.get(i).last() / distinct.get(i).p99();
    }
    report.line("last of one slot / p99 of distinct %s (goal ≤ 3)", Report.spread(ratios, "%.2f"));
    boolean right =
        same.stream().allMatch(r -> r.made() == 1 && r.refused() == AT_ONCE - 1)
            && distinct.stream().allMatch(r -> r.made() == AT_ONCE);
    report.line("%s", right ? "right" : "WRONG: not one 201 and 499 × 409");
    return right;
  }

  private Round round(Supplier<Slot> slots) {
    Queue<Double> times = new ConcurrentLinkedQueue<>();
    List<Future<Reply>> sent = new ArrayList<>();
    long begin = System.nanoTime();
    for (int i = 0; i < AT_ONCE; i++) {
      sent.add(
          api.book(slots.get()).onSuccess(reply -> times.add((System.nanoTime() - begin) / 1e6)));
    }
    Wait.result(Future.all(sent));
    List<Integer> statuses = sent.stream().map(reply -> reply.result().status()).toList();
    int made = (int) statuses.stream().filter(s -> s == 201).count();
    int refused = (int) statuses.stream().filter(s -> s == 409).count();
    double[] all = times.stream().mapToDouble(Double::doubleValue).toArray();
    return new Round(
        made,
        refused,
        AT_ONCE - made - refused,
        Report.percentile(all, 99),
        Report.percentile(all, 100));
  }

  private void print(String name, List<Round> rounds) {
    report.line(
        "%-15s 201: %s, 409: %s, other: %s; p99 %s ms, last %s ms",
        name,
        Report.spread(rounds.stream().mapToDouble(Round::made).toArray(), "%.0f"),
        Report.spread(rounds.stream().mapToDouble(Round::refused).toArray(), "%.0f"),
        Report.spread(rounds.stream().mapToDouble(Round::wrong).toArray(), "%.0f"),
        Report.spread(rounds.stream().mapToDouble(Round::p99).toArray(), "%.0f"),
        Report.spread(rounds.stream().mapToDouble(Round::last).toArray(), "%.0f"));
  }
}
