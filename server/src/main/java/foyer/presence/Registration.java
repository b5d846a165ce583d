package foyer.presence;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.wire.Level;
import foyer.wire.Names;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a kiosk shows to whom it has made out, and to whoever looks over their shoulder.
 *
 * @param name masked
 * @param cameAt when they registered first today
 * @param before whether that was earlier
 * @param zone IANA region of the kiosk's site
 * @param meetings theirs that are not over, today, nearest first
 * @param more how many there are beside these
 */
record Registration(
    Names name, Instant cameAt, boolean before, String zone, List<Own> meetings, int more) {

  /**
   * A meeting in which somebody takes part.
   *
   * @param subject absent where it is confidential: glass has passers-by
   * @param site absent at the kiosk's own
   */
  record Own(
      Instant start,
      Instant end,
      Level level,
      @JsonInclude(Include.NON_NULL) @Nullable String subject,
      Names room,
      Names building,
      String floor,
      @JsonInclude(Include.NON_NULL) @Nullable Names site) {}
}
