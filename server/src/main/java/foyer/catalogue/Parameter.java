package foyer.catalogue;

import foyer.wire.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A number that policies set. Each is declared here once: its name in the database and on the wire,
 * what it may be, which of two values counts where two policies hold, and what it does to whom.
 */
public enum Parameter {
  HOLD_BEFORE(
      "booking.hold-before",
      Kind.MINUTES,
      new Bounds(0, 240),
      Stricter.LARGER,
      "K-4.3.2",
      new Names("会前占用", "Held before the start"),
      new Names(
          "会议开始前,会议室为召集人及准备人员保留的时间;其他预订不能占用。",
          "How long before a meeting its room is held for those who prepare it; nobody else can book these minutes.")),
  SHORTEST(
      "booking.shortest",
      Kind.MINUTES,
      new Bounds(5, 480),
      Stricter.LARGER,
      null,
      new Names("单次最短时长", "Shortest booking"),
      new Names("任何人的预订至少这么长。", "No booking, whoever makes it, is shorter.")),
  LONGEST(
      "booking.longest",
      Kind.MINUTES,
      new Bounds(15, 44_640),
      Stricter.SMALLER,
      null,
      new Names("单次最长时长", "Longest booking"),
      new Names(
          "任何人的预订,含延长,最多这么长。", "No booking, whoever makes it, is longer, extensions included.")),
  HORIZON(
      "booking.horizon-days",
      Kind.DAYS,
      new Bounds(1, 1_830),
      Stricter.SMALLER,
      null,
      new Names("可提前预订天数", "Booking horizon"),
      new Names("所有人最多提前这么多天预订。", "How far ahead anybody can book.")),
  LATE_ENTRY(
      "booking.late-entry",
      Kind.MINUTES,
      new Bounds(0, 240),
      Stricter.SMALLER,
      null,
      new Names("补录时限", "Late entry"),
      new Names("会议已开始多久仍可补录预订。", "How long after its start a meeting can still be entered.")),
  PREPARING(
      "door.preparing",
      Kind.MINUTES,
      new Bounds(0, 60),
      Stricter.LARGER,
      "K-4.3.2",
      new Names("会前准备", "Preparing"),
      new Names(
          "会前多久门口屏显示“准备中”,参会人员可以签到。",
          "How long before the start doors say that a meeting is prepared, and its people can sign in.")),
  ENDING(
      "door.ending",
      Kind.MINUTES,
      new Bounds(0, 60),
      Stricter.LARGER,
      null,
      new Names("即将结束提示", "Ending soon"),
      new Names("会议结束前多久门口屏提醒室内人员。", "How long before the end doors remind those inside.")),
  OVER_TIME(
      "door.over-time",
      Kind.MINUTES,
      new Bounds(0, 120),
      Stricter.LARGER,
      null,
      new Names("超时显示", "Over time"),
      new Names(
          "会议到时无人结束,门口屏仍显示有人多久;其间可以延长。",
          "How long after the end doors take it that people are still inside; they can extend meanwhile.")),
  DOOR_BOOK(
      "door.book",
      Kind.LIST_OF_MINUTES,
      new Bounds(5, 480),
      Stricter.COMMON,
      null,
      new Names("门口可选时长", "Lengths at the door"),
      new Names("门口屏供现场使用选择的时长。", "Lengths that doors offer to people who walk up.")),
  DOOR_LONGEST(
      "door.longest",
      Kind.MINUTES,
      new Bounds(5, 1_440),
      Stricter.SMALLER,
      null,
      new Names("现场使用最长", "Longest walk-up"),
      new Names("现场使用会议室的人最多用这么久。", "How long people who walk up can take a room.")),
  DOOR_EXTEND(
      "door.extend",
      Kind.LIST_OF_MINUTES,
      new Bounds(5, 240),
      Stricter.COMMON,
      null,
      new Names("门口延长选项", "Extensions at the door"),
      new Names("门口屏供会议中的人选择的延长时间。", "Steps by which doors let a running meeting be extended.")),
  UNDO_SECONDS(
      "door.undo-seconds",
      Kind.SECONDS,
      new Bounds(0, 300),
      Stricter.SMALLER,
      null,
      new Names("恢复时限", "Time to undo"),
      new Names("提前结束会议后多久可以恢复。", "How long the early end of a meeting can be taken back."));

  /** The most values of a list. */
  public static final int LONGEST_LIST = 6;

  /** What a parameter's values are. */
  public enum Kind {
    MINUTES,
    DAYS,
    SECONDS,
    LIST_OF_MINUTES
  }

  /** Which of two values counts where two policies hold (K-1.2, F-5.1). */
  public enum Stricter {
    LARGER,
    SMALLER,
    /** Of two lists, what is in both. */
    COMMON
  }

  /**
   * What a number may be.
   *
   * @param least inclusive
   * @param most inclusive
   */
  public record Bounds(int least, int most) {}

  private final String word;
  private final Kind kind;
  private final Bounds bounds;
  private final Stricter stricter;
  private final @Nullable String clause;
  private final Names label;
  private final Names says;

  Parameter(
      String word,
      Kind kind,
      Bounds bounds,
      Stricter stricter,
      @Nullable String clause,
      Names label,
      Names says) {
    this.word = word;
    this.kind = kind;
    this.bounds = bounds;
    this.stricter = stricter;
    this.clause = clause;
    this.label = label;
    this.says = says;
  }

  /** The parameter of that name. */
  public static Optional<Parameter> of(String word) {
    return Arrays.stream(values()).filter(parameter -> parameter.word.equals(word)).findFirst();
  }

  /** Its name in the database and on the wire. */
  public String word() {
    return word;
  }

  /** What its values are. */
  public Kind kind() {
    return kind;
  }

  /** Whether its values are lists. */
  public boolean isList() {
    return kind == Kind.LIST_OF_MINUTES;
  }

  /** What its value, or each of a list, may be. */
  public Bounds bounds() {
    return bounds;
  }

  /** Which of two values counts. */
  public Stricter stricter() {
    return stricter;
  }

  /** The clause that asks for it; null for the company's own. */
  public @Nullable String clause() {
    return clause;
  }

  /**
   * Whether a policy may leave it to the company's default set: what a clause asks for is said by
   * the policy itself.
   */
  public boolean mayBeLeft() {
    return clause == null;
  }

  /** What people call it. */
  public Names label() {
    return label;
  }

  /** What it does, and whom it touches. */
  public Names says() {
    return says;
  }

  /** What counts of two values. */
  List<Integer> strictest(List<Integer> one, List<Integer> other) {
    return switch (stricter) {
      case LARGER -> one.getFirst() >= other.getFirst() ? one : other;
      case SMALLER -> one.getFirst() <= other.getFirst() ? one : other;
      case COMMON -> one.stream().filter(other::contains).toList();
    };
  }
}
