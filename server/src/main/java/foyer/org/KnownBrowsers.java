package foyer.org;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Browsers from which somebody has signed in before (OWASP calls their mark a device cookie): their
 * wrong passwords are counted apart, so that strangers who guess shut nobody out.
 */
public final class KnownBrowsers {

  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /** Marks of an installation. */
  public KnownBrowsers(byte[] installationKey) {
    this.key = new SecretKeySpec(installationKey, ALGORITHM);
  }

  /** A mark for the browser from which this person has signed in. */
  public String mark(long person) {
    String name = Tokens.fresh();
    return name + "." + seal(person, name);
  }

  /** The browser's name if the mark says that this person has signed in from it. */
  public Optional<String> name(String mark, long person) {
    int dot = mark.indexOf('.');
    String name = mark.substring(0, Math.max(0, dot));
    byte[] sealed = mark.substring(dot + 1).getBytes(StandardCharsets.UTF_8);
    byte[] right = seal(person, name).getBytes(StandardCharsets.UTF_8);
    return dot > 0 && MessageDigest.isEqual(sealed, right) ? Optional.of(name) : Optional.empty();
  }

  private String seal(long person, String name) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal((person + ":" + name).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }
}
