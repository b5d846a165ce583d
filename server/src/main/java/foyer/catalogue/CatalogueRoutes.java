package foyer.catalogue;

import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Operation;
import foyer.wire.Names;
import java.util.List;
import java.util.Map;

/** Reads of the catalogue. */
public final class CatalogueRoutes {

  private final Catalogues catalogues;

  /** Operations on this catalogue. */
  public CatalogueRoutes(Catalogues catalogues) {
    this.catalogues = catalogues;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.of("listSites", this::sites, "listMeetingTypes", this::types);
  }

  private record SiteView(String id, Names name, String zone) {}

  private record TypeView(
      String id, Names name, boolean reception, String level, String priority) {}

  private Answer sites(Call call) {
    return list(
        "sites",
        catalogues.present().sites().values().stream()
            .map(site -> new SiteView(site.id(), site.name(), site.zone().getId()))
            .toList());
  }

  private Answer types(Call call) {
    return list(
        "meetingTypes",
        catalogues.present().types().values().stream()
            .map(t -> new TypeView(t.id(), t.name(), t.reception(), t.level().word(), t.priority()))
            .toList());
  }

  private static Answer list(String name, List<?> values) {
    return Answer.ok(Map.of(name, values));
  }
}
