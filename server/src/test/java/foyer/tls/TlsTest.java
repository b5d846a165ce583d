package foyer.tls;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import foyer.Brokers;
import foyer.Listening;
import foyer.Server;
import foyer.browser.Browsers;
import foyer.org.Passwords;
import foyer.testing.Eventually;
import foyer.testing.SignedIn;
import foyer.testing.TestDatabase;
import foyer.testing.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What tablets and browsers of other machines meet: a certificate of Foyer's own authority. */
class TlsTest {

  private static final String PASSWORD = "eine ganze Wiese";

  @RegisterExtension static final TestDatabase database = TestDatabase.create();
  @RegisterExtension static final Browsers browsers = new Browsers();
  @TempDir static Path folder;

  private static LocalCa ca;
  private static Server server;
  private static String host;

  @BeforeAll
  static void start() {
    database.execute(TestServer.COMPANY);
    database.execute(
        "INSERT INTO password SELECT id, '%s', app_now() FROM person WHERE staff_number = '1002'"
            .formatted(Passwords.hashNow(PASSWORD)));
    host =
        LocalCa.namesOf("0.0.0.0").stream()
            .filter(name -> name.matches("[0-9.]+") && !name.startsWith("127."))
            .findFirst()
            .orElse("127.0.0.1");
    ca = LocalCa.open(folder, Set.of(host));
    server =
        Server.start(
            new Server.Options(
                database.address(),
                8,
                new Listening(
                    host, 0, Optional.empty(), Optional.of(ca.server()), Optional.of(ca), 0),
                new Brokers.Choice.Embedded(0, OptionalInt.empty())));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void peopleSignInFromAnotherMachineAndSeeTheRooms() {
    try (BrowserContext context =
        browsers.context(
            new Browser.NewContextOptions().setIgnoreHTTPSErrors(true).setLocale("en"))) {
      Page page = context.newPage();
      page.navigate(server.address() + "/rooms");
      page.locator("sign-in #name").fill("1002");
      page.locator("sign-in #password").fill(PASSWORD);
      page.locator("sign-in button[type=submit]").click();
      assertThat(page.locator("room-list")).containsText("Songtao");
      assertThat(context.cookies().stream().map(cookie -> cookie.name + cookie.secure))
          .contains("__Host-foyer-sessiontrue");
    }
  }

  @Test
  void whoTrustsTheAuthorityIsServedAndWhoDoesNotIsNot() throws Exception {
    assertThat(get(trusting(), "/api/clock")).isEqualTo(200);
    assertThat(get(trusting(), "/ca.pem")).isEqualTo(200);
    assertThatThrownBy(() -> get(SSLContext.getDefault(), "/api/clock"))
        .isInstanceOf(SSLHandshakeException.class);
  }

  @Test
  void theBrokerIsReachedOverTheSameCertificate() throws Exception {
    assertThat(server.broker()).startsWith("ssl://" + host + ":");
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setSocketFactory(trusting().getSocketFactory());
    options.setUserName("door");
    options.setPassword(SignedIn.DOOR_PASSWORD.getBytes(StandardCharsets.UTF_8));
    MqttClient client = new MqttClient(server.broker(), "door", new MemoryPersistence());
    client.connect(options);
    assertThat(client.isConnected()).isTrue();
    client.disconnect();
    client.close();
  }

  @Test
  void aCertificateIsMadeAnewAndServedWhileTheServerRuns() throws Exception {
    X509Certificate before = served();
    Files.delete(ca.server().certificate());
    Eventually.becomes(
        "the new certificate is served",
        Eventually.PATIENCE,
        () -> !served().getSerialNumber().equals(before.getSerialNumber()));
  }

  @Test
  void aCertificateIsMadeAnewOnlyForAnotherNameOrNearItsEnd(@TempDir Path other) {
    LocalCa first = LocalCa.open(other, Set.of("foyer.example", "10.0.0.1"));
    var serial = first.server().leaf().getSerialNumber();
    LocalCa again = LocalCa.open(other, Set.of("10.0.0.1"));
    assertThat(again.server().leaf().getSerialNumber()).isEqualTo(serial);
    assertThat(again.fingerprint()).isEqualTo(first.fingerprint());
    LocalCa renamed = LocalCa.open(other, Set.of("new.example"));
    assertThat(renamed.server().leaf().getSerialNumber()).isNotEqualTo(serial);
    assertThat(renamed.fingerprint()).isEqualTo(first.fingerprint());
  }

  @Test
  void allAddressesOfThisMachineAreNamesOfACertificate(@TempDir Path other) throws Exception {
    Set<String> names = LocalCa.namesOf("0.0.0.0");
    LocalCa made = LocalCa.open(other, names);
    var serial = made.server().leaf().getSerialNumber();
    assertThat(made.server().leaf().getSubjectAlternativeNames()).hasSize(names.size());
    assertThat(LocalCa.open(other, names).server().leaf().getSerialNumber()).isEqualTo(serial);
  }

  @Test
  void filesThatDoNotBelongTogetherAreRefused(@TempDir Path other) throws IOException {
    Keys mine = ca.server();
    Keys foreign = LocalCa.open(other, Set.of("localhost")).server();
    mine.check();
    assertThatThrownBy(new Keys(mine.certificate(), foreign.key())::check)
        .isInstanceOf(Keys.Unusable.class)
        .hasMessageContaining("is not the key");
    Path empty = Files.createFile(other.resolve("empty.pem"));
    assertThatThrownBy(new Keys(empty, mine.key())::check).isInstanceOf(Keys.Unusable.class);
    assertThatThrownBy(new Keys(mine.certificate(), empty)::check)
        .isInstanceOf(Keys.Unusable.class);
    assertThatThrownBy(new Keys(other.resolve("none.pem"), mine.key())::check)
        .isInstanceOf(Keys.Unusable.class);
  }

  private static int get(SSLContext trust, String path) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().sslContext(trust).build()) {
      HttpRequest request = HttpRequest.newBuilder(URI.create(server.address() + path)).build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private static X509Certificate served() {
    URI address = URI.create(server.address());
    try (SSLSocket socket =
        (SSLSocket)
            trusting().getSocketFactory().createSocket(address.getHost(), address.getPort())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static SSLContext trusting() throws Exception {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("ca", new Keys(ca.certificate(), ca.certificate()).leaf());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
