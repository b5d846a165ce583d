package foyer;

import static org.assertj.core.api.Assertions.assertThat;

import foyer.tls.Keys;
import foyer.tls.LocalCa;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that people and devices are told. */
class ListeningTest {

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void whoListensOnAllAddressesTellsOneThatOthersCanUse(String all) {
    Listening everywhere = on(all, Optional.empty());
    assertThat(LocalCa.namesOf(all)).contains(everywhere.publicHost());
    assertThat(everywhere.url(8443)).isEqualTo("https://" + everywhere.publicHost() + ":8443");
  }

  @Test
  void aNameThatPeopleKnowGoesBeforeTheAddress() {
    Listening known = on("0.0.0.0", Optional.of(URI.create("https://foyer.example.com/")));
    assertThat(known.publicHost()).isEqualTo("foyer.example.com");
    assertThat(known.url(8443)).isEqualTo("https://foyer.example.com");
  }

  @Test
  void oneAddressIsToldAsItIs() {
    assertThat(on("127.0.0.1", Optional.empty()).url(1)).isEqualTo("https://127.0.0.1:1");
    assertThat(on("::1", Optional.empty()).url(1)).isEqualTo("https://[::1]:1");
  }

  private static Listening on(String host, Optional<URI> publicUrl) {
    Keys keys = new Keys(Path.of("cert.pem"), Path.of("key.pem"));
    return new Listening(host, 0, publicUrl, Optional.of(keys), Optional.empty(), 0);
  }
}
