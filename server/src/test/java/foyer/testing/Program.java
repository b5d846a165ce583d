package foyer.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A program of the class path as a process of its own, which a test may kill. */
public final class Program implements AutoCloseable {

  private final Process process;
  private final String address;
  private final List<String> said;

  private Program(Process process, String address, List<String> said) {
    this.process = process;
    this.address = address;
    this.said = said;
  }

  /** Starts the server with these options and waits until it says that it is ready. */
  public static Program server(String... options) throws IOException {
    return start("foyer.Main", options);
  }

  /** Starts the program of that main class and waits until it says that it is ready. */
  public static Program start(String main, String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            main));
    command.addAll(Arrays.asList(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    List<String> said = new CopyOnWriteArrayList<>();
    BufferedReader out = process.inputReader();
    for (String line = out.readLine(); line != null; line = out.readLine()) {
      if (line.startsWith("ready ")) {
        Thread.ofVirtual().start(() -> out.lines().forEach(said::add));
        return new Program(process, line.substring("ready ".length()), said);
      }
      said.add(line);
    }
    throw new AssertionError(main + " did not start: " + said);
  }

  /** Its base address. */
  public String address() {
    return address;
  }

  /** What it has written, apart from being ready. */
  public List<String> said() {
    return said;
  }

  /** The line that begins like this, of those that it wrote until it was ready. */
  public String saidLine(String start) {
    return said.stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing begins with " + start + ": " + said));
  }

  /** Kills it without warning. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Has it stand still, or go on. */
  public void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  /** The process. */
  public Process process() {
    return process;
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroyForcibly();
    }
  }
}
