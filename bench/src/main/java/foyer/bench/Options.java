package foyer.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** What a run measures, and for how long. */
record Options(
    Set<String> parts,
    int pairs,
    Duration stretch,
    int existing,
    int inFlight,
    int slotRounds,
    List<Integer> displays,
    List<Integer> mqttClients,
    int rounds,
    Duration fight,
    int clients,
    int kills,
    String name,
    Path data) {

  static final String HELP =
      """
      bench/run [OPTION VALUE]...  figures of this machine, side by side with raw limits
        --parts LIST          bookings,one-slot,glass,mqtt,fight,kills (all of them)
        --pairs N             alternating pairs of stretches of bookings (5)
        --seconds N           length of one stretch (5)
        --existing N          bookings that are there before (100000)
        --in-flight N         requests at a time (32)
        --slot-rounds N       rounds of 500 requests for one slot (5)
        --displays LIST       WebSocket displays of one room (1,500,5000)
        --mqtt-clients LIST   MQTT displays of one room (1,500)
        --rounds N            changes pushed to them (40)
        --fight-seconds N     how long the fight lasts (60)
        --clients N           who fight (64)
        --kills N             kills of the server, and of PostgreSQL (3)
        --name NAME           of the file in bench/results (local)
        --data DIR            folder of the database, thrown away first (target/bench-data)
      """;

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("parts", "bookings,one-slot,glass,mqtt,fight,kills"),
          Map.entry("pairs", "5"),
          Map.entry("seconds", "5"),
          Map.entry("existing", "100000"),
          Map.entry("in-flight", "32"),
          Map.entry("slot-rounds", "5"),
          Map.entry("displays", "1,500,5000"),
          Map.entry("mqtt-clients", "1,500"),
          Map.entry("rounds", "40"),
          Map.entry("fight-seconds", "60"),
          Map.entry("clients", "64"),
          Map.entry("kills", "3"),
          Map.entry("name", "local"),
          Map.entry("data", "target/bench-data"));

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException for an option that is none
   */
  static Options read(List<String> arguments) {
    Map<String, String> chosen = new HashMap<>(DEFAULTS);
    for (int i = 0; i < arguments.size(); i += 2) {
      String option = arguments.get(i).replaceFirst("^--", "");
      if (!DEFAULTS.containsKey(option) || i + 1 == arguments.size()) {
        throw new IllegalArgumentException(
            "no such option, or no value for it: " + arguments.get(i));
      }
      chosen.put(option, arguments.get(i + 1));
    }
    return of(option -> chosen.getOrDefault(option, ""));
  }

  boolean has(String part) {
    return parts.contains(part);
  }

  private static Options of(UnaryOperator<String> chosen) {
    return new Options(
        Arrays.stream(chosen.apply("parts").split(",", -1)).collect(Collectors.toSet()),
        Integer.parseInt(chosen.apply("pairs")),
        Duration.ofSeconds(Long.parseLong(chosen.apply("seconds"))),
        Integer.parseInt(chosen.apply("existing")),
        Integer.parseInt(chosen.apply("in-flight")),
        Integer.parseInt(chosen.apply("slot-rounds")),
        numbers(chosen.apply("displays")),
        numbers(chosen.apply("mqtt-clients")),
        Integer.parseInt(chosen.apply("rounds")),
        Duration.ofSeconds(Long.parseLong(chosen.apply("fight-seconds"))),
        Integer.parseInt(chosen.apply("clients")),
        Integer.parseInt(chosen.apply("kills")),
        chosen.apply("name"),
        Path.of(chosen.apply("data")));
  }

  private static List<Integer> numbers(String list) {
    return Arrays.stream(list.split(",", -1)).map(Integer::valueOf).toList();
  }
}
