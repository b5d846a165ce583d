package foyer.calendar;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The operations on calendar files. */
public final class ImportRoutes {

  private final ImportService service;

  /** Operations of this service. */
  public ImportRoutes(ImportService service) {
    this.service = service;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("importCalendar", this::take, "exportCalendar", this::write);
  }

  private Answer take(Call call) {
    boolean all = call.query("mode").orElse("good").equals("all");
    ImportService.Wish wish = new ImportService.Wish(all, call.queryFlag("dryRun"));
    return Answer.ok(
        service.take(call.caller(), call.path("roomId"), call.bytes(), wish, call.language()));
  }

  private Answer write(Call call) {
    String room = call.path("roomId");
    return Answer.bytes(
            "text/calendar; charset=utf-8", service.write(room).getBytes(StandardCharsets.UTF_8))
        .with("Content-Disposition", "attachment; filename=\"" + room + ".ics\"");
  }
}
