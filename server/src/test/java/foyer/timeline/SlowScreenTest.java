package foyer.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.catalogue.Catalogues;
import foyer.testing.Eventually;
import foyer.testing.Screen;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import foyer.timeline.LiveSockets.Limits;
import foyer.wire.Stamp;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Displays that do not read, or do not answer, with limits that a test can wait for. */
@Tag("alone")
class SlowScreenTest {

  private static final int PUSHES = 2000;
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final Duration SHORT = Duration.ofMillis(300);

  @RegisterExtension static final TestDatabase database = TestDatabase.create();
  private static final Vertx VERTX = Vertx.vertx();

  @AfterAll
  static void close() throws Exception {
    VERTX.close().await(30, TimeUnit.SECONDS);
  }

  @Test
  void whoDoesNotReadSkipsCostsBoundedMemoryAndIsClosedWhileTheOthersSeeEverything()
      throws Exception {
    House house = House.open(new Limits(64 * 1024, 1000, LONG, SHORT, LONG));
    try (Screen reader = Screen.open(house.live());
        RawScreen stuck = RawScreen.open(house.live())) {
      reader.next();
      house.push(reader);
      Eventually.becomes("the stuck one is given up", () -> house.connected() == 1);
      assertThat(stuck.readUntilClose().closeCode()).isEqualTo(1013);
      assertThat(stuck.bytes()).as("of %s", PUSHES * 8192L).isLessThan(256 * 1024);
    }
  }

  @Test
  void whoReadsAgainInTimeGetsTheLatestAndStays() throws Exception {
    House house = House.open(new Limits(64 * 1024, 1000, LONG, LONG, LONG));
    try (Screen reader = Screen.open(house.live());
        RawScreen slow = RawScreen.open(house.live())) {
      reader.next();
      String present = house.feedShows();
      house.push(reader);
      slow.read();
      String last = "";
      while (!last.equals(present)) {
        last = new String(slow.read().payload(), StandardCharsets.UTF_8);
      }
      assertThat(house.connected()).isEqualTo(2);
    }
  }

  @Test
  void whoDoesNotEvenHearTheFarewellIsHungUpOn() throws Exception {
    House house = House.open(new Limits(64 * 1024, 1000, LONG, SHORT, SHORT));
    try (Screen reader = Screen.open(house.live());
        RawScreen stuck = RawScreen.open(house.live())) {
      reader.next();
      house.push(reader);
      Eventually.becomes("the line is dead", () -> !takes(stuck));
    }
  }

  @Test
  void whoAnswersNoPingIsCutOff() throws Exception {
    House house = House.open(new Limits(64 * 1024, 1000, SHORT, LONG, LONG));
    try (Screen answering = Screen.open(house.live());
        RawScreen silent = RawScreen.open(house.live())) {
      assertThat(silent.readUntilClose().closeCode()).isEqualTo(1008);
      assertThat(house.connected()).isEqualTo(1);
      assertThat(answering.closed()).isNotDone();
    }
  }

  private static boolean takes(RawScreen screen) {
    try {
      screen.send(RawScreen.PONG, true, new byte[0]);
      return true;
    } catch (IOException dead) {
      return false;
    }
  }

  /** The live part of a server with limits of its own. */
  private static final class House extends VerticleBase {
    private final Limits limits;
    private final Pool pool;
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private @Nullable RoomFeed feed;
    private @Nullable LiveSockets sockets;

    private House(Limits limits, Pool pool) {
      this.limits = limits;
      this.pool = pool;
    }

    static synchronized House open(Limits limits) throws Exception {
      if (database.number("SELECT count(*) FROM room") == 0) {
        database.execute(TestServer.COMPANY);
      }
      var at = database.address();
      PgConnectOptions options =
          new PgConnectOptions()
              .setHost(at.host())
              .setPort(at.port())
              .setDatabase(at.database())
              .setUser(at.user())
              .setPassword(at.password());
      House house = new House(limits, PgBuilder.pool().connectingTo(options).using(VERTX).build());
      VERTX.deployVerticle(house).await(30, TimeUnit.SECONDS);
      return house;
    }

    @Override
    public Future<?> start() {
      ServerTime time = new ServerTime();
      RoomFeed made = new RoomFeed(vertx, pool, new Catalogues(pool), time);
      LiveSockets live = new LiveSockets(vertx, made, time, limits);
      feed = made;
      sockets = live;
      HttpServer server =
          vertx
              .createHttpServer(new HttpServerOptions().setSendBufferSize(16 * 1024))
              .webSocketHandler(socket -> live.accept(socket, () -> true));
      return made.start()
          .onSuccess(read -> live.start())
          .compose(read -> server.listen(0, "127.0.0.1"))
          .onSuccess(listening -> port.complete(listening.actualPort()));
    }

    URI live() throws Exception {
      return URI.create("ws://127.0.0.1:" + port.get(30, TimeUnit.SECONDS) + "/live/rooms/a");
    }

    String feedShows() {
      return Objects.requireNonNull(feed).of("a").orElseThrow().text();
    }

    int connected() throws Exception {
      CompletableFuture<Integer> size = new CompletableFuture<>();
      context.runOnContext(now -> size.complete(Objects.requireNonNull(sockets).size()));
      return size.get(30, TimeUnit.SECONDS);
    }

    /** Shows 16 MiB, and waits after each piece until somebody who reads has seen it. */
    void push(Screen reader) {
      for (int i = 0; i < PUSHES; i++) {
        String text =
            "{\"type\":\"timeline\",\"number\":" + i + ",\"fill\":\"" + "x".repeat(8150) + "\"}";
        Shown shown =
            new Shown(
                "a",
                "hq",
                new Stamp(1, 1, Instant.EPOCH),
                Instant.MAX,
                text,
                Buffer.buffer(text),
                1,
                1);
        context.runOnContext(now -> Objects.requireNonNull(sockets).shown(shown));
        assertThat(reader.next()).isEqualTo(text);
      }
    }
  }
}
