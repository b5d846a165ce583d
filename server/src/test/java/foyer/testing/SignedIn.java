package foyer.testing;

import foyer.device.DevicePassword;
import foyer.org.Tokens;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Who tests are: the admin 1001, whose session never ends, and a display at all doors. Their
 * credentials are the same in every database that {@link #ROWS} was run on.
 */
public final class SignedIn {

  /** The token of the admin's session. */
  public static final String TOKEN = "a-test-token-of-forty-three-letters-0123456";

  /** The header {@code Cookie} of the admin. */
  public static final String COOKIE = "foyer-session=" + TOKEN;

  /** What the admin's pages show to change something. */
  public static final String CSRF = Tokens.csrf(TOKEN);

  /** The password of the display {@code door}. */
  public static final String DOOR_PASSWORD = new DevicePassword(new byte[32]).of("door", 1);

  /** The header {@code Authorization} of the display {@code door}. */
  public static final String DOOR =
      "Basic "
          + Base64.getEncoder()
              .encodeToString(("door:" + DOOR_PASSWORD).getBytes(StandardCharsets.UTF_8));

  /** The value of the display's cookie. */
  public static final String DOOR_COOKIE = "door." + DOOR_PASSWORD;

  /** For a database whose people and rooms are there. */
  public static final String ROWS =
      """
      INSERT INTO secret (name, value) VALUES ('device-key', decode(repeat('00', 32), 'hex'));
      INSERT INTO person_role (person_id, role, given_at) SELECT id, 'admin', app_now() FROM person WHERE staff_number = '1001';
      INSERT INTO session (token_hash, person_id, agent, made_at, used_at)
        SELECT sha256('a-test-token-of-forty-three-letters-0123456'), id, 'test', 'infinity', 'infinity'
        FROM person WHERE staff_number = '1001';
      INSERT INTO device (id, kind, name, site_id, made_at) SELECT 'door', 'display', 'Door', min(id), app_now() FROM site;
      INSERT INTO device_room SELECT 'door', id FROM room;""";

  private SignedIn() {}

  /** The token of a session that {@link #rows} begins. */
  public static String token(String staffNumber) {
    return "a-test-token-of-" + staffNumber;
  }

  /** Begins a session for somebody, which never ends. */
  public static String rows(String staffNumber) {
    return """
        INSERT INTO session (token_hash, person_id, agent, made_at, used_at)
          SELECT sha256('%s'), id, 'test', 'infinity', 'infinity' FROM person WHERE staff_number = '%s';"""
        .formatted(token(staffNumber), staffNumber);
  }

  /** The header {@code Authorization} of a device. */
  public static String device(String id) {
    String pair = id + ":" + new DevicePassword(new byte[32]).of(id, 1);
    return "Basic "
        + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  /** Names and values of the headers with which the admin changes something. */
  public static String[] headers() {
    return new String[] {"Cookie", COOKIE, "X-Csrf-Token", CSRF};
  }
}
