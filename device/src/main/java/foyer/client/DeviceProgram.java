package foyer.client;

import foyer.webkit.Pages;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.BindException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The {@code main} of both device programs. */
public final class DeviceProgram {

  /** How long saying goodbye may take, in ms. */
  private static final long FAREWELL = 1_700;

  private DeviceProgram() {}

  /**
   * Runs a device's program until it is told to stop. What makes that impossible is said in one
   * line, and the exit code is 2.
   */
  public static void run(DeviceKind kind, String... args) {
    run(kind, router -> Pages.mount(router, Set.of(kind.page())), args);
  }

  /** The same with other pages. */
  static void run(DeviceKind kind, Consumer<Router> pages, String... args) {
    if (List.of(args).contains("--help")) {
      System.out.print(DeviceConfig.help(kind.program()));
      return;
    }
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "foyer/client/logback.xml");
    }
    try {
      System.out.println("ready " + start(kind, pages, List.of(args), System.getenv()));
    } catch (DeviceConfig.Unusable e) {
      System.err.println(kind.program() + ": " + e.getMessage());
      System.exit(2);
    }
  }

  /** Starts the program and says where its page is. */
  private static String start(
      DeviceKind kind, Consumer<Router> pages, List<String> args, Map<String, String> environment) {
    DeviceConfig config = DeviceConfig.read(kind.word(), args, environment);
    Disk disk = disk(config);
    Vertx vertx = Vertx.vertx();
    Device device = new Device(vertx, kind, config, disk, pages);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(vertx), "farewell"));
    try {
      device.remember();
      vertx.deployVerticle(device).await();
      return device.address();
    } catch (IOException e) {
      throw new DeviceConfig.Unusable(config.data() + " cannot be used: " + e.getMessage());
    } catch (Exception e) {
      if (e instanceof BindException || e.getCause() instanceof BindException) {
        throw new DeviceConfig.Unusable(
            "port " + config.port() + " on 127.0.0.1 is taken; choose another with --port");
      }
      throw e;
    }
  }

  /** The folder of what is kept, for this program alone. */
  private static Disk disk(DeviceConfig config) {
    try {
      Disk disk = Disk.open(config.data());
      if (disk.lock().isEmpty()) {
        throw new DeviceConfig.Unusable(
            config.data() + " is in use by another program; choose another with --data");
      }
      return disk;
    } catch (IOException e) {
      throw new DeviceConfig.Unusable(config.data() + " cannot be used: " + e.getMessage());
    }
  }

  private static void end(Vertx vertx) {
    try {
      vertx.close().await(FAREWELL, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      System.err.println("stopped without a last word to the broker");
    }
  }
}
