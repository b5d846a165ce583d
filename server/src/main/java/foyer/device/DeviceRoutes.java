package foyer.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.device.Devices.Device;
import foyer.device.Devices.NewDevice;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on devices. */
public final class DeviceRoutes {

  private final Devices devices;
  private final Supplier<Addresses> addresses;
  private final Consumer<String> changed;

  /**
   * Where a device finds the server and the broker.
   *
   * @param server base of its pages and of REST
   * @param broker URI as MQTT clients take it
   */
  public record Addresses(String server, String broker) {}

  /**
   * Operations on these devices.
   *
   * @param changed told the id of a device that was made or revoked
   */
  public DeviceRoutes(Devices devices, Supplier<Addresses> addresses, Consumer<String> changed) {
    this.devices = devices;
    this.addresses = addresses;
    this.changed = changed;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "listDevices", this::list, "createDevice", this::create, "revokeDevice", this::revoke);
  }

  /** The configuration file of a device program, as it is handed out once. */
  @JsonInclude(Include.NON_NULL)
  private record DeviceFile(
      String device,
      String kind,
      String name,
      @Nullable String site,
      List<String> rooms,
      String server,
      String broker,
      String username,
      String password) {}

  private Answer list(Call call) {
    return Answer.ok(Map.of("devices", devices.list()));
  }

  private Answer create(Call call) {
    return Once.run(
        call,
        once -> {
          DeviceFile file = devices.create(call.body(NewDevice.class), once, this::file);
          changed.accept(file.device());
          return Answer.created("/api/devices/" + file.device(), file)
              .with("Cache-Control", "no-store");
        });
  }

  private Answer revoke(Call call) {
    Device revoked = devices.revoke(call.path("deviceId"));
    changed.accept(revoked.id());
    return Answer.ok(revoked);
  }

  private DeviceFile file(Device device, String password) {
    Addresses to = addresses.get();
    return new DeviceFile(
        device.id(),
        device.kind(),
        device.name(),
        device.site(),
        device.rooms(),
        to.server(),
        to.broker(),
        device.id(),
        password);
  }
}
