package foyer;

import foyer.api.Contract;
import foyer.api.Cookies;
import foyer.api.Operation;
import foyer.audit.AuditRoutes;
import foyer.audit.Sealer;
import foyer.booking.Alternatives;
import foyer.booking.BoardRoutes;
import foyer.booking.Boards;
import foyer.booking.BookingRoutes;
import foyer.booking.BookingService;
import foyer.booking.Bookings;
import foyer.calendar.ImportRoutes;
import foyer.calendar.ImportService;
import foyer.catalogue.CatalogueRoutes;
import foyer.catalogue.Catalogues;
import foyer.catalogue.SiteRoutes;
import foyer.catalogue.Sites;
import foyer.device.DeviceRoutes;
import foyer.device.DeviceRoutes.Addresses;
import foyer.device.Devices;
import foyer.http.Callers;
import foyer.http.Gate;
import foyer.http.HttpVerticle;
import foyer.http.InternalVerticle;
import foyer.http.Live;
import foyer.http.Throttle;
import foyer.http.Traffic;
import foyer.org.Accounts;
import foyer.org.KioskPins;
import foyer.org.KnownBrowsers;
import foyer.org.Passwords;
import foyer.org.People;
import foyer.org.PeopleRoutes;
import foyer.org.Rights;
import foyer.org.Sessions;
import foyer.org.SignIn;
import foyer.org.SignInRoutes;
import foyer.policy.PolicyRoutes;
import foyer.presence.PresenceRoutes;
import foyer.room.Photos;
import foyer.room.RoomAdmin;
import foyer.room.RoomFileRoutes;
import foyer.room.RoomFiles;
import foyer.room.RoomRoutes;
import foyer.room.Rooms;
import foyer.sql.DatabaseAddress;
import foyer.sql.Secrets;
import foyer.sql.SqlFailed;
import foyer.staff.StaffRoutes;
import foyer.timeline.LiveSockets;
import foyer.timeline.TimelineRoutes;
import foyer.timeline.Timelines;
import foyer.tls.KeyWatch;
import foyer.tls.LocalCa;
import foyer.webkit.Pages;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server, put together by hand; read top to bottom. Starting and closing block. */
public final class Server implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Server.class);
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(15);
  private static final Set<String> PAGES = Set.of("door", "kiosk", "console");
  private static final Set<String> PLACES =
      Set.of(
          "board",
          "rooms",
          "bookings",
          "me",
          "admin",
          "people",
          "departments",
          "sites",
          "devices",
          "policies",
          "audit");
  private static final long CLOSE_WITHIN_SECONDS = 2;
  private static final int FIRST_TRIES = 5;

  private final Vertx vertx;
  private final Metrics metrics;
  private final Optional<String> internal;
  private final String address;
  private final Brokers brokers;
  private final Accounts accounts;
  private final Devices devices;
  private final List<String> deployments;

  /**
   * How a server is run.
   *
   * @param connections to the database, for requests
   * @param listening where people and devices reach it
   * @param broker where timelines are mirrored to
   * @param watching how the server is watched
   * @param readsPerSecond of one caller; 0 for as many as come
   */
  public record Options(
      DatabaseAddress database,
      int connections,
      Listening listening,
      Brokers.Choice broker,
      Watching watching,
      int readsPerSecond) {

    /** For as many requests as come. */
    public Options(
        DatabaseAddress database,
        int connections,
        Listening listening,
        Brokers.Choice broker,
        Watching watching) {
      this(database, connections, listening, broker, watching, 0);
    }

    /** Watched by nobody. */
    public Options(
        DatabaseAddress database, int connections, Listening listening, Brokers.Choice broker) {
      this(database, connections, listening, broker, Watching.NOT);
    }

    /** For this machine alone. */
    public Options(DatabaseAddress database, int connections, int port, Brokers.Choice broker) {
      this(database, connections, Listening.onLoopback(port), broker);
    }
  }

  /**
   * How the server is watched.
   *
   * @param host address of the internal listener
   * @param port of the internal listener; empty for none, 0 for a free one
   * @param accessLog whether each request is a line of the log
   */
  public record Watching(String host, OptionalInt port, boolean accessLog) {

    /** Not at all. */
    public static final Watching NOT = new Watching("127.0.0.1", OptionalInt.empty(), false);
  }

  private Server(
      Vertx vertx,
      Metrics metrics,
      Optional<String> internal,
      String address,
      Brokers brokers,
      Accounts accounts,
      Devices devices,
      List<String> deployments) {
    this.accounts = accounts;
    this.devices = devices;
    this.vertx = vertx;
    this.metrics = metrics;
    this.internal = internal;
    this.address = address;
    this.brokers = brokers;
    this.deployments = deployments;
  }

  /** Starts a server on a database whose tables are current. */
  public static Server start(Options options) {
    return start(options, Rights.load());
  }

  /** Starts a server that asks another table of rights. */
  static Server start(Options options, Rights rights) {
    Metrics metrics = new Metrics();
    Vertx vertx = metrics.vertx();
    try {
      return start(vertx, metrics, options, rights);
    } catch (RuntimeException failure) {
      vertx.close();
      metrics.close();
      throw failure;
    }
  }

  private static Server start(Vertx vertx, Metrics metrics, Options options, Rights rights) {
    Listening listening = options.listening();
    int port = listening.port() == 0 ? freePort() : listening.port();
    PgConnectOptions database = database(options.database());
    Pool commands = pool(vertx, database, options.connections(), "commands");
    Pool feed = pool(vertx, database, 3, "timelines");

    Devices devices = patiently(() -> Devices.open(feed));
    Brokers brokers = Brokers.start(vertx, options.broker(), listening, devices);
    Catalogues catalogues = new Catalogues(feed);
    Timelines timelines = new Timelines(feed, database, catalogues, brokers.publishing());
    String pushing = vertx.deployVerticle(timelines).await();

    Cookies cookies = new Cookies(listening.tls().isPresent());
    Passwords passwords = new Passwords(vertx);
    Sessions sessions = new Sessions(commands);
    Accounts accounts = new Accounts(commands, passwords);
    KnownBrowsers browsers = new KnownBrowsers(Secrets.key(feed, "browser-key").await());
    SignIn signIn = new SignIn(commands, passwords, browsers);
    KioskPins pins = new KioskPins(commands, passwords);

    Rooms rooms = new Rooms(commands, catalogues, timelines::changed);
    Bookings bookings = new Bookings(commands, rights);
    Alternatives alternatives = new Alternatives(commands, catalogues);
    BookingService service = new BookingService(rooms, bookings, alternatives, rights);
    String address = listening.url(port);

    Map<String, Operation> operations = new HashMap<>();
    operations.putAll(new SignInRoutes(signIn, sessions, accounts, cookies).operations());
    operations.putAll(new AuditRoutes(commands).operations());
    operations.putAll(new CatalogueRoutes(catalogues).operations());
    operations.putAll(new PolicyRoutes(commands, catalogues, rights).operations());
    operations.putAll(new SiteRoutes(vertx, new Sites(commands, catalogues)).operations());
    RoomAdmin roomAdmin = new RoomAdmin(commands, rooms);
    Photos photos = new Photos(commands);
    operations.putAll(new RoomRoutes(rooms, roomAdmin, photos, catalogues, rights).operations());
    RoomFiles roomFiles = new RoomFiles(vertx, commands, rooms, catalogues);
    operations.putAll(new RoomFileRoutes(roomFiles, catalogues).operations());
    operations.putAll(
        new PeopleRoutes(new People(commands), accounts, sessions, () -> address).operations());
    operations.putAll(new StaffRoutes(vertx, commands, pins, signIn, sessions).operations());
    operations.putAll(new BookingRoutes(service, bookings, rooms, catalogues).operations());
    operations.putAll(
        new BoardRoutes(new Boards(commands, rights), catalogues, rights).operations());
    operations.putAll(new TimelineRoutes(timelines.feed(), timelines.time(), rights).operations());
    operations.putAll(
        new DeviceRoutes(
                devices,
                () -> new Addresses(address, brokers.uri()),
                brokers::deviceChanged,
                cookies)
            .operations());
    operations.putAll(
        new PresenceRoutes(commands, new KioskPins(commands, passwords), rights).operations());
    Readiness readiness = new Readiness(timelines);
    operations.putAll(readiness.operations());
    operations.putAll(
        new ImportRoutes(new ImportService(vertx, commands, rooms, catalogues)).operations());

    Contract contract = Contract.load();
    Pages pages = Pages.of(PAGES, PLACES);
    LiveSockets sockets = timelines.sockets();
    sockets.beforeAsking(
        () -> {
          sessions.forget();
          devices.forget();
        });
    Live live =
        new Live(
            sockets::serves,
            (caller, path) -> sockets.mayWatch(rights, caller, path),
            sockets::accept);
    Sealer sealer = new Sealer(feed);
    String sealing = vertx.deployVerticle(sealer).await();
    metrics.watch(timelines);
    metrics.watch(sealer);
    Optional<String> internal = listen(vertx, options.watching(), metrics, readiness);
    Traffic traffic = new Traffic(metrics.registry(), options.watching().accessLog());
    Gate gate =
        new Gate(
            rights,
            new Callers(sessions, devices, cookies),
            new Throttle(options.readsPerSecond()));
    contract.requireRights(rights.rows());
    DeploymentOptions onEachCore =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    HttpVerticle.Address listen =
        new HttpVerticle.Address(
            listening.host(), port, listening.publicHost(), listening.tls(), REQUEST_LIMIT);
    List<HttpVerticle> instances = new CopyOnWriteArrayList<>();
    String http =
        vertx
            .deployVerticle(
                () -> {
                  HttpVerticle one =
                      new HttpVerticle(
                          listen,
                          contract,
                          operations,
                          gate,
                          routes(pages, listening),
                          live,
                          traffic);
                  instances.add(one);
                  return one;
                },
                onEachCore)
            .await();
    listening
        .tls()
        .ifPresent(
            keys ->
                KeyWatch.start(
                    vertx,
                    keys,
                    () -> listening.ca().ifPresent(LocalCa::renewIfDue),
                    () -> {
                      instances.forEach(HttpVerticle::renewKeys);
                      brokers.renewKeys();
                    }));
    return new Server(
        vertx,
        metrics,
        internal,
        address,
        brokers,
        accounts,
        devices,
        List.of(pushing, sealing, http));
  }

  /** Starts the internal listener where one is wanted, and tells its address. */
  private static Optional<String> listen(
      Vertx vertx, Watching watching, Metrics metrics, Readiness readiness) {
    if (watching.port().isEmpty()) {
      return Optional.empty();
    }
    InternalVerticle listener =
        new InternalVerticle(
            watching.host(), watching.port().getAsInt(), metrics.registry(), readiness::ready);
    vertx.deployVerticle(listener).await();
    return Optional.of("http://" + Listening.bracketed(watching.host()) + ":" + listener.port());
  }

  /** The pages, and the certificate that devices come to trust. */
  private static Consumer<Router> routes(Pages pages, Listening listening) {
    return router -> {
      listening
          .ca()
          .ifPresent(
              ca ->
                  router
                      .get("/ca.pem")
                      .handler(
                          ctx ->
                              ctx.response()
                                  .putHeader("Content-Type", "application/x-x509-ca-cert")
                                  .sendFile(ca.certificate().toString())));
      pages.on(router);
    };
  }

  /** Base address of pages, REST and WebSocket. */
  public String address() {
    return address;
  }

  /** Base address of metrics and health; empty where nobody watches. */
  public Optional<String> internalAddress() {
    return internal;
  }

  /** The address that makes the first admin; empty if there is an admin. */
  public Optional<String> firstAdminLink() {
    return accounts.firstAdminLink().map(token -> address() + "/#first-admin=" + token);
  }

  /** Addresses that let the demo company's display and kiosk in, by device. */
  public Map<String, String> demoLinks() {
    Map<String, String> links = new LinkedHashMap<>();
    for (Devices.Device device : devices.list()) {
      if (device.id().equals("door-sh-0801") || device.id().equals("kiosk-shanghai")) {
        String page = device.kind().equals("display") ? "/door/" : "/kiosk/";
        links.put(device.id(), address() + page + "#enter=" + devices.link(device.id(), null));
      }
    }
    return links;
  }

  /** URI of the broker; empty where there is none. */
  public String broker() {
    return brokers.uri();
  }

  /**
   * Stops everything within a few seconds; displays are told first, and the broker when nobody
   * publishes to it any longer.
   */
  @Override
  public void close() {
    Future<?> stopped = Future.succeededFuture();
    for (String deployment : deployments) {
      stopped = stopped.eventually(() -> vertx.undeploy(deployment));
    }
    try {
      stopped.eventually(brokers::close).await(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
      vertx.close().await(CLOSE_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      LOG.warn("did not stop within {} s", CLOSE_WITHIN_SECONDS);
    }
    metrics.close();
  }

  /**
   * Connections on which a request can wait for others two seconds at most, and works ten at most.
   */
  private static PgConnectOptions database(DatabaseAddress address) {
    return new PgConnectOptions()
        .setHost(address.host())
        .setPort(address.port())
        .setDatabase(address.database())
        .setUser(address.user())
        .setPassword(address.password())
        .setCachePreparedStatements(true)
        .setPreparedStatementCacheMaxSize(256)
        .setPipeliningLimit(16)
        .addProperty("application_name", "foyer")
        .addProperty("lock_timeout", "2000")
        .addProperty("statement_timeout", "10000")
        .addProperty("idle_in_transaction_session_timeout", "10000");
  }

  private static Pool pool(Vertx vertx, PgConnectOptions database, int size, String name) {
    return PgBuilder.pool()
        .with(
            new PoolOptions()
                .setName(name)
                .setShared(false)
                .setMaxSize(size)
                .setMaxWaitQueueSize(5000)
                .setConnectionTimeout(8)
                .setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .connectingTo(database)
        .using(vertx)
        .build();
  }

  /** A machine that has much to do takes its time to let the first connection in. */
  private static <T> T patiently(Supplier<Future<T>> first) {
    for (int left = FIRST_TRIES; ; left--) {
      try {
        return first.get().await();
      } catch (SqlFailed failure) {
        if (left == 1 || failure.state() != null) {
          throw failure;
        }
        LOG.warn("no connection to PostgreSQL yet: {}", failure.getMessage());
      }
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
