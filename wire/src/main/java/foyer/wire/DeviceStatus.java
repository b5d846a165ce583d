package foyer.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a device is, retained under {@link Topics#deviceStatus}; the last will says {@code offline}.
 *
 * @param kind {@code display} or {@code kiosk}
 * @param state {@code online} or {@code offline}
 * @param software the program's version
 * @param startedAt when the program started, its clock corrected by the server's; absent in the
 *     last will
 * @param heardAt when it last heard from the server; absent before that and in the last will
 * @param pages how many pages are connected to the program
 * @param shown the revision that it holds of each room
 */
@JsonInclude(Include.NON_NULL)
public record DeviceStatus(
    String device,
    String kind,
    String state,
    @Nullable String software,
    @Nullable Instant startedAt,
    @Nullable Instant heardAt,
    @Nullable Integer pages,
    @Nullable Map<String, Long> shown) {

  /** The last will of a device. */
  public static DeviceStatus offline(String device, String kind) {
    return new DeviceStatus(device, kind, "offline", null, null, null, null, null);
  }
}
