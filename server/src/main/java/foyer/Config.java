package foyer;

import foyer.audit.Verify;
import foyer.sql.DatabaseAddress;
import foyer.tls.Keys;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.net.SocketFactory;

/**
 * All settings of the server, each declared here once. The command line wins over the environment,
 * that over the file of {@code --config}, that over the default.
 */
public final class Config {

  /** Settings that cannot be taken, said in one line that names the way out. */
  public static final class Unusable extends RuntimeException {
    Unusable(String line) {
      super(line);
    }
  }

  /** How log lines look. */
  public enum Log {
    /** For people. */
    TEXT,
    /** One JSON object a line. */
    JSON
  }

  private static final List<Setting<?>> DECLARED = new ArrayList<>();

  public static final Setting<Integer> PORT =
      number(
          "port",
          8080,
          0,
          65_535,
          "port",
          "TCP port of pages, API and WebSocket; 0 takes a free one.");

  public static final Setting<String> HOST =
      declare(
          "host",
          "ADDRESS",
          "127.0.0.1",
          "IP address or name",
          "Address to listen on; any other than loopback needs TLS. 0.0.0.0 is all of this machine's.",
          Kinds::notEmpty);

  public static final Setting<Optional<URI>> PUBLIC_URL =
      declare(
          "public-url",
          "URL",
          "",
          "http(s)://host[:port]",
          "What links, QR codes and devices use; without it host and port.",
          text -> Kinds.optional(text, Kinds::publicUrl));

  public static final Setting<Optional<Path>> TLS_CERT =
      declare(
          "tls-cert",
          "FILE",
          "",
          "PEM file",
          "The server's certificate, then those that lead to its authority; read again when it changes.",
          text -> Kinds.optional(text, Kinds::path));

  public static final Setting<Optional<Path>> TLS_KEY =
      declare(
          "tls-key",
          "FILE",
          "",
          "PEM file",
          "The key of that certificate, without a password.",
          text -> Kinds.optional(text, Kinds::path));

  public static final Setting<Boolean> TLS_LOCAL_CA =
      aSwitch(
          "tls-local-ca",
          "Makes a certificate authority in the data folder and a certificate by it, and says how a tablet comes to trust it.");

  public static final Setting<Integer> MQTTS_PORT =
      number(
          "mqtts-port",
          8883,
          0,
          65_535,
          "port",
          "TCP port of the built-in MQTT broker over TLS, on the address of host; 0 takes a free one. Only with a certificate.");

  public static final Setting<Integer> MQTT_PORT =
      number(
          "mqtt-port",
          1883,
          0,
          65_535,
          "port",
          "TCP port of the built-in MQTT broker on 127.0.0.1; 0 takes a free one.");

  public static final Setting<Integer> MQTT_WS_PORT =
      number(
          "mqtt-ws-port",
          0,
          0,
          65_535,
          "port",
          "TCP port of the built-in MQTT broker over WebSocket on 127.0.0.1; 0 means none.");

  public static final Setting<Integer> READS_PER_SECOND =
      number(
          "reads-per-second",
          100,
          0,
          1_000_000,
          "count",
          "How often one session, device or unknown address may read a second, three seconds' worth at once; a fifth of it goes for what changes something. 0 means as often as it comes.");

  public static final Setting<Path> DATA =
      declare(
          "data",
          "DIR",
          "./data",
          "folder",
          "Folder that holds the built-in database and all that the server keeps on this machine; made at the first start.",
          Kinds::path);

  public static final Setting<Boolean> FRESH =
      onlySwitch("fresh", "Throws away what the data folder holds and starts anew.");

  public static final Setting<Boolean> NO_DEMO =
      aSwitch(
          "no-demo",
          "Leaves a new database empty: without it the first start puts a demo company in.");

  public static final Setting<Optional<String>> DEMO_PASSWORD =
      declare(
          "demo-password",
          "TEXT",
          "",
          "text of 10 to 200 characters",
          "Password of all people of the demo company; without it a random one is made at the first start, and told at each.",
          text -> Kinds.optional(text, Kinds::password));

  public static final Setting<Optional<DatabaseAddress>> DATABASE_URL =
      declare(
          "database-url",
          "URL",
          "",
          "postgresql://host:port/database",
          "PostgreSQL 18 to use instead of the built-in one.",
          text -> Kinds.optional(text, Kinds::databaseUrl));

  public static final Setting<Optional<String>> DATABASE_USER =
      declare(
          "database-user",
          "NAME",
          "",
          "text",
          "Role that signs in at the database of database-url; owns its tables.",
          text -> Kinds.optional(text, Function.identity()));

  public static final Setting<Optional<String>> DATABASE_PASSWORD =
      declare(
          "database-password",
          "TEXT",
          "",
          "text",
          "Password of that role; others on this machine see the command line, so prefer the file or the environment.",
          text -> Kinds.optional(text, Function.identity()));

  public static final Setting<Optional<Path>> DATABASE_PASSWORD_FILE =
      declare(
          "database-password-file",
          "FILE",
          "",
          "file",
          "File whose first line is the password of that role.",
          text -> Kinds.optional(text, Kinds::path));

  public static final Setting<Integer> DATABASE_CONNECTIONS =
      number(
          "database-connections",
          12,
          2,
          80,
          "connections",
          "How many connections to the database this server keeps.");

  public static final Setting<Optional<String>> BROKER_URL =
      declare(
          "broker-url",
          "URL",
          "",
          "tcp://host:port or ssl://host:port",
          "Mosquitto to publish to instead of the built-in broker.",
          text -> Kinds.optional(text, Kinds::brokerUrl));

  public static final Setting<String> BROKER_USER =
      declare(
          "broker-user",
          "NAME",
          "admin",
          "text",
          "The broker's administrator, as mosquitto/prepare makes it: in this name the server sets all rights there, its own included.",
          Kinds::notEmpty);

  public static final Setting<Optional<String>> BROKER_PASSWORD =
      declare(
          "broker-password",
          "TEXT",
          "",
          "text",
          "Password of that name; others on this machine see the command line, so prefer the file or the environment.",
          text -> Kinds.optional(text, Function.identity()));

  public static final Setting<Optional<Path>> BROKER_PASSWORD_FILE =
      declare(
          "broker-password-file",
          "FILE",
          "",
          "file",
          "File whose first line is the password of that name.",
          text -> Kinds.optional(text, Kinds::path));

  public static final Setting<Optional<Path>> BROKER_CA_FILE =
      declare(
          "broker-ca-file",
          "FILE",
          "",
          "PEM file",
          "Certificates that an ssl:// broker's certificate may be signed with; without it those that Java trusts.",
          text -> Kinds.optional(text, Kinds::path));

  public static final Setting<Boolean> NO_PUBLISH =
      aSwitch(
          "no-publish",
          "Keeps this server out of the election of the one that publishes over MQTT.");

  public static final Setting<Log> LOG =
      declare(
          "log",
          "FORM",
          "text",
          "text or json",
          "How the lines of the log look, which goes to standard error.",
          Kinds::log);

  public static final Setting<Boolean> ACCESS_LOG =
      aSwitch(
          "access-log",
          "Writes a line for each request: method, template of its address, status, milliseconds, kind of caller.");

  public static final Setting<Integer> INTERNAL_PORT =
      number(
          "internal-port",
          0,
          0,
          65_535,
          "port",
          "TCP port of /metrics (Prometheus) and /health without TLS, on the address of internal-host; 0 means none.");

  public static final Setting<String> INTERNAL_HOST =
      declare(
          "internal-host",
          "ADDRESS",
          "127.0.0.1",
          "IP address or name",
          "Address of internal-port; any other than loopback only where a firewall or a container's network keeps strangers off.",
          Kinds::notEmpty);

  public static final Setting<Optional<Path>> CONFIG =
      declare(
          "config",
          "FILE",
          "",
          "file",
          "File with further settings, one a line: name = value; lines that begin with # are skipped.",
          text -> Kinds.optional(text, Kinds::path));

  public static final Setting<Boolean> VERIFY_AUDIT =
      onlySwitch(
          "verify-audit",
          "Checks the chain over the audit log, says in one line whether it is whole or where it breaks, and ends with 0 or 1.");

  public static final Setting<Optional<Verify.Noted>> AUDIT_HEAD =
      declare(
          "audit-head",
          "POSITION:HASH",
          "",
          "number, colon, 64 hexadecimal digits",
          "With verify-audit: how far the chain had come at some time, as the server's log said; the chain must still hold it.",
          text -> Kinds.optional(text, Verify.Noted::parse));

  public static final Setting<Boolean> HELP = onlySwitch("help", "Prints this and ends.");

  private final Map<String, String> chosen;

  private Config(Map<String, String> chosen) {
    this.chosen = chosen;
  }

  /**
   * Reads and checks all settings.
   *
   * @param arguments the command line
   * @param environment the variables of the environment
   * @throws Unusable for an unknown option, a bad value, or values that contradict each other
   */
  public static Config read(List<String> arguments, Map<String, String> environment) {
    var config = new Config(ConfigSources.read(DECLARED, arguments, environment));
    config.check();
    return config;
  }

  /** The value that is in force. */
  public <T> T get(Setting<T> setting) {
    String text = chosen.getOrDefault(setting.name(), setting.fallback());
    try {
      return setting.read().apply(text);
    } catch (IllegalArgumentException wrong) {
      throw new Unusable(
          "--"
              + setting.name()
              + " "
              + wrong.getMessage()
              + ", not '"
              + ConfigSources.shown(text)
              + "'; ./run --help lists all options");
    }
  }

  /** The database to use instead of the built-in one, if one is named. */
  public Optional<DatabaseAddress> database() {
    return get(DATABASE_URL)
        .map(
            place ->
                new DatabaseAddress(
                    place.host(),
                    place.port(),
                    place.database(),
                    get(DATABASE_USER).orElse(""),
                    secret(DATABASE_PASSWORD, DATABASE_PASSWORD_FILE)));
  }

  /** The password for the broker of broker-url; empty where none is set. */
  public String brokerPassword() {
    return secret(BROKER_PASSWORD, BROKER_PASSWORD_FILE);
  }

  /** What decides about the certificate of an ssl:// broker; empty for what Java trusts. */
  public Optional<SocketFactory> brokerTrust() {
    return get(BROKER_CA_FILE).map(Config::trusting);
  }

  private static SocketFactory trusting(Path file) {
    try {
      return Trust.in(file);
    } catch (IOException | GeneralSecurityException unusable) {
      throw new Unusable(
          "--"
              + BROKER_CA_FILE.name()
              + " "
              + file
              + " holds no certificates: "
              + unusable.getMessage());
    }
  }

  /** The text that {@code --help} prints. */
  public static String help() {
    return ConfigPages.help(DECLARED);
  }

  /** The text of docs/configuration.md. */
  public static String markdown() {
    return ConfigPages.markdown(DECLARED);
  }

  private void check() {
    DECLARED.forEach(this::get);
    refuseTogether(FRESH, DATABASE_URL, "it throws away the built-in database only");
    refuseTogether(DATABASE_PASSWORD, DATABASE_PASSWORD_FILE, "give one of them");
    refuseTogether(BROKER_PASSWORD, BROKER_PASSWORD_FILE, "give one of them");
    if (get(DATABASE_URL).isPresent() && get(DATABASE_USER).isEmpty()) {
      throw new Unusable("--database-url needs --database-user NAME");
    }
    refuseSamePorts();
    database();
    brokerPassword();
    brokerTrust();
    checkTls();
  }

  private void checkTls() {
    refuseTogether(TLS_LOCAL_CA, TLS_CERT, "give one of them");
    if (get(TLS_CERT).isPresent() != get(TLS_KEY).isPresent()) {
      throw new Unusable("--tls-cert and --tls-key belong together: give both");
    }
    boolean tls = get(TLS_CERT).isPresent() || get(TLS_LOCAL_CA);
    if (!tls && !Listening.isLoopback(get(HOST))) {
      throw new Unusable(
          "--host "
              + get(HOST)
              + " needs TLS, for without it passwords could be read on the way and browsers refuse tablets most of what they need:"
              + " give --tls-cert and --tls-key, or --tls-local-ca");
    }
    Optional<String> scheme = get(PUBLIC_URL).map(URI::getScheme);
    if (tls && scheme.equals(Optional.of("http"))) {
      throw new Unusable("--public-url must begin with https:// where there is TLS");
    }
    tlsFiles().ifPresent(Config::checkKeys);
  }

  /** Certificate and key that are given as files; empty where there are none. */
  public Optional<Keys> tlsFiles() {
    return get(TLS_CERT).flatMap(cert -> get(TLS_KEY).map(key -> new Keys(cert, key)));
  }

  private static void checkKeys(Keys keys) {
    try {
      keys.check();
    } catch (Keys.Unusable unusable) {
      throw new Unusable(String.valueOf(unusable.getMessage()));
    }
  }

  private void refuseSamePorts() {
    var taken = new HashSet<Integer>();
    for (int port : new int[] {get(PORT), get(MQTT_PORT), get(MQTT_WS_PORT), get(INTERNAL_PORT)}) {
      if (port != 0 && !taken.add(port)) {
        throw new Unusable(
            "--port, --mqtt-port, --mqtt-ws-port and --internal-port must differ; "
                + port
                + " is given twice");
      }
    }
  }

  private void refuseTogether(Setting<?> one, Setting<?> other, String why) {
    if (isChosen(one) && isChosen(other)) {
      throw new Unusable("--" + one.name() + " does not go with --" + other.name() + ": " + why);
    }
  }

  private boolean isChosen(Setting<?> setting) {
    String text = chosen.getOrDefault(setting.name(), "");
    return !text.isEmpty() && !text.equals("false");
  }

  private String secret(Setting<Optional<String>> direct, Setting<Optional<Path>> file) {
    return get(file).map(path -> firstLine(file.name(), path)).or(() -> get(direct)).orElse("");
  }

  private static String firstLine(String name, Path file) {
    return ConfigSources.lines(name, file).stream().findFirst().orElse("");
  }

  private static <T> Setting<T> declare(
      String name,
      String value,
      String fallback,
      String unit,
      String sentence,
      Function<String, T> read) {
    var setting = new Setting<>(name, value, fallback, unit, sentence, false, read);
    DECLARED.add(setting);
    return setting;
  }

  private static Setting<Integer> number(
      String name, int fallback, int least, int most, String unit, String sentence) {
    return declare(
        name,
        unit.equals("port") ? "PORT" : "NUMBER",
        Integer.toString(fallback),
        unit,
        sentence,
        text -> Kinds.number(text, least, most));
  }

  private static Setting<Boolean> aSwitch(String name, String sentence) {
    return declare(name, "", "", "switch", sentence, Kinds::yesOrNo);
  }

  private static Setting<Boolean> onlySwitch(String name, String sentence) {
    var setting = new Setting<>(name, "", "", "switch", sentence, true, Kinds::yesOrNo);
    DECLARED.add(setting);
    return setting;
  }
}
