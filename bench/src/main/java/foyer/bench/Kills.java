package foyer.bench;

import foyer.bench.Fight.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The fight, and what is left of it when server and database are killed under it. */
final class Kills {

  private static final Duration LONGEST_OUTAGE = Duration.ofSeconds(60);
  private static final int BETWEEN_KILLS = 100;

  private final Foyer foyer;
  private final House house;
  private final Options options;
  private final Report report;

  Kills(Foyer foyer, House house, Options options, Report report) {
    this.foyer = foyer;
    this.house = house;
    this.options = options;
    this.report = report;
  }

  /** The fight without kills; whether all was right. */
  boolean fight() {
    report.part(
        options.clients() + " clients fight for " + options.fight().toSeconds() + " seconds");
    long end = System.nanoTime() + options.fight().toNanos();
    Outcome outcome = newFight(0).run(options.clients(), () -> System.nanoTime() < end);
    boolean answered = outcome.answers().keySet().stream().allMatch(a -> a.matches("200|201|409"));
    return judge(outcome) && answered;
  }

  /** The same while the server, then PostgreSQL, is killed some times; whether nothing was lost. */
  boolean underKills() {
    report.part("kill -9 under that load: server " + options.kills() + " ×, PostgreSQL the same");
    AtomicBoolean goesOn = new AtomicBoolean(true);
    Fight fight = newFight(1);
    CompletableFuture<Outcome> fought =
        CompletableFuture.supplyAsync(
            () -> fight.run(options.clients(), goesOn::get),
            work -> Thread.ofPlatform().name("fight").start(work));
    try {
      for (int i = 0; i < options.kills(); i++) {
        outage(
            "server",
            fight,
            () -> {
              foyer.kill();
              foyer.startAgain();
            });
      }
      for (int i = 0; i < options.kills(); i++) {
        outage("PostgreSQL", fight, foyer::killDatabase);
      }
    } finally {
      goesOn.set(false);
    }
    return judge(fought.join());
  }

  /** Kills under load, and waits until bookings are acknowledged again. */
  private void outage(String what, Fight fight, Runnable kill) {
    awaitMore(fight, BETWEEN_KILLS);
    long begin = System.nanoTime();
    int before = fight.acknowledged();
    kill.run();
    int after = fight.acknowledged();
    awaitMore(fight, 1);
    report.line(
        "%-10s killed at %d acknowledged bookings (%d more while it died), next one %.1f s later",
        what, before, after - before, (System.nanoTime() - begin) / 1e9);
  }

  private static void awaitMore(Fight fight, int more) {
    int wanted = fight.acknowledged() + more;
    long deadline = System.nanoTime() + LONGEST_OUTAGE.toNanos();
    while (fight.acknowledged() < wanted) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no booking for " + LONGEST_OUTAGE);
      }
      LockSupport.parkNanos(5_000_000);
    }
  }

  private Fight newFight(int day) {
    return new Fight(foyer.uri("/"), house, house.firstDay().plus(Duration.ofDays(day)));
  }

  private boolean judge(Outcome outcome) {
    Verdict verdict = Verdict.on(outcome, house.database());
    report.line("answers: %s", outcome.answers());
    report.line(
        "acknowledged: %d bookings, %d cancellations; refused: %d",
        outcome.booked().size(), outcome.cancelled().size(), outcome.refused().size());
    report.line(
        "%s: %d overlaps, %d acknowledged and lost, %d refusals without a reason",
        verdict.right() ? "right" : "WRONG",
        verdict.overlaps(),
        verdict.lost(),
        verdict.unjustified());
    return verdict.right();
  }
}
