package foyer.testing;

import com.fasterxml.jackson.databind.JsonNode;
import foyer.wire.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Somebody who has signed in by name and password, as at a browser.
 *
 * @param cookie the header {@code Cookie}
 * @param csrf what is shown to change something
 */
public record Session(String cookie, String csrf) {

  private static final Pattern WELCOME =
      Pattern.compile("sign in as (\\S+) \\(admin\\).* password (.+)");

  /** What a server says about its demo company: who the admin is, and everybody's password. */
  public record Welcome(String admin, String password) {

    /** Reads the line that begins with "sign in as". */
    public static Welcome of(String line) {
      Matcher said = WELCOME.matcher(line);
      if (!said.matches()) {
        throw new AssertionError("nobody can sign in: " + line);
      }
      return new Welcome(said.group(1), said.group(2));
    }
  }

  /** Signs in at the server of that base address. */
  public static Session signIn(String server, Welcome as) throws IOException, InterruptedException {
    HttpResponse<String> answer = answer(server, as);
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + answer.body());
    }
    return of(answer);
  }

  /** What the server answers to this name and password. */
  public static HttpResponse<String> answer(String server, Welcome as)
      throws IOException, InterruptedException {
    String body =
        "{\"name\":\"%s\",\"password\":\"%s\"}".formatted(as.admin(), as.password());
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(server + "/api/session"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(body))
              .timeout(Eventually.PATIENCE)
              .build(),
          BodyHandlers.ofString());
    }
  }

  /** The session that an answer begins. */
  public static Session of(HttpResponse<String> answer) {
    String cookie =
        answer.headers().allValues("Set-Cookie").stream()
            .map(set -> set.split(";", 2)[0])
            .filter(pair -> pair.startsWith("foyer-session="))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no session: " + answer.headers()));
    JsonNode me = Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    return new Session(cookie, me.path("csrfToken").asText());
  }

  /** Names and values of the headers with which something is asked or changed. */
  public String[] headers() {
    return new String[] {"Cookie", cookie, "X-Csrf-Token", csrf};
  }
}
