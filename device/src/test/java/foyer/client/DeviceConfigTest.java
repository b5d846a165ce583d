package foyer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceConfigTest {

  private static final String ISSUED =
      """
      {"device":"door-sh-0801","kind":"display","site":"sh","rooms":["sh-0801"],
       "server":"http://127.0.0.1:8080","broker":"tcp://127.0.0.1:1883",
       "username":"door-sh-0801","password":"secret","ca":null}
      """;

  @TempDir Path folder;

  @Test
  void theFileThatTheServerIssuesIsEnough() throws IOException {
    DeviceConfig config = read(file(ISSUED), Map.of());
    assertThat(config.device()).isEqualTo("door-sh-0801");
    assertThat(config.rooms()).containsExactly("sh-0801");
    assertThat(config.server()).hasToString("http://127.0.0.1:8080");
    assertThat(config.broker()).hasToString("tcp://127.0.0.1:1883");
    assertThat(config.passwordBytes()).asString().isEqualTo("secret");
    assertThat(config.ca()).isNull();
    assertThat(config.port()).isEqualTo(8090);
    assertThat(config.data()).isEqualTo(Path.of("device-data/door-sh-0801"));
  }

  @Test
  void theCommandLineCountsBeforeTheEnvironmentAndThatBeforeTheFile() throws IOException {
    List<String> args = new ArrayList<>(file(ISSUED));
    args.addAll(List.of("--port", "9000"));
    Map<String, String> environment =
        Map.of("FOYER_DEVICE_PORT", "9001", "FOYER_DEVICE_SERVER", "https://foyer.example");
    DeviceConfig config = read(args, environment);
    assertThat(config.port()).isEqualTo(9000);
    assertThat(config.server()).hasToString("https://foyer.example");
  }

  @Test
  void thePasswordIsNotInTheText() throws IOException {
    assertThat(read(file(ISSUED), Map.of()).toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"display\" | \"kiosk\" | the file is for a kiosk, this program is a display",
        "[\"sh-0801\"] | [] | rooms is missing: a display needs at least one",
        "[\"sh-0801\"] | [\"a/b\"] | rooms: no id: a/b",
        "http: | ftp: | server: not one of http, https with a host: ftp://127.0.0.1:8080",
        "tcp: | mqtt: | broker: not one of ssl, tcp, ws, wss with a host: mqtt://127.0.0.1:1883",
        "\"sh\" | \"+\" | site: no id: +",
        "null | \"none.pem\" | ca: cannot be read: none.pem",
        "}  | , | is no JSON",
        "{\"device\" | [{\"device\" | is no JSON"
      })
  void aFaultInTheFileIsSaidInOneLine(String what, String instead, String said) {
    assertThatThrownBy(() -> read(file(ISSUED.replace(what, instead)), Map.of()))
        .isInstanceOf(DeviceConfig.Unusable.class)
        .hasMessageContaining(said)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--colour red | unknown option --colour; --help lists them",
        "--port | --port needs a value",
        "--port x | port: no number: x",
        "--port 65536 | port: not from 0 to 65535: 65536",
        "--site sh | device is missing; give --config FILE or --device",
        "--config /none/at/all | /none/at/all cannot be read: NoSuchFileException"
      })
  void aFaultOnTheCommandLineIsSaidInOneLine(String line, String said) {
    assertThatThrownBy(() -> read(List.of(line.split(" ")), Map.of()))
        .isInstanceOf(DeviceConfig.Unusable.class)
        .hasMessage(said);
  }

  @Test
  void helpNamesEveryOptionAndItsVariable() {
    assertThat(DeviceConfig.help("room-display"))
        .contains("usage: room-display", "--config", "--device", "--site", "--rooms", "--server")
        .contains("--broker", "--username", "--ca", "--port", "--data", "--help")
        .contains("FOYER_DEVICE_PORT", "FOYER_DEVICE_PASSWORD");
  }

  private List<String> file(String content) throws IOException {
    Path file = Files.writeString(folder.resolve("device.json"), content);
    return List.of("--config", file.toString());
  }

  private static DeviceConfig read(List<String> args, Map<String, String> environment) {
    return DeviceConfig.read("display", args, environment);
  }
}
