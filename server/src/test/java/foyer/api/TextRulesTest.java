package foyer.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "客服周例会",
        "第 1 次 —— “回访”",
        "Frühstück & Q&A <8F>",
        "👍🏽",
        "❤️",
        "👩‍💻",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "1️⃣",
        "🇨🇳",
        "שלום",
        "会議\u3000室",
        "Việt e\u0301",
        "葛\udb40\udd00城",
        "\ud840\udc00"
      })
  void whatPeopleWriteIsALine(String text) {
    assertThat(TextRules.refuseLine(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a\u0000b, control-character",
    "a\u001bb, control-character",
    "a\u007fb, control-character",
    "a\u0085b, control-character",
    "a\u2028b, control-character",
    "a\u200bb, invisible-character",
    "a\u200cb, invisible-character",
    "a\u200db, invisible-character",
    "a\u2060b, invisible-character",
    "a\ufeffb, invisible-character",
    "a\u00adb, invisible-character",
    "a\u202eb, invisible-character",
    "a\u2067b, invisible-character",
    "a\u200fb, invisible-character",
    "a\u3164b, invisible-character",
    "\ufe0fb, invisible-character",
    "a\ufe0f\ufe0fb, invisible-character",
    "a\udb40\udc61b, invisible-character",
    "a\uffffb, broken-character",
    "a\ufdd0b, broken-character",
    "a\u0301\u0301\u0301\u0301\u0301b, stacked-marks",
  })
  void whatHidesTurnsOrBreaksTextIsRefused(String text, String keyword) {
    assertThat(TextRules.refuseLine(text)).contains(keyword);
    assertThat(TextRules.refuseParagraph(text)).contains(keyword);
  }

  @Test
  void halfOfAPairIsRefusedAndAJoinerJoinsOnlyPictures() {
    assertThat(TextRules.refuseLine("a\ud83d")).contains("broken-character");
    assertThat(TextRules.refuseLine("\udc68a")).contains("broken-character");
    assertThat(TextRules.refuseLine("👨\u200d")).contains("invisible-character");
    assertThat(TextRules.refuseLine("\u200d👨")).contains("invisible-character");
    assertThat(TextRules.refuseLine("1\u200d2")).contains("invisible-character");
  }

  @Test
  void onlyAParagraphBreaksLines() {
    for (String text : new String[] {"a\nb", "a\r\nb", "a\tb"}) {
      assertThat(TextRules.refuseLine(text)).contains("control-character");
      assertThat(TextRules.refuseParagraph(text)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\u00a0", "\u3000\u3000", "  \u2003"})
  void nothingToSeeIsBlank(String text) {
    assertThat(TextRules.refuseLine(text)).contains("blank");
    assertThat(TextRules.refuseParagraph(text)).contains("blank");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-23T10:00:00Z",
        "2026-11-23T10:00:00.123456+08:00",
        "2000-01-01T00:00:00Z",
        "2100-01-01T00:00:00Z",
        "2024-02-29T23:59:59-11:30"
      })
  void anInstantOfThisCenturyIsTaken(String text) {
    assertThat(TextRules.refuseInstant(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23, date-time",
    "2026-11-23T10:00:00, date-time",
    "2026-11-23T10:00Z, date-time",
    "2026-11-23 10:00:00Z, date-time",
    "2026-11-23T10:00:00 08:00, date-time",
    "2026-11-23T10:00:00+0800, date-time",
    "2026-11-23T10:00:00.1234567Z, date-time",
    "2026-11-23T10:00:00+08:00[Asia/Shanghai], date-time",
    "+12026-11-23T10:00:00Z, date-time",
    "２０２６-11-23T10:00:00Z, date-time",
    "2025-02-29T10:00:00Z, no-such-time",
    "2026-13-01T10:00:00Z, no-such-time",
    "2026-11-23T24:00:01Z, no-such-time",
    "2026-11-23T23:59:60Z, no-such-time",
    "2026-11-23T10:00:00+19:00, no-such-time",
    "1999-12-31T23:59:59Z, century",
    "2100-01-01T00:00:00.000001Z, century",
    "0000-01-01T00:00:00Z, century",
  })
  void whatIsNoInstantOfThisCenturyIsRefused(String text, String keyword) {
    assertThat(TextRules.refuseInstant(text)).contains(keyword);
  }
}
