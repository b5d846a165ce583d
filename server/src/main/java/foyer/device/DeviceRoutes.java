package foyer.device;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Cookies;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.device.Devices.Device;
import foyer.device.Devices.NewDevice;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The operations on devices. */
public final class DeviceRoutes {

  private static final String LOCATION = "/api/devices/";
  private static final Duration COOKIE_KEPT = Duration.ofDays(400);

  private final Devices devices;
  private final Supplier<Addresses> addresses;
  private final Consumer<String> changed;
  private final Cookies cookies;

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
  public DeviceRoutes(
      Devices devices, Supplier<Addresses> addresses, Consumer<String> changed, Cookies cookies) {
    this.cookies = cookies;
    this.devices = devices;
    this.addresses = addresses;
    this.changed = changed;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "listDevices",
        this::list,
        "createDevice",
        this::create,
        "revokeDevice",
        this::revoke,
        "linkDevice",
        this::link,
        "enterDevice",
        this::enter);
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
          DeviceFile file =
              devices.create(call.caller(), call.body(NewDevice.class), once, this::file);
          changed.accept(file.device());
          return Answer.created(LOCATION + file.device(), file).with("Cache-Control", "no-store");
        },
        (again, file) ->
            again
                .with("Location", LOCATION + file.path("device").asText())
                .with("Cache-Control", "no-store"));
  }

  private Answer revoke(Call call) {
    Device revoked = devices.revoke(call.caller(), call.path("deviceId"));
    changed.accept(revoked.id());
    return Answer.ok(revoked);
  }

  private record Link(String url) {}

  private record Entry(String link) {}

  private record Entered(String device, String kind, @Nullable String site, List<String> rooms) {}

  private Answer link(Call call) {
    Device device = devices.device(call.path("deviceId"));
    String page =
        switch (device.kind()) {
          case "display" -> "/door/";
          case "kiosk" -> "/kiosk/";
          default -> throw Problem.of(422, "device-has-no-page").raise();
        };
    String token = devices.link(device.id(), call.employee().id());
    return Answer.of(201, new Link(addresses.get().server() + page + "#enter=" + token))
        .with("Cache-Control", "no-store");
  }

  /** Lets a display or a kiosk in: from now on its cookie says who it is. */
  private Answer enter(Call call) {
    String cookie = devices.enter(call.body(Entry.class).link());
    Device device = devices.device(cookie.substring(0, cookie.indexOf('.')));
    return Answer.ok(new Entered(device.id(), device.kind(), device.site(), device.rooms()))
        .withCookie(cookies.set(cookies.device(), cookie, COOKIE_KEPT));
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
