package foyer.device;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.wire.Json;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what devices report of themselves under {@code foyer/devices/{device}/status}. */
public final class DeviceHealth {

  private static final Logger LOG = LoggerFactory.getLogger(DeviceHealth.class);
  private static final int LONGEST = 8192;

  private final Devices devices;

  /** Health of these devices. */
  public DeviceHealth(Devices devices) {
    this.devices = devices;
  }

  /** The filter under which devices report. */
  public String filter() {
    return "foyer/devices/+/status";
  }

  /** Takes a report; what is none is logged and forgotten. */
  public void heard(String topic, byte[] payload) {
    String device = topic.split("/", -1)[2];
    if (payload.length == 0) {
      return;
    }
    try {
      JsonNode status = payload.length > LONGEST ? null : Json.read(payload, JsonNode.class);
      if (status == null
          || !status.isObject()
          || !status.path("device").asText("").equals(device)) {
        LOG.warn("device {} reported what is no status", device);
        return;
      }
      devices
          .reported(device, Json.text(status))
          .onFailure(
              failure ->
                  LOG.warn("status of device {} not kept: {}", device, failure.getMessage()));
    } catch (UncheckedIOException e) {
      LOG.warn("device {} reported what is no JSON", device);
    }
  }
}
