package foyer.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * How far the chain has come.
 *
 * @param position of the last link; 0 for none
 * @param hash of the last link; zeros for none
 * @param horizon transaction before which every entry is linked
 */
record Head(long position, byte[] hash, String horizon) {

  /** Name of the installation's key among its secrets. */
  static final String KEY = "audit-key";

  private static final String ALGORITHM = "HmacSHA256";

  /** What vouches for it. */
  byte[] signature(byte[] key) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac.doFinal(
          (position + " " + inWords() + " " + horizon).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Whether this vouches for it. */
  boolean isSigned(byte[] signature, byte[] key) {
    return MessageDigest.isEqual(signature, signature(key));
  }

  /** Its hash in hexadecimal digits. */
  String inWords() {
    return HexFormat.of().formatHex(hash);
  }
}
