package foyer.bench;

import foyer.bench.Api.Reply;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * From the commit of a change to the glass of every display of its room, beside a bare broadcast.
 */
final class Glass {

  private static final int WARM_UP = 10;

  private final Vertx vertx;
  private final Foyer foyer;
  private final House house;
  private final Options options;
  private final Report report;
  private final Api api;

  /** Milliseconds from the request and from its answer to each arrival; CPU in microseconds. */
  private record Figures(
      double[] fromRequest, double[] fromAnswer, double[] last, double[] answer, double cpu) {}

  /** Memory of a process, KiB. */
  private record Memory(long resident, long heap) {}

  Glass(Vertx vertx, Foyer foyer, House house, Options options, Report report) {
    this.vertx = vertx;
    this.foyer = foyer;
    this.house = house;
    this.options = options;
    this.report = report;
    this.api = Api.of(vertx, foyer, house, 8);
  }

  void overWebSocket() {
    report.part("P3, P4, P6: commit to glass over WebSocket, all displays at one room");
    try (Bare bare = Bare.start()) {
      Api trigger = bareWithTheSameBytes(bare);
      for (int displays : options.displays()) {
        Memory before = memory(foyer.pid());
        Screens screens = screens(displays);
        Memory connected = memory(foyer.pid());
        Figures ours = measure(() -> api.book(house.nextInHall()), screens::next, foyer.pid());
        screens.close();
        Memory bareBefore = memory(bare.pid());
        Screens others = Screens.open(vertx, bare.port(), "/", "", displays);
        Memory bareConnected = memory(bare.pid());
        Figures theirs = measure(() -> trigger.post("/send", ""), others::next, bare.pid());
        others.close();
        print(displays, ours, theirs);
        if (displays >= 100) {
          printMemory(displays, before, connected, bareBefore, bareConnected);
        }
      }
    }
  }

  void overMqtt() {
    report.part(
        "P12: commit to glass over MQTT (embedded broker, QoS 1), all displays at one room");
    try (Bare bare = Bare.start()) {
      Api trigger = bareWithTheSameBytes(bare);
      Wait.result(trigger.post("/publish", ""));
      for (int displays : options.mqttClients()) {
        Subscribers ours = Subscribers.ofFoyer(vertx, foyer, api, displays);
        Figures figures = measure(() -> api.book(house.nextInHall()), ours::next, foyer.pid());
        ours.close();
        Subscribers theirs = Subscribers.ofBare(vertx, bare, displays);
        Figures raw = measure(() -> trigger.post("/publish", ""), theirs::next, bare.pid());
        theirs.close();
        print(displays, figures, raw);
      }
    }
  }

  private Screens screens(int displays) {
    return Screens.open(
        vertx, foyer.port(), "/live/rooms/" + House.HALL, house.cookie(), displays);
  }

  private Api bareWithTheSameBytes(Bare bare) {
    Api trigger = new Api(vertx, bare.port(), 8);
    Reply timeline = Wait.result(api.get("/api/rooms/" + House.HALL + "/timeline"));
    Wait.result(trigger.post("/message", timeline.body().toString()));
    report.line("a timeline of %d bytes, %d changes", timeline.body().length(), options.rounds());
    return trigger;
  }

  private Figures measure(
      Supplier<Future<Reply>> change, Supplier<Future<long[]>> next, long process) {
    List<Double> fromRequest = new ArrayList<>();
    List<Double> fromAnswer = new ArrayList<>();
    List<Double> last = new ArrayList<>();
    List<Double> answers = new ArrayList<>();
    double cpu = 0;
    for (int round = -WARM_UP; round < options.rounds(); round++) {
      if (round == 0) {
        cpu = Load.cpuSeconds(process);
      }
      Future<long[]> arriving = next.get();
      long sent = System.nanoTime();
      Future<Long> answered =
          change
              .get()
              .map(
                  reply -> {
                    if (reply.status() != 201) {
                      throw new IllegalStateException(reply.status() + " " + reply.body());
                    }
                    return System.nanoTime();
                  });
      long answer = Wait.result(answered);
      long[] arrived = Wait.result(arriving);
      if (round >= 0) {
        for (long at : arrived) {
          fromRequest.add((at - sent) / 1e6);
          fromAnswer.add((at - answer) / 1e6);
        }
        last.add(
            Collections.max(
                fromRequest.subList(fromRequest.size() - arrived.length, fromRequest.size())));
        answers.add((answer - sent) / 1e6);
      }
    }
    double used = Load.cpuSeconds(process) - cpu;
    return new Figures(
        array(fromRequest),
        array(fromAnswer),
        array(last),
        array(answers),
        used * 1e6 / fromRequest.size());
  }

  private void print(int displays, Figures ours, Figures bare) {
    print(displays + " displays", ours);
    print(displays + " bare", bare);
    report.line(
        "%-15s ratio to bare, from the answer: p50 %.2f, p99 %.2f; last: %.2f; CPU of the server: %.2f; p50 / p50 of the answer %.2f (goal ≤ 3)",
        "",
        Report.percentile(ours.fromAnswer(), 50) / Report.percentile(bare.fromAnswer(), 50),
        Report.percentile(ours.fromAnswer(), 99) / Report.percentile(bare.fromAnswer(), 99),
        Report.percentile(ours.last(), 50) / Report.percentile(bare.last(), 50),
        ours.cpu() / bare.cpu(),
        Report.percentile(ours.fromRequest(), 50) / Report.percentile(ours.answer(), 50));
  }

  private void print(String name, Figures figures) {
    report.line(
        "%-15s answer p50 %.2f ms; glass after the answer p50 %.2f, p99 %.2f ms; after the request p50 %.2f, p99 %.2f ms, last display p50 %.2f ms; CPU %.1f µs a delivery",
        name,
        Report.percentile(figures.answer(), 50),
        Report.percentile(figures.fromAnswer(), 50),
        Report.percentile(figures.fromAnswer(), 99),
        Report.percentile(figures.fromRequest(), 50),
        Report.percentile(figures.fromRequest(), 99),
        Report.percentile(figures.last(), 50),
        figures.cpu());
  }

  private void printMemory(
      int displays, Memory before, Memory connected, Memory bareBefore, Memory bareConnected) {
    double resident = (double) (connected.resident() - before.resident()) / displays;
    double heap = (double) (connected.heap() - before.heap()) / displays;
    double bareResident = (double) (bareConnected.resident() - bareBefore.resident()) / displays;
    double bareHeap = (double) (bareConnected.heap() - bareBefore.heap()) / displays;
    report.line(
        "%-15s memory per display: RSS %.1f KiB, live heap %.1f KiB; bare: RSS %.1f, heap %.1f; ratio of heap %.2f (goal ≤ 1.25), own state %.1f KiB",
        "", resident, heap, bareResident, bareHeap, heap / bareHeap, heap - bareHeap);
  }

  private static Memory memory(long pid) {
    long heap = Load.liveHeapKib(pid);
    return new Memory(Load.residentKib(pid), heap);
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
