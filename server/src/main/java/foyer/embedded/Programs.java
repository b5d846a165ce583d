package foyer.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs a program to its end. */
final class Programs {

  /**
   * How a program ended.
   *
   * @param status its exit status
   * @param output what it printed
   */
  record Result(int status, String output) {

    /** The line that says why it failed, without the program's own prefix. */
    String reason() {
      return Programs.reason(output);
    }
  }

  private Programs() {}

  static Result run(List<String> command, Path directory) throws IOException {
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    quietEnvironment(builder);
    Process process = builder.redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      return new Result(process.waitFor(), output);
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command.getLast());
    }
  }

  /** The command in a session of its own, so that Ctrl-C in a terminal does not reach it. */
  static List<String> inOwnSession(List<String> command) {
    if (!Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      return command;
    }
    return Stream.concat(Stream.of("/usr/bin/setsid"), command.stream()).toList();
  }

  /**
   * Sends a signal.
   *
   * @param name without SIG
   * @return whether the process was there to get it
   */
  static boolean signal(String name, long pid) {
    try {
      return run(List.of("sh", "-c", "kill -" + name + " " + pid), Path.of("/")).status() == 0;
    } catch (IOException noShell) {
      return false;
    }
  }

  /** Nothing of the caller's environment changes what the programs do or in which language. */
  static void quietEnvironment(ProcessBuilder builder) {
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
  }

  /** The last line that names a failure; else the last line. */
  static String reason(String output) {
    List<String> lines = output.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    return lines.reversed().stream()
        .filter(l -> l.contains("FATAL:") || l.contains("PANIC:") || l.contains("error:"))
        .findFirst()
        .map(l -> l.replaceFirst("^.*?(FATAL|PANIC|error):\\s*", ""))
        .orElse(lines.isEmpty() ? "it said nothing" : lines.getLast());
  }
}
