package foyer.device;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The MQTT passwords of all devices, derived from one installation key: {@code
 * base64url(HMAC-SHA256(key, "mqtt:" + id + ":" + version))}. Nothing is stored, so a broker can be
 * provisioned from the rows at any time; raising a device's credential version withdraws its
 * password.
 */
public final class DevicePassword {

  private static final int LEAST_KEY_BYTES = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  /**
   * Takes the installation key.
   *
   * @param installationKey at least 32 random bytes
   */
  public DevicePassword(byte[] installationKey) {
    if (installationKey.length < LEAST_KEY_BYTES) {
      throw new IllegalArgumentException(
          "the installation key needs at least " + LEAST_KEY_BYTES + " bytes");
    }
    this.key = new SecretKeySpec(Arrays.copyOf(installationKey, installationKey.length), ALGORITHM);
  }

  /**
   * The password of a device: 43 letters of base64url.
   *
   * @param id the device's id, {@code [a-z0-9-]}
   * @param credentialVersion counts the device's credentials
   */
  public String of(String id, int credentialVersion) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code =
          mac.doFinal(("mqtt:" + id + ":" + credentialVersion).getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** Whether this is the device's password; takes the same time for every wrong one. */
  public boolean matches(String password, String id, int credentialVersion) {
    return MessageDigest.isEqual(
        password.getBytes(StandardCharsets.UTF_8),
        of(id, credentialVersion).getBytes(StandardCharsets.UTF_8));
  }
}
