package foyer.audit;

import foyer.sql.CannotStart;
import foyer.sql.DatabaseAddress;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes the chain over the audit log and names the first entry that is not as it was written.
 */
public final class Verify {

  private static final int FETCHED_AT_ONCE = 1000;

  private static final String HEAD =
      """
      SELECT h.position, h.hash, h.horizon::text AS horizon, h.signature, s.value AS key
      FROM audit_head h LEFT JOIN secret s ON s.name = ?""";

  private static final String CHAIN =
      """
      SELECT l.position, l.entry_id, l.hash, e.id, e.xid::text AS xid, e.at, e.actor, e.action, e.object, e.fields, e.reason
      FROM audit_link l LEFT JOIN audit_entry e ON e.id = l.entry_id
      ORDER BY l.position""";

  private static final String BESIDE =
      """
      SELECT min(e.id) FILTER (WHERE e.xid < h.horizon) AS behind, count(*) AS waiting
      FROM audit_head h, audit_entry e
      WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.entry_id = e.id)""";

  private Verify() {}

  /**
   * What was found.
   *
   * @param whole whether nothing was changed, taken away or put in
   * @param line the same in one line for people
   */
  public record Result(boolean whole, String line) {}

  /**
   * A head that was written down earlier, outside of the database.
   *
   * @param position of its last link
   * @param hash of that link, hexadecimal digits
   */
  public record Noted(long position, String hash) {

    /**
     * From how the log of the server says it, {@code position:hash}.
     *
     * @throws IllegalArgumentException when it is something else
     */
    public static Noted parse(String words) {
      if (!words.matches("[0-9]{1,18}:[0-9a-f]{64}")) {
        throw new IllegalArgumentException("must be POSITION:HASH, as the server's log says it");
      }
      int colon = words.indexOf(':');
      return new Noted(Long.parseLong(words.substring(0, colon)), words.substring(colon + 1));
    }
  }

  private record Link(long position, long entry, byte[] hash, Optional<Sealed> content) {}

  /**
   * Looks at the chain as it is at one moment; blocking.
   *
   * @param noted a head that the chain must still hold: whoever owns the database can write a new
   *     chain, but not one with this in it
   * @throws CannotStart when there is no such log
   */
  public static Result chain(DatabaseAddress database, Optional<Noted> noted) {
    try (Connection connection =
        DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
      connection.setAutoCommit(false);
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      return chain(connection, noted);
    } catch (SQLException failure) {
      throw new CannotStart(
          "the audit log of "
              + database
              + " cannot be read: "
              + String.valueOf(failure.getMessage()).lines().findFirst().orElse(""),
          failure);
    }
  }

  private static Result chain(Connection connection, Optional<Noted> noted) throws SQLException {
    long position = 0;
    long last = 0;
    byte[] hash = new byte[32];
    try (PreparedStatement statement = connection.prepareStatement(CHAIN)) {
      statement.setFetchSize(FETCHED_AT_ONCE);
      ResultSet rows = statement.executeQuery();
      while (rows.next()) {
        Link link = link(rows);
        if (link.position() != position + 1) {
          return broken("after entry " + last + " an entry is missing");
        }
        if (link.content().isEmpty()) {
          return broken("entry " + link.entry() + " is missing");
        }
        hash = link.content().get().hash(hash);
        if (!MessageDigest.isEqual(hash, link.hash())) {
          return broken("entry " + link.entry() + " is not as it was written");
        }
        position = link.position();
        last = link.entry();
        if (noted.isPresent()
            && noted.get().position() == position
            && !noted.get().hash().equals(HexFormat.of().formatHex(hash))) {
          return broken("entry " + last + " is not the one that was noted");
        }
      }
    }
    if (noted.isPresent() && noted.get().position() > position) {
      return broken("after entry " + last + " an entry is missing that was noted");
    }
    return end(connection, position, last, hash);
  }

  private static Result end(Connection connection, long position, long last, byte[] hash)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(HEAD)) {
      statement.setString(1, Head.KEY);
      ResultSet row = statement.executeQuery();
      if (!row.next()) {
        return broken("its head is missing");
      }
      Head head = new Head(row.getLong("position"), row.getBytes("hash"), row.getString("horizon"));
      byte[] key = row.getBytes("key");
      byte[] signature = row.getBytes("signature");
      if (!isSigned(head, key, signature)) {
        return broken("its head is not signed by this installation");
      }
      if (head.position() > position) {
        return broken("after entry " + last + " an entry is missing");
      }
      if (head.position() < position || !MessageDigest.isEqual(head.hash(), hash)) {
        return broken("entry " + last + " is not the one that the head vouches for");
      }
      return beside(connection, head);
    }
  }

  /** An installation that has sealed nothing has neither key nor signature. */
  private static boolean isSigned(Head head, byte @Nullable [] key, byte @Nullable [] signature) {
    if (key == null || signature == null) {
      return key == null && signature == null && head.position() == 0;
    }
    return head.isSigned(signature, key);
  }

  private static Result beside(Connection connection, Head head) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BESIDE)) {
      ResultSet row = statement.executeQuery();
      row.next();
      long behind = row.getLong("behind");
      if (!row.wasNull()) {
        return broken("entry " + behind + " was put in behind the chain");
      }
      return new Result(
          true,
          "whole: "
              + head.position()
              + " entries sealed, "
              + row.getLong("waiting")
              + " waiting, head "
              + head.inWords());
    }
  }

  private static Result broken(String where) {
    return new Result(false, "broken: " + where);
  }

  private static Link link(ResultSet row) throws SQLException {
    long entry = row.getLong("entry_id");
    row.getLong("id");
    Optional<Sealed> content = row.wasNull() ? Optional.empty() : Optional.of(entry(row));
    return new Link(row.getLong("position"), entry, row.getBytes("hash"), content);
  }

  private static Sealed entry(ResultSet row) throws SQLException {
    return new Sealed(
        row.getLong("id"),
        row.getString("xid"),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        row.getString("actor"),
        row.getString("action"),
        row.getString("object"),
        List.of((String[]) row.getArray("fields").getArray()),
        row.getString("reason"));
  }
}
