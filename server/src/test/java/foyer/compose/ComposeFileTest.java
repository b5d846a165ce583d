package foyer.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import foyer.Config;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docker-compose.yml} and {@code Dockerfile}, read. */
class ComposeFileTest {

  private static final Map<String, String> GIVEN =
      Map.of("FOYER_NAME", "foyer.example.com", "FOYER_SECRETS", "./secrets");
  private static final Path SCHEMA =
      ComposeFile.PROJECT.resolve("third-party/compose-spec/compose-spec.json");
  private static final Path DOCKERFILE = ComposeFile.PROJECT.resolve("Dockerfile");

  @Test
  void theFileKeepsToItsPublishedSchema() throws Exception {
    Map<String, Object> file = ComposeFile.read(GIVEN).tree();
    OutputUnit verdict = validator().validate(json(file));
    assertThat(verdict.getValid()).as("%s", verdict.getErrors()).isTrue();

    Map<String, Object> planted = new LinkedHashMap<>(file);
    planted.put("services", Map.of("server", Map.of("imagee", "foyer-server")));
    assertThat(validator().validate(json(planted)).getValid()).as("a misspelt word").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FOYER_NAME", "FOYER_SECRETS"})
  void withoutItsVariablesItRefusesAndSaysWhatToPut(String name) {
    Map<String, String> others = new LinkedHashMap<>(GIVEN);
    others.remove(name);
    assertThatThrownBy(() -> ComposeFile.read(others))
        .isInstanceOf(ComposeFile.Missing.class)
        .hasMessageMatching(name + ": .{30,}");
  }

  @Test
  void noSecretHasADefaultNorStandsInAnEnvironment() throws Exception {
    String text = Files.readString(ComposeFile.PROJECT.resolve("docker-compose.yml"));
    assertThat(Pattern.compile("\\$\\{[^}]*:-[^}]*}").matcher(text).results().map(r -> r.group()))
        .containsOnly("${FOYER_HTTPS_PORT:-443}");
    ComposeFile file = ComposeFile.read(GIVEN);
    for (String service : file.services().keySet()) {
      file.environment(service)
          .forEach(
              (name, value) -> {
                if (name.contains("PASSWORD")) {
                  assertThat(name).endsWith("_FILE");
                  assertThat(value).startsWith("/run/secrets/");
                }
              });
    }
  }

  @Test
  void whatIsSetIsASettingAndCanBeTaken() throws Exception {
    Map<String, String> environment = ComposeFile.read(GIVEN).environment("server");
    assertThat(environment).hasSizeGreaterThan(10);
    environment
        .keySet()
        .forEach(name -> assertThat(Config.markdown()).contains("| `" + name + "` |"));
    assertThat(environment.get("FOYER_PUBLIC_URL")).isEqualTo("https://foyer.example.com");
    Map<String, String> elsewhere = new LinkedHashMap<>(GIVEN);
    elsewhere.put("FOYER_HTTPS_PORT", "8443");
    assertThat(ComposeFile.read(elsewhere).environment("server").get("FOYER_PUBLIC_URL"))
        .isEqualTo("https://foyer.example.com:8443");
  }

  @Test
  void everyContainerHasNoMoreRightsThanItNeeds() throws Exception {
    ComposeFile file = ComposeFile.read(GIVEN);
    for (String name : file.services().keySet()) {
      Map<String, Object> service = file.service(name);
      assertThat(service).as(name).containsEntry("read_only", true);
      assertThat(service).as(name).containsEntry("cap_drop", List.of("ALL"));
      assertThat(service).as(name).containsEntry("security_opt", List.of("no-new-privileges:true"));
      assertThat(service.get("user").toString()).as(name).isNotEmpty().doesNotMatch("root|0(:.*)?");
      assertThat(service).as(name).containsKey("restart").doesNotContainKeys("privileged");
      assertThat(service.get("deploy").toString()).as(name).contains("memory=", "cpus=", "pids=");
      if (!name.equals("server") && !name.equals("broker-rights")) {
        assertThat(service).as(name).containsKey("healthcheck");
      }
    }
    assertThat(file.service("server"))
        .as("two of it are possible")
        .doesNotContainKeys("container_name", "ports", "hostname");
    assertThat(Files.readString(DOCKERFILE)).contains("\nHEALTHCHECK ", "\nUSER 10001:10001\n");
  }

  @Test
  void whatIsMountedIsThere() throws Exception {
    ComposeFile file = ComposeFile.read(GIVEN);
    Path secrets = ComposeFile.PROJECT.resolve("secrets");
    for (String name : file.services().keySet()) {
      assertThat(file.mounts(name).values())
          .allSatisfy(
              source -> {
                if (!source.startsWith(secrets)) {
                  assertThat(source).exists();
                }
              });
    }
    assertThat(file.mounts("broker")).containsKey("/mosquitto/config/mosquitto.conf");
  }

  @Test
  void whatTheImageIsMadeOfIsThere() throws Exception {
    List<String> sources = new ArrayList<>();
    for (String line : Files.readAllLines(DOCKERFILE)) {
      if (line.startsWith("COPY ") && !line.contains("--from=")) {
        List<String> words = List.of(line.split(" ", -1));
        sources.addAll(words.subList(1, words.size() - 1));
      }
    }
    assertThat(sources).contains("pom.xml", "server", "compose/train");
    assertThat(sources).allSatisfy(s -> assertThat(ComposeFile.PROJECT.resolve(s)).exists());
    for (String module : modules()) {
      assertThat(sources).as("what Maven reads").anyMatch(s -> (module + "/pom.xml").startsWith(s));
    }
    for (String script : List.of("healthy", "train", "prepare", "database")) {
      assertThat(ComposeFile.PROJECT.resolve("compose").resolve(script)).isExecutable();
    }
  }

  private static List<String> modules() throws IOException {
    return Pattern.compile("<module>([a-z-]+)</module>")
        .matcher(Files.readString(ComposeFile.PROJECT.resolve("pom.xml")))
        .results()
        .map(module -> module.group(1))
        .toList();
  }

  private static JsonObject json(Map<String, Object> tree) {
    return new JsonObject(new JsonObject(tree).encode());
  }

  private static Validator validator() throws IOException {
    JsonObject schema = new JsonObject(Files.readString(SCHEMA));
    Stream.of("$schema", "$id").forEach(schema::remove);
    return Validator.create(
        JsonSchema.of(schema),
        new JsonSchemaOptions()
            .setBaseUri("foyer:compose")
            .setDraft(Draft.DRAFT7)
            .setOutputFormat(OutputFormat.Basic));
  }
}
