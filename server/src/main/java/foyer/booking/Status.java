package foyer.booking;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * Where a booking stands; see TERMS in the language table for the four Chinese words that are
 * easily confused.
 */
public enum Status {
  /** 待审批: asked for, blocks nothing. */
  REQUESTED,
  /** 待审批, and blocks the room meanwhile. */
  HELD,
  /** 已通过. */
  CONFIRMED,
  /** 退回: sent back to be corrected. */
  RETURNED,
  /** 驳回: refused. */
  REFUSED,
  /** 撤回: taken back by the sender before the decision. */
  WITHDRAWN,
  /** 撤销: cancelled after approval. */
  CANCELLED,
  /** 让出: gave way to another. */
  DISPLACED,
  /** 释放: released as not used. */
  RELEASED;

  private final String word = name().toLowerCase(Locale.ROOT);

  /** Whether it was asked for and has never held: only its people and who decides know of it. */
  boolean isRequest() {
    return this == REQUESTED || this == RETURNED || this == REFUSED || this == WITHDRAWN;
  }

  /** The word in the database and on the wire. */
  @JsonValue
  public String word() {
    return word;
  }

  /** The status of that word. */
  public static Status of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
