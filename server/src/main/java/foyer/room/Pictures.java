package foyer.room;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Tells pictures by how they begin, whatever they are said to be. Pure. */
final class Pictures {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  private Pictures() {}

  /** The media type of a JPEG, PNG (RFC 2083 §12.11) or WebP (RFC 9649 §2.4); else nothing. */
  static Optional<String> type(byte[] bytes) {
    if (begins(bytes, 0, PNG)) {
      return Optional.of("image/png");
    }
    if (begins(bytes, 0, JPEG)) {
      return Optional.of("image/jpeg");
    }
    boolean webp = begins(bytes, 0, ascii("RIFF")) && begins(bytes, 8, ascii("WEBP"));
    return webp ? Optional.of("image/webp") : Optional.empty();
  }

  private static boolean begins(byte[] bytes, int at, byte[] with) {
    return bytes.length >= at + with.length
        && Arrays.equals(bytes, at, at + with.length, with, 0, with.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
