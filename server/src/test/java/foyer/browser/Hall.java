package foyer.browser;

import foyer.wire.DoorState;
import foyer.wire.Json;
import foyer.wire.Level;
import foyer.wire.Names;
import foyer.wire.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A site's day for pictures and tests of the kiosk: 24 rooms in Shanghai on a busy Monday. */
final class Hall {

  /** Six in the morning in Shanghai, when the timelines begin. */
  static final Instant SIX = Instant.parse("2026-11-22T22:00:00Z");

  private static final List<Names> ROOMS =
      List.of(
          new Names("松涛厅", "Songtao"),
          new Names("听泉厅", "Tingquan"),
          new Names("望江厅", "Wangjiang"),
          new Names("揽月厅", "Lanyue"),
          new Names("知行厅", "Zhixing"),
          new Names("致远厅", "Zhiyuan"),
          new Names("明德厅", "Mingde"),
          new Names("集思室", "Jisi"),
          new Names("广益室", "Guangyi"),
          new Names("多功能报告厅", "Multi-function Auditorium"),
          new Names("云帆室", "Yunfan"),
          new Names("沧海厅", "Canghai"));

  private static final List<String> SUBJECTS =
      List.of(
          "客服周例会",
          "第四季度大客户续约方案与服务等级协议评审",
          "新员工培训:客户沟通",
          "Weekly sync with the Singapore office",
          "产品路线图讨论",
          "供应商对接",
          "质检月度分析会",
          "Budget review 2027");

  private static final List<Names> CONVENERS =
      List.of(
          new Names("王芳", "Wang Fang"),
          new Names("欧阳明远", "Ouyang Mingyuan"),
          new Names("李娜", "Li Na"),
          new Names("Anna Schmidt", "Anna Schmidt"));

  private static final List<Names> DEPARTMENTS =
      List.of(
          new Names("客户服务部", "Customer Service"),
          new Names("综合管理部", "Administration"),
          new Names("市场部", "Marketing"));

  private Hall() {}

  /**
   * The timelines of that many rooms; every other one has four meetings, the others one or none.
   */
  static List<String> timelines(int rooms) {
    List<String> timelines = new ArrayList<>();
    for (int room = 0; room < rooms; room++) {
      timelines.add(Json.text(timeline(room, 1, meetings(room))));
    }
    return timelines;
  }

  /** The timeline of a room with nothing but this meeting, newer than the others. */
  static String changed(int room, String subject, Duration from, Duration until) {
    return Json.text(
        timeline(room, 2, List.of(meeting(room, 9, from, until, Level.INTERNAL, subject))));
  }

  private static List<Timeline.Meeting> meetings(int room) {
    List<Timeline.Meeting> meetings = new ArrayList<>();
    int count = room % 2 == 0 ? 4 : room % 3 == 0 ? 0 : 1;
    for (int i = 0; i < count; i++) {
      Duration from = Duration.ofMinutes(150 + 30L * (room % 5) + 120L * i);
      int number = room * 5 + i;
      Level level =
          number % 7 == 3 ? Level.CONFIDENTIAL : number % 11 == 5 ? Level.STRICT : Level.INTERNAL;
      String subject = SUBJECTS.get(number % SUBJECTS.size());
      meetings.add(meeting(room, i, from, from.plusMinutes(60 + 15L * (room % 3)), level, subject));
    }
    return meetings;
  }

  private static Timeline.Meeting meeting(
      int room, int number, Duration from, Duration until, Level level, String subject) {
    boolean told = level == Level.INTERNAL;
    return new Timeline.Meeting(
        room * 10L + number + 1,
        SIX.plus(from),
        SIX.plus(until),
        level,
        false,
        true,
        told ? subject : null,
        told ? CONVENERS.get((room + number) % CONVENERS.size()) : null,
        told ? DEPARTMENTS.get(room % DEPARTMENTS.size()) : null,
        told ? 8 : null);
  }

  private static Timeline timeline(int room, long revision, List<Timeline.Meeting> meetings) {
    return new Timeline(
        "sh-%02d%02d".formatted(6 + room / 6, room % 6 + 1),
        "sh",
        1,
        revision,
        SIX,
        SIX.plus(Duration.ofHours(42)),
        "Asia/Shanghai",
        new Timeline.Face(ROOMS.get(room % ROOMS.size()), (6 + room / 6) + "F", 12, List.of()),
        new Timeline.Offers(List.of(15, 30), List.of(15), 120),
        meetings,
        entries(meetings));
  }

  private static List<Timeline.Entry> entries(List<Timeline.Meeting> meetings) {
    List<Timeline.Entry> entries = new ArrayList<>();
    entries.add(entry(SIX, DoorState.FREE, null));
    for (Timeline.Meeting meeting : meetings) {
      entries.add(
          entry(meeting.from().minus(Duration.ofMinutes(15)), DoorState.PREPARING, meeting.id()));
      entries.add(entry(meeting.from(), DoorState.CHECK_IN, meeting.id()));
      entries.add(
          entry(meeting.from().plus(Duration.ofMinutes(4)), DoorState.IN_USE, meeting.id()));
      entries.add(
          entry(meeting.until().minus(Duration.ofMinutes(10)), DoorState.ENDING, meeting.id()));
      entries.add(entry(meeting.until(), DoorState.FREE, null));
    }
    entries.sort(Comparator.comparing(Timeline.Entry::from));
    return entries;
  }

  private static Timeline.Entry entry(Instant from, DoorState state, @Nullable Long meeting) {
    return new Timeline.Entry(from, state, meeting, List.of());
  }
}
