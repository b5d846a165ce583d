package foyer.embedded;

import foyer.sql.CannotStart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one process that is PostgreSQL: started, taken over, waited for, stopped. */
final class Postmaster {

  /** Below the ports that the system gives to outgoing connections, which could sit on ours. */
  private static final int FIRST_PORT = 15_432;

  private static final int PORTS = 10_000;
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration WATCH_EVERY = Duration.ofMillis(200);
  private static final Duration OLD_MEMORY_GONE = Duration.ofSeconds(5);
  private static final long LOG_LIMIT = 8L << 20;

  private final Cluster cluster;
  private final boolean durable;
  private final int connections;
  private volatile @Nullable ProcessHandle process;
  private volatile int port;

  Postmaster(Cluster cluster, boolean durable, int connections) {
    this.cluster = cluster;
    this.durable = durable;
    this.connections = connections;
  }

  int port() {
    return port;
  }

  long pid() {
    ProcessHandle running = process;
    return running == null ? -1 : running.pid();
  }

  /** Takes over the process that a killed server left running; else starts one. */
  void takeOverOrStart() throws IOException, InterruptedException {
    Optional<ProcessHandle> left = leftBehind(cluster.data());
    if (left.isPresent() && runsOurPrograms(left.get())) {
      process = left.get();
      awaitReady(left.get(), 0);
      port = pidFile(cluster.data()).map(PidFile::port).orElseThrow();
      return;
    }
    if (left.isPresent()) {
      stop(left.get());
    }
    rotateLog();
    port = rememberedPort();
    for (int tries = 0; ; tries++) {
      try {
        startAgain();
        Files.writeString(cluster.port(), port + "\n");
        return;
      } catch (CannotStart failure) {
        if (tries == 5 || !String.valueOf(failure.getMessage()).contains("TCP/IP sockets")) {
          throw failure;
        }
        port = freePort();
      }
    }
  }

  /** Starts it on the same port; waits for the memory of a killed one to be given back. */
  void startAgain() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + OLD_MEMORY_GONE.toNanos();
    while (true) {
      try {
        startOnce();
        return;
      } catch (CannotStart failure) {
        if (System.nanoTime() > deadline
            || !String.valueOf(failure.getMessage()).contains("shared memory block")) {
          throw failure;
        }
        Thread.sleep(WATCH_EVERY);
      }
    }
  }

  /** Returns when the process has died. */
  void awaitDeath() throws InterruptedException {
    ProcessHandle watched = process;
    while (watched != null && watched.isAlive()) {
      Thread.sleep(WATCH_EVERY);
    }
  }

  /** Stops it and waits until it is gone. */
  void stop() {
    ProcessHandle running = process;
    if (running != null && running.isAlive()) {
      stop(running);
    }
  }

  /** Stops the process that a killed server left running in this data folder, if any. */
  static void stopLeftBehind(Path data) throws IOException {
    leftBehind(data).ifPresent(Postmaster::stop);
  }

  private void startOnce() throws IOException, InterruptedException {
    Files.deleteIfExists(Cluster.files(cluster.data()).resolve("postmaster.pid"));
    long before = Files.exists(cluster.log()) ? Files.size(cluster.log()) : 0;
    var builder =
        new ProcessBuilder(Programs.inOwnSession(cluster.user().command(command())))
            .directory(cluster.files().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(cluster.log().toFile()));
    Programs.quietEnvironment(builder);
    Process started = builder.start();
    started.getOutputStream().close();
    process = started.toHandle();
    awaitReady(started.toHandle(), before);
  }

  private List<String> command() {
    var command = new ArrayList<String>();
    command.add(cluster.program("postgres"));
    command.addAll(List.of("-D", cluster.files().toString(), "-p", Integer.toString(port)));
    for (String setting : settings()) {
      command.addAll(List.of("-c", setting));
    }
    return command;
  }

  /** Conflicting bookings are ordinary traffic: statements that fail are not logged. */
  private List<String> settings() {
    String forced = durable ? "on" : "off";
    return List.of(
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=" + connections,
        "shared_buffers=" + (durable ? "128MB" : "64MB"),
        "fsync=" + forced,
        "synchronous_commit=" + forced,
        "full_page_writes=" + forced,
        "wal_level=minimal",
        "max_wal_senders=0",
        "random_page_cost=1.1",
        "jit=off",
        "timezone=UTC",
        "log_timezone=UTC",
        "log_checkpoints=off",
        "log_min_messages=log",
        "tcp_keepalives_idle=30");
  }

  private void awaitReady(ProcessHandle started, long logFrom)
      throws IOException, InterruptedException {
    while (true) {
      Optional<PidFile> file = pidFile(cluster.data());
      if (file.isPresent() && file.get().pid() == started.pid() && file.get().ready()) {
        return;
      }
      if (!started.isAlive()) {
        throw Cluster.cannotStart(
            cluster.data(), Programs.reason(logSince(logFrom)), new IOException("exited"));
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  private String logSince(long from) throws IOException {
    String log = Files.readString(cluster.log(), StandardCharsets.ISO_8859_1);
    return log.substring((int) Math.min(from, log.length()));
  }

  private void rotateLog() throws IOException {
    if (Files.exists(cluster.log()) && Files.size(cluster.log()) > LOG_LIMIT) {
      Files.move(
          cluster.log(),
          cluster.data().resolve("postgres.log.old"),
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private int rememberedPort() throws IOException {
    if (Files.exists(cluster.port())) {
      String text = Files.readString(cluster.port()).strip();
      if (text.matches("\\d{4,5}") && isFree(Integer.parseInt(text))) {
        return Integer.parseInt(text);
      }
    }
    return freePort();
  }

  private static int freePort() {
    int start = ThreadLocalRandom.current().nextInt(PORTS);
    for (int i = 0; i < PORTS; i++) {
      int candidate = FIRST_PORT + (start + i) % PORTS;
      if (isFree(candidate)) {
        return candidate;
      }
    }
    throw new CannotStart(
        "no free port for PostgreSQL on 127.0.0.1: stop a program that takes them");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException taken) {
      return false;
    }
  }

  private boolean runsOurPrograms(ProcessHandle left) {
    return left.info().command().filter(cluster.program("postgres")::equals).isPresent();
  }

  /** Stops a process of PostgreSQL, in the end by force, and waits until it is gone. */
  static void stop(ProcessHandle running) {
    if (!Programs.signal("INT", running.pid()) || !gone(running, 3_000)) {
      Programs.signal("QUIT", running.pid());
      if (!gone(running, 1_000)) {
        running.destroyForcibly();
        gone(running, 1_000);
      }
    }
  }

  private static boolean gone(ProcessHandle running, long millis) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (running.isAlive()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      try {
        Thread.sleep(LOOK_EVERY);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** The process that the pid file names, if it lives and is a PostgreSQL on these very files. */
  private static Optional<ProcessHandle> leftBehind(Path data) throws IOException {
    return pidFile(data).flatMap(file -> ProcessHandle.of(file.pid())).filter(p -> serves(p, data));
  }

  private static boolean serves(ProcessHandle process, Path data) {
    boolean postgres = process.info().command().filter(c -> c.endsWith("/postgres")).isPresent();
    Path itsFolder = Path.of("/proc", Long.toString(process.pid()), "cwd");
    try {
      return postgres
          && (!Files.exists(itsFolder)
              || itsFolder.toRealPath().equals(Cluster.files(data).toRealPath()));
    } catch (IOException diedMeanwhile) {
      return false;
    }
  }

  /**
   * What the postmaster writes about itself.
   *
   * @param pid its process id
   * @param port its TCP port
   * @param ready whether it takes connections
   */
  private record PidFile(long pid, int port, boolean ready) {}

  private static Optional<PidFile> pidFile(Path data) throws IOException {
    Path file = Cluster.files(data).resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file);
    if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
      return Optional.empty();
    }
    int port =
        lines.size() > 3 && lines.get(3).matches("\\d+") ? Integer.parseInt(lines.get(3)) : 0;
    boolean ready = lines.size() > 7 && lines.get(7).startsWith("ready");
    return Optional.of(new PidFile(Long.parseLong(lines.getFirst().strip()), port, ready));
  }
}
