package foyer.http;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.testing.SignedIn;
import foyer.wire.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** HTTP spoken by hand, so that what no client would send can be sent. One connection a request. */
public final class RawHttp {

  private static final int PATIENCE_MILLIS = 20_000;

  private final int port;

  /** Speaks to a server on this machine. */
  public RawHttp(int port) {
    this.port = port;
  }

  /**
   * What came back.
   *
   * @param headers names in lower case
   */
  public record Reply(int status, Map<String, String> headers, byte[] body) {

    /** The body as text. */
    public String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /** The body as JSON. */
    public JsonNode json() {
      return Json.read(body, JsonNode.class);
    }

    /** The problem's type without its prefix; empty if it is no problem. */
    public String problem() {
      boolean problem = "application/problem+json".equals(headers.get("content-type"));
      return problem ? json().path("type").asText().replaceFirst("^/problems/", "") : "";
    }
  }

  /** A request to be filled in. */
  public final class Request {
    private final String method;
    private final String target;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private byte[] body = {};

    private Request(String method, String target) {
      this.method = method;
      this.target = target;
      headers.put("Host", "127.0.0.1:" + port);
      headers.put("Connection", "close");
      if (target.contains("/walk-up")) {
        headers.put("Authorization", SignedIn.DOOR);
      } else if (target.startsWith("/api/kiosk/")) {
        headers.put("Authorization", SignedIn.device("kiosk"));
      } else {
        headers.put("Cookie", SignedIn.COOKIE);
        headers.put("X-Csrf-Token", SignedIn.CSRF);
      }
    }

    /** Sets a header. */
    public Request with(String name, String value) {
      headers.put(name, value);
      return this;
    }

    /** Leaves a header out. */
    public Request without(String name) {
      headers.remove(name);
      return this;
    }

    /** Sets a JSON body. */
    public Request json(String text) {
      return body("application/json", text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sets a body and its length. */
    public Request body(String contentType, byte[] bytes) {
      headers.put("Content-Type", contentType);
      headers.put("Content-Length", Integer.toString(bytes.length));
      body = bytes;
      return this;
    }

    /** Sends it. */
    public Reply send() {
      StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
      headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
      byte[] start = (head + "\r\n").getBytes(StandardCharsets.UTF_8);
      byte[] whole = Arrays.copyOf(start, start.length + body.length);
      System.arraycopy(body, 0, whole, start.length, body.length);
      return exchange(whole)
          .orElseThrow(() -> new AssertionError("no answer to " + method + " " + target));
    }
  }

  /** A request. */
  public Request request(String method, String target) {
    return new Request(method, target);
  }

  /**
   * Sends these bytes and reads all that comes back until the server closes; nothing if nothing.
   */
  public Optional<Reply> exchange(byte[] request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      try {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
      } catch (SocketException cut) {
        return read(socket);
      }
      return read(socket);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<Reply> read(Socket socket) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      socket.getInputStream().transferTo(bytes);
    } catch (SocketException cut) {
      if (bytes.size() == 0) {
        return Optional.empty();
      }
    }
    return bytes.size() == 0 ? Optional.empty() : Optional.of(parse(bytes.toByteArray()));
  }

  private static Reply parse(byte[] bytes) {
    String all = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = all.indexOf("\r\n\r\n");
    String[] lines = all.substring(0, end).split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.put(
          lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[i].substring(colon + 1).strip());
    }
    int status = Integer.parseInt(lines[0].split(" ")[1]);
    return new Reply(status, headers, Arrays.copyOfRange(bytes, end + 4, bytes.length));
  }
}
