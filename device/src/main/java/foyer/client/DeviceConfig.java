package foyer.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import foyer.wire.Json;
import foyer.wire.Topics;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a device program must know. The server issues most of it as a file; an option on the command
 * line counts before the environment, and that before the file.
 *
 * @param device its id, also its MQTT client id
 * @param kind {@code display} or {@code kiosk}
 * @param site the site that it stands in
 * @param rooms whose timelines it holds; a kiosk holds those of its whole site
 * @param server address of the server, without a path
 * @param broker address of the MQTT broker: tcp, ssl, ws or wss
 * @param username for the broker
 * @param password for the broker
 * @param ca file with the certificates to trust (PEM), instead of the machine's
 * @param port of the local page, on the loopback address; 0 takes any free one
 * @param data folder of what is kept over a restart
 */
record DeviceConfig(
    String device,
    String kind,
    String site,
    List<String> rooms,
    URI server,
    URI broker,
    String username,
    @Nullable String password,
    @Nullable Path ca,
    int port,
    Path data) {

  private static final int MAX_FILE = 64 * 1024;

  /** The options, in the order in which help lists them. */
  private static final List<Option> OPTIONS =
      List.of(
          new Option("config", "FILE", "file that the server issued for this device (JSON)"),
          new Option("device", "ID", "the device's id"),
          new Option("site", "ID", "the site that it stands in"),
          new Option("rooms", "ID,ID", "rooms whose doors it is; a kiosk knows those of its site"),
          new Option("server", "URL", "address of the server, such as http://127.0.0.1:8080"),
          new Option("broker", "URI", "MQTT broker: tcp://, ssl://, ws:// or wss://"),
          new Option("username", "NAME", "user name for the broker (default: the device's id)"),
          new Option("ca", "FILE", "certificates to trust (PEM; default: the machine's)"),
          new Option("port", "NUMBER", "port of the page on 127.0.0.1 (default: 8090; 0: any)"),
          new Option("data", "DIR", "what is kept over a restart (default: ./device-data/ID)"));

  private static final String PASSWORD = "FOYER_DEVICE_PASSWORD";

  /** What {@code --help} prints. */
  static String help(String program) {
    StringBuilder text = new StringBuilder();
    text.append("usage: ").append(program).append(" --config FILE [option …]\n\n");
    for (Option option : OPTIONS) {
      text.append("  %-18s %s%n".formatted(option.flag() + " " + option.value(), option.what()));
      text.append("  %-18s environment: %s%n".formatted("", option.variable()));
    }
    text.append("  %-18s this text%n%n".formatted("--help"));
    text.append("The broker's password comes from the file or from %s only.%n".formatted(PASSWORD));
    return text.toString();
  }

  /**
   * Reads the options of a program of that kind.
   *
   * @throws Unusable with one line that says what is wrong
   */
  static DeviceConfig read(String kind, List<String> args, Map<String, String> environment) {
    ObjectNode values = Json.MAPPER.createObjectNode();
    ObjectNode given = fromCommandLine(args, environment);
    if (given.has("config")) {
      values.setAll(fromFile(Path.of(given.get("config").asText())));
    }
    values.setAll(given);
    String issuedFor = values.path("kind").asText(kind);
    if (!issuedFor.equals(kind)) {
      throw new Unusable("the file is for a " + issuedFor + ", this program is a " + kind);
    }
    return of(kind, values);
  }

  private static ObjectNode fromCommandLine(List<String> args, Map<String, String> environment) {
    ObjectNode given = Json.MAPPER.createObjectNode();
    for (Option option : OPTIONS) {
      String value = environment.get(option.variable());
      if (value != null) {
        given.put(option.name(), value);
      }
    }
    if (environment.containsKey(PASSWORD)) {
      given.put("password", environment.get(PASSWORD));
    }
    for (int i = 0; i < args.size(); i += 2) {
      String flag = args.get(i);
      if (OPTIONS.stream().noneMatch(option -> option.flag().equals(flag))) {
        throw new Unusable("unknown option " + flag + "; --help lists them");
      }
      if (i + 1 == args.size()) {
        throw new Unusable(flag + " needs a value");
      }
      given.put(flag.substring(2), args.get(i + 1));
    }
    return given;
  }

  private static ObjectNode fromFile(Path file) {
    try {
      if (Files.size(file) > MAX_FILE) {
        throw new Unusable(file + " is too long for a device's file");
      }
      if (Json.MAPPER.readTree(Files.readAllBytes(file)) instanceof ObjectNode values) {
        return values;
      }
      throw new Unusable(file + " holds no JSON object");
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new Unusable(file + " is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new Unusable(file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static DeviceConfig of(String kind, ObjectNode values) {
    int port = port(values.path("port").asText("8090"));
    String device = id(values, "device");
    List<String> rooms = rooms(values.path("rooms"));
    if (kind.equals("display") && rooms.isEmpty()) {
      throw new Unusable("rooms is missing: a display needs at least one");
    }
    return new DeviceConfig(
        device,
        kind,
        id(values, "site"),
        rooms,
        address(values, "server", Set.of("http", "https")),
        address(values, "broker", Set.of("tcp", "ssl", "ws", "wss")),
        textOr(values, "username", device),
        values.path("password").textValue(),
        ca(values),
        port,
        Path.of(textOr(values, "data", "device-data/" + device)));
  }

  private static List<String> rooms(JsonNode value) {
    List<String> rooms = new ArrayList<>();
    if (value.isArray()) {
      value.forEach(room -> rooms.add(room.asText()));
    } else if (!value.asText().isBlank()) {
      rooms.addAll(List.of(value.asText().split(",")));
    }
    for (String room : rooms) {
      if (!Topics.isId(room)) {
        throw new Unusable("rooms: no id: " + room);
      }
    }
    return List.copyOf(rooms);
  }

  private static String id(ObjectNode values, String name) {
    String value = required(values, name);
    if (!Topics.isId(value)) {
      throw new Unusable(name + ": no id: " + value);
    }
    return value;
  }

  private static URI address(ObjectNode values, String name, Set<String> schemes) {
    String value = required(values, name);
    try {
      URI uri = URI.create(value);
      if (uri.getScheme() != null && schemes.contains(uri.getScheme()) && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      throw new Unusable(name + ": no address: " + value);
    }
    throw new Unusable(
        name
            + ": not one of "
            + String.join(", ", schemes.stream().sorted().toList())
            + " with a host: "
            + value);
  }

  private static @Nullable Path ca(ObjectNode values) {
    String value = textOr(values, "ca", "");
    if (value.isEmpty()) {
      return null;
    }
    Path file = Path.of(value);
    if (!Files.isReadable(file)) {
      throw new Unusable("ca: cannot be read: " + file);
    }
    return file;
  }

  private static int port(String value) {
    try {
      int port = Integer.parseInt(value);
      if (port >= 0 && port <= 65535) {
        return port;
      }
    } catch (NumberFormatException e) {
      throw new Unusable("port: no number: " + value);
    }
    throw new Unusable("port: not from 0 to 65535: " + value);
  }

  private static String required(ObjectNode values, String name) {
    String value = textOr(values, name, "");
    if (value.isBlank()) {
      throw new Unusable(name + " is missing; give --config FILE or --" + name);
    }
    return value;
  }

  private static String textOr(ObjectNode values, String name, String otherwise) {
    JsonNode value = values.path(name);
    return value.isMissingNode() || value.isNull() ? otherwise : value.asText();
  }

  /** The password as MQTT wants it; nothing if there is none. */
  byte @Nullable [] passwordBytes() {
    return password == null ? null : password.getBytes(StandardCharsets.UTF_8);
  }

  /** Everything but the password. */
  @Override
  public String toString() {
    return kind
        + " "
        + device
        + " of "
        + site
        + " "
        + rooms
        + ", server "
        + server
        + ", broker "
        + broker;
  }

  /** One option: its name is also the member of the file. */
  private record Option(String name, String value, String what) {

    String flag() {
      return "--" + name;
    }

    String variable() {
      return "FOYER_DEVICE_" + name.toUpperCase(java.util.Locale.ROOT);
    }
  }

  /** The options cannot be used; the message is one line for whoever started the program. */
  static final class Unusable extends RuntimeException {

    Unusable(String message) {
      super(message);
    }
  }
}
