package foyer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.wire.Json;
import foyer.wire.Stamp;
import foyer.wire.Timeline;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A display's WebSocket, as a test holds it. */
public final class Screen implements WebSocket.Listener, AutoCloseable {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final long PATIENCE_SECONDS = Eventually.PATIENCE.toSeconds();

  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder part = new StringBuilder();
  private @Nullable WebSocket socket;

  private Screen() {}

  /** Connects, as the admin whom {@link SignedIn} knows. */
  public static Screen open(URI uri) {
    return open(uri, SignedIn.COOKIE);
  }

  /** Connects with that cookie. */
  public static Screen open(URI uri, String cookie) {
    Screen screen = new Screen();
    screen.socket =
        CLIENT
            .newWebSocketBuilder()
            .header("Cookie", cookie)
            .connectTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .buildAsync(uri, screen)
            .join();
    return screen;
  }

  /** The next message, or an assertion that fails after {@link Eventually#PATIENCE}. */
  public String next() {
    try {
      String message = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("the display hears nothing");
      }
      return message;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** The next message that is such a one; what comes before it is passed over. */
  public String next(Predicate<JsonNode> such) {
    String message = next();
    while (!such.test(json(message))) {
      message = next();
    }
    return message;
  }

  /** The next timeline. */
  public Timeline timeline() {
    return Json.read(
        next(m -> m.path("type").asText().equals("timeline")).getBytes(StandardCharsets.UTF_8),
        Timeline.class);
  }

  /** Says something. */
  public void say(String text) {
    socket().sendText(text, true).join();
  }

  /** Says that it shows this of a room. */
  public void claim(String room, long epoch, long revision) {
    say(
        "{\"type\":\"shown\",\"timelines\":[{\"room\":\"%s\",\"epoch\":%d,\"revision\":%d}]}"
            .formatted(room, epoch, revision));
  }

  /** Says that it shows this of a room. */
  public void claim(String room, Stamp stamp) {
    claim(room, stamp.epoch(), stamp.revision());
  }

  /** The socket itself. */
  public WebSocket socket() {
    WebSocket connected = socket;
    if (connected == null) {
      throw new IllegalStateException("not connected");
    }
    return connected;
  }

  /** Completes with the close code when the connection has ended; 1006 where none was said. */
  public CompletableFuture<Integer> closed() {
    return closed;
  }

  /** The code with which the server closes within 10 s. */
  public int closeCode() throws Exception {
    return closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    socket().abort();
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      heard.add(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.complete(1006);
  }

  /** A message as a tree. */
  public static JsonNode json(String message) {
    return Json.read(message.getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }
}
