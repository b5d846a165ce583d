package foyer.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last timeline of each room, in memory for the pages and on disk for the next start. Only a
 * newer timeline replaces one. Memory belongs to one event loop; the disk is written by {@link
 * #save} wherever blocking is allowed.
 */
final class TimelineStore {

  private static final Logger LOG = LoggerFactory.getLogger(TimelineStore.class);
  private static final String ENDING = ".json";

  private final Disk disk;
  private final Consumer<Runnable> writer;
  private final Map<String, HeldTimeline> held = new TreeMap<>();
  private final Map<String, Optional<byte[]>> unsaved = new LinkedHashMap<>();
  private final List<Consumer<Change>> listeners = new ArrayList<>();
  private volatile boolean saving = true;

  /**
   * An empty store.
   *
   * @param writer runs what blocks, one after the other
   */
  TimelineStore(Disk disk, Consumer<Runnable> writer) {
    this.disk = disk;
    this.writer = writer;
  }

  /** Reads what the disk has; a file that is no timeline is set aside. Blocks. */
  void load() throws IOException {
    for (String name : disk.names(ENDING)) {
      byte[] bytes = disk.read(name).orElse(new byte[0]);
      try {
        HeldTimeline timeline = HeldTimeline.of(bytes);
        if (!name.equals(timeline.room() + ENDING)) {
          throw new IllegalArgumentException("it is of room " + timeline.room());
        }
        held.put(timeline.room(), timeline);
      } catch (IllegalArgumentException e) {
        LOG.warn("{} cannot be used, kept as {}: {}", name, disk.setAside(name), e.getMessage());
      }
    }
  }

  /** Forgets all other rooms, as after the device was put at another door. */
  void keepOnly(Set<String> rooms) {
    Set.copyOf(held.keySet()).stream().filter(room -> !rooms.contains(room)).forEach(this::remove);
  }

  /** Whoever wants to hear of each change, on the event loop. */
  void onChange(Consumer<Change> listener) {
    listeners.add(listener);
  }

  /**
   * Takes the timeline if it is newer than the room's present one; says whether it was taken.
   *
   * @throws IllegalArgumentException if the bytes are no timeline of that room
   */
  boolean offer(String room, byte[] bytes) {
    HeldTimeline offered = HeldTimeline.of(bytes);
    if (!offered.room().equals(room)) {
      throw new IllegalArgumentException("a timeline of " + offered.room());
    }
    HeldTimeline present = held.get(room);
    if (present != null && !offered.stamp().supersedes(present.stamp())) {
      return false;
    }
    held.put(room, offered);
    toDisk(room, Optional.of(bytes));
    listeners.forEach(listener -> listener.accept(new Change.Newer(offered)));
    return true;
  }

  /** The room is no more. */
  void remove(String room) {
    HeldTimeline gone = held.remove(room);
    if (gone != null) {
      toDisk(room, Optional.empty());
      listeners.forEach(listener -> listener.accept(new Change.Gone(room, gone.timeline().site())));
    }
  }

  /** The room's present timeline. */
  Optional<HeldTimeline> get(String room) {
    return Optional.ofNullable(held.get(room));
  }

  /** All present timelines, by room. */
  Collection<HeldTimeline> all() {
    return held.values();
  }

  /** The rooms that are held, and the revision of each. */
  Map<String, Long> shown() {
    Map<String, Long> shown = new LinkedHashMap<>();
    held.values().forEach(one -> shown.put(one.room(), one.timeline().revision()));
    return shown;
  }

  /** Whether the last write reached the disk. */
  boolean isSaving() {
    return saving;
  }

  /** Tries once more to write what could not be written. */
  void retry() {
    if (!saving) {
      writer.accept(this::save);
    }
  }

  private void toDisk(String room, Optional<byte[]> bytes) {
    synchronized (unsaved) {
      unsaved.put(room, bytes);
    }
    writer.accept(this::save);
  }

  /** Brings to disk whatever is not there yet; of several timelines of a room only the last. */
  private void save() {
    Map<String, Optional<byte[]>> now;
    synchronized (unsaved) {
      now = new LinkedHashMap<>(unsaved);
      unsaved.clear();
    }
    now.forEach(this::save);
  }

  private void save(String room, Optional<byte[]> bytes) {
    try {
      if (bytes.isPresent()) {
        disk.write(room + ENDING, bytes.get());
      } else {
        disk.delete(room + ENDING);
      }
      saving = true;
    } catch (IOException e) {
      if (saving) {
        LOG.error("timelines cannot be kept on disk: {}", e.toString());
      }
      saving = false;
      synchronized (unsaved) {
        unsaved.putIfAbsent(room, bytes);
      }
    }
  }

  /** What has become of a room. */
  sealed interface Change {

    /** The room concerned. */
    String room();

    /** Its site. */
    String site();

    /** A newer timeline is shown from now on. */
    record Newer(HeldTimeline timeline) implements Change {

      @Override
      public String room() {
        return timeline.room();
      }

      @Override
      public String site() {
        return timeline.timeline().site();
      }
    }

    /** The room was taken away. */
    record Gone(String room, String site) implements Change {}
  }
}
