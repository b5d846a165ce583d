package foyer.client;

import java.net.URI;
import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says why the other end of a connection over TLS is not trusted. */
final class TlsTrouble {

  private TlsTrouble() {}

  /**
   * One line for whoever looks after the device; nothing if the failure has nothing to do with TLS.
   *
   * @param ca the file with the certificates to trust, if one was named
   */
  static Optional<String> of(Throwable failure, URI address, @Nullable Path ca) {
    if (causes(failure).noneMatch(SSLException.class::isInstance)) {
      return Optional.empty();
    }
    String whose = "the certificate of " + address;
    if (has(failure, CertificateExpiredException.class)) {
      return Optional.of(whose + " has expired");
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return Optional.of(whose + " is not valid yet; is this machine's clock right?");
    }
    if (has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class)) {
      String trusted = ca == null ? "this machine trusts; name a file with --ca" : ca + " names";
      return Optional.of(whose + " is not trusted: it is signed by nobody whom " + trusted);
    }
    if (has(failure, CertificateException.class)) {
      return Optional.of(whose + " is not for that host: " + deepest(failure));
    }
    return Optional.of(address + " does not speak TLS with us: " + deepest(failure));
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    return causes(failure).anyMatch(kind::isInstance);
  }

  private static String deepest(Throwable failure) {
    return causes(failure)
        .reduce((outer, inner) -> inner)
        .map(Throwable::getMessage)
        .flatMap(message -> message.lines().findFirst())
        .orElse("");
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause);
  }
}
