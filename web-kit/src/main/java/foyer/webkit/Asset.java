package foyer.webkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A file as it goes to browsers, with everything about it computed once.
 *
 * @param type media type
 * @param gzip the body compressed, or null where that saves nothing
 * @param tag ETag; weak, for it is the same for both encodings
 * @param headers further headers
 */
record Asset(
    String type, byte[] body, byte @Nullable [] gzip, String tag, Map<String, String> headers) {

  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html; charset=utf-8",
          "js", "text/javascript; charset=utf-8",
          "css", "text/css; charset=utf-8",
          "json", "application/json",
          "svg", "image/svg+xml",
          "png", "image/png",
          "webmanifest", "application/manifest+json");

  /** The asset that a file of that name is; a kind of file that no page needs is refused. */
  static Asset of(String name, byte[] body, Map<String, String> headers) {
    String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
    if (type == null) {
      throw new IllegalStateException("no media type known for " + name);
    }
    byte[] packed = pack(body);
    byte[] gzip = packed.length < body.length ? packed : null;
    return new Asset(type, body, gzip, "W/\"" + hash(body).substring(0, 20) + "\"", headers);
  }

  /** Hexadecimal SHA-256. */
  static String hash(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** A new SHA-256 digest. */
  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] pack(byte[] body) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
