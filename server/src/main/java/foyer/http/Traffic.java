package foyer.http;

import foyer.api.Caller;
import foyer.api.Endpoint;
import foyer.api.Problem;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of the requests that were answered: how many, how fast, with what outcome; never by
 * whom, nor of what. Each word that distinguishes them is one of few that are known beforehand.
 */
public final class Traffic {

  /** The access log; a line of it holds the same words. */
  private static final Logger LOG = LoggerFactory.getLogger("foyer.access");

  private static final String KEY = Traffic.class.getName();
  private static final String DONE = "done";
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final boolean accessLog;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();
  private final Map<Outcome, Counter> counters = new ConcurrentHashMap<>();

  private record Kind(String method, String route, String status) {}

  private record Outcome(String operation, String outcome) {}

  /** What is remembered of one request while it is served. */
  static final class Trace {
    private final long began = System.nanoTime();
    private volatile String route = "none";
    private volatile String caller = "nobody";
    private volatile String outcome = DONE;
    private volatile @Nullable Endpoint endpoint;

    /** It asks for a page, or for what belongs to one. */
    void page() {
      route = "page";
    }

    /** There is nothing at its address. */
    void lost() {
      route = "none";
    }

    void endpoint(Endpoint found) {
      endpoint = found;
      route = found.template();
    }

    /** The kind of caller, not which one. */
    void caller(Caller known) {
      caller =
          switch (known) {
            case Caller.Nobody nobody -> "nobody";
            case Caller.Employee employee -> "employee";
            case Caller.Device device -> "device";
          };
    }

    void refused(Problem problem) {
      outcome = problem.type();
    }
  }

  /**
   * Traffic that is told to a registry.
   *
   * @param accessLog whether each request is a line of the log, too
   */
  public Traffic(MeterRegistry registry, boolean accessLog) {
    this.registry = registry;
    this.accessLog = accessLog;
  }

  /** Notes the request until it is answered or its connection is gone. */
  void begin(RoutingContext ctx) {
    Trace trace = new Trace();
    ctx.put(KEY, trace);
    ctx.addEndHandler(sent -> end(ctx.request(), trace, sent.succeeded()));
    ctx.next();
  }

  /** What is noted of a request. */
  static Trace of(RoutingContext ctx) {
    Trace trace = ctx.get(KEY);
    return trace;
  }

  private void end(HttpServerRequest request, Trace trace, boolean sent) {
    long took = System.nanoTime() - trace.began;
    String status = sent ? Integer.toString(request.response().getStatusCode()) : "gone";
    String method = request.method().name();
    Kind kind = new Kind(METHODS.contains(method) ? method : "other", trace.route, status);
    timers.computeIfAbsent(kind, this::timer).record(took, TimeUnit.NANOSECONDS);
    Endpoint endpoint = trace.endpoint;
    if (endpoint != null && !kind.method().equals("GET") && !kind.method().equals("HEAD")) {
      counters
          .computeIfAbsent(new Outcome(endpoint.operationId(), trace.outcome), this::counter)
          .increment();
    }
    if (accessLog) {
      LOG.atInfo()
          .addKeyValue("method", kind.method())
          .addKeyValue("route", kind.route())
          .addKeyValue("status", status)
          .addKeyValue("ms", TimeUnit.NANOSECONDS.toMillis(took))
          .addKeyValue("caller", trace.caller)
          .log("request");
    }
  }

  private Timer timer(Kind kind) {
    return Timer.builder("foyer.http.requests")
        .description("Requests that were answered, by method, template of the address, and status")
        .tags("method", kind.method(), "route", kind.route(), "status", kind.status())
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  private Counter counter(Outcome outcome) {
    return Counter.builder("foyer.commands")
        .description("Commands by operation of the contract and outcome: done, or type of problem")
        .tags("operation", outcome.operation(), "outcome", outcome.outcome())
        .register(registry);
  }
}
