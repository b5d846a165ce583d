package foyer.client;

import foyer.wire.Json;
import foyer.wire.Topics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device: takes in the timelines of its rooms from the broker, or else from the server, keeps
 * them on disk, and serves the device's page. The page stays right for as long as the timelines
 * reach, whatever becomes of server and broker.
 */
final class Device extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(Device.class);
  private static final String CLOCK = "clock";
  private static final long KEEP_CLOCK = 300_000;
  private static final long RENEW_ROOMS = 600_000;
  private static final long RETRY_DISK = 30_000;

  private final DeviceKind kind;
  private final DeviceConfig config;
  private final Disk disk;
  private final Set<String> rooms;
  private final DeviceClock clock;
  private final TimelineStore store;
  private final ServerLink server;
  private final ServerWatch watch;
  private final BrokerLink broker;
  private final Fallback fallback;
  private final LocalPage page;
  private final StatusReport report;
  private String address = "";

  /**
   * Puts the parts together; nothing runs yet.
   *
   * @param pages adds the routes of the page itself
   */
  Device(Vertx vertx, DeviceKind kind, DeviceConfig config, Disk disk, Consumer<Router> pages) {
    RandomGenerator random = RandomGenerator.getDefault();
    Uptime uptime = Uptime.ofThisMachine();
    this.kind = kind;
    this.config = config;
    this.disk = disk;
    rooms = new TreeSet<>(config.rooms());
    clock = new DeviceClock(uptime, InstantSource.system());
    store = new TimelineStore(disk, work -> write(vertx, work));
    server = new ServerLink(vertx, config);
    watch = new ServerWatch(vertx, server, clock, uptime, random);
    broker = new BrokerLink(vertx, config, random, this::arrived);
    fallback = new Fallback(vertx, server, watch, broker, store, clock, () -> rooms, random);
    page = new LocalPage(vertx, store, clock, new Commands(server, fallback::now), pages);
    report = new StatusReport(vertx, config, broker, store, clock, uptime, page::pages);
  }

  /** Reads what the disk has kept. Blocks. */
  void remember() throws IOException {
    store.load();
    if (kind == DeviceKind.DISPLAY) {
      store.keepOnly(rooms);
    }
    rooms.addAll(store.shown().keySet());
    Optional<byte[]> kept = disk.read(CLOCK);
    try {
      kept.map(bytes -> Json.read(bytes, DeviceClock.Kept.class)).ifPresent(clock::restore);
    } catch (UncheckedIOException e) {
      LOG.warn("the clock kept on disk cannot be used, set aside as {}", disk.setAside(CLOCK));
    }
    LOG.info("{}; {} timelines on disk", config, store.all().size());
  }

  /** Opens the page, then looks for server and broker. */
  @Override
  public Future<?> start() {
    return page.listen(config.port(), kind.home(config), this::health)
        .onSuccess(
            opened -> {
              address = opened;
              connect();
            });
  }

  /** Says goodbye to the pages and to the broker. */
  @Override
  public Future<?> stop() {
    return Future.join(page.close(), broker.close(), keepClock());
  }

  /** Its event loop. */
  Context context() {
    return context;
  }

  /** Where the page is; empty before the start. */
  String address() {
    return address;
  }

  private void connect() {
    broker.subscribe(
        List.of(Topics.siteEmergency(config.site()), Topics.deviceCommand(config.device())));
    broker.subscribe(rooms.stream().map(Topics::roomTimeline).toList());
    watch.onReturn(this::keepClock);
    watch.onLoss(this::keepClock);
    vertx.setPeriodic(KEEP_CLOCK, timer -> keepClock());
    vertx.setPeriodic(RETRY_DISK, timer -> store.retry());
    if (kind == DeviceKind.KIOSK) {
      watch.onReturn(this::renewRooms);
      vertx.setPeriodic(RENEW_ROOMS, timer -> renewRooms());
    }
    report.start();
    fallback.start();
    broker.start();
    watch.start();
  }

  /** A kiosk knows the rooms of its site, also those that were added later. */
  private void renewRooms() {
    server
        .rooms(config.site())
        .onFailure(failure -> LOG.warn("the site's rooms are not known: {}", failure.toString()))
        .onSuccess(
            present -> {
              Collection<String> fresh = present.stream().filter(rooms::add).toList();
              broker.subscribe(fresh.stream().map(Topics::roomTimeline).toList());
              if (!fresh.isEmpty()) {
                fallback.now();
              }
            });
  }

  private void arrived(BrokerLink.Arrived message) {
    if (!message.retained()) {
      clock.heardNow();
    }
    Topics.roomOf(message.topic())
        .ifPresentOrElse(
            room -> offer(room, message.payload().getBytes()),
            () -> LOG.info("{}: {} bytes", message.topic(), message.payload().length()));
  }

  /**
   * Takes in what was published of a room, on the event loop: a timeline, or nothing when the room
   * was taken away.
   */
  void offer(String room, byte[] payload) {
    if (payload.length == 0) {
      LOG.info("{} was taken away", room);
      store.remove(room);
      return;
    }
    try {
      store.offer(room, payload);
    } catch (IllegalArgumentException e) {
      LOG.warn("a timeline of {} cannot be used: {}", room, e.getMessage());
    }
  }

  private Future<Void> keepClock() {
    Optional<byte[]> kept = clock.kept().map(Json::bytes);
    return kept.isEmpty()
        ? Future.succeededFuture()
        : vertx
            .<Void>executeBlocking(
                () -> {
                  disk.write(CLOCK, kept.get());
                  return null;
                })
            .onFailure(failure -> LOG.warn("the clock was not kept: {}", failure.toString()))
            .otherwiseEmpty();
  }

  private static void write(Vertx vertx, Runnable work) {
    vertx.executeBlocking(
        () -> {
          work.run();
          return null;
        });
  }

  private Map<String, Object> health() {
    Map<String, Object> health = new LinkedHashMap<>();
    health.put("status", report.status());
    health.put("clock", clock.isServers() ? "server" : "device");
    String trouble = watch.isReachable() ? server.refusal() : watch.trouble();
    health.put("server", link(watch.isReachable(), trouble));
    health.put("broker", link(broker.isConnected(), broker.trouble()));
    health.put("disk", store.isSaving() ? "ok" : "failing");
    return health;
  }

  private static Map<String, Object> link(boolean connected, String trouble) {
    return connected && trouble.isEmpty()
        ? Map.of("connected", true)
        : Map.of("connected", connected, "trouble", trouble);
  }
}
