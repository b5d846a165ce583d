package foyer.org;

import foyer.api.Role;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What something is to its caller.
 *
 * @param own whether it is the caller's own: convened or booked by the caller, or the caller's
 *     session; for a booking that is made, whether it is for the caller or a principal
 * @param department whose it is
 * @param site where it is
 * @param room at whose door it is
 * @param parts that the caller has in it
 */
public record Relation(
    boolean own,
    @Nullable String department,
    @Nullable String site,
    @Nullable String room,
    Set<Role> parts) {

  /** To something that stands by itself. */
  public static final Relation NONE = new Relation(false, null, null, null, Set.of());

  public Relation {
    parts = Set.copyOf(parts);
  }

  /** To what is the caller's own. */
  public static Relation toOwn() {
    return new Relation(true, null, null, null, Set.of());
  }

  /** To all that is at a site. */
  public static Relation toSite(@Nullable String site) {
    return new Relation(false, null, site, null, Set.of());
  }

  /** To a room. */
  public static Relation toRoom(String site, String room) {
    return new Relation(false, null, site, room, Set.of());
  }
}
