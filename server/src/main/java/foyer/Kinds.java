package foyer;

import foyer.sql.DatabaseAddress;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have; each says in an exception what the value must be. */
final class Kinds {

  private static final Pattern DATABASE =
      Pattern.compile(
          "postgresql://(?<host>[A-Za-z0-9.-]+)(:(?<port>[0-9]{1,5}))?/(?<database>[A-Za-z0-9_-]+)");
  private static final Pattern BROKER =
      Pattern.compile("(tcp|ssl)://[A-Za-z0-9.-]+:(?<port>[0-9]{1,5})");

  private Kinds() {}

  /** A whole number between two bounds, both allowed. */
  static int number(String text, int least, int most) {
    if (!text.matches("[0-9]{1,9}")
        || Integer.parseInt(text) < least
        || Integer.parseInt(text) > most) {
      throw new IllegalArgumentException("must be a number from " + least + " to " + most);
    }
    return Integer.parseInt(text);
  }

  /** true or false; nothing is false. */
  static boolean yesOrNo(String text) {
    return switch (text) {
      case "true" -> true;
      case "false", "" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  /** Nothing where nothing is written. */
  static <T> Optional<T> optional(String text, Function<String, T> read) {
    return text.isEmpty() ? Optional.empty() : Optional.of(read.apply(text));
  }

  /** Any text. */
  static String notEmpty(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be empty");
    }
    return text;
  }

  /** A password that people choose. */
  static String password(String text) {
    if (text.length() < 10 || text.length() > 200) {
      throw new IllegalArgumentException("must have 10 to 200 characters");
    }
    return text;
  }

  /** Base address of pages, without a path. */
  static URI publicUrl(String text) {
    if (!text.matches("https?://([A-Za-z0-9.-]+|\\[[0-9a-fA-F:]+])(:[0-9]{1,5})?/?")) {
      throw new IllegalArgumentException("must be https://host or https://host:port");
    }
    return URI.create(text);
  }

  /** A file or folder. */
  static Path path(String text) {
    try {
      return Path.of(notEmpty(text));
    } catch (InvalidPathException wrong) {
      throw new IllegalArgumentException("must be a path", wrong);
    }
  }

  /** The form of the log. */
  static Config.Log log(String text) {
    return switch (text) {
      case "text" -> Config.Log.TEXT;
      case "json" -> Config.Log.JSON;
      default -> throw new IllegalArgumentException("must be text or json");
    };
  }

  /** Where a database is, without user and password. */
  static DatabaseAddress databaseUrl(String text) {
    Matcher url =
        matching(
            DATABASE,
            text,
            "must look like postgresql://host:port/database (user and password apart)");
    return new DatabaseAddress(url.group("host"), port(url, 5432), url.group("database"), "", "");
  }

  /** Where a broker is. */
  static String brokerUrl(String text) {
    port(matching(BROKER, text, "must look like tcp://host:port or ssl://host:port"), 1883);
    return text;
  }

  private static Matcher matching(Pattern pattern, String text, String otherwise) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(otherwise);
    }
    return matcher;
  }

  private static int port(Matcher url, int otherwise) {
    @Nullable String port = url.group("port");
    return port == null ? otherwise : number(port, 1, 65_535);
  }
}
