package foyer.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class DevicePasswordTest {

  private final DevicePassword passwords =
      new DevicePassword("0123456789abcdef0123456789abcdef".getBytes(StandardCharsets.UTF_8));

  @Test
  void aPasswordIsTheSameEachTime() {
    assertThat(passwords.of("door-sh-0801", 1))
        .isEqualTo("WdYJ9UrXIUQULY-N7brd6SSIPik5Gkt_XCks8kC3oD0")
        .isEqualTo(passwords.of("door-sh-0801", 1));
  }

  @Test
  void anotherVersionDeviceOrInstallationHasAnotherPassword() {
    String password = passwords.of("door-sh-0801", 1);
    DevicePassword elsewhere = new DevicePassword(new byte[32]);
    assertThat(passwords.of("door-sh-0801", 2)).isNotEqualTo(password);
    assertThat(passwords.of("door-sh-0802", 1)).isNotEqualTo(password);
    assertThat(elsewhere.of("door-sh-0801", 1)).isNotEqualTo(password);
  }

  @Test
  void onlyTheDevicesPresentPasswordMatches() {
    String password = passwords.of("door-sh-0801", 2);
    assertThat(passwords.matches(password, "door-sh-0801", 2)).isTrue();
    assertThat(passwords.matches(password, "door-sh-0801", 3)).isFalse();
    assertThat(passwords.matches("", "door-sh-0801", 2)).isFalse();
    assertThat(passwords.matches("密码", "door-sh-0801", 2)).isFalse();
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new DevicePassword(new byte[31]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("32");
  }
}
