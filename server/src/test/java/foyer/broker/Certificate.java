package foyer.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 that lives as long as a test. */
final class Certificate {

  private static final String FOR_LOOPBACK = "san=ip:127.0.0.1,dns:localhost";
  private static final String STORE = "store.p12";
  private static final char[] STORE_PASSWORD = "of-a-test".toCharArray();

  private final SSLContext context;

  private Certificate(SSLContext context) {
    this.context = context;
  }

  /** Makes one with the JDK's keytool, and writes server.crt and server.key into the folder. */
  static Certificate make(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    keytool(folder, "server", "-dname", "CN=localhost", "-validity", "2", "-ext", FOR_LOOPBACK);
    return read(folder);
  }

  /**
   * Makes one that has expired, though its signer has not, and writes ca.crt, server.crt and
   * server.key into the folder.
   */
  static Certificate makeExpired(Path folder)
      throws IOException, InterruptedException, GeneralSecurityException {
    keytool(folder, "ca", "-dname", "CN=A signer", "-validity", "2", "-ext", "bc:c");
    keytool(
        folder,
        "server",
        "-dname",
        "CN=localhost",
        "-signer",
        "ca",
        "-startdate",
        "-10d",
        "-validity",
        "5",
        "-ext",
        FOR_LOOPBACK);
    return read(folder);
  }

  private static void keytool(Path folder, String alias, String... more)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of("-genkeypair", "-alias", alias, "-keyalg", "EC"));
    command.addAll(List.of("-groupname", "secp256r1", "-storetype", "PKCS12"));
    command.addAll(List.of("-keystore", folder.resolve(STORE).toString()));
    command.addAll(List.of("-storepass", new String(STORE_PASSWORD)));
    command.addAll(List.of(more));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new AssertionError("keytool makes no certificate");
    }
  }

  private static Certificate read(Path folder) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(folder.resolve(STORE))) {
      keys.load(in, STORE_PASSWORD);
    }
    java.security.cert.Certificate own = keys.getCertificate("server");
    Key key = keys.getKey("server", STORE_PASSWORD);
    if (keys.containsAlias("ca")) {
      pem(folder.resolve("ca.crt"), "CERTIFICATE", keys.getCertificate("ca").getEncoded());
    }
    pem(folder.resolve("server.crt"), "CERTIFICATE", own.getEncoded());
    pem(folder.resolve("server.key"), "PRIVATE KEY", key.getEncoded());
    return new Certificate(trusting(own));
  }

  SocketFactory trust() {
    return context.getSocketFactory();
  }

  /** Greets a TLS listener on loopback with no other trust than the JDK's. */
  static void greetAsAStranger(int port) throws IOException {
    try (Socket socket = SSLSocketFactory.getDefault().createSocket("127.0.0.1", port)) {
      ((SSLSocket) socket).startHandshake();
    }
  }

  private static SSLContext trusting(java.security.cert.Certificate own)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("server", own);
    TrustManagerFactory managers =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }

  private static void pem(Path file, String kind, byte[] der) throws IOException {
    byte[] newline = "\n".getBytes(StandardCharsets.US_ASCII);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(("-----BEGIN " + kind + "-----\n").getBytes(StandardCharsets.US_ASCII));
      out.write(Base64.getMimeEncoder(64, newline).encode(der));
      out.write(("\n-----END " + kind + "-----\n").getBytes(StandardCharsets.US_ASCII));
    }
  }
}
