package foyer.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * The time since the machine was started. It goes on while the machine sleeps and does not care
 * what the wall clock says.
 *
 * @param boot tells this start of the machine from all others
 * @param clock ms since that start
 */
record Uptime(String boot, LongSupplier clock) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  /** This machine's; where the kernel does not tell it, the time since this program was started. */
  static Uptime ofThisMachine() {
    try {
      Uptime kernels = new Uptime(Files.readString(BOOT).strip(), Uptime::kernelMillis);
      kernels.millis();
      return kernels;
    } catch (IOException | UncheckedIOException e) {
      return new Uptime(UUID.randomUUID().toString(), () -> System.nanoTime() / 1_000_000);
    }
  }

  /** Ms since the machine was started. */
  long millis() {
    return clock.getAsLong();
  }

  /** proc(5): seconds since boot with two decimals, sleep included. */
  private static long kernelMillis() {
    try {
      String seconds = Files.readString(UPTIME).split(" ", 2)[0];
      return Long.parseLong(seconds.replace(".", "")) * 10;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
