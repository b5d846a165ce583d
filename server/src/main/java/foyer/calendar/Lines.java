package foyer.calendar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file into its unfolded lines (RFC 5545 §3.1). Folds are undone in the bytes, since some
 * programs fold in the middle of a character; lines may end in CRLF, LF or CR; empty lines are
 * passed over, even between a line and its continuation, as early Mozilla calendars wrote.
 */
final class Lines {

  private static final Charset GB18030 = Charset.forName("GB18030");

  /**
   * An unfolded line.
   *
   * @param number where it begins in the file, counted from 1
   */
  record Line(int number, String text) {}

  private record Span(int number, int start, int end) {}

  private Lines() {}

  /** All lines of the file, in order. */
  static List<Line> of(byte[] file, Faults faults) {
    byte[] bytes = asSingleBytes(file);
    ByteArrayOutputStream unfolded = new ByteArrayOutputStream(bytes.length);
    List<Span> spans = unfold(bytes, unfolded);
    byte[] text = unfolded.toByteArray();
    Charset charset = charsetOf(text, faults);
    List<Line> lines = new ArrayList<>(spans.size());
    for (Span span : spans) {
      lines.add(
          new Line(
              span.number, new String(text, span.start, span.end - span.start, charset).strip()));
    }
    return lines;
  }

  private static byte[] asSingleBytes(byte[] file) {
    if (file.length >= 2 && (file[0] & 0xff) == 0xff && (file[1] & 0xff) == 0xfe) {
      return recoded(file, StandardCharsets.UTF_16LE);
    }
    if (file.length >= 2 && (file[0] & 0xff) == 0xfe && (file[1] & 0xff) == 0xff) {
      return recoded(file, StandardCharsets.UTF_16BE);
    }
    return file;
  }

  private static byte[] recoded(byte[] file, Charset from) {
    return new String(file, 2, file.length - 2, from).getBytes(StandardCharsets.UTF_8);
  }

  private static List<Span> unfold(byte[] bytes, ByteArrayOutputStream unfolded) {
    List<Span> spans = new ArrayList<>();
    int number = 0;
    int at = startAfterMark(bytes);
    while (at < bytes.length) {
      int end = at;
      while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
        end++;
      }
      number++;
      if (end > at) {
        boolean folded = bytes[at] == ' ' || bytes[at] == '\t';
        Span last = spans.isEmpty() ? null : spans.getLast();
        int start = unfolded.size();
        if (folded && last != null) {
          unfolded.write(bytes, at + 1, end - at - 1);
          spans.set(spans.size() - 1, new Span(last.number, last.start, unfolded.size()));
        } else {
          unfolded.write(bytes, at, end - at);
          spans.add(new Span(number, start, unfolded.size()));
        }
      }
      boolean pair = end + 1 < bytes.length && bytes[end] == '\r' && bytes[end + 1] == '\n';
      at = end + (pair ? 2 : 1);
    }
    return spans;
  }

  private static int startAfterMark(byte[] bytes) {
    boolean mark =
        bytes.length >= 3
            && (bytes[0] & 0xff) == 0xef
            && (bytes[1] & 0xff) == 0xbb
            && (bytes[2] & 0xff) == 0xbf;
    return mark ? 3 : 0;
  }

  /**
   * UTF-8 (RFC 5545 §3.1.4), also where single characters of it are broken; else GB18030, which
   * older Chinese programs write; else a byte a character.
   */
  private static Charset charsetOf(byte[] text, Faults faults) {
    String utf8 = new String(text, 0, withoutCutCharacter(text), StandardCharsets.UTF_8);
    long broken = utf8.codePoints().filter(c -> c == 0xfffd).count();
    if (broken == 0) {
      return StandardCharsets.UTF_8;
    }
    long whole = utf8.codePoints().filter(c -> c > 0x7f && c != 0xfffd).count();
    if (whole >= broken) {
      faults.remark(0, "", "broken-characters", "count", Long.toString(broken));
      return StandardCharsets.UTF_8;
    }
    Charset charset = decodes(text, GB18030) ? GB18030 : StandardCharsets.ISO_8859_1;
    faults.remark(0, "", "not-utf-8", "charset", charset.name());
    return charset;
  }

  /** A file that breaks off within a character is still in UTF-8. */
  private static int withoutCutCharacter(byte[] text) {
    int end = text.length;
    while (end > 0 && text.length - end < 4 && text[end - 1] < 0) {
      end--;
    }
    return text.length - end < 4 ? end : text.length;
  }

  private static boolean decodes(byte[] text, Charset charset) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(text));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
