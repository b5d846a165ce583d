package foyer.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Clients that book overlapping times of a few rooms; each keeps one booking at most, and cancels
 * it when it got another, or loses patience. Each request that is not answered is sent again under
 * the same Idempotency-Key until it is.
 */
final class Fight {

  private static final int QUARTERS = 48;
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration ANSWERED_WITHIN = Duration.ofSeconds(20);
  private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();

  private final URI server;
  private final House house;
  private final List<String> rooms;
  private final Instant from;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Booked> booked = new ConcurrentLinkedQueue<>();
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
  private final Queue<Long> cancelled = new ConcurrentLinkedQueue<>();
  private final Map<String, LongAdder> answers = new ConcurrentSkipListMap<>();

  /** A booking that the server acknowledged. */
  record Booked(long id, String room, Instant start, Instant end) {}

  /** A time that the server said was taken, and the time in which it decided that. */
  record Refused(String room, Instant start, Instant end, Instant sent, Instant answered) {}

  /**
   * What the clients were told.
   *
   * @param cancelled ids of bookings whose cancellation was acknowledged
   * @param answers how many there were of each kind
   */
  record Outcome(
      List<Booked> booked,
      List<Refused> refused,
      List<Long> cancelled,
      Map<String, Long> answers) {}

  /**
   * A fight for twelve hours of the rooms of the company's arena.
   *
   * @param server base address
   * @param from first instant of the times that are fought for; in the future
   */
  Fight(URI server, House house, Instant from) {
    this.server = server;
    this.house = house;
    this.rooms = House.arena();
    this.from = from;
  }

  /** Fights with so many clients for as long as it shall go on. */
  Outcome run(int clients, BooleanSupplier goesOn) {
    try (ExecutorService each = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        Random random = new Random(i);
        running.add(each.submit(() -> fight(random, goesOn)));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    Map<String, Long> counts = new TreeMap<>();
    answers.forEach((kind, count) -> counts.put(kind, count.sum()));
    return new Outcome(List.copyOf(booked), List.copyOf(refused), List.copyOf(cancelled), counts);
  }

  /** How many bookings were acknowledged until now. */
  int acknowledged() {
    return booked.size();
  }

  /** How many times were said to be taken until now. */
  int refusals() {
    return refused.size();
  }

  private void fight(Random random, BooleanSupplier goesOn) {
    long held = -1;
    while (goesOn.getAsBoolean()) {
      String room = rooms.get(random.nextInt(rooms.size()));
      Instant start = from.plus(QUARTER.multipliedBy(random.nextInt(QUARTERS)));
      Instant end = start.plus(QUARTER.multipliedBy(1 + random.nextInt(4)));
      long id = book(room, start, end);
      if (held >= 0 && (id >= 0 || random.nextInt(4) == 0)) {
        cancel(held);
        held = -1;
      }
      held = id >= 0 ? id : held;
    }
  }

  private long book(String room, Instant start, Instant end) {
    String body = "{\"subject\": \"抢会议室\", \"start\": \"" + start + "\", \"end\": \"" + end + "\"}";
    Instant sent = Instant.now();
    HttpResponse<String> response = answer("/api/rooms/" + room + "/bookings", body);
    Instant answered = Instant.now();
    if (response.statusCode() == 201) {
      String location = response.headers().firstValue("Location").orElse("/-1");
      long id = Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
      booked.add(new Booked(id, room, start, end));
      return id;
    }
    if (response.statusCode() == 409) {
      refused.add(new Refused(room, start, end, sent, answered));
    }
    return -1;
  }

  private void cancel(long id) {
    int status = answer("/api/bookings/" + id + "/cancel", "{}").statusCode();
    if (status == 200 || status == 409) {
      cancelled.add(id);
    }
  }

  /** Sends it until it is answered with something that is not "later". */
  private HttpResponse<String> answer(String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Cookie", house.cookie())
            .header("X-Csrf-Token", house.csrfToken())
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .timeout(ANSWERED_WITHIN)
            .POST(BodyPublishers.ofString(body))
            .build();
    long deadline = System.nanoTime() + GIVE_UP_AFTER.toNanos();
    while (true) {
      try {
        HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
        count(Integer.toString(response.statusCode()));
        if (response.statusCode() < 500) {
          return response;
        }
      } catch (IOException e) {
        count("no answer");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("no answer for " + GIVE_UP_AFTER);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void count(String kind) {
    answers.computeIfAbsent(kind, none -> new LongAdder()).increment();
  }
}
