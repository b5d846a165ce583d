package foyer.tls;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * A certificate and its private key in files.
 *
 * @param certificate the server's own first, then those that lead to its authority (PEM)
 * @param key without a password (PEM, PKCS #8)
 */
public record Keys(Path certificate, Path key) {

  /** Files that cannot be used as they are, said in one line. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String line, Throwable cause) {
      super(line, cause);
    }

    Unusable(String line) {
      super(line);
    }
  }

  /** Throws {@link Unusable} unless both can be read and belong together. */
  public void check() {
    PrivateKey secret = privateKey();
    PublicKey open = leaf().getPublicKey();
    if (!belongTogether(secret, open)) {
      throw new Unusable(key + " is not the key of the certificate in " + certificate);
    }
  }

  /** The server's own certificate. */
  public X509Certificate leaf() {
    try (Reader in = Files.newBufferedReader(certificate);
        PEMParser parser = new PEMParser(in)) {
      if (parser.readObject() instanceof X509CertificateHolder first) {
        return new JcaX509CertificateConverter().getCertificate(first);
      }
      throw new Unusable(certificate + " does not begin with a certificate (PEM)");
    } catch (IOException | GeneralSecurityException failure) {
      throw new Unusable(certificate + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  /** When either file was last changed. */
  FileTime changedAt() throws IOException {
    FileTime one = Files.getLastModifiedTime(certificate);
    FileTime other = Files.getLastModifiedTime(key);
    return one.compareTo(other) > 0 ? one : other;
  }

  PrivateKey privateKey() {
    try (Reader in = Files.newBufferedReader(key);
        PEMParser parser = new PEMParser(in)) {
      JcaPEMKeyConverter converter = new JcaPEMKeyConverter();
      return switch (parser.readObject()) {
        case PrivateKeyInfo info -> converter.getPrivateKey(info);
        case PEMKeyPair pair -> converter.getPrivateKey(pair.getPrivateKeyInfo());
        case null, default ->
            throw new Unusable(key + " holds no private key without a password (PEM)");
      };
    } catch (IOException failure) {
      throw new Unusable(key + " cannot be read: " + failure.getMessage(), failure);
    }
  }

  private static boolean belongTogether(PrivateKey secret, PublicKey open) {
    if (!secret.getAlgorithm().equals(open.getAlgorithm())) {
      return false;
    }
    String algorithm =
        switch (secret.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> secret.getAlgorithm();
        };
    try {
      byte[] message = {1, 2, 3};
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(secret);
      signing.update(message);
      byte[] signed = signing.sign();
      Signature checking = Signature.getInstance(algorithm);
      checking.initVerify(open);
      checking.update(message);
      return checking.verify(signed);
    } catch (GeneralSecurityException mismatch) {
      return false;
    }
  }
}
