package foyer.wire;

import com.fasterxml.jackson.annotation.JsonValue;

/** How confidential a meeting is (K-1.3.4, F-1.4.3): who may read what stands at the door. */
public enum Level {
  /** 内部: subject, convener and department may stand at the door. */
  INTERNAL("internal"),
  /** 保密: the door says only that the meeting is private. */
  CONFIDENTIAL("confidential"),
  /** 高度保密: the door says only that the room is in use. */
  STRICT("strict");

  private final String word;

  Level(String word) {
    this.word = word;
  }

  /** The word on the wire and in the database. */
  @JsonValue
  public String word() {
    return word;
  }

  /** The level of that word; throws {@link IllegalArgumentException} for any other. */
  public static Level of(String word) {
    for (Level level : values()) {
      if (level.word.equals(word)) {
        return level;
      }
    }
    throw new IllegalArgumentException("no level of confidentiality: " + word);
  }
}
