package foyer.room;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.catalogue.Catalogues;
import foyer.sheet.Sheets;
import java.util.Map;

/** The operations on spreadsheets of rooms. */
public final class RoomFileRoutes {

  private final RoomFiles files;
  private final Catalogues catalogues;

  /** Operations on these files. */
  public RoomFileRoutes(RoomFiles files, Catalogues catalogues) {
    this.files = files;
    this.catalogues = catalogues;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("importRooms", this::take, "exportRooms", this::write);
  }

  private Answer take(Call call) {
    boolean all = call.query("mode").orElse("good").equals("all");
    RoomFiles.Wish wish = new RoomFiles.Wish(all, call.queryFlag("dryRun"));
    return Answer.ok(files.take(call.caller(), call.bytes(), wish, call.language()));
  }

  private Answer write(Call call) {
    String site = call.query("site").orElse(null);
    if (site != null && !catalogues.present().sites().containsKey(site)) {
      throw Problem.of(404, "no-such-site").raise();
    }
    boolean csv = call.query("format").orElse("xlsx").equals("csv");
    return Answer.bytes(csv ? Sheets.CSV : Sheets.XLSX, files.write(site, csv, call.language()))
        .with(
            "Content-Disposition", "attachment; filename=\"rooms." + (csv ? "csv" : "xlsx") + "\"");
  }
}
