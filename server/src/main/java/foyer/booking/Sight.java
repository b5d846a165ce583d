package foyer.booking;

import foyer.api.Caller;
import foyer.org.Relation;
import foyer.org.Rights;
import foyer.org.Verdict;
import foyer.room.RoomView;
import foyer.wire.Level;

/** What each reader may see of a booking. */
final class Sight {

  private final Rights rights;

  Sight(Rights rights) {
    this.rights = rights;
  }

  /** Throws the refusal that fits the caller unless they may see when the room is taken. */
  void require(Caller caller, RoomView room) {
    rights.require("free-busy", caller, Relation.toRoom(room.site(), room.id()), "");
  }

  /** Whether the caller may know that there is this booking. */
  boolean knows(Caller caller, Ties ties) {
    String row = ties.status().isRequest() ? "request" : "free-busy";
    return rights.verdict(row, caller, ties.to(caller)) != Verdict.REFUSED;
  }

  /** The booking as this caller may see it who knows that there is one. */
  BookingView of(Caller caller, BookingView view, Ties ties) {
    if (!isTitled(caller, view.level(), ties)) {
      return view.withoutTitle();
    }
    return rights.verdict("attendees", caller, ties.to(caller)) == Verdict.ALLOWED
        ? view
        : view.withoutAttendees();
  }

  /** Whether the caller may know what a booking of that level is about and who calls it. */
  boolean isTitled(Caller caller, Level level, Ties ties) {
    String row = level == Level.INTERNAL ? "title" : "title-confidential";
    Verdict titled = rights.verdict(row, caller, ties.to(caller));
    boolean passerBy = titled == Verdict.MASKED && level == Level.INTERNAL;
    return titled == Verdict.ALLOWED || passerBy;
  }
}
