package foyer.timeline;

import foyer.catalogue.Catalogue;
import foyer.catalogue.Catalogues;
import foyer.timeline.RoomRows.Standing;
import foyer.wire.Timeline;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what is shown of every room equal to the record. A changed room is read again at once; once
 * a second all revisions are compared with what is shown, so that nothing that was told and not
 * heard stays wrong. Lives on one event loop; {@link #changed} and the look-ups may be called from
 * any thread.
 */
public final class RoomFeed {

  private static final Logger LOG = LoggerFactory.getLogger(RoomFeed.class);
  private static final int ROOMS_AT_ONCE = 500;
  private static final long ANSWER_WITHIN_MS = 5000;
  private static final Duration SHORTENED_AGAIN_AFTER = Duration.ofMinutes(10);

  /** A display that claims to be so many restores ahead does not tell the truth. */
  private static final long BELIEVABLE_EPOCHS = 1000;

  /** Told what is new, on the feed's event loop. */
  public interface Listener {
    /** A room is shown anew. */
    void shown(Shown shown);

    /** A room was taken away. */
    void gone(String room, String site);

    /** A room has gone to another site, where it is shown. */
    default void moved(String room, String fromSite) {}
  }

  private final Vertx vertx;
  private final RoomRows rows;
  private final Catalogues catalogues;
  private final ServerTime time;
  private final Context context;
  private final Map<String, Shown> shown = new ConcurrentHashMap<>();
  private final List<Listener> listeners = new ArrayList<>();
  private final Set<String> dirty = new LinkedHashSet<>();
  private final Map<String, Claim> claims = new HashMap<>();
  private final Map<String, Instant> readAt = new HashMap<>();
  private final Set<String> shownSinceAsked = new HashSet<>();
  private boolean reading;
  private boolean comparing;
  private Runnable onAccessChange = () -> {};
  private long access;
  private volatile long comparedAtNanos = System.nanoTime() - Duration.ofDays(1).toNanos();

  /** What a display says that it shows. */
  record Claim(String room, long epoch, long revision) {

    boolean isAhead(long otherEpoch, long otherRevision) {
      return epoch > otherEpoch || (epoch == otherEpoch && revision > otherRevision);
    }
  }

  /** A feed that begins with {@link #start}; to be made on the event loop that it shall live on. */
  public RoomFeed(Vertx vertx, Pool pool, Catalogues catalogues, ServerTime time) {
    this.vertx = vertx;
    this.rows = new RoomRows(pool);
    this.catalogues = catalogues;
    this.time = time;
    this.context = vertx.getOrCreateContext();
  }

  /** Reads all rooms, and from then on keeps them. */
  public Future<?> start() {
    return catalogues
        .load()
        .compose(catalogue -> ask())
        .compose(standing -> readAll(new ArrayList<>(standing.revisions().keySet())))
        .onSuccess(done -> vertx.setPeriodic(1000, tick -> compare()));
  }

  /** Adds somebody who is told what is new; on the feed's event loop. */
  public void listen(Listener listener) {
    listeners.add(listener);
  }

  /** Takes it that these rooms have changed. A hint: what is shown is what the database says. */
  public void changed(Collection<String> rooms) {
    List<String> copy = List.copyOf(rooms);
    context.runOnContext(
        now -> {
          dirty.addAll(copy);
          readDirty();
        });
  }

  /** What is shown of the room. */
  public Optional<Shown> of(String room) {
    return Optional.ofNullable(shown.get(room));
  }

  /** What is shown of all rooms. */
  public Collection<Shown> all() {
    return shown.values();
  }

  /** Whether there is such a site, with rooms or without. */
  boolean hasSite(String site) {
    return catalogues.latest().sites().containsKey(site);
  }

  /** The event loop that it lives on. */
  Context context() {
    return context;
  }

  /**
   * How long ago the record was last compared; a large one means that the database does not answer.
   */
  public Duration age() {
    return Duration.ofNanos(System.nanoTime() - comparedAtNanos);
  }

  /** Runs it on the feed's event loop within a second of each change of somebody's rights. */
  void onAccessChange(Runnable work) {
    onAccessChange = work;
  }

  /**
   * Takes note of what a display shows; a revision that the record does not know yet means that the
   * record was restored. On the feed's event loop; one claim a room is kept, the highest.
   */
  void claimed(Collection<Claim> newClaims) {
    newClaims.stream()
        .filter(claim -> shown.containsKey(claim.room()))
        .forEach(claim -> claims.merge(claim.room(), claim, RoomFeed::higher));
  }

  private static Claim higher(Claim one, Claim other) {
    return other.isAhead(one.epoch(), one.revision()) ? other : one;
  }

  private Future<?> readAll(List<String> ids) {
    if (ids.isEmpty()) {
      return Future.succeededFuture();
    }
    List<String> part = ids.subList(0, Math.min(ROOMS_AT_ONCE, ids.size()));
    return read(part).compose(done -> readAll(ids.subList(part.size(), ids.size())));
  }

  private void readDirty() {
    if (reading || dirty.isEmpty()) {
      return;
    }
    reading = true;
    List<String> part = dirty.stream().limit(ROOMS_AT_ONCE).toList();
    part.forEach(dirty::remove);
    read(part)
        .onComplete(
            done -> {
              reading = false;
              readDirty();
            },
            failure -> {
              reading = false;
              LOG.warn("rooms not read, trying again within a second: {}", failure.getMessage());
            });
  }

  private Future<?> read(List<String> ids) {
    return rows.read(ids)
        .map(
            found -> {
              Catalogue catalogue = catalogues.latest();
              Set<String> missing = new HashSet<>(ids);
              for (RoomRow room : found) {
                missing.remove(room.id());
                guarded(room.id(), () -> show(room, catalogue));
              }
              missing.forEach(this::takeAway);
              return found;
            });
  }

  private void show(RoomRow room, Catalogue catalogue) {
    readAt.put(room.id(), room.now());
    TimelineMaker.Made made = TimelineMaker.make(room, catalogue);
    Timeline timeline = made.timeline();
    Shown next =
        Shown.of(timeline, made.bytes(), catalogue.revision(), defaults(catalogue, room.now()));
    @Nullable Shown last = shown.get(room.id());
    if (last != null && (next.saysTheSameAs(last) || !next.stamp().supersedes(last.stamp()))) {
      return;
    }
    shown.put(room.id(), next);
    if (last != null && !last.site().equals(next.site())) {
      listeners.forEach(l -> guarded(next.room(), () -> l.moved(next.room(), last.site())));
    }
    shownSinceAsked.add(room.id());
    listeners.forEach(listener -> guarded(next.room(), () -> listener.shown(next)));
  }

  private void takeAway(String room) {
    readAt.remove(room);
    @Nullable Shown last = shown.remove(room);
    if (last != null) {
      listeners.forEach(listener -> guarded(room, () -> listener.gone(room, last.site())));
    }
  }

  /** One room, or one of those who are told, never keeps the others from being served. */
  private static void guarded(String room, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.error("room {} is not shown as it should be", room, failure);
    }
  }

  /** Compares states, not events: whatever was missed is found. */
  private void compare() {
    if (comparing) {
      return;
    }
    comparing = true;
    List<Claim> heard = List.copyOf(claims.values());
    claims.clear();
    shownSinceAsked.clear();
    ask()
        .compose(standing -> restored(standing, heard))
        .compose(this::newCatalogue)
        .onComplete(
            standing -> {
              comparing = false;
              differences(standing);
            },
            failure -> {
              comparing = false;
              claimed(heard);
              LOG.warn("the database does not answer: {}", failure.getMessage());
            });
  }

  /** Asks where the record stands, and takes PostgreSQL's time from the answer. */
  private Future<Standing> ask() {
    long before = System.nanoTime();
    return rows.compare()
        .onSuccess(
            standing -> {
              comparedAtNanos = System.nanoTime();
              time.measured(standing.now(), before, comparedAtNanos);
            });
  }

  private Future<Standing> newCatalogue(Standing standing) {
    return standing.catalogue() == catalogues.latest().revision()
        ? Future.succeededFuture(standing)
        : catalogues.load().timeout(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS).map(standing);
  }

  private void differences(Standing standing) {
    if (standing.access() != access) {
      access = standing.access();
      onAccessChange.run();
    }
    Catalogue catalogue = catalogues.latest();
    standing
        .revisions()
        .forEach(
            (room, revision) -> {
              Shown last = shown.get(room);
              if (last == null || isOld(last, revision, standing, catalogue)) {
                dirty.add(room);
              }
            });
    shown.keySet().stream()
        .filter(room -> !standing.revisions().containsKey(room))
        .forEach(dirty::add);
    readDirty();
  }

  private boolean isOld(Shown last, long revision, Standing standing, Catalogue catalogue) {
    return last.stamp().revision() < revision
        || last.stamp().epoch() < standing.epoch()
        || last.catalogue() != catalogue.revision()
        || last.defaults() != defaults(catalogue, standing.now())
        || wantsLongerWindow(last, standing.now());
  }

  /** A version of the company's default set begins to hold without anybody doing anything. */
  private static long defaults(Catalogue catalogue, Instant now) {
    return catalogue.inForce(Catalogue.DEFAULT_POLICY, now).id();
  }

  /** Once a day; more often only where the window was cut because it held too much. */
  private boolean wantsLongerWindow(Shown last, Instant now) {
    Instant read = readAt.getOrDefault(last.room(), Instant.EPOCH);
    return last.validUntil().isBefore(TimelineMaker.windowEnd(last.room(), now))
        && now.isAfter(read.plus(SHORTENED_AGAIN_AFTER));
  }

  /**
   * Raises the epoch if the record is older than what is shown: it was restored, and displays would
   * refuse what it says now. Only what was shown or claimed before the comparison was asked for
   * says something about it. The new epoch is higher than any that was seen, because a restore
   * takes the record's own epoch back as well.
   */
  private Future<Standing> restored(Standing standing, List<Claim> heard) {
    Stream<Claim> own =
        shown.values().stream()
            .filter(s -> !shownSinceAsked.contains(s.room()))
            .map(s -> new Claim(s.room(), s.stamp().epoch(), s.stamp().revision()));
    OptionalLong ahead =
        Stream.concat(own, heard.stream().filter(c -> isBelievable(c, standing)))
            .filter(c -> isAhead(c, standing))
            .mapToLong(Claim::epoch)
            .max();
    if (ahead.isEmpty()) {
      return Future.succeededFuture(standing);
    }
    LOG.error(
        "ALARM the database is older than what displays show: it was restored. Raising the epoch from {} to {}",
        standing.epoch(),
        ahead.getAsLong() + 1);
    return rows.raiseEpoch(standing.epoch(), ahead.getAsLong() + 1).compose(raised -> ask());
  }

  private static boolean isBelievable(Claim claim, Standing standing) {
    return claim.epoch() <= standing.epoch() + BELIEVABLE_EPOCHS;
  }

  private static boolean isAhead(Claim claim, Standing standing) {
    Long known = standing.revisions().get(claim.room());
    return known != null && claim.isAhead(standing.epoch(), known);
  }
}
