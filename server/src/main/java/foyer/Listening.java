package foyer;

import foyer.tls.Keys;
import foyer.tls.LocalCa;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where people and devices reach the server.
 *
 * @param host address to listen on
 * @param port of HTTP; 0 for a free one
 * @param publicUrl what links begin with; empty for host and port
 * @param tls certificate and key; empty for plain HTTP, on loopback alone
 * @param ca authority whose certificate devices come to trust, handed out under {@code /ca.pem};
 *     empty where they trust the server's already
 * @param mqttsPort of the built-in broker over TLS; 0 for a free one
 */
public record Listening(
    String host,
    int port,
    Optional<URI> publicUrl,
    Optional<Keys> tls,
    Optional<LocalCa> ca,
    int mqttsPort) {

  /** Plain, and for this machine alone. */
  public static Listening onLoopback(int port) {
    return new Listening(
        "127.0.0.1", port, Optional.empty(), Optional.empty(), Optional.empty(), 0);
  }

  /** Whether only this machine can reach it. */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException elsewhere) {
      return false;
    }
  }

  /** What links begin with, without a slash at the end. */
  String url(int actualPort) {
    String scheme = tls.isPresent() ? "https" : "http";
    return publicUrl
        .map(url -> url.toString().replaceFirst("/+$", ""))
        .orElseGet(() -> scheme + "://" + bracketed(host) + ":" + actualPort);
  }

  /** The host that devices are told. */
  String publicHost() {
    return publicUrl.map(URI::getHost).orElse(host);
  }

  static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
