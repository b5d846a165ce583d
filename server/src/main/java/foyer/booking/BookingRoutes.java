package foyer.booking;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.api.Answer;
import foyer.api.Call;
import foyer.api.Caller;
import foyer.api.Once;
import foyer.api.Operation;
import foyer.api.Problem;
import foyer.catalogue.Catalogues;
import foyer.room.RoomView;
import foyer.room.Rooms;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The operations on bookings. */
public final class BookingRoutes {

  private static final int LONGEST_LIST_DAYS = 62;
  private static final String LOCATION = "/api/bookings/";

  private final BookingService service;
  private final Bookings bookings;
  private final Rooms rooms;
  private final Catalogues catalogues;

  /** Operations of this service. */
  public BookingRoutes(
      BookingService service, Bookings bookings, Rooms rooms, Catalogues catalogues) {
    this.service = service;
    this.bookings = bookings;
    this.rooms = rooms;
    this.catalogues = catalogues;
  }

  /** By the names that the contract gives them. */
  public Map<String, Operation> operations() {
    return Map.ofEntries(
        Map.entry("bookRoom", this::book),
        Map.entry("walkUp", this::walkUp),
        Map.entry("listRoomBookings", this::list),
        Map.entry("getBooking", this::get),
        Map.entry("moveBooking", this::move),
        Map.entry("checkIn", call -> answer(service.checkIn(actor(call), id(call)))),
        Map.entry("extend", this::extend),
        Map.entry("endEarly", call -> answer(service.endEarly(actor(call), id(call)))),
        Map.entry("resume", call -> answer(service.resume(actor(call), id(call)))),
        Map.entry("cancel", this::cancel),
        Map.entry("whoApproves", this::whoApproves),
        Map.entry(
            "listOwnRequests",
            call -> Answer.ok(new Requests(bookings.ownRequests(call.employee())))),
        Map.entry(
            "listRequests",
            call -> Answer.ok(new Requests(bookings.requestsWith(call.employee())))));
  }

  private record RoomBookings(String zone, List<BookingView> bookings) {}

  private record Requests(List<BookingView> requests) {}

  private record WalkUp(Instant until) {}

  private record Move(
      @Nullable String room,
      @Nullable Instant start,
      @Nullable Instant end,
      @Nullable String reason) {}

  private record Extend(Instant end, Instant newEnd) {}

  private record Cancel(@Nullable String reason) {}

  private Answer book(Call call) {
    return Once.run(
        call,
        once ->
            created(
                service.book(
                    actor(call),
                    call.path("roomId"),
                    convened(call, call.body(NewBooking.class)),
                    once)),
        BookingRoutes::createdBefore);
  }

  private Answer walkUp(Call call) {
    Instant until = call.body(WalkUp.class).until().truncatedTo(ChronoUnit.MICROS);
    return Once.run(
        call,
        once -> created(service.walkUp(actor(call), call.path("roomId"), until, once)),
        BookingRoutes::createdBefore);
  }

  private Answer list(Call call) {
    Instant from = call.queryInstant("from").orElseThrow();
    Instant until = call.queryInstant("until").orElseThrow();
    if (!from.isBefore(until)) {
      throw new Refused(new Refusal.EmptyPeriod());
    }
    if (Duration.between(from, until).toDays() > LONGEST_LIST_DAYS) {
      throw Problem.of(422, "too-much-at-once", "days", LONGEST_LIST_DAYS).raise();
    }
    RoomView room = rooms.view(call.path("roomId"));
    String zone = catalogues.present().site(room.site()).zone().getId();
    return Answer.ok(new RoomBookings(zone, bookings.ofRoom(call.caller(), room, from, until)));
  }

  private Answer whoApproves(Call call) {
    Caller.Employee me = call.employee();
    return Answer.ok(
        bookings.whoApproves(
            me,
            call.query("convener").orElse(me.staffNumber()),
            call.query("department").orElse(null)));
  }

  private Answer get(Call call) {
    return answer(bookings.view(call.caller(), id(call)));
  }

  private Answer move(Call call) {
    Move move = call.body(Move.class);
    return answer(
        service.move(
            new Actor(call.caller(), reason(move.reason())),
            id(call),
            move.room(),
            micros(move.start()),
            micros(move.end()),
            version(call)));
  }

  private Answer extend(Call call) {
    Extend extend = call.body(Extend.class);
    return answer(
        service.extend(
            actor(call),
            id(call),
            extend.end().truncatedTo(ChronoUnit.MICROS),
            extend.newEnd().truncatedTo(ChronoUnit.MICROS)));
  }

  private Answer cancel(Call call) {
    String reason = reason(call.body(Cancel.class).reason());
    return answer(service.cancel(new Actor(call.caller(), reason), id(call)));
  }

  private static Answer created(BookingView view) {
    return Answer.created(LOCATION + view.id(), view).tagged(Integer.toString(view.version()));
  }

  private static Answer createdBefore(Answer again, JsonNode view) {
    return again
        .with("Location", LOCATION + view.path("id").asText())
        .tagged(view.path("version").asText());
  }

  private static Answer answer(BookingView view) {
    return Answer.ok(view).tagged(Integer.toString(view.version()));
  }

  private static Actor actor(Call call) {
    return new Actor(call.caller());
  }

  private static String reason(@Nullable String given) {
    return given == null ? "" : given;
  }

  /** Whoever books and names nobody else calls the meeting. */
  private static NewBooking convened(Call call, NewBooking wanted) {
    return wanted.convener() == null ? wanted.by(call.employee().staffNumber()) : wanted;
  }

  private static long id(Call call) {
    return call.pathNumber("bookingId");
  }

  /** The version in If-Match; one that can be none of ours is simply not the present one. */
  private static int version(Call call) {
    try {
      return Integer.parseInt(call.ifMatch().orElse(""));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static @Nullable Instant micros(@Nullable Instant instant) {
    return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS);
  }
}
