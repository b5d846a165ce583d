package foyer.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import foyer.api.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes in, the reader answers, and in bounded time. */
class ReaderBoundsTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final List<byte[]> FILES =
      Corpus.files().stream().map(ReaderBoundsTest::file).toList();

  private static byte[] file(Path path) {
    return Corpus.bytes(path.getFileName().toString().replace(".ics", ""));
  }

  @Provide
  Arbitrary<byte[]> damaged() {
    return Arbitraries.longs().map(seed -> damaged(new Random(seed)));
  }

  /** Bytes are changed, taken out, put twice and mixed with those of another file. */
  private static byte[] damaged(Random random) {
    byte[] file = FILES.get(random.nextInt(FILES.size())).clone();
    byte[] other = FILES.get(random.nextInt(FILES.size()));
    for (int i = random.nextInt(8); i >= 0 && file.length > 0; i--) {
      int at = random.nextInt(file.length);
      int length = random.nextInt(Math.min(200, file.length - at) + 1);
      switch (random.nextInt(5)) {
        case 0 -> file[at] = (byte) random.nextInt(256);
        case 1 ->
            file =
                joined(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + length, file.length));
        case 2 ->
            file =
                joined(Arrays.copyOf(file, at + length), Arrays.copyOfRange(file, at, file.length));
        case 3 -> {
          int from = other.length == 0 ? 0 : random.nextInt(other.length);
          byte[] part = Arrays.copyOfRange(other, from, Math.min(other.length, from + 300));
          file =
              joined(
                  joined(Arrays.copyOf(file, at), part), Arrays.copyOfRange(file, at, file.length));
        }
        default -> file[at] = (byte) "0123456789;:,=\"\\/TZ+-\r\n\t ".charAt(random.nextInt(25));
      }
    }
    return file;
  }

  private static byte[] joined(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  @Property(tries = 1000)
  void aDamagedFileIsAnsweredWithWhatIsLeftOfIt(@ForAll("damaged") byte[] file) {
    Parsed parsed = assertTimeout(SOON, () -> Corpus.read(file));
    assertThat(parsed.meetings())
        .allSatisfy(
            meeting -> {
              assertThat(meeting.cancelled() || meeting.start().isBefore(meeting.end())).isTrue();
              assertThat(meeting.subject().codePointCount(0, meeting.subject().length()))
                  .isLessThanOrEqualTo(200);
              assertThat(meeting.uid()).isNotEmpty().hasSizeLessThanOrEqualTo(500);
            });
    parsed
        .faults()
        .forEach(
            fault ->
                assertThatCode(
                        () -> ImportTexts.ALL.text(Language.EN, fault.code(), fault.arguments()))
                    .doesNotThrowAnyException());
  }

  static List<String> hostileFiles() {
    String event =
        "BEGIN:VEVENT\nUID:x%d\nDTSTART:20261124T100000Z\nDTEND:20261124T110000Z\n%s\nEND:VEVENT\n";
    StringBuilder rules = new StringBuilder();
    StringBuilder zones = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      rules.append(
          event.formatted(
              i, "RRULE:FREQ=YEARLY;BYYEARDAY=366;BYHOUR=1,2,3;BYMINUTE=4,5;BYSETPOS=7"));
      zones
          .append("BEGIN:VEVENT\nUID:z")
          .append(i)
          .append("\nDTSTART;TZID=(UTC+09:00) Q")
          .append(i);
      zones.append(":20261124T100000\nDTEND:20261124T110000Z\nEND:VEVENT\n");
    }
    return List.of(
        "BEGIN:VCALENDAR\n" + rules,
        "BEGIN:VCALENDAR\n" + zones,
        "BEGIN:A\n".repeat(600_000) + "END:B\n".repeat(600_000),
        "BEGIN:VEVENT\n".repeat(700_000),
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + "ATTENDEE:mailto:a@b\n".repeat(300_000),
        "BEGIN:VCALENDAR\n" + event.formatted(1, "SUMMARY:" + "x".repeat(1 << 20)),
        "BEGIN:VCALENDAR\n" + event.formatted(1, "ATTENDEE:mailto:" + "a@".repeat(1 << 20)),
        "BEGIN:VCALENDAR\n" + event.formatted(1, "X;" + "A=B;".repeat(1 << 20) + ":v"),
        "BEGIN:VCALENDAR\n" + event.formatted(1, "RDATE:" + "20261124T100000Z,".repeat(500_000)),
        "BEGIN:VCALENDAR\n"
            + event.formatted(1, "EXDATE;TZID=" + "Aa/".repeat(1 << 20) + ":20261124T100000"),
        "BEGIN:VCALENDAR\n" + event.formatted(1, "RRULE:FREQ=DAILY;BYDAY=" + "MO,".repeat(1 << 20)),
        " \n".repeat(4_000_000),
        "\r".repeat(10 << 20),
        "x".repeat(10 << 20));
  }

  @ParameterizedTest
  @MethodSource("hostileFiles")
  void aHostileFileCostsBoundedTime(String file) {
    assertTimeout(SOON, () -> Corpus.read(file));
  }

  @Test
  void aFileThatIsTooLargeIsNotRead() {
    Parsed parsed = Corpus.read(new byte[(10 << 20) + 1]);
    assertThat(parsed.faults()).extracting(Fault::code).containsExactly("file-too-large");
  }

  @Test
  void aFullFileIsReadSoonAndUpToItsBound() {
    StringBuilder file = new StringBuilder("BEGIN:VCALENDAR\r\n");
    for (int i = 0; file.length() < 10_000_000; i++) {
      file.append("BEGIN:VEVENT\r\nUID:full-")
          .append(i)
          .append("\r\nDTSTART:20261124T100000Z\r\nDTEND:20261124T110000Z\r\n");
      file.append("SUMMARY:会议 ").append(i).append("\r\nEND:VEVENT\r\n");
    }
    byte[] bytes = file.append("END:VCALENDAR\r\n").toString().getBytes(StandardCharsets.UTF_8);
    Limits roomy = new Limits(20 << 20, 366, 20_000, 5_000, 300, 500, 10_000_000);
    Parsed parsed =
        assertTimeout(
            SOON, () -> CalendarReader.read(bytes, Corpus.SITE, Corpus.FROM, Corpus.UNTIL, roomy));
    assertThat(parsed.meetings()).hasSize(5_000);
    assertThat(parsed.faults())
        .extracting(Fault::code)
        .containsExactly("too-many-entries", "too-many-meetings");
    assertThat(parsed.series()).hasSizeLessThanOrEqualTo(5_000);
  }
}
