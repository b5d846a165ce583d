package foyer.calendar;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Short hashes, to tell whether something is the same as before. */
final class Digest {

  private static final int BYTES = 16;

  private Digest() {}

  /** Of everything that a meeting says, but for its place in the file and its revision. */
  static String of(Found meeting) {
    return of(
        String.join(
            "\n",
            meeting.start().toString(),
            meeting.end().toString(),
            meeting.zone().getId(),
            Boolean.toString(meeting.allDay()),
            Boolean.toString(meeting.tentative()),
            meeting.level().word(),
            meeting.subject(),
            meeting.description(),
            String.valueOf(meeting.organizer()),
            meeting.attendees().toString()));
  }

  /** Of a text. */
  static String of(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
