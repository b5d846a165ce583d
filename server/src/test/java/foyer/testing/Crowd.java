package foyer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Displays that come back by themselves whenever their connection has ended, after pauses such as
 * the pages make.
 */
public final class Crowd implements AutoCloseable {

  private static final String PAGES = "/web/kit/live-connection.js";

  private final Vertx vertx = Vertx.vertx();
  private final WebSocketClient client;
  private final String cookie;
  private final long firstPause;
  private final long longestPause;
  private final List<Display> displays;
  private final Map<Long, AtomicInteger> arrivals = new ConcurrentHashMap<>();

  private Crowd(int count, String cookie, IntFunction<URI> live) {
    this.cookie = cookie;
    client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(count));
    String page = page();
    firstPause = constant(page, "FIRST_PAUSE");
    longestPause = constant(page, "LONGEST_PAUSE");
    displays = IntStream.range(0, count).mapToObj(i -> new Display(i, live.apply(i))).toList();
    displays.forEach(Display::connect);
  }

  /**
   * Connects so many displays.
   *
   * @param cookie by which they are let in
   * @param live the address of each by its number
   */
  public static Crowd of(int count, String cookie, IntFunction<URI> live) {
    return new Crowd(count, cookie, live);
  }

  /** Waits until all of them are such. */
  public void awaitAll(Duration within, Predicate<Display> such) {
    Eventually.becomes(
        "all displays are as they should be",
        within,
        () -> {
          List<Integer> others =
              displays.stream().filter(such.negate()).map(Display::number).toList();
          if (!others.isEmpty()) {
            throw new IllegalStateException("not yet: " + others);
          }
          return true;
        });
  }

  /** How many of those that came back set out within the busiest tenth of a second. */
  public int busiestTenth() {
    return arrivals.values().stream().mapToInt(AtomicInteger::get).max().orElse(0);
  }

  @Override
  public void close() {
    vertx.close().await();
  }

  private static String page() {
    try (InputStream in = Crowd.class.getResourceAsStream(PAGES)) {
      if (in == null) {
        throw new AssertionError(PAGES + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long constant(String page, String name) {
    Matcher found = Pattern.compile("const " + name + " = ([0-9_]+);").matcher(page);
    if (!found.find()) {
      throw new AssertionError("the pages know no " + name);
    }
    return Long.parseLong(found.group(1).replace("_", ""));
  }

  /** One of them; lives on an event loop of its own. */
  public final class Display {
    private final int number;
    private final URI live;
    private final Context context = vertx.getOrCreateContext();
    private int failures;
    private boolean wasConnected;
    private volatile boolean connected;
    private volatile long revision;

    private Display(int number, URI live) {
      this.number = number;
      this.live = live;
    }

    /** Counted from 0. */
    public int number() {
      return number;
    }

    /** Whether its connection is open. */
    public boolean connected() {
      return connected;
    }

    /** Of the latest timeline that it has heard over any connection; 0 before the first. */
    public long revision() {
      return revision;
    }

    private void connect() {
      context.runOnContext(
          now -> {
            long tenth = System.nanoTime() / 100_000_000;
            client
                .connect(
                    new WebSocketConnectOptions()
                        .setHost(live.getHost())
                        .setPort(live.getPort())
                        .setURI(live.getPath())
                        .addHeader("Cookie", cookie))
                .onComplete(socket -> opened(socket, tenth), refused -> again());
          });
    }

    private void opened(WebSocket socket, long tenth) {
      socket.textMessageHandler(this::heard);
      socket.closeHandler(
          ended -> {
            connected = false;
            again();
          });
      connected = true;
      if (wasConnected) {
        arrivals.computeIfAbsent(tenth, first -> new AtomicInteger()).incrementAndGet();
      }
      wasConnected = true;
    }

    private void heard(String text) {
      JsonNode message = Screen.json(text);
      if (message.path("type").asText().equals("timeline")) {
        failures = 0;
        revision = message.path("revision").asLong();
      }
    }

    private void again() {
      failures++;
      long longest = Math.min(longestPause, firstPause << Math.min(failures, 20));
      vertx.setTimer(1 + ThreadLocalRandom.current().nextLong(longest), tick -> connect());
    }
  }
}
