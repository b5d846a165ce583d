package foyer;

import foyer.tls.Keys;
import foyer.tls.LocalCa;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  /**
   * An address of nobody (RFC 5737); what is bound to it, and never sent, says how others see us.
   */
  private static final String ELSEWHERE = "203.0.113.1";

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
        .orElseGet(() -> scheme + "://" + bracketed(publicHost()) + ":" + actualPort);
  }

  /** The host that people and devices are told; where it listens on all addresses, one of them. */
  String publicHost() {
    return publicUrl.map(URI::getHost).orElseGet(() -> reachable(host));
  }

  private static String reachable(String host) {
    try {
      return InetAddress.getByName(host).isAnyLocalAddress() ? ownAddress() : host;
    } catch (UnknownHostException elsewhere) {
      return host;
    }
  }

  /** The address from which this machine speaks to others; the loopback address if it has none. */
  private static String ownAddress() {
    try (DatagramSocket unsent = new DatagramSocket()) {
      unsent.connect(new InetSocketAddress(ELSEWHERE, 9));
      InetAddress own = unsent.getLocalAddress();
      return (own.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : own).getHostAddress();
    } catch (IOException | UncheckedIOException unconnected) {
      return InetAddress.getLoopbackAddress().getHostAddress();
    }
  }

  static String bracketed(String host) {
    return host.contains(":") ? "[" + host + "]" : host;
  }
}
