package foyer.client;

import foyer.wire.DeviceStatus;
import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the server by way of the broker how the device is: on each connect, and at most every 30 s
 * when something has changed; every five minutes in any case.
 */
final class StatusReport {

  /** Of this software. */
  private static final String VERSION = "0.1.0";

  private static final long EVERY = 30_000;
  private static final int SILENT_ROUNDS = 10;

  private final Vertx vertx;
  private final DeviceConfig config;
  private final BrokerLink broker;
  private final TimelineStore store;
  private final DeviceClock clock;
  private final Uptime uptime;
  private final IntSupplier pages;
  private final long started;
  private @Nullable Told told;
  private int rounds;

  /** Tells nothing before {@link #start}. */
  StatusReport(
      Vertx vertx,
      DeviceConfig config,
      BrokerLink broker,
      TimelineStore store,
      DeviceClock clock,
      Uptime uptime,
      IntSupplier pages) {
    this.vertx = vertx;
    this.config = config;
    this.broker = broker;
    this.store = store;
    this.clock = clock;
    this.uptime = uptime;
    this.pages = pages;
    this.started = uptime.millis();
  }

  /** From now on the status is told. */
  void start() {
    broker.onConnect(this::tell);
    vertx.setPeriodic(
        EVERY,
        timer -> {
          rounds++;
          if (!new Told(pages.getAsInt(), store.shown()).equals(told) || rounds >= SILENT_ROUNDS) {
            tell();
          }
        });
  }

  /** How the device is now. */
  DeviceStatus status() {
    Instant startedAt = clock.now().minusMillis(uptime.millis() - started);
    return new DeviceStatus(
        config.device(),
        config.kind(),
        "online",
        VERSION,
        startedAt,
        clock.heard().orElse(null),
        pages.getAsInt(),
        store.shown());
  }

  private void tell() {
    DeviceStatus status = status();
    if (broker.retain(Topics.deviceStatus(config.device()), Json.bytes(status))) {
      told = new Told(pages.getAsInt(), store.shown());
      rounds = 0;
    }
  }

  private record Told(int pages, Map<String, Long> shown) {}
}
