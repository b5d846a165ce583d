package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.wire.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, with a real Mosquitto; there is no server. */
@Timeout(180)
class DeviceProgramTest {

  private static final String STATUS = Topics.deviceStatus("door-1");
  private static final String TIMELINE = Topics.roomTimeline("r1");

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Process> programs = new ArrayList<>();
  private Mosquitto broker;
  private Peer server;

  /** The display's program; its own module has the same lines. */
  static final class Display {

    private Display() {}

    /** As of the real one. */
    public static void main(String[] args) {
      DeviceProgram.run(DeviceKind.DISPLAY, router -> {}, args);
    }
  }

  @BeforeEach
  void start() throws Exception {
    Path place = Files.createDirectory(folder.resolve("broker"));
    broker = Mosquitto.start(place, List.of("door-1", "server", "other"));
    server = Peer.connect(broker.uri(), "server");
  }

  @AfterEach
  void stop() throws Exception {
    for (Process program : programs) {
      program.destroyForcibly().waitFor();
    }
    server.close();
    broker.close();
  }

  @Test
  void whatIsPublishedIsOnThePageAtOnceAndStillAfterBothWereKilled() throws Exception {
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 5));
    Program program = program(List.of());
    shows(program, Timelines.bytes("r1", 1, 5));
    server.retain(TIMELINE, Timelines.bytes("r1", 1, 6));
    shows(program, Timelines.bytes("r1", 1, 6));
    broker.kill();
    shows(program, Timelines.bytes("r1", 1, 6));
    program.process().destroyForcibly().waitFor();
    Program next = program(List.of());
    shows(next, Timelines.bytes("r1", 1, 6));
  }

  @Test
  void aProgramThatIsKilledIsSeenToBeOfflineAndComesBackOnline() throws Exception {
    server.listen(STATUS);
    Program program = program(List.of());
    assertThat(server.next(status -> status.contains("online")))
        .contains("\"kind\":\"display\"", "\"software\":", "\"startedAt\":", "\"shown\":{}");
    program.process().destroyForcibly().waitFor();
    assertThat(server.next(status -> true))
        .isEqualTo("{\"device\":\"door-1\",\"kind\":\"display\",\"state\":\"offline\"}");
    program(List.of());
    assertThat(server.next(status -> true)).contains("\"state\":\"online\"");
  }

  @Test
  void aProgramThatIsToldToStopSaysGoodbyeWithinTwoSeconds() throws Exception {
    server.listen(STATUS);
    Program program = program(List.of());
    server.next(status -> status.contains("online"));
    program.process().destroy();
    assertThat(program.process().waitFor(2, TimeUnit.SECONDS)).as("it has ended").isTrue();
    assertThat(server.next(status -> true)).contains("\"state\":\"offline\"");
  }

  @Test
  void aSecondProgramOnTheSameFolderIsRefused() throws Exception {
    program(List.of());
    refused(List.of(), "is in use by another program");
  }

  private void refused(List<String> options, String why) throws Exception {
    Process program = launch(options(options));
    String said = new String(program.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).as("exit code").isEqualTo(2);
    assertThat(said.lines().filter(line -> line.contains("room-display:")).toList())
        .hasSize(1)
        .first(org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .contains(why);
    assertThat(said).doesNotContain("\tat ");
  }

  private void shows(Program program, byte[] timeline) {
    Eventually.holds(
        "the page's program answers the timeline",
        Eventually.PATIENCE,
        () -> java.util.Arrays.equals(timeline(program).body(), timeline));
  }

  private HttpResponse<byte[]> timeline(Program program) {
    return get(program, "/api/rooms/r1/timeline");
  }

  private String body(Program program, String path) {
    return new String(get(program, path).body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> get(Program program, String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(program.address()).resolve(path)).build(),
          HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new AssertionError("the program is not there", e);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts the program and waits until its page is there. */
  private Program program(List<String> more) throws IOException {
    Process process = launch(options(more));
    BufferedReader out = process.inputReader();
    String line = out.readLine();
    while (line != null && !line.startsWith("ready ")) {
      line = out.readLine();
    }
    assertThat(line).as("the program starts").isNotNull();
    Thread.ofVirtual().start(() -> out.lines().forEach(rest -> {}));
    return new Program(process, line.substring("ready ".length()));
  }

  private List<String> options(List<String> more) {
    List<String> options = new ArrayList<>();
    options.addAll(List.of("--device", "door-1", "--site", "sh", "--rooms", "r1"));
    options.addAll(List.of("--server", "http://127.0.0.1:1", "--broker", broker.uri()));
    options.addAll(List.of("--port", "0", "--data", folder.resolve("data").toString()));
    options.addAll(more);
    return options;
  }

  private Process launch(List<String> options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp"));
    command.addAll(List.of(System.getProperty("java.class.path"), Display.class.getName()));
    command.addAll(options);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("FOYER_DEVICE_PASSWORD", Mosquitto.PASSWORD);
    Process process = builder.start();
    programs.add(process);
    return process;
  }

  private record Program(Process process, String address) {}
}
