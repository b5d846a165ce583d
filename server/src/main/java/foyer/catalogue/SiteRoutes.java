package foyer.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Language;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.api.Problem.Fault;
import foyer.catalogue.OpeningHours.Hours;
import foyer.catalogue.SiteView.Day;
import foyer.catalogue.SiteView.DayHours;
import foyer.wire.Names;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Sites, their hours and their special days, as admins change them. */
public final class SiteRoutes {

  private static final String LOCATION = "/api/sites/";

  private final Sites sites;
  private final WorkerExecutor readers;

  /** Operations on these sites; files are read by one thread. */
  public SiteRoutes(Vertx vertx, Sites sites) {
    this.sites = sites;
    this.readers = vertx.createSharedWorkerExecutor("special-days", 1, 60, TimeUnit.SECONDS);
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of(
        "getSite",
        call -> answer(sites.view(id(call))),
        "createSite",
        this::create,
        "editSite",
        this::edit,
        "listSpecialDays",
        this::days,
        "editSpecialDays",
        this::editDays,
        "readSpecialDays",
        this::readDays);
  }

  private record NewSite(String id, Names name, String zone, int position, List<DayHours> hours) {}

  private record DaysWanted(
      @Nullable List<Day> set, @Nullable List<String> remove, boolean acceptOutside) {}

  private Answer create(Call call) {
    NewSite wanted = call.body(NewSite.class);
    SiteEdit site =
        new SiteEdit(wanted.name(), wanted.zone(), wanted.position(), wanted.hours(), false);
    return Once.run(
        call,
        once -> created(sites.create(call.caller(), wanted.id(), site, once)),
        SiteRoutes::createdBefore);
  }

  private Answer edit(Call call) {
    SiteEdit wanted = call.body(SiteEdit.class);
    return answer(sites.edit(call.caller(), id(call), wanted, call.version()));
  }

  private Answer days(Call call) {
    int year = Integer.parseInt(call.query("year").orElseThrow());
    Sites.Days days = sites.days(id(call), year);
    return Answer.ok(days).tagged(Integer.toString(days.version()));
  }

  private Answer editDays(Call call) {
    DaysWanted wanted = call.body(DaysWanted.class);
    List<Day> set = wanted.set() == null ? List.of() : wanted.set();
    List<String> remove = wanted.remove() == null ? List.of() : wanted.remove();
    List<SpecialDay> days = new ArrayList<>();
    for (int i = 0; i < set.size(); i++) {
      days.add(specialDay("/set/" + i, set.get(i)));
    }
    List<LocalDate> dates = new ArrayList<>();
    for (int i = 0; i < remove.size(); i++) {
      dates.add(date("/remove/" + i, remove.get(i)));
    }
    Sites.DaysEdit edit = new Sites.DaysEdit(days, dates, wanted.acceptOutside());
    return answer(sites.changeDays(call.caller(), id(call), edit, call.version()));
  }

  /** Only reads: what is found is then asked for as any other edit. */
  private Answer readDays(Call call) {
    Hours usual =
        sites.view(id(call)).hours().stream().findFirst().map(DayHours::hours).orElse(null);
    byte[] file = call.bytes();
    Language language = call.language();
    return Answer.ok(
        readers.executeBlocking(() -> SpecialDayFile.read(file, usual, language), false).await());
  }

  private static SpecialDay specialDay(String at, Day day) {
    LocalDate date = date(at + "/day", day.day());
    String opens = day.opens();
    String closes = day.closes();
    if ((opens == null) != (closes == null)) {
      String missing = opens == null ? "/opens" : "/closes";
      throw Problem.invalid(List.of(new Fault("body", at + missing, "required"))).raise();
    }
    Hours hours = opens == null || closes == null ? null : Hours.of(opens, closes);
    return new SpecialDay(date, day.name(), hours);
  }

  private static LocalDate date(String at, String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeException e) {
      throw Problem.invalid(List.of(new Fault("body", at, "no-such-time"))).raise();
    }
  }

  private static Answer created(SiteView view) {
    return Answer.created(LOCATION + view.id(), view).tagged(Integer.toString(view.version()));
  }

  private static Answer createdBefore(Answer again, JsonNode view) {
    return again
        .with("Location", LOCATION + view.path("id").asText())
        .tagged(view.path("version").asText());
  }

  private static Answer answer(SiteView view) {
    return Answer.ok(view).tagged(Integer.toString(view.version()));
  }

  private static String id(Call call) {
    return call.path("siteId");
  }
}
