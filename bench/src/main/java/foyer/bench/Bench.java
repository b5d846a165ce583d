package foyer.bench;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/** Measures this machine's Foyer beside what the machine can do at all; see bench/README.md. */
public final class Bench {

  private Bench() {}

  /** Exit status 1 where something was wrong, not slow; 2 for an option that is none. */
  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.print(Options.HELP);
      return;
    }
    try {
      System.exit(run(Options.read(List.of(arguments))) ? 0 : 1);
    } catch (IllegalArgumentException wrong) {
      System.err.println("bench: " + wrong.getMessage() + "; bench/run --help lists all options");
      System.exit(2);
    }
  }

  private static boolean run(Options options) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    String file = LocalDate.now(ZoneOffset.UTC) + "-" + options.name() + ".txt";
    try (Report report = new Report(Path.of("results"), file);
        Foyer foyer = Foyer.start(options.data())) {
      House house = new House(foyer.database());
      report.line(
          "%d cores, Java %s, %s",
          Runtime.getRuntime().availableProcessors(),
          Runtime.version(),
          System.getProperty("os.name"));
      report.line("%s", String.join(", ", house.durability()));
      house.fill(options.existing());
      return parts(vertx, foyer, house, options, report);
    } finally {
      Wait.result(vertx.close());
    }
  }

  private static boolean parts(
      Vertx vertx, Foyer foyer, House house, Options options, Report report) {
    boolean right = true;
    if (options.has("bookings")) {
      new Throughput(vertx, foyer, house, options, report).run();
    }
    if (options.has("one-slot")) {
      right &= new OneSlot(vertx, foyer, house, options, report).run();
    }
    if (options.has("glass")) {
      new Glass(vertx, foyer, house, options, report).overWebSocket();
    }
    if (options.has("mqtt")) {
      new Glass(vertx, foyer, house, options, report).overMqtt();
    }
    Kills kills = new Kills(foyer, house, options, report);
    if (options.has("fight")) {
      right &= kills.fight();
    }
    if (options.has("kills")) {
      right &= kills.underKills();
    }
    return right;
  }
}
