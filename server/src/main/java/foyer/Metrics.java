package foyer;

import foyer.audit.Sealer;
import foyer.timeline.Timelines;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MetricsDomain;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import io.vertx.micrometer.backends.BackendRegistries;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The figures by which a server is watched. They say nothing of any person, room or device, and
 * each label has few values that are known beforehand. docs/operations.md explains them.
 */
final class Metrics implements AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /** Vert.x gives all that name the same registry the first of them, whatever they bring along. */
  private final String name = UUID.randomUUID().toString();

  /**
   * Figures of the process itself. The driver's own figures are left out, for its pools share one
   * name.
   */
  Metrics() {
    registry.config().meterFilter(MeterFilter.denyNameStartsWith("vertx.sql."));
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  PrometheusMeterRegistry registry() {
    return registry;
  }

  /** A Vert.x that tells of its pools: connections to the database, threads. */
  Vertx vertx() {
    MicrometerMetricsOptions options =
        new MicrometerMetricsOptions().setEnabled(true).setRegistryName(name);
    for (MetricsDomain domain : MetricsDomain.values()) {
      if (domain != MetricsDomain.NAMED_POOLS) {
        options.addDisabledMetricsCategory(domain);
      }
    }
    return Vertx.builder()
        .with(new VertxOptions().setMetricsOptions(options))
        .withMetrics(new MicrometerMetricsFactory(registry))
        .build();
  }

  /** Watches what displays are told. */
  void watch(Timelines timelines) {
    Supplier<Timelines.Figures> now = timelines::figures;
    gauge("foyer.sockets.open", "Displays connected by WebSocket", now, f -> f.sockets());
    pushed("socket", now, f -> f.toSockets());
    pushed("broker", now, f -> f.toBroker());
    gauge(
        "foyer.publisher",
        "1 where this server is the one that publishes to the broker",
        now,
        f -> f.publishes() ? 1 : 0);
    gauge(
        "foyer.broker.connected",
        "1 while this server is connected to the broker; only the publisher is",
        now,
        f -> f.connected() ? 1 : 0);
    Gauge.builder("foyer.feed.age", timelines, t -> t.feed().age().toMillis() / 1000.0)
        .description("Seconds since the database last answered what there is to be shown")
        .baseUnit("seconds")
        .register(registry);
  }

  /** Watches the chain over the audit log. */
  void watch(Sealer sealer) {
    Gauge.builder("foyer.audit.seal.lag", sealer, s -> s.lag().toMillis() / 1000.0)
        .description("Seconds since every entry of the audit log was last seen sealed")
        .baseUnit("seconds")
        .register(registry);
  }

  private void gauge(
      String name,
      String description,
      Supplier<Timelines.Figures> figures,
      ToDoubleFunction<Timelines.Figures> value) {
    Gauge.builder(name, figures, now -> value.applyAsDouble(now.get()))
        .description(description)
        .strongReference(true)
        .register(registry);
  }

  private void pushed(
      String by, Supplier<Timelines.Figures> figures, ToDoubleFunction<Timelines.Figures> value) {
    FunctionCounter.builder(
            "foyer.timelines.pushed", figures, now -> value.applyAsDouble(now.get()))
        .description("Timelines handed to displays (socket) and to the broker")
        .tag("by", by)
        .register(registry);
  }

  @Override
  public void close() {
    collections.close();
    BackendRegistries.stop(name);
    registry.close();
  }
}
