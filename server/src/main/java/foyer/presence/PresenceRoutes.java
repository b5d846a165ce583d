package foyer.presence;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Caller;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.org.KioskPins;
import foyer.org.Rights;
import foyer.presence.Presence.Said;
import io.vertx.sqlclient.Pool;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The operations on who is in the building. */
public final class PresenceRoutes {

  private final Presence presence;

  /** Operations on a database. */
  public PresenceRoutes(Pool pool, KioskPins pins, Rights rights) {
    this.presence = new Presence(pool, pins, rights);
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("registerPresence", this::register, "listPresence", this::list);
  }

  /** Either a badge, or a staff number and a PIN; the contract lets nothing else through. */
  private record Who(@Nullable String badge, @Nullable String staffNumber, @Nullable String pin) {
    Said said() {
      return badge != null
          ? new Said.Badge(badge)
          : new Said.Pin(Objects.requireNonNull(staffNumber), Objects.requireNonNull(pin));
    }
  }

  private Answer register(Call call) {
    if (!(call.caller() instanceof Caller.Device kiosk)) {
      throw Rights.refusal(call.caller());
    }
    Said said = call.body(Who.class).said();
    return Once.run(
        call, once -> Answer.ok(presence.register(kiosk, said, once)), (answer, body) -> answer);
  }

  private Answer list(Call call) {
    return Answer.ok(presence.present(call.caller(), call.query("site").orElseThrow()));
  }
}
