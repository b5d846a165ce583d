package foyer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.sql.DatabaseAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigTest {

  private static final Path PAGE = Path.of("..", "docs", "configuration.md");

  @TempDir private Path folder;

  @Test
  void withoutAnythingSetAllHasItsDefault() {
    Config config = read();
    assertThat(config.get(Config.PORT)).isEqualTo(8080);
    assertThat(config.get(Config.MQTT_PORT)).isEqualTo(1883);
    assertThat(config.get(Config.MQTT_WS_PORT)).isZero();
    assertThat(config.get(Config.DATA)).isEqualTo(Path.of("./data"));
    assertThat(config.get(Config.FRESH)).isFalse();
    assertThat(config.get(Config.NO_DEMO)).isFalse();
    assertThat(config.get(Config.LOG)).isEqualTo(Config.Log.TEXT);
    assertThat(config.database()).isEmpty();
    assertThat(config.get(Config.BROKER_URL)).isEmpty();
  }

  @Test
  void theCommandLineWinsOverTheEnvironmentAndThatOverTheFile() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("foyer.conf"), "# ours\nport = 1001\nmqtt-port=1002\n\nlog = json\n");
    Config config =
        Config.read(
            List.of("--config", file.toString(), "--port=1004"),
            Map.of("FOYER_PORT", "1005", "FOYER_MQTT_PORT", "1006", "PATH", "/bin"));
    assertThat(config.get(Config.PORT)).isEqualTo(1004);
    assertThat(config.get(Config.MQTT_PORT)).isEqualTo(1006);
    assertThat(config.get(Config.LOG)).isEqualTo(Config.Log.JSON);
  }

  @Test
  void anotherDatabaseIsNamedByAddressRoleAndPasswordFile() throws Exception {
    Path file = Files.writeString(folder.resolve("password"), "密码 with words\nsecond line\n");
    Config config =
        read(
            "--database-url", "postgresql://db.example:5433/foyer",
            "--database-user", "foyer",
            "--database-password-file", file.toString());
    assertThat(config.database())
        .contains(new DatabaseAddress("db.example", 5433, "foyer", "foyer", "密码 with words"));
  }

  @Test
  void theEnvironmentCannotThrowDataAway() {
    Config config = Config.read(List.of(), Map.of("FOYER_FRESH", "true", "FOYER_NO_DEMO", "true"));
    assertThat(config.get(Config.FRESH)).isFalse();
    assertThat(config.get(Config.NO_DEMO)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          --prot 80                                     | did you mean --port?
          --nonsense                                    | unknown option --nonsense
          8080                                          | '8080' is no option
          --port                                        | --port needs a value: --port PORT
          --port --fresh                                | --port needs a value: --port PORT
          --port eighty                                 | --port must be a number from 0 to 65535, not 'eighty'
          --port -1                                     | --port must be a number from 0 to 65535, not '-1'
          --port 65536                                  | --port must be a number from 0 to 65535, not '65536'
          --port 99999999999999                         | --port must be a number from 0 to 65535
          --port=                                       | --port must be a number from 0 to 65535, not ''
          --port 80 --port 81                           | --port is given twice
          --port 1883                                   | must differ; 1883 is given twice
          --fresh=perhaps                               | --fresh must be true or false
          --data=                                       | --data must not be empty
          --log xml                                     | --log must be text or json
          --database-connections 1                      | --database-connections must be a number from 2 to 80
          --database-url postgresql://h/d               | --database-url needs --database-user
          --database-url mysql://h/d --database-user u  | --database-url must look like postgresql://
          --database-url postgresql://h:0/d             | --database-url must be a number from 1 to 65535
          --database-url postgresql://u:secret@h/d      | user and password apart
          --database-url postgresql://h/d --database-user u --fresh        | --fresh does not go with --database-url
          --database-password a --database-password-file b                 | --database-password does not go with
          --database-url postgresql://h/d --database-user u --database-password-file /nowhere | --database-password-file /nowhere cannot be read
          --broker-url http://h:1883                    | --broker-url must look like tcp://host:port
          --broker-url tcp://h                          | --broker-url must look like tcp://host:port
          --broker-password a --broker-password-file b  | --broker-password does not go with
          --broker-password-file /nowhere               | --broker-password-file /nowhere cannot be read
          --config /nowhere                             | --config /nowhere cannot be read
          """)
  void whatCannotBeTakenIsSaidInOneLine(String line, String reason) {
    assertThatThrownBy(() -> read(line.split(" +")))
        .isInstanceOf(Config.Unusable.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining("secret")
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          prot = 80         | did you mean --port?
          port              | is not of the form name = value
          = 80              | unknown
          port = eighty     | --port must be a number
          fresh = true      | fresh may be given on the command line only
          config = other    | config may be given on the command line only
          """)
  void aFileIsReadAsStrictlyAsTheCommandLine(String line, String reason) throws Exception {
    Path file = Files.writeString(folder.resolve("foyer.conf"), line + "\n");
    assertThatThrownBy(() -> read("--config", file.toString()))
        .isInstanceOf(Config.Unusable.class)
        .hasMessageContaining(reason)
        .message()
        .hasLineCount(1);
  }

  @Test
  void controlCharactersDoNotReachTheTerminal() {
    assertThatThrownBy(() -> read("--port", "80\u001b[2J\n\u202e"))
        .hasMessageContaining("'80?[2J??'")
        .message()
        .hasLineCount(1);
  }

  @Test
  void theHelpNamesEveryOption() {
    assertThat(Config.help())
        .contains("--port PORT", "--mqtt-port PORT", "--data DIR", "--fresh\n", "--no-demo\n")
        .contains("(default: 8080)")
        .contains("FOYER_MQTT_PORT");
  }

  @Test
  void thePageOfSettingsIsCurrent() throws Exception {
    if (Boolean.getBoolean("foyer.write-docs")) {
      Files.writeString(PAGE, Config.markdown());
    }
    assertThat(PAGE)
        .describedAs("docs/configuration.md is not current: './test --write-docs' writes it anew")
        .hasContent(Config.markdown());
  }

  private static Config read(String... arguments) {
    return Config.read(List.of(arguments), Map.of());
  }
}
