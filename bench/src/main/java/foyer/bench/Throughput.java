package foyer.bench;

import foyer.bench.House.Slot;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiFunction;
import java.util.function.ToDoubleFunction;

/** Bookings per second: through HTTP, and raw on the same database, stretch by stretch in turns. */
final class Throughput {

  private static final int WARM_UP = 2;

  /**
   * Stretches over HTTP before all others: half a minute, in which the JVM compiles what is hot.
   */
  private static final int COMPILING = 6;

  private final Vertx vertx;
  private final Foyer foyer;
  private final House house;
  private final Options options;
  private final Report report;

  /** What one stretch came to; CPU in cores. */
  private record Stretch(
      double perSecond, double p50, double p99, double client, double server, double database) {}

  Throughput(Vertx vertx, Foyer foyer, House house, Options options, Report report) {
    this.vertx = vertx;
    this.foyer = foyer;
    this.house = house;
    this.options = options;
    this.report = report;
  }

  void run() {
    report.part(
        "P1: bookings per second, "
            + options.inFlight()
            + " in flight, "
            + options.existing()
            + " existing");
    Api api = Api.of(vertx, foyer, house, options.inFlight());
    RawBookings raw = Wait.result(RawBookings.connect(vertx, house.database(), options.inFlight()));
    BiFunction<Integer, Slot, Future<?>> http =
        (worker, slot) ->
            api.book(slot)
                .compose(
                    reply ->
                        reply.status() == 201
                            ? Future.succeededFuture()
                            : Future.failedFuture(reply.status() + " " + reply.body()));
    List<Stretch> overHttp = new ArrayList<>();
    List<Stretch> twoTrips = new ArrayList<>();
    List<Stretch> oneStatement = new ArrayList<>();
    for (int i = 0; i < COMPILING; i++) {
      stretch(http);
    }
    for (int pair = -WARM_UP; pair < options.pairs(); pair++) {
      Stretch first = stretch(http);
      Stretch second = stretch(raw::inTwoTrips);
      Stretch third = stretch(raw::inOneStatement);
      if (pair >= 0) {
        overHttp.add(first);
        twoTrips.add(second);
        oneStatement.add(third);
      }
    }
    Wait.result(raw.close());
    print("HTTP API", overHttp);
    print("raw, the server's statements in two trips", twoTrips);
    print("raw, one statement", oneStatement);
    report.line("ratio to two trips      %s", ratio(overHttp, twoTrips));
    report.line("ratio to one statement  %s (goal ≥ 0.65)", ratio(overHttp, oneStatement));
    report.line(
        "p99 / p99 of one statement %s (goal ≤ 2)",
        Report.spread(each(overHttp, oneStatement, Stretch::p99), "%.2f"));
  }

  private Stretch stretch(BiFunction<Integer, Slot, Future<?>> booking) {
    Queue<Double> times = new ConcurrentLinkedQueue<>();
    long self = ProcessHandle.current().pid();
    double client = Load.cpuSeconds(self);
    double server = Load.cpuSeconds(foyer.pid());
    double database = Load.cpuSecondsOfAll(foyer.databasePid());
    long begin = System.nanoTime();
    long end = begin + options.stretch().toNanos();
    List<Future<Void>> workers = new ArrayList<>();
    for (int i = 0; i < options.inFlight(); i++) {
      workers.add(work(i, booking, end, times));
    }
    Wait.result(Future.all(workers), options.stretch().plus(Duration.ofSeconds(30)));
    double seconds = (System.nanoTime() - begin) / 1e9;
    double[] all = times.stream().mapToDouble(Double::doubleValue).toArray();
    return new Stretch(
        all.length / seconds,
        Report.percentile(all, 50),
        Report.percentile(all, 99),
        (Load.cpuSeconds(self) - client) / seconds,
        (Load.cpuSeconds(foyer.pid()) - server) / seconds,
        (Load.cpuSecondsOfAll(foyer.databasePid()) - database) / seconds);
  }

  private Future<Void> work(
      int worker, BiFunction<Integer, Slot, Future<?>> booking, long end, Queue<Double> times) {
    Promise<Void> done = Promise.promise();
    vertx.getOrCreateContext().runOnContext(now -> next(worker, booking, end, times, done));
    return done.future();
  }

  private void next(
      int worker,
      BiFunction<Integer, Slot, Future<?>> booking,
      long end,
      Queue<Double> times,
      Promise<Void> done) {
    long sent = System.nanoTime();
    if (sent >= end) {
      done.complete();
      return;
    }
    booking
        .apply(worker, house.next())
        .onComplete(
            booked -> {
              times.add((System.nanoTime() - sent) / 1e6);
              next(worker, booking, end, times, done);
            },
            done::fail);
  }

  private void print(String name, List<Stretch> stretches) {
    report.line(
        "%-42s %s /s; p50 %s ms, p99 %s ms; cores: client %s, server %s, PostgreSQL %s; CPU a booking: server %s ms, PostgreSQL %s ms",
        name,
        Report.spread(stretches.stream().mapToDouble(Stretch::perSecond).toArray(), "%.0f"),
        Report.spread(stretches.stream().mapToDouble(Stretch::p50).toArray(), "%.1f"),
        Report.spread(stretches.stream().mapToDouble(Stretch::p99).toArray(), "%.1f"),
        Report.spread(stretches.stream().mapToDouble(Stretch::client).toArray(), "%.2f"),
        Report.spread(stretches.stream().mapToDouble(Stretch::server).toArray(), "%.2f"),
        Report.spread(stretches.stream().mapToDouble(Stretch::database).toArray(), "%.2f"),
        Report.spread(
            stretches.stream().mapToDouble(s -> 1000 * s.server() / s.perSecond()).toArray(),
            "%.2f"),
        Report.spread(
            stretches.stream().mapToDouble(s -> 1000 * s.database() / s.perSecond()).toArray(),
            "%.2f"));
  }

  private static String ratio(List<Stretch> above, List<Stretch> below) {
    return Report.spread(each(above, below, Stretch::perSecond), "%.2f");
  }

  private static double[] each(
      List<Stretch> above, List<Stretch> below, ToDoubleFunction<Stretch> figure) {
    double[] ratios = new double[above.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(above.get(i)) / figure.applyAsDouble(below.get(i));
    }
    return ratios;
  }
}
