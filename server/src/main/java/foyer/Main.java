package foyer;

import foyer.audit.Verify;
import foyer.demo.Demo;
import foyer.demo.DemoAccess;
import foyer.embedded.DataFolder;
import foyer.embedded.EmbeddedPostgres;
import foyer.sql.DatabaseAddress;
import foyer.sql.Migrations;
import foyer.tls.LocalCa;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Starts the server as its settings say, and stops all that it started when the process is told to
 * end.
 */
public final class Main {

  private final Deque<AutoCloseable> started = new ArrayDeque<>();

  private Main() {}

  /**
   * Runs until the process is told to end; exit status 2 for settings that cannot be taken, 1 for
   * other failures.
   */
  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Main main = new Main();
    try {
      Config config = Config.read(List.of(arguments), System.getenv());
      if (config.get(Config.HELP)) {
        out.println(Config.help());
        return;
      }
      Runtime.getRuntime().addShutdownHook(new Thread(main::stop, "stop"));
      if (config.get(Config.VERIFY_AUDIT)) {
        System.exit(main.verify(config, out) ? 0 : Startup.CANNOT_START);
      }
      main.run(config, out);
    } catch (RuntimeException | Error failure) {
      System.exit(Startup.explain(failure, System.err));
    }
  }

  /** Whether the audit log is as it was written. */
  private boolean verify(Config config, PrintStream out) {
    Startup.logAs(config.get(Config.LOG));
    Verify.Result result =
        Verify.chain(
            config.database().orElseGet(() -> embedded(config)), config.get(Config.AUDIT_HEAD));
    out.println("audit " + result.line());
    return result.whole();
  }

  private void run(Config config, PrintStream out) {
    Startup.logAs(config.get(Config.LOG));
    Startup.requireFree(Config.PORT, config.get(Config.PORT));
    if (config.get(Config.BROKER_URL).isEmpty()) {
      Startup.requireFree(Config.MQTT_PORT, config.get(Config.MQTT_PORT));
      Startup.requireFree(Config.MQTT_WS_PORT, config.get(Config.MQTT_WS_PORT));
    }
    Startup.requireFree(Config.INTERNAL_PORT, config.get(Config.INTERNAL_PORT));
    DatabaseAddress database = config.database().orElseGet(() -> embedded(config));
    Migrations.migrate(database);
    Startup.check(database);
    Optional<DemoAccess.Access> demo =
        config.get(Config.NO_DEMO)
            ? Optional.empty()
            : DemoAccess.open(database, Demo.fill(database), config.get(Config.DEMO_PASSWORD));
    Optional<LocalCa> authority = authority(config);
    Listening listening = listening(config, authority);
    Server server =
        begin(
            Server.start(
                new Server.Options(
                    database,
                    config.get(Config.DATABASE_CONNECTIONS),
                    listening,
                    broker(config),
                    watching(config),
                    config.get(Config.READS_PER_SECOND))));
    out.println("broker " + server.broker());
    server.internalAddress().ifPresent(internal -> out.println("metrics " + internal + "/metrics"));
    authority.ifPresent(ca -> trust(ca, server, out));
    demo.ifPresent(access -> welcome(access, server, out));
    server
        .firstAdminLink()
        .ifPresent(link -> out.println("first admin, once and within two days: " + link));
    out.println("ready " + server.address());
  }

  private static Server.Watching watching(Config config) {
    int port = config.get(Config.INTERNAL_PORT);
    return new Server.Watching(
        config.get(Config.INTERNAL_HOST),
        port == 0 ? OptionalInt.empty() : OptionalInt.of(port),
        config.get(Config.ACCESS_LOG));
  }

  private static Optional<LocalCa> authority(Config config) {
    String host = config.get(Config.PUBLIC_URL).map(URI::getHost).orElse(config.get(Config.HOST));
    Set<String> names = new HashSet<>(LocalCa.namesOf(config.get(Config.HOST)));
    names.add(host);
    return config.get(Config.TLS_LOCAL_CA)
        ? Optional.of(LocalCa.open(config.get(Config.DATA).resolve("tls"), names))
        : Optional.empty();
  }

  private static Listening listening(Config config, Optional<LocalCa> authority) {
    return new Listening(
        config.get(Config.HOST),
        config.get(Config.PORT),
        config.get(Config.PUBLIC_URL),
        config.tlsFiles().or(() -> authority.map(LocalCa::server)),
        authority,
        config.get(Config.MQTTS_PORT));
  }

  /** How a tablet comes to trust the server's own certificate authority. */
  private static void trust(LocalCa ca, Server server, PrintStream out) {
    out.println("certificate authority " + ca.certificate().toAbsolutePath());
    out.println("  its SHA-256 " + ca.fingerprint());
    out.println(
        "  to trust it: open "
            + server.address()
            + "/ca.pem on the tablet, compare the fingerprint, and install it as a CA certificate"
            + " (Android: Settings > Security > Install a certificate; iPadOS: Settings > Profile,"
            + " then General > About > Certificate Trust Settings)");
  }

  /** Who can sign in how, and links that let a display and a kiosk in. */
  private static void welcome(DemoAccess.Access access, Server server, PrintStream out) {
    out.printf(
        "sign in as %s (admin), %s (leader) or any other of the demo's staff numbers, password %s%n",
        access.admin(), access.leader(), access.password());
    server
        .demoLinks()
        .forEach((device, link) -> out.println(device + ", once and within a day: " + link));
  }

  private DatabaseAddress embedded(Config config) {
    DataFolder data = begin(DataFolder.open(config.get(Config.DATA)));
    if (config.get(Config.FRESH)) {
      data.empty();
    }
    return begin(EmbeddedPostgres.start(data)).database();
  }

  private static Brokers.Choice broker(Config config) {
    Optional<String> outside = config.get(Config.BROKER_URL);
    if (config.get(Config.NO_PUBLISH)) {
      return new Brokers.Choice.None();
    }
    if (outside.isPresent()) {
      return new Brokers.Choice.External(
          URI.create(outside.get()),
          config.get(Config.BROKER_USER),
          config.brokerPassword(),
          config.brokerTrust());
    }
    int webSocket = config.get(Config.MQTT_WS_PORT);
    return new Brokers.Choice.Embedded(
        config.get(Config.MQTT_PORT),
        webSocket == 0 ? OptionalInt.empty() : OptionalInt.of(webSocket));
  }

  private synchronized <T extends AutoCloseable> T begin(T part) {
    started.push(part);
    return part;
  }

  /** Stops in the opposite order. */
  private synchronized void stop() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        System.err.println("foyer: did not stop cleanly: " + failure);
      }
    }
  }
}
