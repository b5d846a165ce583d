package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import foyer.wire.Level;
import foyer.wire.Names;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import net.fortuna.ical4j.data.CalendarBuilder;
import net.fortuna.ical4j.model.Calendar;
import net.fortuna.ical4j.model.component.VEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CalendarWriterTest {

  private static final Names ROOM = new Names("松涛厅", "Songtao");
  private static final Participant WANG =
      new Participant("王芳 \"Fang\"; Head, Service", "wang.fang@foyer.example", "required");
  private static final Participant GUEST = new Participant("来宾", null, "invited");

  private static Exported booking(
      long id,
      String start,
      String zone,
      Level level,
      boolean readable,
      @Nullable String uid,
      String recurrence) {
    Instant from = Instant.parse(start);
    return new Exported(
        id,
        uid,
        recurrence,
        3,
        from,
        from.plus(Duration.ofHours(1)),
        ZoneId.of(zone),
        "客服周例会, 回顾; 下周安排 \\ 结束时间待定,请各部门准时参加并准备材料,谢谢大家的配合",
        level,
        false,
        readable,
        WANG,
        List.of(WANG, GUEST));
  }

  private static String written(Exported... bookings) {
    return CalendarWriter.write(ROOM, "8F", List.of(bookings), Corpus.FROM);
  }

  @Test
  void whatIsWrittenIsReadBackTheSame() {
    Exported booking =
        booking(
            7,
            "2026-11-24T02:00:00Z",
            "Asia/Shanghai",
            Level.INTERNAL,
            true,
            "u,1;x",
            "2026-11-23T02:00:00Z");
    Found read = Corpus.read(written(booking)).meetings().getFirst();
    assertThat(read.uid()).isEqualTo("u,1;x");
    assertThat(read.recurrence()).isEqualTo("2026-11-23T02:00:00Z");
    assertThat(read.sequence()).isEqualTo(3);
    assertThat(read.start()).isEqualTo(booking.start());
    assertThat(read.end()).isEqualTo(booking.end());
    assertThat(read.zone()).isEqualTo(booking.zone());
    assertThat(read.subject()).isEqualTo(booking.subject());
    assertThat(read.level()).isEqualTo(Level.INTERNAL);
    assertThat(read.organizer()).isEqualTo(WANG);
    assertThat(read.attendees()).containsExactly(WANG, GUEST);
  }

  @Test
  void aFileWithoutFaultsIsWritten() {
    Parsed read =
        Corpus.read(
            written(
                booking(1, "2026-11-24T02:00:00Z", "Asia/Shanghai", Level.INTERNAL, true, null, ""),
                booking(
                    2, "2027-07-05T07:00:00Z", "Europe/Berlin", Level.INTERNAL, true, null, "")));
    assertThat(read.faults()).isEmpty();
    assertThat(read.skipped()).isEmpty();
    assertThat(read.meetings())
        .extracting(Found::uid)
        .containsExactly("booking-1@foyer", "booking-2@foyer");
  }

  @Test
  void linesAreAtMost75OctetsAndEndInCrLf() {
    String file =
        written(
            booking(1, "2026-11-24T02:00:00Z", "Europe/Berlin", Level.INTERNAL, true, null, ""));
    assertThat(file.split("\r\n"))
        .allSatisfy(
            line -> assertThat(line.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(75))
        .allSatisfy(line -> assertThat(line).doesNotContain("\n", "\r", "\ufffd"));
    assertThat(file).endsWith("END:VCALENDAR\r\n").contains("\r\n ");
  }

  @Test
  void whoMayNotReadAMeetingLearnsItsTimeAlone() {
    String file =
        written(
            booking(
                1,
                "2026-11-24T02:00:00Z",
                "Asia/Shanghai",
                Level.CONFIDENTIAL,
                false,
                "secret-uid",
                ""),
            booking(2, "2026-11-24T04:00:00Z", "Asia/Shanghai", Level.STRICT, false, null, ""));
    assertThat(file).doesNotContain("客服", "王芳", "wang.fang", "来宾", "secret-uid");
    assertThat(Corpus.read(file).meetings())
        .extracting(Found::subject, Found::level)
        .containsExactly(
            tuple("非公开会议 / Private meeting", Level.CONFIDENTIAL),
            tuple("使用中 / In use", Level.STRICT));
  }

  @Test
  void theSecondOfTwoEqualWallTimesIsToldInUtc() {
    String file =
        written(
            booking(1, "2027-10-31T01:30:00Z", "Europe/Berlin", Level.INTERNAL, true, null, ""));
    assertThat(file)
        .contains("DTSTART:20271031T013000Z", "DTEND;TZID=Europe/Berlin:20271031T033000");
    assertThat(Corpus.read(file).meetings().getFirst().start())
        .isEqualTo(Instant.parse("2027-10-31T01:30:00Z"));
  }

  @Test
  void anotherLibraryReadsTheFileAsMeant() throws Exception {
    String file =
        written(
            booking(1, "2027-07-05T07:00:00Z", "Europe/Berlin", Level.INTERNAL, true, null, ""));
    Calendar calendar = new CalendarBuilder().build(new StringReader(file));
    VEvent event = calendar.<VEvent>getComponents("VEVENT").getFirst();
    assertThat(event.getProperty("SUMMARY").orElseThrow().getValue())
        .startsWith("客服周例会, 回顾; 下周安排 \\ ");
    assertThat(event.getProperty("DTSTART").orElseThrow().getValue()).isEqualTo("20270705T090000");
    assertThat(calendar.getComponents("VTIMEZONE")).hasSize(1);
  }
}
