package foyer.booking;

import foyer.api.Caller;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Verdict;
import foyer.wire.Level;

/** What each reader may see of a booking. */
final class Sight {

  private final Rights rights;

  Sight(Rights rights) {
    this.rights = rights;
  }

  /** The booking as this caller may see it. */
  BookingView of(Caller caller, BookingView view, Ties ties) {
    Relation relation = ties.to(caller);
    String title = view.level() == Level.INTERNAL ? "title" : "title-confidential";
    Verdict titled = rights.verdict(title, caller, relation);
    boolean passerBy = titled == Verdict.MASKED && view.level() == Level.INTERNAL;
    if (titled != Verdict.ALLOWED && !passerBy) {
      return view.withoutTitle();
    }
    return rights.verdict("attendees", caller, relation) == Verdict.ALLOWED
        ? view
        : view.withoutAttendees();
  }
}
