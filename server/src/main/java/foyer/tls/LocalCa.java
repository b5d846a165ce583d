package foyer.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate authority for one installation (RFC 5280), for where the company has none: tablets
 * come to trust it once, and the server's certificate can then be made anew. Its key stays in its
 * folder; it can sign for the names of this server only in so far as those who trust it let it.
 */
public final class LocalCa {

  private static final Duration CA_VALID = Duration.ofDays(3650);

  /** What browsers accept at most of a public authority, kept to here, too. */
  private static final Duration SERVER_VALID = Duration.ofDays(397);

  private static final Duration RENEWED_BEFORE = Duration.ofDays(60);
  private static final Duration CLOCKS_APART = Duration.ofDays(1);
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final int DNS = 2;
  private static final int IP = 7;

  private final Path folder;
  private final Set<String> names;

  private LocalCa(Path folder, Set<String> names) {
    this.folder = folder;
    this.names = new TreeSet<>(names);
  }

  /**
   * The authority of that folder, made where it is missing, and a certificate for those names, made
   * anew where there is none for all of them or it ends within sixty days. Blocks.
   *
   * @param names host names and IP addresses under which devices reach the server
   */
  public static LocalCa open(Path folder, Set<String> names) {
    LocalCa ca = new LocalCa(folder, names);
    ca.renewIfDue();
    return ca;
  }

  /** The server's certificate and key. */
  public Keys server() {
    return new Keys(folder.resolve("server.pem"), folder.resolve("server-key.pem"));
  }

  /** The authority's certificate, for devices (PEM). */
  public Path certificate() {
    return folder.resolve("ca.pem");
  }

  /** SHA-256 of the authority's certificate as people compare it: {@code AB:CD:…}. */
  public String fingerprint() {
    try {
      byte[] encoded = ca().leaf().getEncoded();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(encoded);
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(hash);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Makes what is missing or ends soon; does nothing else. Blocks. */
  public void renewIfDue() {
    try {
      Files.createDirectories(folder);
      if (!Files.exists(certificate())) {
        makeAuthority();
      }
      if (!Files.exists(server().certificate()) || isDue(server().leaf())) {
        makeServer();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (GeneralSecurityException | OperatorCreationException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private Keys ca() {
    return new Keys(certificate(), folder.resolve("ca-key.pem"));
  }

  private boolean isDue(X509Certificate present) throws GeneralSecurityException {
    Set<String> known = new TreeSet<>();
    var alternatives = present.getSubjectAlternativeNames();
    if (alternatives != null) {
      alternatives.forEach(name -> known.add(String.valueOf(name.get(1))));
    }
    Instant ends = present.getNotAfter().toInstant();
    return !known.containsAll(names) || Instant.now().plus(RENEWED_BEFORE).isAfter(ends);
  }

  private void makeAuthority()
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair pair = newPair();
    X500Name name = new X500Name("CN=Foyer " + HexFormat.of().toHexDigits(serial().shortValue()));
    X509v3CertificateBuilder builder = builder(name, name, pair, CA_VALID);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    write(ca().key(), pair.getPrivate());
    write(certificate(), signed(builder, pair.getPrivate()));
  }

  private void makeServer()
      throws IOException, GeneralSecurityException, OperatorCreationException {
    KeyPair pair = newPair();
    X509Certificate authority = ca().leaf();
    X500Name issuer = X500Name.getInstance(authority.getSubjectX500Principal().getEncoded());
    X509v3CertificateBuilder builder =
        builder(issuer, new X500Name("CN=Foyer"), pair, SERVER_VALID);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(Extension.subjectAlternativeName, false, alternatives());
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(authority));
    X509Certificate made = signed(builder, ca().privateKey());
    write(server().key(), pair.getPrivate());
    write(server().certificate(), made, authority);
  }

  private GeneralNames alternatives() {
    List<GeneralName> all = new ArrayList<>();
    for (String name : names) {
      all.add(new GeneralName(isAddress(name) ? IP : DNS, name));
    }
    return new GeneralNames(all.toArray(GeneralName[]::new));
  }

  private static boolean isAddress(String name) {
    return name.contains(":") || name.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
  }

  private static KeyPair newPair() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static X509v3CertificateBuilder builder(
      X500Name issuer, X500Name subject, KeyPair pair, Duration valid)
      throws IOException, GeneralSecurityException {
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            serial(),
            Date.from(now.minus(CLOCKS_APART)),
            Date.from(now.plus(valid)),
            subject,
            pair.getPublic());
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(pair.getPublic()));
    return builder;
  }

  private static BigInteger serial() {
    return new BigInteger(127, new SecureRandom()).add(BigInteger.ONE);
  }

  private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey by)
      throws GeneralSecurityException, OperatorCreationException {
    return new JcaX509CertificateConverter()
        .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(by)));
  }

  /** Whole or not at all; readable by the server alone where it is a key. */
  private static void write(Path file, Object... contents) throws IOException {
    StringWriter text = new StringWriter();
    try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
      for (Object content : contents) {
        pem.writeObject(
            content instanceof PrivateKey secret ? new JcaPKCS8Generator(secret, null) : content);
      }
    }
    Path fresh =
        Files.createTempFile(
            file.getParent(),
            "new",
            ".pem",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (Writer out = Files.newBufferedWriter(fresh)) {
      out.write(text.toString());
    }
    if (!(contents[0] instanceof PrivateKey)) {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Names and addresses under which this machine can be reached from elsewhere. */
  public static Set<String> namesOf(String host) {
    Set<String> names = new TreeSet<>(List.of("localhost", "127.0.0.1", host));
    try {
      if (InetAddress.getByName(host).isAnyLocalAddress()) {
        names.remove(host);
        names.add(InetAddress.getLocalHost().getHostName());
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
            .map(address -> withoutScope(address.getHostAddress()))
            .forEach(names::add);
      }
    } catch (IOException unknown) {
      return names;
    }
    return names;
  }

  /** An IPv6 address as certificates have it: without the interface behind {@code %}. */
  private static String withoutScope(String address) {
    return address.replaceFirst("%.*", "");
  }
}
