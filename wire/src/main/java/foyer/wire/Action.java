package foyer.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that may be asked for at the door while an entry is in force; the rules that will check
 * it have computed it.
 *
 * @param act {@code book}, {@code check-in} (of the next meeting while this one still goes on) or
 *     {@code extend}
 * @param booking the booking that it is about; absent where it is the entry's own, and for {@code
 *     book}
 * @param until the latest end that may be asked for ({@code book}, {@code extend}); absent
 *     otherwise
 */
@JsonInclude(Include.NON_NULL)
public record Action(String act, @Nullable Long booking, @Nullable Instant until) {

  /** Book the room from now on, ending at the latest at {@code until}. */
  public static Action book(Instant until) {
    return new Action("book", null, until);
  }

  /** Sign in to the next meeting. */
  public static Action checkIn(long booking) {
    return new Action("check-in", booking, null);
  }

  /** Move the end of the entry's meeting, at the latest to {@code until}. */
  public static Action extend(Instant until) {
    return new Action("extend", null, until);
  }
}
